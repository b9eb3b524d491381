"""What holds for the declaration of every mechanism, whoever wrote it."""

import re
from dataclasses import replace
from itertools import chain

import a_life
import pytest

from qingfeng.matters import walking
from qingfeng.matters.checks import declarations_hold, problems
from qingfeng.matters.registry import mechanism
from qingfeng.matters.vocabulary import Mark
from qingfeng.mechanisms import sampling

ABOUT_THEIR_UNIT = {
    "appeal", "case", "clue", "complaint", "demonstration", "duty", "leadership", "lesson", "recommendation",
    "self_check", "verification",
}  # fmt: skip
STORIES = [(kind, name) for kind in a_life.ROOMS for name in sampling.cases(kind)]
every_room = pytest.mark.parametrize("kind", a_life.ROOMS)


@every_room
def test_a_declaration_has_no_problem(kind):
    assert list(problems(mechanism(kind))) == []


def test_every_matter_that_an_act_opens_is_of_a_kind_that_exists():
    assert [str(one) for one in declarations_hold() if one.id == "matters.E009"] == []


@pytest.mark.parametrize("way", [{"bulk": True}, {"on_paper": True}, {"meeting": True}, {"by": ("clock",)}])
def test_an_act_on_ended_matters_is_done_by_a_person_on_one_at_a_time(way):
    declared = mechanism("petition")
    acts = tuple(replace(one, **way) if one.even_ended else one for one in declared.acts)

    (found,) = (one.msg for one in problems(replace(declared, acts=acts)) if one.id == "matters.E017")

    assert ("clock" if "by" in way else next(iter(way))) in found


@every_room
def test_every_stage_is_reached(kind):
    assert set(walking.reachable(mechanism(kind))) == {stage.key for stage in mechanism(kind).stages}


@every_room
def test_from_every_open_stage_there_is_a_way_to_an_end(kind):
    assert walking.dead_ends(mechanism(kind)) == []


@every_room
def test_whatever_is_done_in_whatever_order_an_open_matter_has_a_clock_or_says_why_it_waits(kind):
    declared = mechanism(kind)

    walked = walking.clocks_running(declared)

    assert set(walked) == {stage.key for stage in declared.stages}
    for stage, sets in walked.items():
        resting = declared.stage(stage).rests or not declared.stage(stage).open
        assert resting or frozenset() not in sets, stage


@every_room
def test_every_clock_is_met_by_an_act_that_can_be_done_while_it_runs(kind):
    declared = mechanism(kind)
    walked = walking.clocks_running(declared)

    for clock in declared.clocks:
        running_in = {stage for stage, sets in walked.items() if any(clock.key in one for one in sets)}
        stoppers = [act for act in declared.acts if clock in declared.stopped_by(act.key)]
        assert any(declared.is_from(act, stage) for act in stoppers for stage in running_in), clock.key


@every_room
def test_a_clock_whose_figure_no_law_fixes_is_a_setting_of_the_district(kind):
    for clock in mechanism(kind).clocks:
        marks = {law.mark for law in clock.law}
        if marks != {Mark.LAW} and not (clock.until or clock.each_month):
            assert clock.setting == f"{kind}.{clock.key}"


@every_room
def test_a_light_turns_yellow_at_thirty_percent_of_the_time(kind):
    assert {clock.yellow for clock in mechanism(kind).clocks} == {0.3}


@every_room
def test_facts_parts_and_ledgers_have_names_of_their_own(kind):
    declared = mechanism(kind)
    asked = {one.key for one in chain(declared.asks, *(act.asks for act in declared.acts))}

    parts = [role.key for role in declared.parties]
    ledgers = [ledger.key for ledger in declared.ledgers]

    assert len(parts) + len(ledgers) + len(asked) == len({*parts, *ledgers, *asked})


@every_room
def test_one_key_means_one_field_wherever_it_is_asked(kind):
    declared = mechanism(kind)
    seen = {}
    for one in chain(declared.asks, *(act.asks for act in declared.acts)):
        assert seen.setdefault(one.key, one.kind) == one.kind, one.key


@pytest.mark.parametrize(
    ("kind", "act", "never"),
    [
        ("directive", "review", "handler"),
        ("directive", "approve", "handler"),
        ("directive", "approve", "reviewer"),
        ("directive", "grant_extension", "handler"),
        ("directive", "accept_correction", "handler"),
        ("directive", "close", "handler"),
        ("referral", "approve", "head"),
        ("referral", "send_back", "handler"),
        ("referral", "feed_back", "handler"),
        ("referral", "close", "handler"),
        ("accountability", "approve_start", "head"),
        ("accountability", "weigh", "handler"),
        ("accountability", "decide", "handler"),
        ("accountability", "decide", "reviewer"),
        ("accountability", "spare", "handler"),
        ("accountability", "change", "handler"),
        ("notice", "review", "drafter"),
        ("notice", "approve_range", "drafter"),
        ("notice", "approve_range", "reviewer"),
        ("notice", "publish", "drafter"),
        ("verification", "approve", "verifier"),
        ("verification", "approve", "rule_author"),
        ("verification", "exclude", "rule_author"),
        ("verification", "send_back", "verifier"),
        ("verification", "keep_secret", "verifier"),
        ("verification", "dispose", "verifier"),
        ("data_request", "approve", "drafter"),
        ("data_request", "return_draft", "drafter"),
    ],
)
def test_whoever_drafted_neither_reviews_nor_approves(kind, act, never):
    assert never in mechanism(kind).act(act).not_by


