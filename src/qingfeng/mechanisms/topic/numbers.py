"""What small data say, by field of work and kind of office: sums from many rooms, never of a person.

A sum is counted over the matters and leads that it is given: those of the whole house for a proposal, those
that a reader may see for a suggestion. Fewer than `LEAST` are hidden.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from qingfeng.findings.models import Exposure, Lead, OwnRule, Screening, UnitOnRecord
from qingfeng.findings.precision import labels_that_count
from qingfeng.findings.prone.counting import expense_of_rules
from qingfeng.findings.prone.kinds import OTHER
from qingfeng.matters.models import Matter, Performance
from qingfeng.matters.registry import is_known
from qingfeng.mechanisms.common import AREA_OF_EXPENSE
from qingfeng.organization.models import Unit
from qingfeng.screening.correction import Change, Counts, change

LEAST = 5  # a smaller sum is hidden
CONFIRMED = ("confirmed", "partly")
OPENED = {"petition": "petition", "clue": "clue", "pattern": "pattern"}
CONCERNED = {"petition": "lead_unit"}  # role of the office that it is about, where it is not `unit`
LETTER, DELIVERED = "recommendation", "deliver"
OTHER_AREA = "other"
REGISTERED = {
    "镇街": "town",
    "国企": "enterprise",
    "事业": "institution",
    "机关": "organ",
    "参公": "organ",
}
"""Kinds of unit in the words of the register of records."""


class Cell(NamedTuple):
    """What a sum is about: its source, for findings the kind of expense, field of work, kind of office."""

    source: str
    family: str
    area: str
    office_kind: str


@dataclass(frozen=True)
class Days:
    """Civil days, both inclusive."""

    since: date
    until: date

    @property
    def number(self) -> int:
        """How many days."""
        return (self.until - self.since).days + 1

    @property
    def before(self) -> Days:
        """As many days before."""
        return Days(self.since - timedelta(days=self.number), self.since - timedelta(days=1))

    def within(self, name: str) -> Q:
        """Return the condition for a column of civil days or instants (then with `__date`)."""
        return Q(**{f"{name}__gte": self.since, f"{name}__lte": self.until})


@dataclass(frozen=True)
class Sums:
    """A cell in a period and in as many days before; None where it is hidden.

    Attributes:
        change: What became of it, with its interval; None where one is hidden or nothing was there.
    """

    cell: Cell
    now: int | None
    before: int | None
    change: Change | None

    @property
    def stands_out(self) -> bool:
        """Whether there are more than chance explains beside the days before."""
        return self.now is not None and self.now >= LEAST and self.change is not None and self.change.low > 1


def office_kind_of(way: str) -> Case:
    """Return the kind of office of a unit as an expression, "" for one that is not known.

    The register of records says it in its own word; where it knows no such unit, its place in the tree does.

    Args:
        way: Way from the rows to the unit, for example `unit`.
    """
    registered: dict[str, list[int]] = {}
    known = UnitOnRecord.objects.filter(kind__in=REGISTERED).exclude(unit=None)
    for unit, kind in known.values_list("unit", "kind"):
        registered.setdefault(REGISTERED[kind], []).append(unit)
    of = {
        "town": Q(**{f"{way}__level": Unit.Level.TOWN}),
        "enterprise": Q(**{f"{way}__overseen_by__kind": Unit.Kind.ENTERPRISE}),
        "institution": Q(**{f"{way}__parent__kind": Unit.Kind.SUPERVISED}),
        "organ": Q(**{f"{way}__kind__in": (Unit.Kind.SUPERVISED, Unit.Kind.PARTNER)}),
    }
    whens = [When(Q(**{f"{way}__in": units}), then=Value(key)) for key, units in registered.items()]
    whens += [When(condition, then=Value(key)) for key, condition in of.items()]
    return Case(*whens, default=Value(""), output_field=CharField())


def counted(matters: QuerySet[Matter], leads: QuerySet[Lead], days: Days) -> Counter[Cell]:
    """Return the sums of a period by cell; one query a source."""
    found: Counter[Cell] = Counter()
    valid = matters.filter(standing=Matter.Standing.VALID)
    for source, kind in OPENED.items():
        if is_known(kind):
            rows = valid.filter(days.within("opened_on"), mechanism=kind)
            found.update(_by_cell(source, rows, ""))
    found.update(_by_cell("letter", delivered(valid, days), "matter__"))
    found.update(_findings(confirmed(leads).filter(days.within("at__date"))))
    return found


def delivered(matters: QuerySet[Matter], days: Days) -> QuerySet[Performance]:
    """Return the deliveries of letters of recommendation in a period."""
    letters = matters.filter(mechanism=LETTER).order_by().values("pk")
    done = Performance.objects.filter(act=DELIVERED, undone_by=None, matter__in=letters)
    return done.filter(days.within("at__date"))


def _with_office(source: str, rows: QuerySet[Any], way: str) -> QuerySet[Any]:
    role = CONCERNED.get(source, "unit")
    here = Q(**{f"{way}parties__role": role, f"{way}parties__until_at": None})
    rows = rows.order_by().annotate(concerned=FilteredRelation(f"{way}parties", condition=here))
    return rows.annotate(
        area=Cast(KeyTextTransform("area", f"{way}facts"), CharField()),
        office=office_kind_of("concerned__unit"),
    )


def _by_cell(source: str, rows: QuerySet[Any], way: str) -> Counter[Cell]:
    split = _with_office(source, rows, way).values_list("area", "office")
    counts = split.annotate(n=Count("pk", distinct=True))
    return Counter({Cell(source, "", area or "", office): n for area, office, n in counts})


def matters_behind(cell: Cell, matters: QuerySet[Matter], days: Days) -> QuerySet[Matter]:
    """Return the matters behind a sum of a source that is a kind of matter."""
    valid = matters.filter(standing=Matter.Standing.VALID)
    if cell.source == "letter":
        rows = valid.filter(pk__in=delivered(valid, days).values("matter"))
    else:
        rows = valid.filter(days.within("opened_on"), mechanism=OPENED[cell.source])
    rows = _with_office(cell.source, rows, "").filter(area=cell.area)
    if cell.office_kind and cell.source != "pattern":
        rows = rows.filter(office=cell.office_kind)
    return matters.filter(pk__in=rows.values("pk"))


def leads_behind(cell: Cell, leads: QuerySet[Lead], days: Days) -> QuerySet[Lead]:
    """Return the leads behind a sum of doubts found to be so."""
    rows = leads_of(confirmed(leads), cell.area).filter(days.within("at__date"))
    if cell.family:
        fields = fields_of_rules()
        rows = rows.filter(rule__in=[rule for rule, (_area, of) in fields.items() if of == cell.family])
    if cell.office_kind:
        rows = rows.annotate(office=office_kind_of("unit")).filter(office=cell.office_kind)
    return rows


def confirmed(leads: QuerySet[Lead]) -> QuerySet[Lead]:
    """Return the leads whose verification was approved and found something so, whole or in part."""
    labels = labels_that_count().filter(matter=OuterRef("matter"), facts__verdict__in=CONFIRMED)
    return leads.filter(Exists(labels))


def _findings(leads: QuerySet[Lead]) -> Counter[Cell]:
    rows = leads.order_by().annotate(office=office_kind_of("unit"))
    found: Counter[Cell] = Counter()
    fields = fields_of_rules()
    for rule, office, n in rows.values_list("rule", "office").annotate(n=Count("pk")):
        area, expense = fields.get(rule, (OTHER_AREA, OTHER))
        found[Cell("finding", expense, area, office)] += n
    return found


def fields_of_rules() -> dict[str, tuple[str, str]]:
    """Return the field of work and the kind of expense of every rule of the newest screening.

    A rule that came from a pattern card is of its card's field, any other of its expense's.
    """
    newest = Screening.objects.filter(is_newest=True).first()
    found = {
        rule: (AREA_OF_EXPENSE.get(expense, OTHER_AREA), expense)
        for rule, expense in expense_of_rules(newest).items()
    }
    for rule, area in OwnRule.objects.exclude(card=None).values_list("rule", F("card__facts__area")):
        found[rule] = (str(area or OTHER_AREA), found.get(rule, ("", OTHER))[1])
    return found


def leads_of(leads: QuerySet[Lead], area: str) -> QuerySet[Lead]:
    """Return the leads of a field of work, by their heaviest finding's rule."""
    fields = fields_of_rules()
    if area == OTHER_AREA:
        return leads.exclude(rule__in=[rule for rule, (of, _expense) in fields.items() if of != area])
    return leads.filter(rule__in=[rule for rule, (of, _expense) in fields.items() if of == area])


