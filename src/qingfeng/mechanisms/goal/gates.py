"""What blocks an act on a goal. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import entered_fit, fact_is, ledger_done, ledger_has, ledger_proved
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark
from qingfeng.mechanisms.goal.indicators import PETITIONED, PLEASED, PUNISHED, speaks_of

PRACTICE = (Law("三争目标管理工作惯例", mark=Mark.PROPOSAL),)
RIGHTS = (Law("信访工作条例", "Art. 17, 39-46"),)
OWN_EVIDENCE = {"brand": ("recognised", "spread"), "contribute": ("made", "result")}
MEASURED_IN = ("content", "indicator", "standard", "target", "recognised_by", "contributes_to")
ASKED_OF = {"advance": ("baseline", "target"), "brand": ("recognised_by",), "contribute": ("contributes_to",)}
A_QUARTER = 3  # months
LAST = 4


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) or not value else date.fromisoformat(str(value)[:10])


def _words(seen: Snapshot) -> list[Any]:
    return [seen.value(key) for key in MEASURED_IN]


def is_advance(seen: Snapshot) -> bool:
    """Return whether the goal is to move up among peers."""
    return seen.value("pillar") == "advance"


def quarters_owed(seen: Snapshot) -> set[str]:
    """Return the quarters of the goal's year that must have been read by today.

    From the quarter in which it was approved on; a quarter counts once its last month has begun.
    """
    year, approved = int(seen.facts.get("year") or 0), seen.last("approve")
    begun = approved.at.date() if approved else date.min
    if approved is None or begun.year > year:
        return set()
    first = 1 if begun.year < year else _quarter(begun)
    return {str(no) for no in range(first, LAST + 1) if has_come(year, no, seen.today)}


def has_come(year: int, quarter: int, today: date) -> bool:
    """Return whether the last month of a quarter has begun."""
    return today >= date(year, quarter * A_QUARTER, 1)


def owes_a_reading(seen: Snapshot) -> bool:
    """Return whether a reading can still fall due: in the goal's year, until its last quarter is read."""
    is_last_read = any(one.facts.get("quarter") == str(LAST) for one in seen.lines("readings"))
    return seen.today.year <= int(seen.facts.get("year") or 0) and not is_last_read


def _quarter(day: date) -> int:
    return (day.month - 1) // A_QUARTER + 1


def _given(seen: Snapshot) -> list[dict[str, Any]]:
    return list(seen.entered.get("readings") or ())


def _quarter_has_come(seen: Snapshot) -> bool:
    year = int(seen.facts.get("year") or 0)
    given = [int(one["quarter"]) for one in _given(seen) if one.get("quarter")]
    return all(has_come(year, no, seen.today) for no in given)


def _not_read_yet(seen: Snapshot) -> bool:
    read = [one.facts.get("quarter") for one in seen.lines("readings")]
    given = [one.get("quarter") for one in _given(seen)]
    return len(set(given)) == len(given) and not set(given) & set(read)


def _delay_said(one: Mapping[str, Any]) -> bool:
    return one.get("course") not in {"behind", "stuck"} or bool(str(one.get("why_behind") or "").strip())


def _says_what_its_pillar_asks(seen: Snapshot) -> bool:
    return all(str(seen.value(key) or "").strip() for key in ASKED_OF.get(str(seen.value("pillar")), ()))


def _stands_later(seen: Snapshot) -> bool:
    days = [day for one in seen.lines("standings") if (day := _day(one.facts.get("stood_on")))]
    return not is_advance(seen) or (len(days) > 1 and max(days) > min(days))


def _has_own_evidence(seen: Snapshot) -> bool:
    wanted = OWN_EVIDENCE.get(str(seen.facts.get("pillar")))
    kinds = {one.facts.get("evidence_kind") for one in seen.lines("evidence")}
    return wanted is None or bool(kinds & set(wanted))


def _linked_closed(seen: Snapshot) -> bool:
    return not any(one.kind == "serves" and not one.outward and one.is_open for one in seen.links)


