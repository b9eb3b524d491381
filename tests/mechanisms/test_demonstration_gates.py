"""What blocks a demonstration project, and how one that failed ends (mechanisms.md M03)."""

from dataclasses import replace

import a_life
import a_story
import pytest
from test_slip_texts import text_of

from qingfeng.matters.answers import Done, Refusal
from qingfeng.matters.door import perform
from qingfeng.matters.vocabulary import Confidentiality
from qingfeng.mechanisms.demonstration import fields
from qingfeng.mechanisms.demonstration.declaration import DEMONSTRATION
from qingfeng.organization.viewer import viewer_for


def entering(case, act, **others):
    return a_life.entering("demonstration", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("demonstration", act, seen)


def test_the_leader_is_the_secretary_of_the_party_committee():
    seen = entering("spread", "submit")

    assert unmet("submit", seen) == []
    assert unmet("submit", a_life.with_fact(seen, leader_post="基础教育科科长")) == ["secretary_leads"]
    changed = entering("unqualified", "change_leader")
    assert unmet("change_leader", a_life.with_entered(changed, leader_post="局长")) == ["secretary_leads"]


@pytest.mark.parametrize("ledger", ["outcomes", "milestones"])
def test_an_application_without_an_outcome_or_a_milestone_is_not_handed_in(ledger):
    seen = a_life.with_lines(entering("spread", "submit"), ledger)

    assert unmet("submit", seen) == [f"ledger_has:{ledger}"]


def test_the_application_says_all_that_the_text_lists():
    """申报书."""
    body = text_of("demonstration", "application").body

    for key in ("{title}", "{unit}", "{leader}", "{leader_post}", "{problem}", "{measures}", "#milestones",
                "#outcomes", "{replicable}"):  # fmt: skip
        assert key in body, key


@pytest.mark.parametrize("act", ["prereview", "name_evaluators"])
def test_three_score_a_project_and_each_was_asked_about_recusal(act):
    seen = entering("spread", "prereview")
    two = a_life.with_entered(seen, evaluator=[1, 2], recusal_checked=True)

    assert unmet(act, two) == ["three_evaluators"]
    assert unmet(act, a_life.with_entered(seen, evaluator=[1, 2, 3], recusal_checked=True)) == []
    assert unmet(act, a_life.with_entered(seen, evaluator=[1, 2, 3], recusal_checked=False)) == [
        "recusal_checked"
    ]


def test_an_evaluator_scores_once_in_person_and_one_score():
    first, second = entering("spread", "score"), entering("spread", "score", nth=2)
    line = first.entered["scores"][0]

    assert unmet("score", first) == unmet("score", second) == []
    assert unmet("score", replace(first, actor=a_life.IDS["style_head"])) == ["in_person"]
    assert unmet("score", replace(second, actor=first.actor)) == ["scored_once"]
    assert unmet("score", a_life.with_entered(first, scores=[line, line])) == ["one_score"]


def test_scores_are_opened_only_when_all_are_in():
    seen = entering("spread", "open_scores")
    last = [one for one in seen.done if one.act == "score"][-1]
    assert unmet("open_scores", seen) == []
    assert unmet("open_scores", replace(seen, done=tuple(one for one in seen.done if one != last))) == [
        "all_scored"
    ]
    assert unmet("open_scores", a_life.alone(seen, "evaluator")) == ["all_scored"]


def test_scores_of_a_hundred_points_stand_apart_until_they_are_opened():
    scores = DEMONSTRATION.ledger("scores")

    assert scores.apart_until == "open_scores"
    assert sum(most for *_others, most in fields.PARTS) == 100
    assert "evaluator" in DEMONSTRATION.act("take_on").not_by


@pytest.mark.parametrize(("until", "held"), [("2025-01-30", ["public_long_enough"]), ("2025-01-31", [])])
def test_a_project_is_announced_for_five_days(until, held):
    seen = a_life.with_entered(entering("spread", "take_on"), public_from="2025-01-26", public_until=until)

    assert unmet("take_on", seen) == held


def test_a_project_begins_after_its_announcement_with_every_objection_settled_and_two_examiners():
    seen = entering("spread", "begin")
    named = a_life.with_entered(seen, examiner=[1, 2])

    assert unmet("begin", named) == []
    assert unmet("begin", a_life.with_entered(named, examiner=[1])) == ["two_examine"]
    assert unmet("begin", a_life.with_fact(named, public_until=named.today.isoformat())) == ["announced"]
    objected = a_life.with_lines(named, "objections", ("raised", {}, 0))
    assert unmet("begin", objected) == ["ledger_done:objections"]
    late = a_life.with_entered(named, midterm_on=named.facts["finish_on"])
    assert unmet("begin", late) == ["midterm_in_time"]


CLOSING = [("hand_in", "spread"), ("examine", "spread")]


@pytest.mark.parametrize(("act", "case"), CLOSING)
def test_no_measured_outcome_blocks(act, case):
    """M03 Blocks closure: no measured outcome."""
    seen = entering(case, act)

    assert unmet(act, seen) == []
    assert unmet(act, a_life.with_lines(seen, "outcomes", ("set", {"outcome": "占比"}, 0))) == [
        "ledger_done:outcomes"
    ]


@pytest.mark.parametrize(("act", "case"), CLOSING)
def test_a_leader_changed_without_handover_blocks(act, case):
    """M03 Blocks closure: leader changed without handover."""
    seen = entering(case, act)

    assert unmet(act, a_life.with_lines(seen, "leaders", ("changed", {"leader": "俞长河"}, 0))) == [
        "ledger_done:leaders"
    ]


@pytest.mark.parametrize(("act", "case"), CLOSING)
def test_cost_without_vouchers_blocks(act, case):
    """M03 Blocks closure: cost without vouchers."""
    seen = entering(case, act)
    amount = seen.lines("costs")[0].facts["amount"]

    assert unmet(act, a_life.with_lines(seen, "costs", ("paid", {"amount": amount}, 0))) == [
        "ledger_done:costs"
    ]
    assert unmet(act, a_life.with_lines(seen, "costs")) == ["costs_add_up"]


@pytest.mark.parametrize(("act", "case"), CLOSING)
def test_a_milestone_that_nobody_told_of_blocks(act, case):
    seen = a_life.with_lines(entering(case, act), "milestones", ("planned", {}, 0))

    assert unmet(act, seen) == ["ledger_done:milestones"]
    assert unmet(act, a_life.with_lines(seen, "milestones", ("missed", {}, 0))) == []


def test_a_note_that_says_somebody_else_leads_blocks_until_the_change_is_entered():
    seen = entering("unqualified", "hand_in")

    assert unmet("hand_in", seen) == []
    assert unmet("hand_in", a_life.without_act(seen, "change_leader")) == ["leader_known"]


def test_one_note_is_written_at_a_time():
    seen = entering("spread", "note")
    line = seen.entered["notes"][0]

    assert unmet("note", seen) == []
    assert unmet("note", a_life.with_entered(seen, notes=[line, line])) == ["one_note"]


@pytest.mark.parametrize(
    ("asked", "content", "held"),
    [(5, 4, []), (4, 4, ["enough_answers"]), (4, None, []), (9, 10, ["enough_answers"]), (0, None, [])],
)
def test_fewer_than_five_answers_are_left_out(asked, content, held):
    seen = a_life.with_entered(entering("spread", "ask_people"), asked_count=asked, asked_content=content)

    assert unmet("ask_people", seen) == held


def test_somebody_else_than_the_unit_asks_the_people_before_the_examination_and_no_score_counts_it():
    seen = entering("spread", "examine")

    assert DEMONSTRATION.act("ask_people").by == ("organizer",)
    assert unmet("examine", a_life.without_act(seen, "ask_people")) == ["act_done:ask_people"]
    assert not any("content" in key or "asked" in key for key, *_others in fields.PARTS)


@pytest.mark.parametrize(
    ("act", "case", "holds", "outcome", "held"),
    [
        ("rate_demonstration", "spread", "yes", "reached", []),
        ("rate_demonstration", "spread", "yes", "partly", ["fact_is:outcome_judged"]),
        ("rate_demonstration", "spread", "no", "reached", ["fact_is:evidence_holds"]),
        ("rate_qualified", "qualified", "yes", "partly", []),
        ("rate_qualified", "qualified", "yes", "not", ["fact_is:outcome_judged"]),
        ("rate_qualified", "qualified", "no", "reached", ["fact_is:evidence_holds"]),
        ("rate_failed", "unqualified", "no", "not", []),
    ],
)
def test_no_rating_is_better_than_the_outcome(act, case, holds, outcome, held):
    seen = a_life.with_fact(entering(case, act), evidence_holds=holds, outcome_judged=outcome)

    assert unmet(act, seen) == held


def test_a_project_that_failed_says_why_and_what_was_learnt_and_ends_by_showing_it():
    needed = {one.key for one in DEMONSTRATION.act("rate_failed").asks if one.needed}
    shown = DEMONSTRATION.act("show_lessons")

    assert needed >= {"rating_why", "failed_because", "learned"}
    assert DEMONSTRATION.stage("failed").open
    assert not DEMONSTRATION.stage("learnt").open
    assert [slip.term for slip in shown.prints] == ["示范项目教训材料"]
    seen = entering("unqualified", "show_lessons")
    assert unmet("show_lessons", seen) == []
    assert unmet("show_lessons", a_life.with_entered(seen, names_nobody=False)) == ["names_nobody"]


def test_lessons_say_as_much_as_the_material_of_a_demonstration():
    material, lessons = (text_of("demonstration", key).body for key in ("material", "lessons"))

    for key in ("{problem}", "#outcomes", "{cost_total}"):
        assert key in material, key
        assert key in lessons, key
    assert "{learned}" in lessons
    assert "{instead}" in lessons


def test_a_demonstration_is_published_before_its_spreading_ends():
    seen = entering("spread", "end_spreading")

    assert unmet("end_spreading", seen) == []
    assert unmet("end_spreading", a_life.without_act(seen, "publish")) == ["act_done:publish"]


def test_the_examination_says_evidence_outcome_satisfaction_and_cost():
    """验收表: evidence, outcome vs target, public satisfaction, cost with vouchers."""
    body = text_of("demonstration", "acceptance").body

    for key in (
        "{evidence_holds}",
        "{target}",
        "{measured}",
        "{asked_content}",
        "{voucher_no}",
        "{cost_total}",
    ):
        assert key in body, key


def test_projects_are_there_for_everybody_in_the_commission():
    assert DEMONSTRATION.confidentiality == Confidentiality.ORDINARY


@pytest.mark.django_db
def test_nobody_of_the_unit_that_applies_can_be_an_evaluator(office):
    """傅以宁 is a brother of the unit's deputy head; 鲁春生 works there."""
    matter, step, _day = a_story.before(office, "demonstration", "spread", "prereview")
    others = [office.people[number] for number in ("Y1002", "Y0702")]
    for number in ("W0103", "W0101"):
        answer = perform(
            "prereview",
            matter,
            by=viewer_for(office.people["Y0401"]),
            facts=dict(step["facts"]),
            parties={"evaluator": [*others, office.people[number]]},
        )
        assert answer.why in {"recusal", "role", "facts"}, number
        assert matter.parties.filter(role="evaluator").count() == 0


@pytest.mark.django_db
def test_the_house_counts_the_mean_of_the_scores(office):
    matter = a_story.played(office, "demonstration", "spread", steps=8)

    assert (matter.facts["score_mean"], matter.facts["score_spread"]) == ("87.00", "86–88")
    assert matter.facts["score_count"] == 3


@pytest.mark.django_db
def test_the_score_of_an_evaluator_who_was_replaced_does_not_count(office):
    matter, step, on = a_story.before(office, "demonstration", "spread", "open_scores")
    where = a_story.scene(office)
    kept = list(matter.parties.filter(role="evaluator", until_at=None).order_by("pk"))
    fresh = where.person("case_two")
    line = {**matter.lines.filter(ledger="scores").first().facts, "score_problem": 0}
    day = (on - a_story.NEW_YEAR_2025).days
    with where.on(where.at(day)):
        head = viewer_for(where.person("style_head"), on)
        named = [kept[0].person, kept[1].person, fresh]
        done = perform("name_evaluators", matter, by=head, parties={"evaluator": named},
                       facts={"recusal_checked": "on"})  # fmt: skip
        assert isinstance(done, Done), done
        assert isinstance(perform("open_scores", matter, by=head), Refusal)
        scored = perform("score", matter, by=viewer_for(fresh, on), lines={"scores": [line]})
        assert isinstance(scored, Done), scored
        opened = perform("open_scores", matter, by=viewer_for(where.person(step["by"]), on))

    assert isinstance(opened, Done), opened
    assert opened.matter.facts["score_count"] == 3


@pytest.mark.django_db
def test_a_project_that_failed_is_played_to_its_open_end(office):
    matter = a_story.played(office, "demonstration", "unqualified")

    assert (matter.stage, matter.is_open) == ("learnt", False)
    assert matter.slips.filter(key="lessons").count() == 1
    assert matter.facts["leader"] == "俞长河"
