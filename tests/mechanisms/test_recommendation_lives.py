"""Letters through the door: out of a case, to a unit that sees its own part, to a correction that holds."""

from datetime import timedelta

import a_story
import pytest
import time_machine

from qingfeng.matters import access, guarding, statistics
from qingfeng.matters.answers import Done
from qingfeng.matters.door import open_matter, perform
from qingfeng.matters.models import Matter
from qingfeng.matters.ticking import tick
from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.recommendation import sample_steps
from qingfeng.mechanisms.recommendation.declaration import RECOMMENDATION
from qingfeng.organization.viewer import viewer_for

pytestmark = pytest.mark.django_db
STORY = sampling.cases("recommendation")["closed"]["steps"]


def viewer(office, key):
    return viewer_for(a_story.scene(office).person(key))


def until(act):
    """How many steps of the whole story come before an act."""
    return next(no for no, step in enumerate(STORY) if step["act"] == act)


def counted(key):
    figure = next(one for one in RECOMMENDATION.figures if one.key == key)
    period = statistics.Period(
        a_story.NEW_YEAR_2025, a_story.NEW_YEAR_2025.replace(year=2026), a_story.NEW_YEAR_2025
    )
    rows = statistics.count(figure, RECOMMENDATION, Matter.objects.all(), period)
    return {row.split: (row.value, row.of) for row in rows}


def a_letter(office, unit, **texts):
    """A letter to a unit in the words of the story, or with other problems, before its comparison."""
    where = a_story.scene(office)
    with where.on(where.at(0)):
        opened = open_matter(
            "recommendation",
            by=viewer(office, "case_head"),
            title="另一份建议",
            owner=where.unit("case_room"),
            at=where.at(0),
            facts={"area": "conduct"},
            parties={"unit": [where.unit(unit)]},
        )
    rows = {**sample_steps.WEIGHED[1]["parties"], "unit": [unit]}
    steps = [sample_steps.WEIGHED[0], {**sample_steps.WEIGHED[1], "parties": rows}, *sample_steps.SUBMITTED]
    steps = [{**one, "lines": texts} if one["act"] == "list_problem" and texts else one for one in steps]
    return sampling.go_on(opened.matter, [*steps, *sample_steps.REVIEWED[:2]], where)


def test_a_case_opens_a_letter_that_says_only_its_number_and_both_lead_to_each_other(office):
    """案书联动."""
    case = a_story.played(office, "case", "linked")

    letter = case.links_out.get(target__mechanism="recommendation").target
    assert letter.title == f"纪检监察建议（{case.number}）"
    assert (letter.confidentiality, letter.stage) == ("internal", "delivered")
    assert letter.links_in.get(kind="leads_to").source == case
    assert letter.parties.get(role="unit", until_at=None).unit == office.units["区住建局"]
    assert list(letter.slips.order_by("pk").values_list("key", flat=True)) == [
        "weighing", "supervision", "service",
    ]  # fmt: skip


def test_a_letter_goes_from_its_study_to_its_file(office):
    letter = a_story.played(office, "recommendation", "closed")

    assert letter.stage == "filed"
    assert list(letter.slips.order_by("pk").values_list("key", flat=True)) == [
        "weighing", "both", "service", "tracking", "tracking", "closing", "evaluation", "struck", "look_back",
    ]  # fmt: skip
    assert counted("first_pass") == {("conduct",): (1, 1)}
    assert counted("grades") == {("passed", "both"): (1.0, None)}
    assert counted("visits") == {("mended",): (2.0, None)}
    assert counted("self_gap") == {("even",): (1.0, None)}


def test_a_verified_doubt_that_shows_a_gap_opens_a_letter_without_its_title(office):
    steps = sampling.cases("verification")["partly"]["steps"]
    place = next(no for no, step in enumerate(steps) if step["act"] == "dispose")
    doubt = a_story.played(office, "verification", "partly", steps=place)
    given = {**steps[place]["facts"], "disposition": [*steps[place]["facts"]["disposition"], "letter"]}

    doubt = sampling.go_on(doubt, [{**steps[place], "facts": given}], a_story.scene(office))

    letter = doubt.links_out.get(target__mechanism="recommendation").target
    assert (letter.stage, letter.title) == ("proposed", f"纪检监察建议（{doubt.number}）")
    assert letter.parties.get(role="unit").unit == doubt.parties.get(role="unit", until_at=None).unit


