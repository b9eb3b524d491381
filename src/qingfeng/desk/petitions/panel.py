"""On the page of a petition: the three tests of closing (三到位) and what is like it; of a slip, its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qingfeng.desk import panels
from qingfeng.desk.kinds import address
from qingfeng.desk.lights import light
from qingfeng.desk.offers import offers
from qingfeng.desk.panels import Panel, Place
from qingfeng.desk.petitions import alike
from qingfeng.desk.petitions.asked import KIND, may_open
from qingfeng.desk.shelves import PETITIONS
from qingfeng.look.lights import Light
from qingfeng.look.rail import RailEntry, register
from qingfeng.matters.models import ClockRun, Matter, MatterLink
from qingfeng.matters.registry import mechanism
from qingfeng.matters.snapshotting import snapshot_of
from qingfeng.mechanisms.petition.parts import AFTER, IN_HAND
from qingfeng.mechanisms.petition.tests_of_closing import Owed, tests_of
from qingfeng.organization.viewer import Viewer

SLIP = "petition_slip"


def closing(viewer: Viewer, matter: Matter) -> Panel | None:
    """Return the panel of the three tests from when the petition was taken up, first once it was served."""
    if matter.stage not in {*IN_HAND, *AFTER, "closed"}:
        return None
    can = {one.act.key: one.act.name for one in offers(viewer, matter) if not one.missing}
    tests = [
        (test, [(owed.says, _mending(matter, owed, can)) for owed in test.missing])
        for test in tests_of(snapshot_of(matter, today=viewer.on))
    ]
    place: Place = "first" if matter.stage in AFTER else "main"
    return Panel(_("Three tests of closing"), "desk/petitions/closing.html", {"tests": tests}, place)


def _mending(matter: Matter, owed: Owed, can: Mapping[str, Any]) -> list[tuple[Any, str]]:
    """Return the acts by which the viewer can mend what is owed: their names and addresses."""
    return [(can[key], address(matter, "act", act=key)) for key in owed.acts if key in can]


def likely(viewer: Viewer, matter: Matter) -> Panel | None:
    """Return the panel of what says nearly the same, while it is registered or in hand."""
    if not matter.is_open or matter.stage not in {"registered", "accepted", "handling"}:
        return None
    found = alike.like(viewer, matter)
    if not found:
        return None
    rows = [(one, alike.why(one), address(one.matter), _stage(one.matter)) for one in found]
    href = reverse("desk:petition_alike", kwargs={"slug": matter.slug})
    return Panel(
        _("Petitions that say nearly the same"), "desk/petitions/like.html", {"rows": rows, "href": href}
    )


def _stage(matter: Matter) -> Any:
    return mechanism(matter.mechanism, matter.version).stage(matter.stage).name


@dataclass(frozen=True)
class Step:
    """One step of the line above a deadline: who is told, and whether they were."""

    who: Any
    is_told: bool


@dataclass(frozen=True)
class Due:
    """A deadline of an office on a slip, with the line that it goes up."""

    name: Any
    light: Light
    steps: list[Step]


def line_above(viewer: Viewer, matter: Matter) -> Panel | None:
    """Return the panel of a slip: which deadline of the office runs, and the line it goes up when overdue."""
    declared = mechanism(matter.mechanism, matter.version)
    runs = ClockRun.objects.filter(matter=matter, state="running").order_by("due_on", "pk")
    dues = [_due(run, declared, viewer) for run in runs if declared.clock(run.key).bears == "lead_contact"]
    source = MatterLink.objects.filter(target=matter, kind="slips", until_at=None).select_related("source")
    of = [(one.source, address(one.source)) for one in source]
    if not dues and not of:
        return None
    return Panel(_("Up the line"), "desk/petitions/line.html", {"dues": dues, "of": of}, "aside")


def _due(run: ClockRun, declared: Any, viewer: Viewer) -> Due:
    clock = declared.clock(run.key)
    return Due(clock.name, light(run, clock, viewer.on), list(_steps(run, clock, declared)))


def _steps(run: ClockRun, clock: Any, declared: Any) -> Iterator[Step]:
    for no, key in enumerate(clock.escalates, start=1):
        yield Step(declared.role(key).name, f"escalated:{no}" in run.told)


def _opens(request: HttpRequest) -> bool:
    return may_open(request.viewer)


def join() -> None:
    """Hang the panels on their pages and the boards on the rail; called once, at start-up."""
    panels.show(KIND, closing)
    panels.show(KIND, likely)
    panels.show(SLIP, line_above)
    register(
        RailEntry(
            _("Board of petitions"),
            "desk:petitions_board",
            499,
            None,
            _opens,
            "dashboard",
            PETITIONS,
            covered="desk:list",
            covers={"kind": KIND},
        )
    )
