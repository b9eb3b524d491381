"""What blocks a rule: the three tests of 小特精, higher rules, standards, evidence (mechanisms.md M14)."""

import a_life
import a_story
import pytest

from qingfeng.matters import access, statistics
from qingfeng.matters.models import Matter
from qingfeng.mechanisms.rule_made import carried, standards
from qingfeng.mechanisms.rule_made.declaration import RULE_MADE
from qingfeng.organization.viewer import viewer_for

MEAL = "接待餐费 县内 中"


def entering(case, act, **others):
    return a_life.entering("rule_made", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("rule_made", act, seen)


def with_clause(seen, **changed):
    """The snapshot with one cell of its first clause changed."""
    first, *rest = seen.lines("clauses")
    first = a_life.replace(first, facts={**first.facts, **changed})
    return a_life.replace(seen, ledgers={**seen.ledgers, "clauses": (first, *rest)})


def test_a_small_rule_settles_one_matter_on_three_pages_at_most():
    """小: one matter, at most three pages."""
    seen = entering("kept", "hand_in")

    assert unmet("hand_in", seen) == []
    assert unmet("hand_in", a_life.with_entered(seen, pages=3)) == []
    assert unmet("hand_in", a_life.with_entered(seen, pages=4)) == ["small"]
    assert unmet("hand_in", a_life.with_entered(seen, settles_one=False)) == ["small"]


def test_a_specific_rule_names_own_posts_and_forms_that_stand_in_its_clauses():
    """特: the unit's own posts, forms, thresholds."""
    seen = entering("kept", "hand_in")

    assert unmet("hand_in", a_life.with_entered(seen, own_posts="档案管理员")) == ["specific"]
    assert unmet("hand_in", a_life.with_entered(seen, own_forms="出差审批单")) == ["specific"]
    assert unmet("hand_in", a_life.with_entered(seen, own_posts="")) == ["specific"]


def test_a_specific_rule_has_a_threshold_of_its_own():
    seen = entering("kept", "hand_in")
    bare = tuple(a_life.replace(one, facts={**one.facts, "limit": ""}) for one in seen.lines("clauses"))

    assert unmet("hand_in", a_life.replace(seen, ledgers={**seen.ledgers, "clauses": bare})) == ["specific"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("who_post", "有关部门"),
        ("when_due", "及时"),
        ("when_due", "必要时"),
        ("with_form", "相关表格"),
        ("how_checked", "不定期检查"),
        ("how_checked", ""),
    ],
)
def test_a_clause_in_words_that_bind_nobody_is_not_precise(cell, text):
    """精: every clause says who, when, with what form, and how it is checked."""
    seen = with_clause(entering("kept", "hand_in"), **{cell: text})

    assert "precise" in unmet("hand_in", seen)


def test_a_struck_clause_is_no_clause():
    seen = entering("kept", "hand_in")
    struck = tuple(a_life.replace(one, state="struck") for one in seen.lines("clauses"))

    assert "specific" in unmet("hand_in", a_life.replace(seen, ledgers={**seen.ledgers, "clauses": struck}))


def test_a_rule_without_clauses_is_not_handed_in():
    seen = a_life.with_lines(entering("kept", "hand_in"), "clauses")

    assert "ledger_has:clauses" in unmet("hand_in", seen)


def test_every_clause_of_the_commission_s_own_says_what_it_became():
    """制度: each clause linked to the mechanism, clock or indicator it became."""
    own, unit = entering("own", "hand_in"), entering("kept", "hand_in")

    assert unmet("hand_in", own) == []
    assert unmet("hand_in", with_clause(own, became="")) == ["clauses_linked"]
    assert unmet("hand_in", with_clause(unit, became="")) == []


def test_a_clause_that_is_not_in_software_says_why():
    own = entering("own", "hand_in")

    assert unmet("hand_in", with_clause(own, became="none")) == ["clauses_linked"]
    assert unmet("hand_in", with_clause(own, became="none", not_software_why="口头报告，不进入系统。")) == []


@pytest.mark.parametrize(
    "word", ["clock:clue.no_such_clock", "figure:clue.lead_proposal", "mechanism:no_such", "clock:no_such.x"]
)
def test_an_own_rule_does_not_come_into_force_with_a_clause_that_nothing_here_carries(word):
    """制度: a clause that says it is carried by a clock names one that exists."""
    own, unit = entering("own_kept", "file_copy"), entering("kept", "file_copy")

    assert unmet("file_copy", own) == []
    assert unmet("file_copy", with_clause(own, became=word)) == ["carried"]
    assert unmet("file_copy", with_clause(unit, became=word)) == []


def test_a_clause_names_a_clock_and_a_figure_of_this_house():
    declared, clock = carried.found("clock:clue.lead_proposal")
    _same, figure = carried.found("figure:clue.proposed_in_time")

    assert (declared.key, clock.key, figure.key) == ("clue", "lead_proposal", "proposed_in_time")
    assert carried.found("mechanism:clue") == (declared, None)
    assert carried.found("mechanism:clue.lead_proposal") is None


def test_what_a_clause_can_become_is_what_the_house_has():
    column = next(one for one in RULE_MADE.ledger("clauses").fields if one.key == "became")

    known = {key for key, _words in column.choices}

    assert {"mechanism:clue", "clock:lesson.look_back", "figure:lesson.educations"} <= known