def test_the_unit_of_a_letter_reads_its_measures_and_none_of_our_ledgers(office):
    """It knows of the letter from its delivery; rules and tolerance it never sees."""
    from qingfeng.desk.seen import seen_of

    contact = viewer(office, "education_contact")
    letter = a_story.played(office, "recommendation", "closed", steps=until("deliver"))
    before = access.view_of(contact, letter)

    letter = sampling.go_on(letter, STORY[until("deliver") : until("agree_tracker")], a_story.scene(office))
    seen = seen_of(contact, letter)

    assert (before, seen.view) == ("", "part")
    assert {shown.ledger.key for shown in seen.ledgers} == {"items", "systems", "progress_notes"}
    assert {row.key for row in seen.slips} == {"both", "service", "closing"}
    assert not {"rules", "tolerance", "neighbours"} & {one.field.key for one in seen.facts}


def test_a_letter_that_is_almost_another_one_is_warned_about_and_linked_to_it(office):
    """公式化: the same text within twelve months to another unit."""
    first = a_story.played(office, "recommendation", "closed", steps=until("deliver"))

    second, same_unit = a_letter(office, "housing"), a_letter(office, "education")

    warnings = list(second.lines.filter(ledger="warnings"))
    assert {one.facts["found_kind"] for one in warnings} == {"alike"}
    assert [one.facts["found_share"] for one in warnings] == [100, 100, 100, 100]
    assert second.links_out.get(kind="alike").target == first
    assert not same_unit.lines.filter(ledger="warnings").exists()
    assert counted("warnings") == {("alike",): (4.0, None)}


def test_whoever_may_not_know_of_the_other_letter_reads_no_number_of_it(office):
    from qingfeng.desk.letter_work.six_gates import alike_panel
    from qingfeng.desk.thread.knots import thread_of
    from qingfeng.desk.thread.walk import ALL

    first = a_story.played(office, "recommendation", "closed", steps=until("deliver"))
    second = a_letter(office, "housing")
    reviewer = viewer(office, "trial_reviewer")

    def numbers():
        return [row.number for row in alike_panel(reviewer, second).context["table"].rows]

    before = numbers()
    led_to = thread_of(reviewer, second, ALL).knots
    guarding.recuse(
        first, a_story.scene(office).person("trial_reviewer"), "亲属", by=viewer(office, "principal")
    )

    assert before == [first.number]
    assert f"m{first.pk}" not in led_to  # like words are no thread: neither led to the other
    assert numbers() == []


def test_a_letter_that_names_somebody_on_record_is_warned_about_without_repeating_the_name(office):
    problem = {"problem": "报销由鲁春生一人办理，无人复核，联系电话13800001234。", "evidence_no": "证据-1"}

    letter = a_letter(office, "education", problems=[problem, sample_steps.PROBLEMS[1]])

    said = [one.facts["found_says"] for one in letter.lines.filter(ledger="warnings")]
    assert len(said) == 2
    assert not [one for one in said if "鲁春生" in one or "138" in one]


def test_a_part_that_is_to_be_rewritten_goes_back_and_the_new_text_passes(office):
    letter = a_story.played(office, "recommendation", "warned")

    warning = letter.lines.get(ledger="warnings")
    assert (letter.stage, warning.state) == ("reviewed", "answered")
    assert (warning.facts["found_kind"], warning.facts["found_where"]) == ("personal", "problems 1")
    assert letter.story.filter(act="compare").count() == 2


def test_a_resident_team_issues_a_letter_in_its_own_name(office):
    """The instrument that was chosen is printed, and no other."""
    weigh = STORY[0]
    facts = {**weigh["facts"], "issuer": "team", "instrument": "discipline"}
    own = {**weigh, "facts": facts, "parties": {"signing_team": ["team_one"]}}
    letter = a_story.played(office, "recommendation", "closed", steps=0)

    letter = sampling.go_on(letter, [own, *STORY[1 : until("deliver")]], a_story.scene(office))

    numbers = {line.key: line.slip.number.text for line in letter.slips.select_related("slip__number")}
    assert set(numbers) == {"weighing", "discipline"}
    assert numbers["discipline"].startswith("云纪驻一纪检建议")
    assert numbers["weighing"].startswith("云纪建议研判")


