"""Who of the leaders is in charge of what (包案), and what the joint session has before it (集中处置)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce

from qingfeng.desk.kinds import address
from qingfeng.desk.lights import lights_of
from qingfeng.desk.petitions.asked import TAKEN_UP, seen_whole, with_taken_up
from qingfeng.desk.petitions.pending import offices_of
from qingfeng.look.lights import Light
from qingfeng.matters.models import LedgerLine, Matter, Party, Performance
from qingfeng.matters.registry import mechanism
from qingfeng.organization.viewer import Viewer

STUCK_DAYS = 30
MOST = 300


@dataclass(frozen=True)
class Item:
    """A petition that a leader is in charge of, or that comes before the session."""

    matter: Matter
    office: str
    leader: str
    light: Light | None
    last: LedgerLine | None
    days: int

    @property
    def href(self) -> str:
        """Its address."""
        return address(self.matter)

    @property
    def stage(self) -> Any:
        """Where it stands, in words."""
        return mechanism(self.matter.mechanism, self.matter.version).stage(self.matter.stage).name

    @property
    def tried_on(self) -> date | None:
        """The day of the last effort, None before the first."""
        on = self.last.facts.get("effort_on") if self.last else None
        return date.fromisoformat(on) if on else None

    @property
    def aim(self) -> str:
        """What is to be reached, and by when."""
        return str(self.matter.facts.get("aim") or "")


@dataclass(frozen=True)
class Leader:
    """A leader by name and post, with what they are in charge of."""

    name: str
    post: str
    items: list[Item]

    @property
    def late(self) -> int:
        """How many have an overdue clock."""
        return sum(one.light is not None and one.light.state == "red" for one in self.items)


def leaders_of(viewer: Viewer, on: date) -> tuple[list[Leader], int]:
    """Return the leaders with what each is in charge of, by name; and how many petitions have no leader."""
    rows = with_taken_up(seen_whole(viewer).filter(is_open=True, stage__in=TAKEN_UP))
    parts = Party.objects.filter(role="leader", until_at=None, matter__in=rows.order_by().values("pk"))
    held = {one.matter_id: one.person for one in parts.select_related("person")}
    items = _items(list(rows.filter(pk__in=held).order_by("due_on", "pk")[:MOST]), viewer, on)
    by_person: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for one in items:
        person = held[one.matter.pk]
        by_person[str(person), str(one.matter.facts.get("leader_post") or "")].append(one)
    without = rows.exclude(pk__in=held).count()
    return [Leader(name, post, mine) for (name, post), mine in sorted(by_person.items())], without


def session_of(viewer: Viewer, on: date) -> list[Item]:
    """Return what the joint session has before it: 30 days and more with an office, or since the last."""
    sent = Performance.objects.filter(matter=OuterRef("pk"), undone_by=None).order_by("-no")
    held = Cast(Subquery(sent.filter(act="hold_session").values("at")[:1]), DateField())
    handed = Cast(Subquery(sent.filter(act="dispatch").values("at")[:1]), DateField())
    rows = with_taken_up(seen_whole(viewer).filter(is_open=True, stage="handling"))
    rows = rows.annotate(since=Coalesce(held, handed, "opened_on"))
    stuck = rows.filter(since__lt=on - timedelta(days=STUCK_DAYS)).order_by("since", "pk")
    return _items(list(stuck[:MOST]), viewer, on)


def _items(matters: list[Matter], viewer: Viewer, on: date) -> list[Item]:
    offices, lights = offices_of(matters), lights_of(matters, viewer.on)
    last: dict[int, LedgerLine] = {}
    lines = LedgerLine.objects.filter(matter__in=matters, ledger="efforts").order_by("matter_id", "no")
    for line in lines:
        last[line.matter_id] = line
    return [
        Item(
            one,
            offices.get(one.pk, ""),
            str(one.facts.get("leader_post") or ""),
            lights.get(one.pk),
            last.get(one.pk),
            (on - one.taken_up_on).days,
        )
        for one in matters
    ]
