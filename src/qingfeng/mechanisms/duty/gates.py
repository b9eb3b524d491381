"""What blocks an act in a year of duty. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import alone, entered_fit, named
from qingfeng.matters.snapshot import Line, Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark
from qingfeng.mechanisms.duty.fields import DUTIES, IN_PERSON, VOTES

RULE = (Law("党委（党组）落实全面从严治党主体责任规定", mark=Mark.REPORTED),)
PRACTICE = (Law("主体责任“贯通联动”工作惯例", mark=Mark.PROPOSAL),)
HEARD_FIRST = (Law("监察法", "Art. 5"),)
SUMMER = 7  # the month in which the second half of a year begins
OPEN_LETTERS = ("sent", "talked", "answered")


def day(value: Any) -> date | None:
    """Return a civil date out of what is entered or stored."""
    return value if isinstance(value, date) or not value else date.fromisoformat(str(value)[:10])


def year_of(seen: Snapshot) -> int:
    """Return the year that the matter is about; 0 while it is not entered."""
    return int(seen.value("year") or 0)


def half(studied_on: Any, year: int) -> int:
    """Return in which half of a year a day lies: 1, 2, or 0 where it lies in another year."""
    on = day(studied_on)
    if on is None or on.year != year:
        return 0
    return 1 if on.month < SUMMER else 2


def halves_studied(seen: Snapshot) -> set[int]:
    """Return the halves of the year in which a study was held, by the day on which it was held."""
    return {half(one.facts.get("studied_on"), year_of(seen)) for one in seen.lines("studies")} - {0}


def items(seen: Snapshot) -> list[Line]:
    """Return the items of the list that stand."""
    return [one for one in seen.lines("items") if one.state != "struck"]


def open_letters(seen: Snapshot) -> list[Line]:
    """Return reminders and talks that are not settled."""
    return [one for one in seen.lines("letters") if one.state in OPEN_LETTERS]


def open_problems(seen: Snapshot) -> list[Line]:
    """Return problems that were fed back and are neither found to be put right nor carried over."""
    return [one for one in seen.lines("problems") if one.state in ("fed_back", "mended")]


def needs_the_secretary(seen: Snapshot) -> bool:
    """Return whether a case or a letter asked for the secretary in person.

    A linked one, or one on this unit that the house knows and the unit was told of (`joining.needed`).
    """
    linked = any(one.mechanism in ("case", "recommendation") for one in seen.links)
    return linked or bool(seen.entered.get("asked_for_secretary"))


def kinds_logged(seen: Snapshot) -> set[str]:
    """Return which of the four kinds stand in the secretary's log."""
    return {str(one.facts.get("person_kind")) for one in seen.lines("in_person")}


def missing(seen: Snapshot) -> set[str]:
    """Return what the year lacks, as the ledgers say; keys of `fields.MISSING`."""
    studied = halves_studied(seen)
    lacks = {
        "list": seen.last("issue_list") is None,
        "first_half": 1 not in studied,
        "second_half": 2 not in studied,
        "letters": bool(open_letters(seen)),
        "problems": bool(open_problems(seen)),
        "in_person": needs_the_secretary(seen) and kinds_logged(seen) != {key for key, _words in IN_PERSON},
        "report": seen.last("report_duty") is None,
    }
    return {key for key, is_so in lacks.items() if is_so}


def year_is_over(seen: Snapshot) -> bool:
    """Return whether the year lies behind."""
    return seen.today > date(year_of(seen) or date.max.year, 12, 31)


def _in_half(which: int) -> Any:
    def holds(seen: Snapshot) -> bool:
        return all(
            half(one.get("studied_on"), year_of(seen)) == which for one in seen.entered.get("studies") or ()
        )

    return holds


def _votes_add_up(seen: Snapshot) -> bool:
    ballots = seen.entered.get("ballots")
    return ballots is None or int(ballots) == sum(int(seen.entered.get(f"votes_{one}") or 0) for one in VOTES)


def _has_stated(seen: Snapshot) -> bool:
    asked = [no for no, one in enumerate(seen.done) if one.act == "ask_statement"]
    if not asked:
        return False
    stated = [no for no, one in enumerate(seen.done) if one.act == "state"]
    run = seen.clock("statement")
    is_over = run is not None and run.due_on is not None and seen.today > run.due_on
    return bool(stated and stated[-1] > asked[-1]) or is_over