def test_a_lesson_that_calls_for_a_letter_opens_it_to_the_same_unit(office):
    steps = sampling.cases("lesson")["taught"]["steps"]
    place = next(no for no, step in enumerate(steps) if step["act"] == "answer_letter")
    lesson = a_story.played(office, "lesson", "taught", steps=place)
    yes = {**steps[place], "facts": {**steps[place]["facts"], "letter_answer": "yes"}}

    lesson = sampling.go_on(lesson, [yes], a_story.scene(office))

    letter = lesson.links_out.get(kind="leads_to").target
    assert (letter.mechanism, letter.stage, letter.facts) == (
        "recommendation",
        "proposed",
        {"area": lesson.facts["area"]},
    )
    assert letter.parties.get(role="unit").unit == office.units["区住建局"]


def test_only_the_house_enters_what_the_records_say(office):
    letter = a_story.played(office, "recommendation", "closed", steps=until("hear_records"))
    step = STORY[until("hear_records")]
    where = a_story.scene(office)
    lines = where.meant(step["lines"], None)

    by_hand = perform("hear_records", letter, by=viewer(office, "principal"), lines=lines)
    by_house = perform("hear_records", letter, by=None, lines=lines, at=where.at(128))

    assert by_hand.why == "role"
    assert isinstance(by_house, Done)
    assert letter.lines.get(ledger="records").facts["ratio"] == "0.31 (0.12-0.70)"


def test_a_letter_whose_rule_fires_again_is_reopened_and_the_clock_of_the_unit_runs_anew(office):
    letter = a_story.played(office, "recommendation", "recurred")

    assert (letter.stage, letter.is_open) == ("correcting", True)
    running = set(letter.clocks.filter(state="running").values_list("key", flat=True))
    assert running == {"mend_again", "progress", "visit", "watch"}
    assert counted("reopened") == {("conduct",): (1.0, None)}


def test_the_principal_passes_the_gate_of_the_records_with_a_reason_and_nobody_else(office):
    letter = a_story.played(office, "recommendation", "closed", steps=until("strike_off"))
    line = letter.lines.get(ledger="records")
    line.facts = {**line.facts, "says": "not_confirmed"}
    line.save()
    overrides = {"records_confirm": "数据源中断，已现场核对全部凭证。"}
    at = a_story.scene(office).at(134)

    def strike(who, **others):
        return perform(
            "strike_off", letter, by=viewer(office, who), facts={"rests_on_visit": True}, at=at, **others
        )

    without = strike("principal")
    by_deputy = strike("deputy", overrides=overrides)
    by_principal = strike("principal", overrides=overrides)

    assert without.gates == ("records_confirm",)
    assert by_deputy.gates == ("records_confirm",)
    assert isinstance(by_principal, Done)
    assert letter.story.last().entered["overrides"] == overrides


def test_evaluators_of_one_room_are_refused(office):
    letter = a_story.played(office, "recommendation", "closed", steps=until("name_evaluators"))
    where = a_story.scene(office)

    def named(*keys):
        return perform(
            "name_evaluators",
            letter,
            by=viewer(office, "deputy"),
            facts={"recusal_checked": True},
            parties={"evaluator": [where.person(key) for key in keys]},
            at=where.at(101),
        )

    with where.on(where.at(101)):
        inside, mixed = named("case_one", "case_two"), named("case_two", "visitor_one")

    assert inside.gates == ("evaluators_apart",)
    assert isinstance(mixed, Done)


def test_a_letter_returned_three_times_waits_for_a_talk_and_every_ground_is_counted(office):
    letter = a_story.played(office, "recommendation", "returned")

    assert letter.stage == "correcting"
    assert letter.lines.filter(ledger="returns").count() == 3
    assert counted("returns") == {("conduct",): (3, 3)}
    assert counted("grounds") == {("on_paper",): (3.0, None)}
    assert counted("chases") == {("remind",): (1.0, None)}
    assert letter.clocks.get(key="rec_complete", state="running").due_on == a_story.NEW_YEAR_2025 + timedelta(
        143
    )


def test_an_objection_that_is_upheld_sends_the_letter_back_to_its_drafters(office):
    letter = a_story.played(office, "recommendation", "amended")

    assert letter.stage == "drafting"
    assert [run.key for run in letter.clocks.filter(state="running")] == ["draft"]
    assert letter.slips.filter(key="reexamined").exists()