@pytest.mark.parametrize(("answer", "gate"), [("conflicts", "no_conflict"), ("loosens", "not_loosened")])
def test_a_rule_against_a_higher_one_or_a_standard_is_not_cleared(answer, gate):
    seen = entering("kept", "clear")

    assert unmet("clear", seen) == []
    assert unmet("clear", a_life.with_entered(seen, **{answer: "yes"})) == [gate]


def test_a_threshold_above_its_standard_is_not_cleared_whatever_the_review_says():
    """党政机关厉行节约反对浪费条例: 三公 standards are not loosened."""
    seen, most = entering("kept", "clear"), standards.ceiling(MEAL)

    assert unmet("clear", with_clause(seen, standard=MEAL, limit_yuan=str(most))) == []
    assert unmet("clear", with_clause(seen, standard=MEAL, limit_yuan=str(most + 1))) == ["standards_kept"]
    assert unmet("clear", with_clause(seen, standard=MEAL, limit_yuan=None)) == ["standards_kept"]


def test_opinions_that_were_not_adopted_are_answered():
    seen = entering("kept", "consult")

    assert unmet("consult", seen) == []
    assert unmet("consult", a_life.with_entered(seen, why_not_adopted="")) == ["opinions_answered"]
    assert unmet("consult", a_life.with_entered(seen, adopted_opinions=5)) == ["opinions_answered"]


def test_carried_out_is_said_only_with_a_record_and_its_paper():
    """M11: a new rule requires one execution record at least; paper alone is none."""
    seen = entering("kept", "spot_check")
    bare = a_life.with_lines(seen, "execution", ("shown", {}, 0))

    assert unmet("spot_check", seen) == []
    assert unmet("spot_check", bare) == ["has_evidence"]
    assert unmet("spot_check", a_life.with_entered(bare, executed="no")) == []


def test_a_rule_is_evaluated_only_after_it_was_checked_on_the_spot():
    seen = entering("kept", "evaluate")

    assert unmet("evaluate", seen) == []
    assert unmet("evaluate", a_life.without_act(seen, "spot_check")) == [
        "act_done_after:spot_check:file_copy"
    ]


def test_a_rule_that_does_not_work_is_not_kept_as_it_is():
    seen = entering("kept", "keep")

    assert unmet("keep", seen) == []
    assert unmet("keep", a_life.with_fact(seen, works="mend")) == ["works"]


def test_a_unit_is_named_before_it_is_asked_and_hands_are_asked_about_recusal():
    seen = entering("kept", "ask_unit")
    nobody = a_life.replace(seen, parties=tuple(one for one in seen.parties if one.role != "unit"))

    assert unmet("ask_unit", seen) == []
    assert unmet("ask_unit", nobody) == ["unit_named"]
    assert unmet("set_hands", a_life.with_entered(entering("kept", "set_hands"), recusal_checked=False)) == [
        "recusal_checked"
    ]


def test_whoever_wrote_a_rule_neither_clears_nor_checks_nor_evaluates_it():
    for act in ("clear", "send_back", "spot_check", "evaluate"):
        assert {"drafter", "unit_contact"} <= set(RULE_MADE.act(act).not_by), act


@pytest.mark.django_db
def test_a_rule_in_force_has_its_days_for_checking_and_for_looking_again(office):
    rule = a_story.played(office, "rule_made", "kept")

    running = dict(rule.clocks.filter(state="running").values_list("key", "due_on"))
    assert rule.stage == "in_force"
    assert set(running) == {"spot_check", "review"}
    assert rule.facts["review_on"] == running["review"].isoformat()


@pytest.mark.django_db
def test_the_unit_writes_its_rule_on_its_own_screen_and_reads_why_it_came_back(office):
    rule = a_story.played(office, "rule_made", "kept", steps=1)
    contact = viewer_for(a_story.scene(office).person("housing_contact"))
    before = access.view_of(contact, rule)

    rule = a_story.sampling.go_on(
        rule, a_story.sampling.cases("rule_made")["kept"]["steps"][1:5], a_story.scene(office)
    )

    assert (before, access.view_of(contact, Matter.objects.get(pk=rule.pk))) == ("", "part")
    assert list(rule.slips.order_by("pk").values_list("key", flat=True)) == ["task", "opinion"]
    assert rule.story.get(act="hand_in").by.number == a_story.PEOPLE["housing_contact"]


@pytest.mark.django_db
def test_made_executed_and_mended_are_counted_with_the_share_that_is_shown(office):
    """Systems made / executed / revised; execution evidence rate."""
    rule = a_story.played(office, "rule_made", "mended")
    period = statistics.Period(rule.opened_on, rule.opened_on.replace(year=2028), rule.opened_on)

    def counted(key):
        figure = next(one for one in RULE_MADE.figures if one.key == key)
        rows = statistics.count(figure, RULE_MADE, Matter.objects.all(), period)
        return [(row.value, row.of) for row in rows]

    assert counted("made") == [(1.0, None)]
    assert counted("revised") == [(1.0, None)]
    assert counted("executed") == [(2, 2)]
    assert counted("evidence_rate") == [(1, 1)]


def test_a_letter_s_gate_can_see_whether_a_rule_is_carried_out():
    assert "executed" in RULE_MADE.keywords
