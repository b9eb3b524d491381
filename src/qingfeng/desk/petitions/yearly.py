"""The year in petitions (信访工作年度公开): counted for the whole house, small numbers hidden, published.

It counts items, offices' duties and sessions, never people. Numbers below five are not told; where one alone
would be hidden, the next smallest goes with it, so that no sum gives it away. What is published is an entry
of the public journal: the page shows that entry and nothing else, and a newer one stands in its place.

Law:
    监察法 Art. 60-62; rights.md 16, 20
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from qingfeng.desk.petitions import gauges, offices
from qingfeng.desk.petitions.asked import scope_of
from qingfeng.desk.returns.measures import measure
from qingfeng.desk.returns.scope import Scope
from qingfeng.journal.models import JournalEntry, Log
from qingfeng.journal.store import append, entries_about
from qingfeng.matters.registry import mechanism
from qingfeng.organization.viewer import Viewer

PUBLISHED = "petitions.year_published"
LEAST = 5
SPLITS = (
    ("topics", "petition.all", "topic"),
    ("opinions", "petition.answers", "supported"),
    ("causes", "petition.causes", "cause"),
    ("reviews", "petition.reviewed", "review_result"),
    ("meetings", "reception.held", "meeting_way"),
    ("slips", "petition_slip.slips", "slip_kind"),
)
WHOLES = (
    ("received", "petition.all"),
    ("issued", "petition.answers"),
    ("closed", "petition.closed"),
    ("met", "reception.held"),
    ("promises", "reception.promises"),
)


def may_publish(viewer: Viewer) -> bool:
    """Return whether somebody publishes the year: who leads the commission."""
    return viewer.is_ours and not viewer.is_administrator and viewer.has("principal", "deputy")


def content_of(year: int, today: date) -> dict[str, Any]:
    """Return what would be published of a year: plain data, keys of the declarations, no text of anybody."""
    scope = scope_of(None, year, today)
    return {
        "year": year,
        "until": scope.period.until.isoformat(),
        "wholes": {key: _told(_total(name, scope)) for key, name in WHOLES},
        "splits": {key: hidden(_split(name, by, scope)) for key, name, by in SPLITS},
        "clocks": [[key, *_share(share)] for key, share in _clocks(scope)],
        "gauges": [[one.name, one.says, *_share(one.share)] for one in gauges.gauges_of(scope)],
    }


def hidden(cells: Mapping[str, int]) -> dict[str, int | None]:
    """Return cells with small ones as None; never one alone among others that are told."""
    small = {key for key, count in cells.items() if 0 < count < LEAST}
    rest = sorted((count, key) for key, count in cells.items() if key not in small and count)
    if len(small) == 1 and rest:
        small.add(rest[0][1])
    return {key: None if key in small else count for key, count in cells.items()}


def _told(count: int) -> int | None:
    return None if 0 < count < LEAST else count


def _total(name: str, scope: Scope) -> int:
    found = measure(name)
    return int(sum(cell.value or 0 for cell in found.count(scope, ()).values())) if found else 0


def _split(name: str, by: str, scope: Scope) -> dict[str, int]:
    found = measure(name)
    cells = found.count(scope, (by,)) if found else {}
    return {values[0]: int(cell.value or 0) for values, cell in cells.items() if values[0]}


def _clocks(scope: Scope) -> list[tuple[str, gauges.Share]]:
    keys = (key for key, _words in offices.EVERY_CLOCK)
    return list(zip(keys, (share for _words, share in offices.house_of(scope)), strict=True))


def _share(share: gauges.Share) -> list[float | None]:
    """Return per cent; None where it rests on fewer than five."""
    return [share.percent if share.of >= LEAST else None]


def publish(viewer: Viewer, year: int) -> JournalEntry:
    """Write what is counted now into the public journal, in the place of what was published before."""
    content = content_of(year, viewer.on)
    with transaction.atomic():
        return append(
            PUBLISHED,
            subject=subject_of(year),
            by=f"person:{viewer.person_id}",
            facts={"content": content},
            log=str(Log.PUBLIC),
        )


def subject_of(year: int) -> str:
    """Return the subject of the entry of a year."""
    return f"petitions/{year}"


def published(year: int) -> JournalEntry | None:
    """Return the newest entry of a year, None before the first."""
    found = [one for one in entries_about(subject_of(year), log=str(Log.PUBLIC)) if one.kind == PUBLISHED]
    return found[-1] if found else None


def years() -> list[int]:
    """Return the years that were published, the newest first."""
    rows = JournalEntry.objects.filter(log=str(Log.PUBLIC), kind=PUBLISHED).values_list("subject", flat=True)
    return sorted({int(one.rpartition("/")[2]) for one in rows}, reverse=True)


def words_of(content: Mapping[str, Any]) -> dict[str, list[tuple[Any, int | None]]]:
    """Return the splits of what was published with their keys in words, the greatest first."""
    found: dict[str, list[tuple[Any, int | None]]] = {}
    for key, name, by in SPLITS:
        kind = name.split(".")[0]
        choices = _choices(kind, by)
        cells = content["splits"].get(key, {})
        lines = [(choices.get(value, value), count) for value, count in cells.items()]
        found[key] = sorted(lines, key=lambda line: (-(line[1] or 0), str(line[0])))
    return found


def _choices(kind: str, key: str) -> dict[str, Any]:
    declared = mechanism(kind)
    fields = (*declared.asks, *(field for act in declared.acts for field in act.asks))
    return dict(next(one.choices for one in fields if one.key == key))