def test_an_objection_stops_the_reply_and_a_letter_that_stands_lets_it_run_again(office):
    letter = a_story.played(office, "recommendation", "kept", steps=until("deliver") + 2)
    paused = letter.clocks.get(key="rec_reply")
    kept = a_story.sampling.go_on(
        letter, sampling.cases("recommendation")["kept"]["steps"][-1:], a_story.scene(office)
    )

    resumed = kept.clocks.get(key="rec_reply")
    assert paused.state == "paused"
    assert resumed.state == "running"
    assert resumed.due_on > a_story.NEW_YEAR_2025 + timedelta(53)


def test_the_time_for_an_objection_lapses_by_itself(office):
    letter = a_story.played(office, "recommendation", "closed", steps=until("name_evaluators"))

    with time_machine.travel(a_story.scene(office).at(102), tick=False):
        tick()

    assert letter.clocks.get(key="rec_objection").state == "stopped"
    assert letter.story.filter(act="lapse_objection", by=None).count() == 1


def test_a_unit_merged_into_another_hands_its_part_over_by_a_signed_record(office):
    letter = a_story.played(office, "recommendation", "merged")

    assert access.view_of(viewer(office, "education_contact"), letter) == ""
    assert access.view_of(viewer(office, "housing_contact"), letter) == "part"
    assert letter.lines.get(ledger="transfers").state == "mending"
    assert letter.story.get(act="hand_over_mending").second_id == office.people["Y0002"].pk


def test_a_drafter_who_is_recused_midway_sees_nothing_and_another_takes_the_link(office):
    """监察法 Art. 67."""
    where = a_story.scene(office)
    letter = a_story.played(office, "recommendation", "closed", steps=until("report"))
    guarding.recuse(letter, where.person("case_one"), "近亲属在该单位任职", by=viewer(office, "principal"))
    paper = {"from_whom": "一室", "to_whom": "二室", "open_things": "无", "transfer_paper": ["file:交接.pdf"]}
    step = sample_steps.step(
        94,
        "case_head",
        "hand_over_issuing",
        second="deputy",
        parties={"issuing_room": ["second_room"], "drafter": ["case_two", "second_head"]},
        lines={"transfers": [paper]},
        recusal_checked=True,
        **paper,
    )

    letter = sampling.go_on(letter, [step], where)

    assert access.view_of(viewer(office, "case_one"), letter) == ""
    assert not access.visible(viewer(office, "case_one")).filter(pk=letter.pk).exists()
    assert access.part_in(viewer(office, "second_head"), letter, RECOMMENDATION.act("agree_issuer"))
    assert not access.part_in(viewer(office, "case_head"), letter, RECOMMENDATION.act("agree_issuer"))


def test_each_link_is_overdue_on_its_own_clock_and_the_next_in_line_is_told(office):
    """M11: unit, team, room and office, each with its own clock."""
    links = {
        "hand_in_plan": ("plan", "unit_contact"),
        "agree_tracker": ("tracker_opinion", "tracker"),
        "agree_issuer": ("issuer_opinion", "room_head"),
        "check_complete": ("office_check", "chaser"),
    }
    where, done, told = a_story.scene(office), 0, {}
    letter = a_story.played(office, "recommendation", "closed", steps=0)

    for act, (clock, _bears) in links.items():
        letter, done = sampling.go_on(letter, STORY[done : until(act)], where), until(act)
        run = letter.clocks.get(key=clock, state="running")
        tick(run.due_on + timedelta(days=1))
        run.refresh_from_db()
        told[act] = set(run.told)

    assert all({"overdue", "escalated:1"} <= points for points in told.values())
    assert {clock: RECOMMENDATION.clock(clock).bears for clock, _bears in links.values()} == dict(
        links.values()
    )


def test_labels_and_meanings_of_the_six_gates_are_what_the_district_says(office):
    from qingfeng.desk.letter_work.six_gates import gates_panel
    from qingfeng.organization.district_settings import set_setting

    letter = a_story.played(office, "recommendation", "closed", steps=until("deliver"))
    set_setting("recommendation.gate_early.label", "审理提前看", by=None, reason="区委叫法")

    panel = gates_panel(viewer(office, "case_head"), letter)

    rows = list(panel.context["table"].rows)
    assert [row.label for row in rows] == [
        "专题研判",
        "专人起草",
        "专审把关",
        "审理提前看",
        "提级审批",
        "提质评估",
    ]
    assert all(row.on for row in rows)
    assert rows[2].evidence == "专审2025-08"
