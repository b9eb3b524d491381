"""What a meeting may decide: matters with the acts that lead on from here, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass

from qingfeng.desk.many import snapshots_of
from qingfeng.desk.seen import seen_of
from qingfeng.matters import access
from qingfeng.matters.models import Matter, Meeting, Performance
from qingfeng.matters.registry import mechanism, mechanisms
from qingfeng.matters.vocabulary import Act
from qingfeng.organization.viewer import Viewer

MOST = 200


@dataclass(frozen=True)
class Item:
    """A matter with an act that a meeting may decide.

    Attributes:
        matter: The matter.
        act: The act; None if the declaration does not have it.
        title: What the viewer sees of what it is about.
        no: Place on the agenda, from 1; 0 for one that is only offered.
        done: What the meeting decided, once it is entered.
        may_enter: Whether the viewer may enter the decision: it is entered in the part that the act names.
    """

    matter: Matter
    act: Act | None
    title: str = ""
    no: int = 0
    done: Performance | None = None
    may_enter: bool = False

    @property
    def value(self) -> str:
        """What a form sends for it."""
        return f"{self.matter.pk}:{self.act.key if self.act else ''}"

    @property
    def words(self) -> str:
        """The line of a form."""
        return f"{self.matter.number} {self.title} · {self.act.name if self.act else ''}"


def candidates(viewer: Viewer) -> list[Item]:
    """Return what could be put on an agenda: open matters that somebody sees, newest first, at most 200."""
    kinds = [one.key for one in mechanisms() if any(act.meeting for act in one.acts)]
    rows = access.visible(viewer).filter(mechanism__in=kinds, is_open=True, standing=Matter.Standing.VALID)
    matters = list(rows.select_related("owner").order_by("-opened_at", "-pk")[:MOST])
    seen = snapshots_of(matters, today=viewer.on, actor=viewer.person_id)
    found = []
    for matter in matters:
        declared, now = mechanism(matter.mechanism, matter.version), seen[matter.pk].snapshot
        acts = [act for act in declared.acts if act.meeting and declared.is_from(act, matter.stage)]
        acts = [act for act in acts if act.when is None or act.when(now)]
        title = _title(viewer, matter) if acts else ""
        found += [Item(matter, act, title) for act in acts]
    return found


def items_of(viewer: Viewer, meeting: Meeting) -> list[Item]:
    """Return the agenda as far as somebody sees it; numbers stay those of the whole agenda."""
    keys = [row["matter"] for row in meeting.agenda]
    there = access.visible(viewer).filter(pk__in=keys).select_related("owner").in_bulk()
    done = {one.matter_id: one for one in Performance.objects.filter(meeting=meeting).select_related("by")}
    items = []
    for no, row in enumerate(meeting.agenda, start=1):
        matter = there.get(row["matter"])
        if matter is None:
            continue
        declared = mechanism(matter.mechanism, matter.version)
        act = next((one for one in declared.acts if one.key == row["act"]), None)
        may = act is not None and access.part_in(viewer, matter, act, declared) is not None
        items.append(Item(matter, act, _title(viewer, matter), no, done.get(matter.pk), may))
    return items


def _title(viewer: Viewer, matter: Matter) -> str:
    seen = seen_of(viewer, matter)
    return seen.title if seen else ""
