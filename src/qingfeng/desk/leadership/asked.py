"""What is asked of the pages: a year, and which talks behind a number; and for whom the pages exist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from qingfeng.desk.leadership.covering import STATES, Row
from qingfeng.mechanisms.common import OFFICE_KINDS
from qingfeng.organization.models import Unit
from qingfeng.organization.viewer import Viewer

LEADS = ("principal", "deputy", "dept_head", "tracker")
TALKS = ("principal", "deputy", "dept_head", "unit_head", "team_member")
FIRST_YEAR = 2020
KINDS = dict(OFFICE_KINDS)


def may_open(viewer: Viewer) -> bool:
    """Return whether the page of all units exists for somebody."""
    return viewer.is_ours and viewer.has(*LEADS)


def may_read_own(viewer: Viewer) -> bool:
    """Return whether the page of one's own talks exists for somebody."""
    return viewer.has(*TALKS)


@dataclass(frozen=True)
class Asked:
    """What a page is asked for.

    Attributes:
        year: Year of the plans.
        state: A key of `STATES`, "" for all.
        kind: Kind of office, "" for all.
        level: Level of administration, "" for all.
    """

    year: int
    state: str = ""
    kind: str = ""
    level: str = ""

    def wants(self, row: Row) -> bool:
        """Return whether a talk is among those asked for."""
        return (
            (not self.kind or row.kind == self.kind)
            and (not self.level or row.level == self.level)
            and is_counted(row, self.state or "due")
        )

    def query(self, **others: Any) -> str:
        """Return the same as the tail of an address, with other values where given."""
        one = replace(self, **others)
        given = {"year": one.year, "state": one.state, "kind": one.kind, "level": one.level}
        return urlencode({key: value for key, value in given.items() if value})

    @property
    def words(self) -> list[Any]:
        """What is asked for, in words."""
        levels = dict(Unit.Level.choices)
        return [
            words
            for words in (STATES.get(self.state), KINDS.get(self.kind), levels.get(self.level))
            if words is not None
        ]


def is_counted(row: Row, state: str) -> bool:
    """Return whether a talk is counted under a state."""
    return row.state != "dropped" if state == "due" else row.state == state


def asked_in(given: QueryDict, today: date) -> Asked:
    """Return what an address asks for; what it does not know is left out."""
    year = given.get("year", "")
    is_year = year.isdecimal() and len(year) == len("2026")
    known = is_year and FIRST_YEAR <= int(year) <= today.year + 1
    return Asked(
        int(year) if known else today.year,
        _among(given.get("state", ""), STATES),
        _among(given.get("kind", ""), KINDS),
        _among(given.get("level", ""), dict(Unit.Level.choices)),
    )


def _among(value: str, known: Iterable[str]) -> str:
    return value if value in known else ""
