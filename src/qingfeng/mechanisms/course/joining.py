"""What the house finds out for a course: whom its material tells of, and what its measure reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from qingfeng.documents.attachments import texts_of
from qingfeng.matters.computed import Found, find_with
from qingfeng.matters.counting import months_after
from qingfeng.matters.models import LedgerLine, Matter
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.today import today
from qingfeng.mechanisms.course.change import Change, change_of
from qingfeng.mechanisms.measures import share_of, value_of
from qingfeng.mechanisms.telling_who import who_is_told
from qingfeng.organization.models import Unit

MONTHS = 3
Days = tuple[date, date]


def checked(matter: Matter, _sheet: Sheet) -> Found:
    """Tell the gates what the standing material, texts and files, says about who somebody is."""
    found = {one for text in _texts(matter) for one in who_is_told(text)}
    return Found(told={"tells_who": sorted(found)})


def _texts(matter: Matter) -> Iterator[str]:
    for line in matter.lines.filter(ledger="materials").exclude(state="struck"):
        yield f"{line.facts.get('material') or ''}\n{line.facts.get('told') or ''}"
        yield from texts_of(line.files.values_list("attachment_id", flat=True))


def effect(matter: Matter, _sheet: Sheet) -> Found:
    """Read the measure over the three months before the first session and the three after it.

    It is that of the rooms and teams that were taught, where the sessions name them, else of the whole house.
    Nothing is found where no measure was named, or while the three months are not over. A change of a share
    stands with its interval; of anything else, or of few, it is told that it cannot be said.
    """
    key = str(matter.facts.get("measure") or "")
    sessions = list(matter.lines.filter(ledger="sessions"))
    if not key or not sessions:
        return Found()
    taught = date.fromisoformat(min(str(one.facts.get("taught_on")) for one in sessions))
    after = months_after(taught, MONTHS)
    before = (months_after(taught, -MONTHS), taught - timedelta(days=1))
    later = (taught + timedelta(days=1), after)
    offices = _offices(sessions)
    is_over = after <= today()
    change = _change(key, before, later, offices) if is_over else None
    facts = {
        "before_value": _in_words(key, before, offices),
        "after_value": _in_words(key, later, offices) if is_over else "",
        "interval": _told(change) if change else "",
    }
    return Found(facts=facts, told={"is_seen": change is not None and change.is_seen})


def _offices(sessions: Iterable[LedgerLine]) -> list[str]:
    """Return the paths of the rooms and teams that were taught; the whole house where none is named."""
    keys = {int(key) for one in sessions for key in one.facts.get("came_units") or ()}
    paths = sorted(Unit.objects.filter(pk__in=keys).values_list("path", flat=True))
    return [one for one in paths if not any(one != other and one.startswith(other) for other in paths)] or [
        ""
    ]


def _in_words(key: str, days: Days, offices: Iterable[str]) -> str:
    """Return the measure in words, room by room where several were taught."""
    found = [value_of(key, *days, one) for one in offices]
    return "；".join(one for one in found if one)


def _change(key: str, before: Days, later: Days, offices: Iterable[str]) -> Change | None:
    sums = [[0, 0], [0, 0]]
    for office in offices:
        read = [share_of(key, *days, office) for days in (before, later)]
        if read[0] is None or read[1] is None:
            continue
        for total, (some, of) in zip(sums, (read[0], read[1]), strict=True):
            total[0], total[1] = total[0] + some, total[1] + of
    return change_of((sums[0][0], sums[0][1]), (sums[1][0], sums[1][1]))


def _told(change: Change) -> str:
    said = f"{change.points:+.1f}（95% 区间 {change.low:+.1f} 至 {change.high:+.1f}）百分点"
    return said if change.is_seen else f"{said}，区间含零，不能下判断"


def join() -> None:
    """Make what this room finds out known to the house."""
    find_with("course.checked", checked)
    find_with("course.effect", effect)
