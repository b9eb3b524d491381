"""Blind spots (查纠工作薄弱点): what has not been supplied, screened, matched, handed out or visited.

Nothing is read of the lake but how many rows each table has by month.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.leads import rulebook, terms
from qingfeng.desk.packs.seeing import overdue, packs_for
from qingfeng.findings.access import VERIFICATION, visible_leads
from qingfeng.findings.exceptions import not_excepted
from qingfeng.findings.matching import unmatched_units
from qingfeng.findings.models import Lead, RuleRun, Screening
from qingfeng.look import sheets
from qingfeng.matters.access import bound_by
from qingfeng.matters.models import ClockRun, Party
from qingfeng.organization.models import Unit
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.home import Home
from qingfeng.screening.lake import Lake
from qingfeng.screening.rulebook.schema import REFERENCE
from qingfeng.screening.tables import tables

MONTHS = 12
SHADES = 5
OLD_DAYS = 14  # two weeks: the ten working days that a red lead has
VISIT_DAYS = 365
NAMED = 12  # of a long list


@dataclass(frozen=True)
class Row:
    """One table of records: its rows by month, and how many rules wait for it.

    Attributes:
        name: What it is called.
        key: Its name in rules.
        cells: (rows, shade 0 to `SHADES`) by month.
        rows: All rows that the lake has of it.
        gaps: Months between the first and the last with rows, and since, that have none.
        waiting: Titles of rules that did not run and read it.
    """

    name: str
    key: str
    cells: list[tuple[int, int]]
    rows: int
    gaps: list[str]
    waiting: list[str]
    months: list[str]

    @property
    def by_month(self) -> list[tuple[str, tuple[int, int]]]:
        """The cells with their months."""
        return list(zip(self.months, self.cells, strict=True))


@dataclass(frozen=True)
class Spot:
    """One blind spot: what it is, how much, what to do about it.

    Attributes:
        says: What is not seen.
        count: How many.
        lines: Names, a few.
        act: The verb of a link to `href`, "" for none.
    """

    says: str
    count: int
    lines: Sequence[Any] = ()
    act: str = ""
    href: str = ""


@dataclass(frozen=True)
class Blind:
    """Everything that is not seen, as far as the viewer may know of it."""

    months: list[str]
    rows: list[Row]
    not_run: list[RuleRun]
    spots: list[Spot]

    @property
    def signed(self) -> str:
        """The table for the file buttons."""
        heads = [pgettext("blind spots", "Table"), *self.months, pgettext("blind spots", "All rows")]
        rows: list[list[Any]] = [
            [row.name, *(count for count, _shade in row.cells), row.rows] for row in self.rows
        ]
        return sheets.packed(sheets.Sheet(_("Rows of records by table and month"), heads, rows))


def blind_spots(viewer: Viewer, *, of_units_only: bool = False) -> Blind:
    """Return what is not seen; a fixed number of queries.

    Args:
        viewer: Who reads.
        of_units_only: Without leads that wait and duties that are late.
    """
    newest = Screening.objects.filter(is_newest=True).first()
    runs = list(newest.rules.all()) if newest else []
    not_run = [one for one in runs if not one.ran]
    months = _months((newest.until if newest else None) or viewer.on)
    spots = _of_units(viewer)
    if not of_units_only:
        spots = [*_of_leads(viewer), *spots, *_of_work(viewer)]
    return Blind(months, _rows(months, not_run), not_run, [spot for spot in spots if spot.count])


def _months(until: date) -> list[str]:
    """Return the last twelve months, the oldest first."""
    found, on = [], until.replace(day=1)
    for _place in range(MONTHS):
        found.append(f"{on:%Y-%m}")
        on = (on - timedelta(days=1)).replace(day=1)
    return found[::-1]


def _rows(months: list[str], not_run: list[RuleRun]) -> list[Row]:
    snapshot = Lake(Home(settings.HOME)).snapshot()
    waits = _waits(not_run)
    counts = {
        name: snapshot.months(name)
        for name, table in tables().items()
        if name not in REFERENCE and table.time
    }
    rows = []
    for name, by_month in counts.items():
        most = max(by_month.values(), default=0)
        cells = [(by_month.get(month, 0), _shade(by_month.get(month, 0), most)) for month in months]
        rows.append(
            Row(
                terms.table_name(name),
                name,
                cells,
                sum(by_month.values()),
                _gaps(by_month, months),
                waits.get(name, []),
                months,
            )
        )
    return sorted(rows, key=lambda row: (not row.rows, -row.rows, row.name))


def _shade(count: int, most: int) -> int:
    return -(-count * SHADES // most) if count else 0


def _gaps(by_month: dict[str, int], months: list[str]) -> list[str]:
    """Return the months without rows, from the table's first month on."""
    known = [month for month in by_month if month]
    return [month for month in months if known and month > min(known) and not by_month.get(month)]