def hidden(count: int) -> int | None:
    """Return a count as it may be shown: None where it is small and not nothing."""
    return None if 0 < count < LEAST else count


def compared(now: Counter[Cell], before: Counter[Cell], cell: Cell, days: Days) -> Sums:
    """Return a cell beside the days before."""
    this, that = hidden(now[cell]), hidden(before[cell])
    told = None
    if this is not None and that is not None and (this or that):
        told = change(Counts(that, days.number), Counts(this, days.number), ())
    return Sums(cell, this, that, told)


Exposed = Mapping[tuple[str, str], int]
"""Exposure by kind of expense and kind of office."""


def exposed(days: Days, away: Iterable[int] = ()) -> Exposed:
    """Return what was there to be looked at in the months of a period.

    Args:
        days: The period.
        away: Units that do not exist for the reader.
    """
    rows = Exposure.objects.filter(month__gte=days.since, month__lte=days.until)
    rows = rows.exclude(expense=OTHER).exclude(unit__in=away).order_by()
    counted = rows.annotate(office=office_kind_of("unit")).values_list("expense", "office")
    return {(one, office): int(n) for one, office, n in counted.annotate(n=Sum("amount")) if office}


def elsewhere(now: Counter[Cell], there: Exposed, cell: Cell) -> Change | None:
    """Hold what was found in a kind of office against the others, by exposure; None if too little."""
    others = sum(
        n
        for one, n in now.items()
        if one.office_kind and one.office_kind != cell.office_kind and one == _moved(cell, one.office_kind)
    )
    here = there.get((cell.family, cell.office_kind), 0)
    around = sum(n for (family, _office), n in there.items() if family == cell.family) - here
    mine = hidden(now[cell])
    if not (here and around and mine) or hidden(others) is None:
        return None
    return change(Counts(others, around), Counts(mine, here), ())


def _moved(cell: Cell, office_kind: str) -> Cell:
    return cell._replace(office_kind=office_kind)


def gathered(sums: Counter[Cell], *, area: str, office_kind: str = "") -> Counter[Cell]:
    """Return the sums of one field of work and, unless it is empty, one kind of office.

    What stands nowhere by office (a pattern card) counts for every kind of office.
    """
    found: Counter[Cell] = Counter()
    for cell, n in sums.items():
        if cell.area == area and (
            not office_kind or cell.office_kind == office_kind or cell.source == "pattern"
        ):
            found[cell._replace(office_kind=office_kind)] += n
    return found