NOT_PUNISHED = Gate(
    "not_by_punishment",
    _(
        "No goal is measured by how many people were punished, held accountable or investigated, or by how "
        "many cases there were: whoever must reach a number finds it. Measure whether duties were done, in "
        "time and well."
    ),
    lambda seen: not speaks_of(PUNISHED, _words(seen)),
    PRACTICE,
)
NOT_PETITIONED = Gate(
    "not_by_petitions",
    _(
        "No goal is measured by numbers of petitions, visits, repeats, objections or appeals: they are "
        "people's rights, and a number that must fall is pressed on them. Measure whether they were answered."
    ),
    lambda seen: not speaks_of(PETITIONED, _words(seen)),
    RIGHTS,
)
NOT_PLEASED = Gate(
    "not_by_applause",
    _(
        "No goal is measured by satisfaction, sign-ins, clicks or who did not visit: they can be asked for "
        "and arranged. Measure what our own work did."
    ),
    lambda seen: not speaks_of(PLEASED, _words(seen)),
    PRACTICE,
)
FAIR = (NOT_PUNISHED, NOT_PETITIONED, NOT_PLEASED)

PILLAR_ASKED = Gate(
    "pillar_asked",
    _(
        "Say what the pillar asks: a baseline and a target to move up; who would recognise a brand; to whose "
        "task a contribution is made."
    ),
    _says_what_its_pillar_asks,
    PRACTICE,
)
STANDING_SOURCED = Gate(
    "standing_sourced",
    _("Record where it stands among its peers, with the document, its day and who says so."),
    lambda seen: not is_advance(seen) or bool(seen.lines("standings")),
    PRACTICE,
)
STANDS_LATER = Gate(
    "stands_later",
    _("Record where it stands now among its peers, with its source: the one at the start shows nothing."),
    _stands_later,
    PRACTICE,
)
QUARTER_HAS_COME = Gate(
    "quarter_has_come",
    _("A quarter is read from the first day of its last month on."),
    _quarter_has_come,
    PRACTICE,
)
NOT_READ_YET = Gate(
    "not_read_yet",
    _("This quarter has been read: correct that reading, with a reason."),
    _not_read_yet,
    PRACTICE,
)
DELAY_SAID = entered_fit(
    "delay_said",
    "readings",
    _delay_said,
    says=_("Say what holds it up, and what is done about it."),
    law=PRACTICE,
)
QUARTERS_READ = Gate(
    "quarters_read",
    _("A quarter that has come was not read: enter its reading first."),
    lambda seen: quarters_owed(seen) <= {str(one.facts.get("quarter")) for one in seen.lines("readings")},
    PRACTICE,
)
HAS_EVIDENCE = ledger_has(
    "evidence", _("There is no evidence: enter what shows it, with its paper."), law=PRACTICE
)
EVIDENCE_PROVED = ledger_proved("evidence", _("A piece of evidence has no paper: attach it."), law=PRACTICE)
OWN_KIND_OF_EVIDENCE = Gate(
    "own_evidence",
    _(
        "The evidence does not show what the pillar asks: recognition or being taken over for a brand; "
        "something made or a result for a contribution."
    ),
    _has_own_evidence,
    PRACTICE,
)
CHASES_ANSWERED = ledger_done(
    "chases", ("answered",), _("A chase is not answered: answer it first."), law=PRACTICE
)
LINKED_CLOSED = Gate(
    "linked_closed",
    _("A matter that serves this goal is open: end it, or move its link to next year's goal with a reason."),
    _linked_closed,
    PRACTICE,
)
VERIFIED_ACHIEVED = fact_is(
    "verified_result", ("achieved",),
    _("The verification does not say achieved: judge no better than was verified."), law=PRACTICE,
)  # fmt: skip
VERIFIED_PARTLY = Gate(
    "verified_partly",
    _("The verification says not achieved: judge no better than was verified."),
    lambda seen: seen.facts.get("verified_result") in {"achieved", "partly"},
    PRACTICE,
)