def _waits(not_run: list[RuleRun]) -> dict[str, list[str]]:
    """Return the rules that did not run, by every table that they read."""
    known = rulebook.rules() if not_run else {}  # read only where one waits: it takes seconds
    found: dict[str, list[str]] = {}
    for one in not_run:
        for table in known[one.rule].tables if one.rule in known else ():
            found.setdefault(table, []).append(one.title)
    return found


def _of_leads(viewer: Viewer) -> list[Spot]:
    leads = not_excepted(visible_leads(viewer).filter(is_current=True))
    long_ago = viewer.on - timedelta(days=OLD_DAYS)
    old = leads.filter(colour__in=["red", "yellow"], matter=None, first_seen_at__date__lt=long_ago)
    names = [one for one in unmatched_units() if one.leads]
    return [
        Spot(
            _("Red and yellow leads that nobody has been given for more than two weeks"),
            old.count(),
            act=_("Open them"),
            href=f"{reverse('desk:leads')}?stage=none&sort=at",
        ),
        Spot(
            _("Names of units in leads that no one unit on record has: recusal by unit cannot work for them"),
            len(names),
            [_("%(name)s (%(leads)d)") % {"name": one.name, "leads": one.leads} for one in names],
            _("Let the spelling be added to the unit as another name"),
        ),
    ]


def _of_units(viewer: Viewer) -> list[Spot]:
    units = _supervised(viewer)
    since = viewer.on - timedelta(days=VISIT_DAYS)
    seen = Party.objects.filter(
        matter__mechanism=VERIFICATION, role="unit", matter__opened_on__gte=since
    ).values("unit")
    silent = Lead.objects.filter(unit__isnull=False).values("unit")
    never = units.exclude(pk__in=seen)
    without = units.exclude(pk__in=silent)
    return [
        Spot(
            _("Supervised units of which nothing was verified within a year"),
            never.count(),
            [str(unit) for unit in never[:NAMED]],
        ),
        Spot(
            _("Supervised units of which no lead was ever found: nothing is there, or their records are not"),
            without.count(),
            [str(unit) for unit in without[:NAMED]],
            _("Look whether their records come in"),
            reverse("desk:list", kwargs={"kind": "data_request"}),
        ),
    ]


def _supervised(viewer: Viewer) -> QuerySet[Unit]:
    """Return the supervised units themselves, without their parts and without those that bind the viewer."""
    units, _persons = bound_by(viewer)
    heads = Unit.objects.open_on(viewer.on).filter(kind=Unit.Kind.SUPERVISED)
    return heads.exclude(parent__kind=Unit.Kind.SUPERVISED).exclude(pk__in=units).order_by("path")


def _of_work(viewer: Viewer) -> list[Spot]:
    leads = visible_leads(viewer).filter(matter__isnull=False)
    late = ClockRun.objects.filter(
        matter__in=leads.values("matter"), state=ClockRun.State.RUNNING, due_on__lt=viewer.on
    )
    packs = overdue(packs_for(viewer), viewer.on)
    return [
        Spot(
            _("Duties of verifications that are overdue"),
            late.count(),
            act=_("Open them"),
            href=f"{reverse('desk:list', kwargs={'kind': VERIFICATION})}?light=red",
        ),
        Spot(
            _("Task packs that are out after their last day: nobody knows what was found, rows lie outside"),
            packs.count(),
            [f"{one.typed} · {one.matter.number}" for one in packs[:NAMED]],
            _("Open them"),
            f"{reverse('desk:packs')}?late",
        ),
    ]
