"""Who led whom when (谁主管、谁评价): by the posts of those days, so that a move takes nothing away.

Each period is judged by who led the person on a day of it: a quarter across a move by both heads. The year as
a whole is judged where the person is at its end; who led before gives their part through the periods they
saw, and reads no others (`docs/decisions/0035`).

Law:
    公务员考核规定 [verify]: whoever is moved is assessed by the new unit; the old one gives what it knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from qingfeng.appraisal.points.ground import days_of
from qingfeng.appraisal.points.tables import YEAR, Kind, Period, ScoreSheet
from qingfeng.matters.today import today
from qingfeng.organization.models import Post, PostRole

HEAD, LEADER = "dept_head", "deputy"


@dataclass(frozen=True)
class Span:
    """Somewhere from a day to a day, both inclusive; `until` is None while it lasts.

    Attributes:
        path: Line of the unit from the root.
        role: What somebody led there as; "" for who served.
        unit: Short name of the unit.
    """

    path: str
    since: date
    until: date | None
    role: str = ""
    unit: str = ""


def served(persons: Iterable[int], since: date, until: date) -> dict[int, list[Span]]:
    """Return where people had their main post among us on the days of a period, in order."""
    rows = Post.objects.overlapping(since, until).filter(
        person__in=tuple(persons), is_main=True, unit__is_ours=True
    )
    found: dict[int, list[Span]] = {}
    for one in rows.select_related("unit").order_by("from_on", "pk"):
        span = Span(one.unit.path, one.from_on, one.until_on, unit=str(one.unit))
        found.setdefault(one.person_id, []).append(span)
    return found


def led(person: int, since: date, until: date) -> list[Span]:
    """Return what somebody led on the days of a period: as head of a unit, or as the leader in charge."""
    rows = PostRole.objects.overlapping(since, until).filter(post__person=person, role__in=(HEAD, LEADER))
    columns = ("post__unit__path", "from_on", "until_on", "role")
    return [Span(*row) for row in rows.values_list(*columns)]


def periods_led(person: int, sheets: Iterable[ScoreSheet]) -> dict[int, frozenset[str]]:
    """Return of each sheet of a person the periods in which somebody stood in the line above; by its key.

    The year is among them for who leads the person on its last day, or today while it lasts. Who has no post
    among us in the year counts for the unit of the sheet.
    """
    rows = [one for one in sheets if one.person_id and one.person_id != person]
    found: dict[int, frozenset[str]] = {}
    for year in {one.scheme.year for one in rows}:
        first, last = date(year, 1, 1), date(year, 12, 31)
        mine = led(person, first, last)
        here = [one for one in rows if one.scheme.year == year]
        places = served([int(one.person_id or 0) for one in here], first, last) if mine else {}
        for one in here:
            spans = places.get(int(one.person_id or 0)) or [Span(one.unit.path, first, last)]
            roles = (HEAD, LEADER) if one.kind == Kind.STAFF else (LEADER,)
            over = [each for each in mine if each.role in roles]
            found[one.pk] = frozenset(_periods(over, spans, year))
    return found


def _periods(over: list[Span], spans: list[Span], year: int) -> Iterator[str]:
    for period in Period.values:
        since, until = days_of(period, year)
        if period == YEAR:
            since = until = max(since, min(until, today()))
        if any(_meet(one, other, since, until) for one in over for other in spans):
            yield period


def _meet(over: Span, served_in: Span, since: date, until: date) -> bool:
    """Return whether somebody led a unit while somebody else served in it, on a day of a period."""
    if not served_in.path.startswith(over.path):
        return False
    begins = max(over.since, served_in.since, since)
    ends = min(one for one in (over.until, served_in.until, until) if one is not None)
    return begins <= ends
