"""What blocks a goal of the year, and how it is judged (mechanisms.md M01)."""

from dataclasses import replace
from datetime import date

import a_life
import a_story
import pytest
from test_slip_texts import text_of

from qingfeng.matters.vocabulary import Confidentiality
from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.goal import fields, gates
from qingfeng.mechanisms.goal.declaration import GOAL
from qingfeng.mechanisms.goal.indicators import PETITIONED, PLEASED, PUNISHED, speaks_of

NEXT_JANUARY = date(2026, 1, 8)


def entering(case, act, **others):
    return a_life.entering("goal", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("goal", act, seen)


def test_a_goal_stands_under_one_of_three_pillars():
    """争先进位、争创品牌、争作贡献."""
    asked = next(one for one in GOAL.asks if one.key == "pillar")

    assert [key for key, _words in asked.choices] == ["advance", "brand", "contribute"]
    assert asked.term == "争先争创类别"


@pytest.mark.parametrize(
    "words",
    [
        "全年立案数量达到四十件",
        "问责人数不少于二十人",
        "处分三十人以上",
        "全年查处 12 起",
        "第一种形态人次同比增长",
        "案件数居全市前三",
        "留置不少于两人",
    ],
)
def test_no_goal_is_measured_by_how_many_were_punished(words):
    assert speaks_of(PUNISHED, [words])


@pytest.mark.parametrize(
    "words",
    [
        "信访量下降百分之十",
        "越级访为零",
        "重复访批次压降",
        "检举控告件数减少",
        "进京访零发生",
        "申诉不超过三件",
    ],
)
def test_no_goal_is_measured_by_petitions_visits_or_appeals(words):
    assert speaks_of(PETITIONED, [words])


@pytest.mark.parametrize(
    "words", ["群众满意度达到95%", "课程签到率", "平台点击量", "未参观廉洁教育基地的单位"]
)
def test_no_goal_is_measured_by_applause_clicks_or_who_stayed_away(words):
    assert speaks_of(PLEASED, [words])


@pytest.mark.parametrize(
    "words",
    [
        "信访事项按期答复率达到百分之百",
        "实名举报按期反馈率",
        "立案质量评查合格率不低于百分之九十五",
        "回访覆盖率百分之百",
        "处分决定执行到位率",
        "建议书整改按期销号率",
        "申诉案件按期办结率",
        "制度施行六项",
    ],
)
def test_whether_duties_were_done_in_time_and_well_may_be_measured(words):
    assert not any(speaks_of(pattern, [words]) for pattern in (PUNISHED, PETITIONED, PLEASED))


@pytest.mark.parametrize(
    ("value", "gate"),
    [
        ("全年立案不少于四十件", "not_by_punishment"),
        ("信访量下降百分之十", "not_by_petitions"),
        ("群众满意度百分之九十八", "not_by_applause"),
    ],
)
@pytest.mark.parametrize("key", ["content", "indicator", "standard", "target"])
def test_such_a_measure_is_refused_wherever_it_is_written_with_a_sentence_that_says_why(value, gate, key):
    seen = a_life.with_fact(entering("reached", "submit"), **{key: value})

    assert unmet("submit", seen) == [gate]
    assert unmet("revise", a_life.with_entered(seen, **{key: value})) == [gate]
    assert "请改为衡量" in str(next(one for one in gates.FAIR if one.key == gate).says)


def test_such_a_goal_is_not_even_opened():
    assert GOAL.gates == gates.FAIR


@pytest.mark.parametrize(
    ("case", "missing"), [("reached", "baseline"), ("partly", "recognised_by"), ("missed", "contributes_to")]
)
def test_each_pillar_asks_for_something_of_its_own(case, missing):
    seen = entering(case, "submit")

    assert unmet("submit", seen) == []
    assert unmet("submit", a_life.with_fact(seen, **{missing: ""})) == ["pillar_asked"]


def test_to_move_up_among_peers_needs_a_standing_with_its_source():
    """A baseline, a target and peer standing with its source: document, day, who says so."""
    seen = entering("reached", "submit")
    columns = {one.key: one.needed for one in fields.STANDING}

    assert unmet("submit", a_life.with_lines(seen, "standings")) == ["standing_sourced"]
    assert unmet("submit", a_life.with_lines(entering("partly", "submit"), "standings")) == []
    assert all(columns[key] for key in ("said_by", "said_in", "said_on", "said_paper", "place", "among"))


def test_the_standing_at_the_start_alone_shows_nothing():
    seen = entering("reached", "self_rate")
    first = seen.lines("standings")[0]

    assert unmet("self_rate", seen) == []
    assert unmet("self_rate", a_life.with_lines(seen, "standings", ("sourced", first.facts, 1))) == [
        "stands_later"
    ]


def test_a_quarter_is_read_from_its_last_month_on():
    seen = entering("reached", "read", nth=1)

    assert unmet("read", seen) == []
    early = a_life.with_entered(seen, readings=[{"quarter": "2", "course": "on_course"}])
    assert unmet("read", early) == ["quarter_has_come"]


def test_a_quarter_is_read_once_and_corrected_with_a_reason():
    seen = entering("reached", "read", nth=2)
    again = a_life.with_entered(seen, readings=[{"quarter": "1", "course": "on_course"}])

    assert unmet("read", again) == ["not_read_yet"]
    assert GOAL.act("correct_reading").reason


@pytest.mark.parametrize("course", ["behind", "stuck"])
@pytest.mark.parametrize("act", ["read", "correct_reading"])
def test_a_reading_that_is_behind_says_what_holds_it_up(act, course):
    seen = a_life.with_entered(
        entering("reached", "read", nth=2), readings=[{"quarter": "2", "course": course, "why_behind": " "}]
    )

    assert unmet(act, seen) == ["delay_said"]


def test_a_quarter_that_came_and_was_not_read_blocks_the_rating():
    seen = entering("reached", "self_rate")
    kept = [
        (one.state, one.facts, one.files) for one in seen.lines("readings") if one.facts["quarter"] != "3"
    ]

    assert unmet("self_rate", a_life.with_lines(seen, "readings", *kept)) == ["quarters_read"]


@pytest.mark.parametrize(
    ("approved", "today", "owed"),
    [
        (date(2024, 12, 20), date(2025, 3, 1), {"1"}),
        (date(2025, 1, 18), date(2025, 2, 28), set()),
        (date(2025, 5, 6), date(2025, 12, 1), {"2", "3", "4"}),
        (date(2025, 5, 6), NEXT_JANUARY, {"2", "3", "4"}),
        (date(2026, 1, 5), NEXT_JANUARY, set()),
    ],
)
def test_quarters_are_owed_from_the_one_of_the_approval_on(approved, today, owed):
    seen = entering("reached", "self_rate")
    done = tuple(
        replace(one, at=one.at.replace(year=approved.year, month=approved.month, day=approved.day))
        if one.act == "approve" else one
        for one in seen.done
    )  # fmt: skip

    assert gates.quarters_owed(replace(seen, done=done, today=today)) == owed


def test_a_goal_without_evidence_does_not_close():
    """M01 Blocks closure: a goal with no evidence item."""
    for act, case in (("self_rate", "missed"), ("judge_missed", "missed"), ("judge_achieved", "reached")):
        assert "ledger_has:evidence" in unmet(act, a_life.with_lines(entering(case, act), "evidence"))


def test_evidence_without_its_paper_does_not_count():
    seen = entering("missed", "self_rate")
    line = seen.lines("evidence")[0]

    assert unmet("self_rate", a_life.with_lines(seen, "evidence", ("kept", line.facts, 0))) == [
        "ledger_proved:evidence"
    ]


@pytest.mark.parametrize(("case", "kind"), [("partly", "result"), ("missed", "recognised")])
def test_a_brand_and_a_contribution_are_shown_by_evidence_of_their_own(case, kind):
    seen = entering(case, "self_rate")
    line = {**seen.lines("evidence")[0].facts, "evidence_kind": kind}

    assert unmet("self_rate", seen) == []
    assert unmet("self_rate", a_life.with_lines(seen, "evidence", ("kept", line, 1))) == ["own_evidence"]


@pytest.mark.parametrize(
    ("act", "case"),
    [
        ("self_rate", "reached"),
        ("judge_achieved", "reached"),
        ("judge_partly", "partly"),
        ("judge_missed", "missed"),
    ],
)
def test_a_goal_does_not_close_while_what_serves_it_is_open(act, case):
    """M01 Blocks closure: linked items are open."""
    seen = entering(case, act)
    is_open = a_life.linked(seen, "serves", "directive", "dispatched", outward=False)
    ended = a_life.linked(seen, "serves", "directive", "filed", outward=False)

    assert unmet(act, is_open) == ["linked_closed"]
    assert unmet(act, ended) == []


def test_a_chase_that_is_not_answered_blocks_the_rating():
    seen = a_life.with_lines(entering("reached", "self_rate"), "chases", ("sent", {"missing": "时限"}, 0))

    assert unmet("self_rate", seen) == ["ledger_done:chases"]


def test_rating_verifying_and_judging_are_three_different_hands():
    assert set(GOAL.act("verify").not_by) >= {"keeper", "proposer", "cooperator"}
    for key in ("judge_achieved", "judge_partly", "judge_missed"):
        assert set(GOAL.act(key).not_by) >= {"keeper", "proposer", "verifier"}
    assert set(GOAL.act("approve").not_by) >= {"keeper", "proposer"}


@pytest.mark.parametrize(
    ("act", "case", "verified", "held"),
    [
        ("judge_achieved", "reached", "partly", ["fact_is:verified_result"]),
        ("judge_achieved", "reached", "achieved", []),
        ("judge_partly", "partly", "missed", ["verified_partly"]),
        ("judge_partly", "partly", "achieved", []),
        ("judge_missed", "missed", "achieved", []),
    ],
)
def test_no_judgement_is_better_than_what_was_verified(act, case, verified, held):
    seen = a_life.with_fact(entering(case, act), verified_result=verified)

    assert unmet(act, seen) == held


@pytest.mark.parametrize("act", ["judge_partly", "judge_missed"])
def test_a_goal_that_fell_short_says_what_was_missed_and_what_is_learnt(act):
    needed = {one.key for one in GOAL.act(act).asks if one.needed}

    assert needed == {"judgement", "fell_short", "learned"}
    assert {stage.key for stage in GOAL.stages if not stage.open} >= {"achieved", "partly", "missed"}


def test_the_table_says_all_that_the_text_lists():
    """年度目标任务分解表."""
    sheet, result = text_of("goal", "sheet").body, text_of("goal", "result").body

    for key in ("number", "pillar", "content", "owner", "cooperating", "standard", "due", "standings"):
        assert f"{{{key}}}" in sheet or f"#{key}" in sheet, key
    for key in ("#readings", "#evidence", "{self_result}", "{verified_result}", "{judgement}", "{learned}"):
        assert key in result, key
    assert text_of("goal", "sheet").title == "年度目标任务分解表"


def test_goals_are_there_for_everybody_in_the_commission():
    assert GOAL.confidentiality == Confidentiality.ORDINARY


@pytest.mark.parametrize(
    ("name", "latest", "steps", "begins"),
    [
        ("reached", date(2026, 11, 26), None, date(2026, 1, 6)),
        ("reached", date(2026, 1, 5), None, date(2025, 1, 6)),
        ("early", date(2026, 11, 26), 2, date(2026, 11, 26)),
    ],
)
def test_a_story_about_quarters_begins_with_a_year(name, latest, steps, begins):
    assert sampling.begins("goal", name, latest, steps) == begins


@pytest.mark.django_db
def test_a_goal_whose_last_quarter_is_read_owes_no_reading_any_more(office):
    steps = [one["act"] for one in sampling.cases("goal")["reached"]["steps"]]
    last = len(steps) - steps[::-1].index("read")

    read = a_story.played(office, "goal", "reached", steps=last)

    assert [one.state for one in read.clocks.filter(key="reading")] == ["stopped"] * 4
    assert read.clocks.get(key="finish").state == "running"


@pytest.mark.parametrize(("today", "quarter", "owes"), [
    (date(2025, 12, 30), "3", True), (date(2025, 12, 30), "4", False), (NEXT_JANUARY, "3", False),
])  # fmt: skip
def test_a_reading_falls_due_within_the_year_of_the_goal(today, quarter, owes):
    seen = a_life.with_lines(entering("reached", "self_rate"), "readings", ("read", {"quarter": quarter}, 0))
    clock = next(one for one in GOAL.clocks if one.key == "reading")

    assert clock.when(replace(seen, today=today)) is owes
