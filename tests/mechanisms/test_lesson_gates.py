"""What blocks a lesson, and how one begins: refused without it, allowed with it (mechanisms.md M09)."""

import a_life
import a_story
import pytest

from qingfeng.matters import access, statistics
from qingfeng.matters.models import Matter
from qingfeng.mechanisms.case.declaration import CASE
from qingfeng.mechanisms.lesson import fields
from qingfeng.mechanisms.lesson.declaration import LESSON
from qingfeng.organization.viewer import viewer_for


def entering(case, act, **others):
    return a_life.entering("lesson", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("lesson", act, seen)


def test_recusal_is_asked_about_whenever_a_lesson_gets_hands():
    seen = entering("closed", "set_team")

    assert unmet("set_team", seen) == []
    assert unmet("set_team", a_life.with_entered(seen, recusal_checked=False)) == ["recusal_checked"]


@pytest.mark.parametrize("act", ["begin", "dissect"])
def test_a_case_is_dissected_by_two(act):
    seen = entering("closed", act)

    assert unmet(act, seen) == []
    assert unmet(act, a_life.alone(seen, "dissector")) == ["two_dissect"]


def test_a_dissection_says_which_control_failed_and_who_should_have_seen_it():
    """人、权、钱、程序、监督."""
    needed = {one.key for one in LESSON.act("dissect").asks if one.needed}

    assert needed >= {"failed_controls", "how_failed", "should_have_seen", "data_trace", "how_done"}
    assert [key for key, _words in fields.CONTROLS] == [
        "people", "power", "money", "procedure", "supervision",
    ]  # fmt: skip


def test_material_that_leads_to_somebody_warns_nobody():
    seen = entering("closed", "educate")
    line = {**seen.entered["education"][0], "names_nobody": False}

    assert unmet("educate", seen) == []
    assert unmet("educate", a_life.with_entered(seen, education=[line])) == ["names_nobody"]


@pytest.mark.parametrize(
    ("trace", "answer", "held"),
    [
        ("yes", "proposed", []),
        ("yes", "rejected", []),
        ("yes", "no_trace", ["trace_fits"]),
        ("no", "no_trace", []),
        ("no", "proposed", ["trace_fits"]),
    ],
)
def test_where_there_is_a_trace_in_data_a_rule_is_proposed_or_rejected_with_reasons(trace, answer, held):
    """M09: a pattern card that says 'data trace exists' but no rule proposed or rejected with reason."""
    seen = a_life.with_fact(entering("closed", "answer_pattern"), data_trace=trace)

    assert unmet("answer_pattern", a_life.with_entered(seen, pattern_answer=answer)) == held


def test_a_lesson_without_a_warning_education_is_not_reported():
    seen = entering("closed", "report")

    assert unmet("report", seen) == []
    assert unmet("report", a_life.with_lines(seen, "education")) == ["ledger_has:education"]


@pytest.mark.parametrize("act", ["answer_letter", "answer_rule", "answer_pattern"])
def test_letter_rule_and_pattern_card_are_each_answered(act):
    seen = entering("closed", "report")

    assert unmet("report", a_life.without_act(seen, act)) == [f"act_done:{act}"]


@pytest.mark.parametrize(
    ("act", "kind", "fact", "yes"),
    [
        ("answer_letter", "recommendation", "letter_answer", "yes"),
        ("answer_rule", "rule_made", "rule_answer", "yes"),
        ("answer_pattern", "pattern", "pattern_answer", "proposed"),
    ],
)
def test_a_yes_opens_what_follows_and_any_other_answer_does_not(act, kind, fact, yes):
    opened = LESSON.act(act).opens[0]
    choices = next(one for one in LESSON.act(act).asks if one.key == fact).choices
    seen = entering("closed", "report")

    assert (opened.mechanism, opened.link, opened.always, opened.if_there) == (kind, "leads_to", True, True)
    assert [key for key, _words in choices if opened.when_holds(a_life.with_fact(seen, **{fact: key}))] == [
        yes
    ]


def test_a_lesson_is_looked_back_on_before_it_closes():
    seen = entering("closed", "close")

    assert unmet("close", seen) == []
    assert unmet("close", a_life.without_act(seen, "look_back")) == ["act_done_after:look_back:accept"]


def test_a_lesson_whose_failure_came_back_is_taken_up_again_and_does_not_close():
    seen = a_life.with_fact(entering("closed", "close"), recurred="yes")

    assert unmet("close", seen) == ["controls_hold"]
    assert LESSON.act("take_up").when(seen)
    assert not LESSON.act("take_up").when(entering("closed", "close"))


def test_a_lesson_waits_for_what_it_led_to():
    seen = a_life.linked(entering("closed", "close"), "leads_to", "notice", "drafted")

    assert unmet("close", seen) == ["links_closed:leads_to"]


@pytest.mark.parametrize(
    ("kind", "stage", "facts", "held"),
    [
        ("rule_made", "in_force", {"executed": "yes"}, []),
        ("rule_made", "in_force", {}, ["links_closed:leads_to"]),
        ("rule_made", "issued", {"executed": "yes"}, ["links_closed:leads_to"]),
        ("pattern", "followed", {}, []),
        ("pattern", "ruled", {}, ["links_closed:leads_to"]),
    ],
)
def test_a_rule_that_is_carried_out_and_a_field_that_is_followed_hold_no_lesson_open(
    kind, stage, facts, held
):
    """They go on for years; what is not carried out yet is waited for."""
    seen = a_life.linked(entering("closed", "close"), "leads_to", kind, stage, **facts)

    assert unmet("close", seen) == held


@pytest.mark.django_db
def test_a_case_opens_its_lesson_under_a_title_that_says_only_its_number(office):
    steps = a_story.sampling.cases("case")["closed"]["steps"]
    case = a_story.played(office, "case", "closed")
    step = {"day": steps[-1]["day"] + 5, "by": "case_supervisor", "act": "open_lesson"}

    case = a_story.sampling.go_on(case, [step], a_story.scene(office))

    lesson = case.links_out.get(kind="teaches").target
    assert (lesson.stage, lesson.confidentiality) == ("opened", "internal")
    assert lesson.title == f"以案促改（{case.number}）"
    assert case.stage == "filed"


@pytest.mark.django_db
def test_a_case_with_a_lesson_is_off_the_list(office):
    steps = a_story.sampling.cases("case")["closed"]["steps"]
    case = a_story.played(office, "case", "closed")
    step = {"day": steps[-1]["day"] + 5, "by": "case_supervisor", "act": "open_lesson"}
    case = a_story.sampling.go_on(case, [step], a_story.scene(office))
    period = statistics.Period(case.opened_on, case.closed_on, case.closed_on)
    figure = next(one for one in CASE.figures if one.key == "without_lesson")

    rows = statistics.count(figure, CASE, Matter.objects.all(), period)

    assert [(row.value, row.of) for row in rows] == [(0, 1)]


@pytest.mark.django_db
def test_a_lesson_that_failed_is_taken_up_again(office):
    lesson = a_story.played(office, "lesson", "came_back")

    assert (lesson.stage, lesson.facts["recurred"]) == ("in_work", "yes")
    assert lesson.clocks.get(state="running").key == "report"
    assert lesson.lines.filter(ledger="education").count() == 2


@pytest.mark.django_db
def test_the_unit_learns_of_a_lesson_when_people_are_warned(office):
    lesson = a_story.played(office, "lesson", "closed", steps=3)
    unit = office.units["区住建局"]
    lesson.parties.filter(role="unit").update(unit=unit)
    contact = viewer_for(a_story.scene(office).person("housing_contact"))

    before = access.view_of(contact, Matter.objects.get(pk=lesson.pk))
    a_story.sampling.go_on(
        lesson, a_story.sampling.cases("lesson")["closed"]["steps"][3:4], a_story.scene(office)
    )

    assert before == ""
    assert access.view_of(contact, Matter.objects.get(pk=lesson.pk)) == "part"


def test_nothing_in_a_lesson_names_anybody():
    asked = {one.key for act in LESSON.acts for one in act.asks}
    asked |= {one.key for ledger in LESSON.ledgers for one in ledger.fields}

    assert asked.isdisjoint({"name", "person", "who", "subject_person"})
    assert "subject_person" not in {role.key for role in LESSON.parties}
    assert not [one for act in LESSON.acts for one in act.asks if one.kind in {"person", "persons"}]
