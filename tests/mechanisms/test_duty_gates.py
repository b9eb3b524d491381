"""What blocks an act in a year of duty (mechanisms.md M02): nothing is forged, nothing is closed over."""

from dataclasses import replace
from datetime import date

import a_life
import pytest

from qingfeng.matters.snapshot import Snapshot
from qingfeng.mechanisms.duty.declaration import DUTY
from qingfeng.mechanisms.duty.gates import half, missing


def entering(act, case="fulfilled", **others):
    return a_life.entering("duty", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("duty", act, seen)


def without(seen, ledger, *, keep=lambda _line: False):
    """The snapshot with only some lines of a ledger left."""
    return replace(seen, ledgers={**seen.ledgers, ledger: tuple(filter(keep, seen.lines(ledger)))})


def in_first_half(line):
    return half(line.facts["studied_on"], 2025) == 1


def with_state(seen, ledger, state):
    """The snapshot with the first line of a ledger in another state."""
    first, *rest = seen.lines(ledger)
    return replace(seen, ledgers={**seen.ledgers, ledger: (replace(first, state=state), *rest)})


def test_a_year_is_opened_for_a_unit_and_by_whom_follows_it():
    gates = {gate.key: gate for gate in DUTY.gates}
    whole = Snapshot(stage="", entered={"unit": [1], "tracking_unit": [2], "recusal_checked": True})

    assert all(gate.holds(whole) for gate in gates.values())
    assert not gates["parts_named"].holds(replace(whole, entered={"unit": [1], "tracking_unit": []}))
    assert not gates["recusal_checked"].holds(replace(whole, entered={"recusal_checked": False}))


def test_who_evaluates_is_asked_about_recusal():
    seen = entering("name_evaluators")

    assert unmet("name_evaluators", seen) == []
    asked = a_life.with_entered(seen, recusal_checked=False)
    assert unmet("name_evaluators", asked) == ["recusal_checked"]


@pytest.mark.parametrize("duty", ["main", "first", "member", "supervision"])
def test_a_list_without_one_of_the_duties_is_not_issued(duty):
    """主体责任, 第一责任人责任, 一岗双责, 监督责任: each stands in the list."""
    seen = entering("issue_list")
    struck = [
        replace(one, state="struck") if one.facts["item_duty"] == duty else one for one in seen.lines("items")
    ]

    assert unmet("issue_list", seen) == []
    assert unmet("issue_list", replace(seen, ledgers={"items": tuple(struck)})) == ["all_duties"]


@pytest.mark.parametrize(
    ("act", "day", "gate"),
    [
        ("study_first", "2025-06-30", []),
        ("study_first", "2025-07-01", ["in_first_half"]),
        ("study_first", "2024-06-30", ["in_first_half"]),
        ("study_second", "2025-07-01", []),
        ("study_second", "2025-12-31", []),
        ("study_second", "2025-06-30", ["in_second_half"]),
        ("study_second", "2026-01-01", ["in_second_half"]),
    ],
)
def test_a_study_counts_for_the_half_in_which_it_was_held(act, day, gate):
    seen = entering(act)

    assert unmet(act, a_life.with_entered(seen, studies=[{"studied_on": day}])) == gate


def test_a_half_without_a_study_blocks_closing_the_year():
    """M02 blocks: missing half-year record."""
    seen = entering("close")

    assert unmet("close", seen) == []
    assert unmet("close", without(seen, "studies")) == ["first_half", "second_half"]
    assert unmet("close", without(seen, "studies", keep=in_first_half)) == ["second_half"]


@pytest.mark.parametrize("state", ["sent", "answered", "talked"])
def test_an_open_reminder_or_commitment_blocks_closing_the_year(state):
    """M02 blocks: an open 提醒函."""
    assert unmet("close", with_state(entering("close"), "letters", state)) == ["letters_settled"]


@pytest.mark.parametrize(
    ("state", "gates"), [("fed_back", 1), ("mended", 1), ("accepted", 0), ("carried", 0)]
)
def test_a_problem_that_is_neither_checked_nor_carried_over_blocks_closing_the_year(state, gates):
    seen = with_state(entering("close"), "problems", state)

    assert unmet("close", seen) == ["problems_settled"] * gates


@pytest.mark.parametrize("kind", ["arranges", "asks", "coordinates", "presses"])
def test_a_kind_without_an_entry_blocks_where_a_case_or_a_letter_asked_for_the_secretary(kind):
    """M02 blocks: the secretary's log empty in any of the four kinds while a case or letter needed it."""
    seen = without(entering("close"), "in_person", keep=lambda line: line.facts["person_kind"] != kind)
    asked = a_life.with_entered(seen, asked_for_secretary=True)

    assert unmet("close", seen) == []
    assert unmet("close", asked) == ["four_in_person"]
    assert unmet("close", a_life.linked(seen, "related", "case", "announced")) == ["four_in_person"]
    assert unmet("close", a_life.linked(seen, "related", "recommendation", "delivered")) == ["four_in_person"]
    assert unmet("close", a_life.linked(seen, "related", "directive", "closed")) == []


def test_reminders_are_sent_one_at_a_time():
    seen = entering("remind")
    open_one = a_life.with_lines(seen, "letters", ("sent", {}, 0))

    assert unmet("remind", seen) == []
    assert unmet("remind", open_one) == ["one_at_a_time"]
    assert unmet("circulate", open_one) == []
    assert unmet("send_back_answer", open_one) == ["one_at_a_time"]


def test_a_problem_is_put_right_on_a_day_and_in_words():
    seen = entering("mend_problem")
    bare = [{**seen.entered["problems"][0], "mended_how": ""}]

    assert unmet("mend_problem", seen) == []
    assert unmet("mend_problem", a_life.with_entered(seen, problems=bare)) == ["mended"]


def test_two_hold_the_evaluation():
    seen = entering("evaluate")

    assert unmet("evaluate", seen) == []
    assert unmet("evaluate", a_life.alone(seen, "evaluator")) == ["named:evaluator"]


def test_votes_add_up_to_the_ballots():
    seen = entering("evaluate")

    assert unmet("evaluate", a_life.with_entered(seen, votes_poor=1)) == ["votes_add_up"]
    assert unmet("evaluate", a_life.with_entered(seen, ballots=30)) == ["votes_add_up"]


def test_a_year_is_not_said_to_be_unfulfilled_before_it_is_over():
    seen = entering("declare_unfulfilled", "unfulfilled")

    assert unmet("declare_unfulfilled", seen) == []
    assert unmet("declare_unfulfilled", replace(seen, today=date(2025, 12, 31))) == ["year_over"]
    asked = entering("ask_statement", "unfulfilled")
    assert unmet("ask_statement", asked) == []
    assert unmet("ask_statement", replace(asked, today=date(2025, 12, 31))) == ["year_over"]


def test_what_is_said_to_be_missing_is_what_the_ledgers_say():
    """Nothing is added as a punishment, nothing left out as a favour."""
    seen = entering("declare_unfulfilled", "unfulfilled")
    asked = entering("ask_statement", "unfulfilled")

    def said(*keys):
        return unmet("declare_unfulfilled", a_life.with_entered(seen, missing=list(keys)))

    assert missing(seen) == {"second_half"}
    assert said("second_half", "first_half") == ["said_rightly"]
    assert said("first_half") == ["said_rightly"]
    told = a_life.with_entered(asked, told_missing=["first_half"])
    assert unmet("ask_statement", told) == ["told_rightly"]


def test_a_unit_is_heard_before_its_year_is_said_to_be_unfulfilled():
    """监察法 Art. 5: whoever is judged is heard first; silence until the last day is an answer."""
    seen = entering("declare_unfulfilled", "unfulfilled")
    silent = a_life.without_act(seen, "state")
    last = silent.clock("statement").due_on

    assert unmet("declare_unfulfilled", replace(silent, today=last)) == ["heard"]
    assert unmet("declare_unfulfilled", replace(silent, today=date(2026, 3, 1))) == []
    assert unmet("declare_unfulfilled", a_life.without_act(silent, "ask_statement")) == ["heard"]


def test_a_year_in_which_nothing_is_missing_is_not_said_to_be_unfulfilled():
    seen = a_life.with_entered(entering("close"), missing=[])

    assert "something_missing" in unmet("declare_unfulfilled", seen)


def test_only_the_principal_brings_a_year_to_its_end_and_never_whoever_followed_it():
    for act in ("close", "declare_unfulfilled"):
        assert DUTY.act(act).by == ("principal",)
        assert {"tracker", "evaluator"} <= set(DUTY.act(act).not_by)


def test_a_list_and_a_report_that_never_came_are_missing():
    bare = Snapshot(stage="planned", facts={"year": 2025}, today=date(2026, 2, 1))

    assert missing(bare) == {"list", "first_half", "second_half", "report"}