def _says_what_is_missing(key: str) -> Any:
    def holds(seen: Snapshot) -> bool:
        said = seen.entered.get(key)
        return said is None or set(said) == missing(seen)

    return holds


def _is_mended(one: Mapping[str, Any]) -> bool:
    return bool(one.get("mended_on")) and bool(str(one.get("mended_how") or "").strip())


PARTS_NAMED = Gate(
    "parts_named",
    _("Name the unit, and the team or room that follows it."),
    lambda seen: bool(seen.entered.get("unit")) and bool(seen.entered.get("tracking_unit")),
    PRACTICE,
)
ALONE = alone(
    _("This unit has the same year already, begun before: go on with that one, declare this one void."),
    law=RULE,
)
ALL_DUTIES = Gate(
    "all_duties",
    _(
        "The list needs the duties of the committee, of its secretary, of its members and of those who "
        "supervise: enter what is missing."
    ),
    lambda seen: {key for key, _words in DUTIES} <= {one.facts.get("item_duty") for one in items(seen)},
    RULE,
)
IN_FIRST_HALF = Gate(
    "in_first_half",
    _(
        "This day does not lie in the first half of the year: a study counts for the half in which it was "
        "held."
    ),
    _in_half(1),
    RULE,
)
IN_SECOND_HALF = Gate(
    "in_second_half",
    _(
        "This day does not lie in the second half of the year: a study counts for the half in which it was "
        "held."
    ),
    _in_half(2),
    RULE,
)
ONE_AT_A_TIME = Gate(
    "one_at_a_time",
    _("A reminder is not answered yet: wait for it, or go on to a circular or a talk."),
    lambda seen: not any(one.state == "sent" for one in seen.lines("letters")),
    PRACTICE,
)
MENDED = entered_fit(
    "mended", "problems", _is_mended, says=_("Say when and how it was put right."), law=PRACTICE
)
TWO_EVALUATE = named("evaluator", _("Name two who hold the evaluation."), least=2, law=PRACTICE)
VOTES_ADD_UP = Gate(
    "votes_add_up", _("The votes do not add up to the ballots: count them again."), _votes_add_up, PRACTICE
)
FIRST_HALF = Gate(
    "first_half",
    _(
        "No study was held in the first half of the year: the year cannot be closed as fulfilled. "
        "The principal closes it as not fulfilled, with the reason."
    ),
    lambda seen: "first_half" not in missing(seen),
    RULE,
)
SECOND_HALF = Gate(
    "second_half",
    _(
        "No study was held in the second half of the year: hold it while the year lasts; after that the "
        "principal closes the year as not fulfilled, with the reason."
    ),
    lambda seen: "second_half" not in missing(seen),
    RULE,
)
LETTERS_SETTLED = Gate(
    "letters_settled",
    _("A reminder or a commitment is open: have it answered, and settle it."),
    lambda seen: "letters" not in missing(seen),
    PRACTICE,
)
PROBLEMS_SETTLED = Gate(
    "problems_settled",
    _("A problem that was fed back is not put right: check it, or carry it into the next year."),
    lambda seen: "problems" not in missing(seen),
    PRACTICE,
)
FOUR_IN_PERSON = Gate(
    "four_in_person",
    _(
        "Cases or letters that the unit was told of asked for its secretary: one of the four kinds has no "
        "entry in the secretary's log."
    ),
    lambda seen: "in_person" not in missing(seen),
    RULE,
)
YEAR_OVER = Gate(
    "year_over",
    _("The year is not over: what is missing can still be done."),
    year_is_over,
    RULE,
)
TOLD_RIGHTLY = Gate(
    "told_rightly",
    _("What is ticked is not what the ledgers say is missing: compare the two."),
    _says_what_is_missing("told_missing"),
    PRACTICE,
)
HEARD = Gate(
    "heard",
    _("The unit has not been heard: ask it, and wait for its answer or for the last day of it."),
    _has_stated,
    HEARD_FIRST,
)
SAID_RIGHTLY = Gate(
    "said_rightly",
    _("What is ticked is not what the ledgers say was not fulfilled: compare the two."),
    _says_what_is_missing("missing"),
    PRACTICE,
)
SOMETHING_MISSING = Gate(
    "something_missing",
    _("Nothing is missing: close the year as fulfilled."),
    lambda seen: bool(missing(seen)),
    PRACTICE,
)
