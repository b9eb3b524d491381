"""What the page of the youth society draws from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.growth.models import Line, Member, Office, Planned
from qingfeng.growth.society import ACTIVITY, OfLine, may_strike
from qingfeng.look import said
from qingfeng.look.charts import Chart, Series
from qingfeng.matters import access
from qingfeng.matters.models import LedgerLine, Matter
from qingfeng.matters.registry import mechanism
from qingfeng.organization.viewer import Viewer

MOST = 60


@dataclass(frozen=True)
class Activity:
    """An activity as a row: number, title, line, day and stage."""

    matter: Matter
    line: str
    held_on: date | None
    stage: Any


@dataclass(frozen=True)
class PlannedRow:
    """A line of a plan, with the activity it became as far as the viewer sees it.

    Attributes:
        row: The line: month, what, planned hours of all together and yuan.
        line: Line of activity, in words.
        activity: The activity, None where there is none or it is hidden.
        is_late: Whether it came into the plan after the approval.
        may_strike: Whether it may go.
        done: Hours and yuan so far, None where it is not held yet or hidden.
    """

    row: Planned
    line: str
    activity: Activity | None
    is_late: bool
    may_strike: bool
    done: Done | None = None

    @property
    def month(self) -> str:
        """Month in which it is meant to be held, by its short name."""
        return said.month(date(2000, self.row.month, 1))

    @property
    def hours_over(self) -> int:
        """Hours over the plan, 0 for none."""
        return max(self.done.hours - self.row.hours, 0) if self.done else 0

    @property
    def cost_over(self) -> Decimal:
        """Yuan over the plan, 0 for none."""
        return max(self.done.cost - self.row.cost, Decimal(0)) if self.done else Decimal(0)


@dataclass(frozen=True)
class Done:
    """What an activity that was held took: hours of all together, yuan of the costs that stand."""

    hours: int
    cost: Decimal


@dataclass(frozen=True)
class Against:
    """The plan of a year against what was done on it, of the lines whose activity the viewer sees held."""

    hours: int
    hours_done: int
    cost: Decimal
    cost_done: Decimal


def against(rows: Sequence[PlannedRow]) -> Against | None:
    """Return the sums of a plan and of what was done on it; None while nothing of it was held."""
    held = [one for one in rows if one.done]
    if not held:
        return None
    return Against(
        sum(one.row.hours for one in held),
        sum(one.done.hours for one in held if one.done),
        sum((one.row.cost for one in held), Decimal(0)),
        sum((one.done.cost for one in held if one.done), Decimal(0)),
    )


def activities_of(viewer: Viewer, year: int) -> list[Activity]:
    """Return the activities of a year that a viewer sees whole: held in it, or begun and not held yet."""
    rows = access.visible(viewer).filter(
        access.read_whole_q(viewer), mechanism=ACTIVITY, standing=Matter.Standing.VALID
    )
    found = [_activity(one) for one in rows.order_by("-opened_on", "-pk")]
    in_year = [one for one in found if (one.held_on or one.matter.opened_on).year == year]
    return sorted(in_year, key=lambda one: one.held_on or one.matter.opened_on, reverse=True)[:MOST]


def _activity(matter: Matter) -> Activity:
    declared = mechanism(matter.mechanism, matter.version)
    stages = {stage.key: stage.name for stage in declared.stages}
    held = matter.facts.get("held_on")
    lines = dict(Line.choices)
    return Activity(
        matter,
        str(lines.get(str(matter.facts.get("line")), "")),
        date.fromisoformat(str(held)) if held else None,
        stages.get(matter.stage, ""),
    )


def planned_of(viewer: Viewer, year: int) -> list[PlannedRow]:
    """Return the lines of the plan of a year in the order of its months; four queries."""
    rows = list(Planned.objects.filter(plan__year=year).select_related("plan", "matter"))
    seen = access.seen_among(viewer, [one.matter_id for one in rows if one.matter_id])
    mine = [one.matter for one in rows if one.matter and seen.get(one.matter_id) == "whole"]
    lines, done = dict(Line.choices), _done(mine)
    return [
        PlannedRow(
            one,
            str(lines[one.line]),
            _activity(one.matter) if seen.get(one.matter_id) == "whole" else None,
            one.plan.approved_on is not None and one.added_on > one.plan.approved_on,
            may_strike(one),
            done.get(one.matter_id),
        )
        for one in rows
    ]


def _done(activities: Sequence[Matter]) -> dict[int | None, Done]:
    """Return hours and yuan of activities that were held, by key; one query."""
    held = {one.pk: one for one in activities if one.facts.get("held_on")}
    costs: dict[int, Decimal] = defaultdict(Decimal)
    lines = LedgerLine.objects.filter(ledger="costs", matter__in=held).exclude(state="struck")
    for pk, facts in lines.values_list("matter", "facts"):
        costs[pk] += Decimal(str(facts.get("amount") or 0))
    return {pk: Done(int(one.facts.get("hours") or 0), costs[pk]) for pk, one in held.items()}


def untied(viewer: Viewer) -> list[Activity]:
    """Return the activities that a viewer sees and no line of a plan became yet."""
    tied = Planned.objects.filter(matter__isnull=False).values("matter")
    rows = access.visible(viewer).filter(
        access.read_whole_q(viewer), mechanism=ACTIVITY, standing=Matter.Standing.VALID
    )
    return [_activity(one) for one in rows.exclude(pk__in=tied).order_by("-opened_on", "-pk")[:MOST]]


def members() -> list[tuple[Member, list[str]]]:
    """Return the members in the order in which they came, each with the roles they took on; two queries."""
    rows = Member.objects.select_related("person").prefetch_related("offices")
    return [(one, [role_of(office) for office in one.offices.all() if office.taken_on]) for one in rows]


def role_of(office: Office) -> str:
    """Return a role in words, with its line where it carries one."""
    line = dict(Line.choices).get(office.line)
    return f"{office.get_key_display()} · {line}" if line else str(office.get_key_display())


def chart_of(lines: Sequence[OfLine], year: int) -> Chart | None:
    """Return activities that were planned and held, by line; None where there are none."""
    held, planned = sum(one.held for one in lines), sum(one.planned for one in lines)
    if not held and not planned:
        return None
    title = _("%(held)d activities held; %(planned)d planned") % {"held": held, "planned": planned}
    return Chart(
        title=title,
        says=_("Activities of the four lines in %(year)s, all of the house.") % {"year": year},
        names=[str(one.line.label) for one in lines],
        series=[
            Series(pgettext("growth", "Planned"), [one.planned for one in lines]),
            Series(pgettext("growth", "Held"), [one.held for one in lines]),
        ],
        head=pgettext("growth", "Line of activity"),
    )