@every_room
def test_a_part_outside_the_commission_reads_nothing_but_its_own(kind):
    outside = {"superior", "partner", "unit_contact", "committee_secretary"}
    for role in mechanism(kind).parties:
        if outside & set(role.office) or role.key in {"partner", "superior", "recipient", "subject_person"}:
            assert role.reads is False, role.key


@every_room
def test_whoever_a_matter_is_about_is_a_subject_so_that_those_close_to_them_are_recused(kind):
    for role in mechanism(kind).parties:
        is_about = role.key.startswith("subject_") or (role.key == "unit" and kind in ABOUT_THEIR_UNIT)
        assert role.subject == is_about, role.key


def _asked(declared):
    return list(chain(declared.asks, *(act.asks for act in declared.acts)))


@every_room
def test_no_figure_counts_by_a_person(kind):
    declared = mechanism(kind)
    persons = {role.key for role in declared.parties if role.kind == "person"}
    persons |= {one.key for one in chain(declared.asks, *(act.asks for act in declared.acts)) if one.personal}

    for figure in declared.figures:
        assert persons.isdisjoint(figure.by), figure.key


@every_room
def test_a_figure_counts_something_that_exists(kind):
    declared = mechanism(kind)
    acts, clocks, ledgers = (
        {one.key for one in found} for found in (declared.acts, declared.clocks, declared.ledgers)
    )
    figures = {figure.key for figure in declared.figures}
    asked = {one.key for one in chain(declared.asks, *(act.asks for act in declared.acts))}
    parts = {role.key for role in declared.parties} | {"owner", "stage", "light"}

    for figure in declared.figures:
        what, _, rest = figure.counts.partition(":")
        known = {
            "matters": {""},
            "acts": acts,
            "clocks": clocks,
            "ledger": ledgers,
            "median_days": acts | {"open"},
            "sum": {one.key for one in _asked(declared) if one.kind == "money"},
        }
        assert set(re.split("[:|]", rest)) <= known[what], figure.key
        assert figure.share_of in figures | {""}
        columns = {one.key for one in declared.ledger(rest).fields} if what == "ledger" else set()
        assert set(figure.by) <= asked | parts | columns, figure.key
        assert figure.never in acts | {""}, figure.key
        assert {key for key, _value in figure.where} <= asked, figure.key


@every_room
def test_an_act_on_a_person_is_never_done_in_bulk(kind):
    assert {act.key for act in mechanism(kind).acts if act.bulk} <= {
        "file",
        "note_progress",
        "confirm_receipt",
    }


@pytest.mark.parametrize(("kind", "name"), STORIES, ids=lambda word: word)
def test_every_act_of_a_story_starts_in_the_stage_it_is_told_in(kind, name):
    declared, case = mechanism(kind), sampling.cases(kind)[name]
    stages = sampling.stages_of(declared, case)

    wrong = [
        step["act"]
        for step, stage in zip(case["steps"], stages, strict=False)
        if "within" not in case and not declared.is_from(declared.act(step["act"]), stage)
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("kind", "name"),
    [one for one in STORIES if "within" not in sampling.cases(one[0])[one[1]]],
    ids=lambda word: word,
)
def test_a_story_never_runs_out_of_clocks(kind, name):
    seen = a_life.lived(kind, name)
    declared = mechanism(kind)

    running = [one.key for one in seen.clocks if one.state == "running"]

    stage = declared.stage(seen.stage)
    assert running or stage.rests or not stage.open


PLAIN = [
    (kind, name)
    for kind, name in STORIES
    if not any("then" in step or "also" in step for step in sampling.cases(kind)[name]["steps"])
    and "within" not in sampling.cases(kind)[name]
]


@pytest.mark.parametrize(("kind", "name"), PLAIN, ids=lambda word: word)
def test_no_gate_stands_in_the_way_of_a_story_nor_of_its_empty_form(kind, name):
    base = a_life.NEW_YEAR_2025
    declared, seen = a_life.opened(kind, name)
    held = {}
    for step in sampling.cases(kind)[name]["steps"]:
        act = step["act"]
        times = seen.times(act) + 1
        seen = a_life.entering(kind, name, act, nth=times)
        held[f"{act} {times}"] = a_life.unmet(kind, act, seen)
        held[f"{act} {times}, before anything is entered"] = a_life.unmet(
            kind, act, replace(seen, entered={})
        )
        seen = a_life.after(declared, seen, step, base=base)

    assert {key: gates for key, gates in held.items() if gates} == {}
