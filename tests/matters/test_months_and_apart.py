"""A duty of each quarter, and lines that are there for their author alone until an act."""

from datetime import date

import pytest

from qingfeng.matters.apart import closed_to
from qingfeng.matters.checks import problems
from qingfeng.matters.clocks import rule_of
from qingfeng.matters.counting import next_in_month
from qingfeng.matters.models import Performance
from qingfeng.matters.vocabulary import (
    Act,
    Clock,
    Field,
    Figure,
    Law,
    Ledger,
    Mark,
    Mechanism,
    Role,
    Stage,
)

QUARTERS = (1, 4, 7, 10)
ONE, OTHER = 1, 2


@pytest.mark.parametrize(
    ("after", "day", "due"),
    [
        (date(2026, 1, 6), 10, date(2026, 1, 10)),
        (date(2026, 1, 10), 10, date(2026, 4, 10)),
        (date(2026, 3, 31), 28, date(2026, 4, 28)),
        (date(2026, 10, 10), 10, date(2027, 1, 10)),
    ],
)
def test_a_duty_of_each_quarter_is_due_in_the_month_after_it(after, day, due):
    assert next_in_month(after, day, QUARTERS) == due


def test_a_month_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="no such month"):
        next_in_month(date(2026, 1, 6), 10, (13,))


def declared(**others):
    """A small declaration in which two judge apart."""
    given = {
        "key": "judged",
        "name": "Judged",
        "term": "评",
        "purpose": "To be judged.",
        "stages": (Stage("begun", "Begun", rests="It waits."), Stage("ended", "Ended", open=False)),
        "parties": (Role("judge", "Judge"), Role("head", "Head", office=("dept_head",))),
        "opened_by": ("head",),
        "acts": (
            Act("open_scores", "Open", by="head", from_="begun"),
            Act("end", "End", by="head", from_="begun", to="ended"),
        ),
        "ledgers": (
            Ledger("scores", "Scores", fields=(Field("points", "Points", "whole"),),
                   states=(("given", "given"),), done=("given",), apart_until="open_scores"),
            Ledger("notes", "Notes", fields=(Field("note", "Note"),), states=(("made", "made"),)),
        ),
        **others,
    }  # fmt: skip
    return Mechanism(**given)


def story(*acts):
    """Acts as they are kept: key, by whom, with which lines."""
    return [Performance(act=key, by_id=by, entered={"lines": lines}) for key, by, lines in acts]


def test_a_line_is_there_for_its_author_alone_until_the_act():
    acts = story(("score", ONE, [["scores", 1, "given", {}]]), ("score", OTHER, [["scores", 2, "given", {}]]))

    assert closed_to(declared(), acts, ONE) == {("scores", 2)}
    assert (
        closed_to(declared(), acts, 3) == closed_to(declared(), acts, None) == {("scores", 1), ("scores", 2)}
    )
    assert closed_to(declared(), [*acts, *story(("open_scores", 3, []))], OTHER) == set()


def test_lines_of_other_ledgers_are_there_for_everybody():
    acts = story(("note", ONE, [["notes", 1, "made", {}]]))

    assert closed_to(declared(), acts, OTHER) == set()


def said(one):
    """What the house says of a declaration at its start."""
    return [message.msg for message in problems(one)]


def test_a_ledger_is_apart_until_an_act_that_exists_and_nobody_counts_its_columns():
    ledger = declared().ledgers[0]
    wrong = Ledger(ledger.key, ledger.name, fields=ledger.fields, states=ledger.states, apart_until="opens")

    assert not [one for one in said(declared()) if "apart" in one]
    assert "the ledger scores is apart until opens" in " ".join(said(declared(ledgers=(wrong,))))
    counted = declared(figures=(Figure("points", "Points", counts="ledger:scores", by=("points",)),))
    assert "the ledger scores is apart, and told of elsewhere" in " ".join(said(counted))


@pytest.mark.django_db
def test_months_go_with_a_day_of_the_month():
    law = (Law("惯例", mark=Mark.PROPOSAL),)
    right = Clock(
        "reading", "Reading", each_month="day", in_months=QUARTERS, starts="open", stops="end", law=law
    )
    wrong = Clock("reading", "Reading", months=3, in_months=QUARTERS, starts="open", stops="end", law=law)

    assert rule_of(right, {"day": 10}, after=date(2026, 4, 10)).day == date(2026, 7, 10)
    assert not [one for one in said(declared(clocks=(right,))) if "months" in one]
    assert "names months" in " ".join(said(declared(clocks=(wrong,))))
