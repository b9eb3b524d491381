"""What blocks an act on a task force. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import ledger_done
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

PRACTICE = (Law("专班工作惯例", mark=Mark.PROPOSAL),)
SECRECY = (Law("监察法", "Art. 18"),)
RECUSAL = (Law("监察法", "Art. 67"),)
LEAST = (Law("个人信息保护法", "Art. 5, 6, 34"),)

OWN_THINGS = (("tasks", "who", "open"), ("papers", "keeper", "out"), ("opinions", "expert", "asked"))
"""Ledger, the column that says whose a line is, and the state in which it is still owed."""


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) or not value else date.fromisoformat(str(value)[:10])


def has_run_out(seen: Snapshot) -> bool:
    """Return whether the day has come on which all access ends."""
    ends = _day(seen.facts.get("ends_on"))
    return ends is not None and seen.today >= ends


def _last_day_ahead(seen: Snapshot) -> bool:
    ends = _day(seen.value("ends_on"))
    return ends is not None and ends > seen.today


def members(seen: Snapshot) -> frozenset[int]:
    """Return the ids of those who have signed and work in the force."""
    return frozenset((*seen.persons("member"), *seen.persons("lead")))


def _entered(seen: Snapshot, ledger: str) -> Iterable[dict[str, Any]]:
    return seen.entered.get(ledger) or ()


def _of_members(ledger: str, column: str) -> Any:
    def holds(seen: Snapshot) -> bool:
        there = members(seen)
        return all(int(one[column]) in there for one in _entered(seen, ledger) if one.get(column))

    return holds


def _own(ledger: str, column: str) -> Any:
    def holds(seen: Snapshot) -> bool:
        return all(int(one.get(column) or 0) == seen.actor for one in _entered(seen, ledger))

    return holds


def _undertaken(seen: Snapshot) -> bool:
    return all(one.get("undertakes") is True for one in _entered(seen, "people"))


def _is_timely(seen: Snapshot) -> bool:
    return all(_fits(one) for one in _entered(seen, "data_needs") if one.get("timely"))


def _fits(line: dict[str, Any]) -> bool:
    came, by = _day(line.get("supplied_on")), _day(line.get("needed_by"))
    if came is None or by is None:
        return line["timely"] == "none"
    return bool(line["timely"] == ("in_time" if came <= by else "late"))


def _nothing_of_theirs_open(seen: Snapshot) -> bool:
    leaving = {int(one["person"]) for one in _entered(seen, "people") if one.get("person")}
    return not any(
        line.state == state and int(line.facts.get(column) or 0) in leaving
        for ledger, column, state in OWN_THINGS
        for line in seen.lines(ledger)
    )


LAST_DAY_AHEAD = Gate(
    "last_day_ahead",
    _("Say on which day all access through the force ends: a day that is still to come."),
    _last_day_ahead,
    SECRECY,
)
LEAD_HAS_SIGNED = Gate(
    "lead_has_signed",
    _("The leader is one of the members who have signed their undertaking."),
    lambda seen: set(seen.entered.get("lead", ())) <= set(seen.persons("member")),
    SECRECY,
)
TWO_SIGNED = Gate(
    "two_signed",
    _("At least two people have signed their undertaking before work is shared out."),
    lambda seen: len(set(seen.persons("member"))) >= 2,
    SECRECY,
)
MAY_BE_CALLED = Gate(
    "may_be_called",
    _("Administrators, and whoever speaks for a unit or body outside on this site, cannot be called in: end "
      "that post first, or call somebody else."),
    lambda seen: not seen.entered.get("not_to_be_called"),
    RECUSAL,
)  # fmt: skip
CALLED_ONCE = Gate(
    "called_once",
    _("Somebody on this list was called in already."),
    lambda seen: not seen.entered.get("called_already"),
    PRACTICE,
)
OWN_UNDERTAKING = Gate(
    "own_undertaking",
    _("Everybody signs their own undertaking."),
    _own("people", "person"),
    SECRECY,
)
UNDERTAKEN = Gate(
    "undertaken",
    _("Without the undertaking nobody works in the force: sign it, or decline."),
    _undertaken,
    SECRECY,
)
TASK_OF_A_MEMBER = Gate(
    "task_of_a_member",
    _("A task is given to somebody who has signed the undertaking."),
    _of_members("tasks", "who"),
    SECRECY,
)
PAPER_TO_A_MEMBER = Gate(
    "paper_to_a_member",
    _("Papers are handed to somebody who has signed the undertaking."),
    _of_members("papers", "keeper"),
    SECRECY,
)
EXPERT_IS_A_MEMBER = Gate(
    "expert_is_a_member",
    _("An expert signs the undertaking before a question is put."),
    _of_members("opinions", "expert"),
    SECRECY,
)
OWN_OPINION = Gate(
    "own_opinion",
    _("An opinion is given by the expert who was asked."),
    _own("opinions", "expert"),
    PRACTICE,
)
OWN_TASK = Gate(
    "own_task",
    _("A task is reported done by whom it was given to, or by the leader of the force."),
    lambda seen: seen.actor in seen.persons("lead") or _own("tasks", "who")(seen),
    PRACTICE,
)
TIMELY_FITS = Gate(
    "timely_fits",
    _("Whether it came in time does not fit the days: compare them."),
    _is_timely,
    PRACTICE,
)
NAMES_NOBODY = Gate(
    "names_nobody",
    _("Take private persons and reporters out of it before it is shared."),
    lambda seen: all(one.get("is_free_of_persons") is True for one in _entered(seen, "results")),
    LEAST,
)
NOTHING_OF_THEIRS_OPEN = Gate(
    "nothing_of_theirs_open",
    _("Papers, an opinion or a task of theirs is still open: hand it back or over first."),
    _nothing_of_theirs_open,
    PRACTICE,
    overridden_by="deputy",
)
PAPERS_BACK = ledger_done("papers", ("back",), _("Papers or devices are not handed back yet."), law=SECRECY)
OPINIONS_GIVEN = ledger_done(
    "opinions", ("given", "dropped"), _("An expert opinion is still due."), law=PRACTICE
)
TASKS_HANDED_OVER = ledger_done(
    "tasks", ("done", "handed_on"), _("A task is neither done nor handed over."), law=PRACTICE
)
DATA_SETTLED = ledger_done(
    "data_needs", ("settled",), _("It is not settled whether a data set came."), law=LEAST
)
