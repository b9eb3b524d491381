"""Whether records of after are those of before: files, months, vehicles and cards, and who brought them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils import timezone

from qingfeng.findings.confirming.months import Periods
from qingfeng.findings.models import Delivery
from qingfeng.organization.models import Post, Unit
from qingfeng.screening.correction import Cube, KeptCube, Records
from qingfeng.screening.run import Run
from qingfeng.screening.run.outcome import RAN

MOSTLY = 0.5  # of the months before: a source that the unit had in fewer was never regular
ALWAYS = 0.9  # of the months before, and
MANY = 5  # rows a month before: only then is a month without any row a gap, and no quiet month
TWICE = 2  # months in which a vehicle or card was seen before: one seen once is no regular


@dataclass(frozen=True)
class Checked:
    """What was looked at, for the page.

    Attributes:
        records: As `judge` takes it.
        sources: Kinds of files that the unit's rows came from before.
        subjects_before: Vehicles and cards that the unit used before, in two months or more.
        subjects_still: Those of them that are still there.
        suppliers: Units that brought the records of after, where that is known.
        without_margin: Rules of the letter that have no threshold to keep just under.
    """

    records: Records
    sources: tuple[str, ...] = ()
    subjects_before: int = 0
    subjects_still: int = 0
    suppliers: tuple[str, ...] = ()
    without_margin: tuple[str, ...] = ()


def checked(
    unit: Unit, key: str, rules: Collection[str], periods: Periods, *, kept: KeptCube, run: Run
) -> Checked:
    """Compare the records of after with those of before.

    Args:
        unit: The receiving unit.
        key: Its key in the records.
        rules: Rules of the letter.
        periods: Months before and after.
        kept: The cube.
        run: The screening that it was counted for.
    """
    cube = kept.cube
    tables = sorted({cube.tables[rule] for rule in rules if rule in cube.tables})
    suppliers = _Suppliers.of(kept, tables, key, periods.after)
    sources, missing = _sources(kept, tables, key, periods)
    before, still = _subjects(cube, rules, key, periods)
    margins = [rule for rule in rules if rule in cube.margins]
    return Checked(
        Records(
            missing_sources=missing,
            missing_months=_missing_months(cube, rules, key, periods),
            same_subjects=still / before if before else None,
            self_supplied=suppliers.are_only(unit),
            just_under={
                rule: (
                    cube.just_under(rule, key, periods.before),
                    cube.just_under(rule, key, periods.after),
                )
                for rule in margins
            },
            not_run=_not_run(rules, cube, run),
        ),
        sources=sources,
        subjects_before=before,
        subjects_still=still,
        suppliers=suppliers.names,
        without_margin=tuple(sorted(set(rules) - set(margins))),
    )


def _not_run(rules: Collection[str], cube: Cube, run: Run) -> dict[str, tuple[str, str]]:
    """Return why rules say nothing: a rule that did not run has found nothing, and that is no correction."""
    told = {one.rule: one for one in run.rules}
    found: dict[str, tuple[str, str]] = {}
    for rule in rules:
        one = told.get(rule)
        if one is None:
            found[rule] = ("it is not in the rulebook", "规则库中没有该规则")
        elif one.state != RAN:
            found[rule] = (one.reason.en, one.reason.zh)
        elif rule in cube.unread:
            found[rule] = ("its rows have no unit or no day", "其数据没有单位或日期")
    return found


def _sources(
    kept: KeptCube, tables: Iterable[str], key: str, periods: Periods
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the kinds of files that the unit's rows mostly came from before, and those without any after."""
    usual: set[str] = set()
    gone: set[str] = set()
    for table in tables:
        before = [_kinds(kept, table, key, month) for month in periods.before]
        later = {one for month in periods.after for one in _kinds(kept, table, key, month)}
        with_rows = [one for one in before if one]
        for kind in {one for some in with_rows for one in some}:
            if sum(kind in some for some in with_rows) >= MOSTLY * len(with_rows):
                usual.add(kind)
                if periods.after and kind not in later:
                    gone.add(kind)
    return tuple(sorted(usual)), tuple(sorted(gone))


def _kinds(kept: KeptCube, table: str, key: str, month: str) -> set[str]:
    numbers = kept.cube.sources.get((table, key, month), frozenset())
    return {kept.files[one].kind or table for one in numbers if one in kept.files}


def _missing_months(cube: Cube, rules: Collection[str], key: str, periods: Periods) -> tuple[str, ...]:
    """Return months after of which nothing came: of anybody, or of this unit that had rows always before."""
    missing: set[str] = set()
    for rule in rules:
        if rule not in cube.tables:
            continue
        known = set(cube.months(rule))
        had = sum(bool(cube.counts(rule, key, [one]).exposure) for one in periods.before)
        months = len(periods.before)
        rows = cube.counts(rule, key, periods.before).exposure
        always = bool(months) and had >= ALWAYS * months and rows >= MANY * months
        missing |= {
            one
            for one in periods.after
            if one not in known or (always and not cube.counts(rule, key, [one]).exposure)
        }
    return tuple(sorted(missing))


def _subjects(cube: Cube, rules: Collection[str], key: str, periods: Periods) -> tuple[int, int]:
    """Return how many vehicles and cards were regular before, and how many of them are still there."""
    before, after = cube.bits(periods.before), cube.bits(periods.after)
    regular = still = 0
    for group in sorted({cube.subject_of[rule] for rule in rules if rule in cube.subject_of}):
        for months, many in cube.subjects.get((group, key), {}).items():
            if (months & before).bit_count() >= TWICE:
                regular += many
                still += many if months & after or not after else 0
    return regular, still


@dataclass(frozen=True)
class _Suppliers:
    """Units that brought files; None among them for a file of which nobody knows who brought it."""

    units: frozenset[Unit | None]

    @classmethod
    def of(cls, kept: KeptCube, tables: Iterable[str], key: str, months: Iterable[str]) -> _Suppliers:
        months = tuple(months)
        numbers = {
            one
            for table in tables
            for month in months
            for one in kept.cube.sources.get((table, key, month), ())
        }
        batches = {kept.files[one].batch for one in numbers if one in kept.files}
        rows = Delivery.objects.filter(batch__in=batches - {""}).select_related("request", "by")
        by_batch = {one.batch: _supplier(one) for one in rows}
        return cls(frozenset(by_batch.get(one) for one in batches))

    def are_only(self, unit: Unit) -> bool:
        """Return whether all files came from one unit."""
        return self.units == {unit}

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the units that are known."""
        return tuple(sorted(str(one) for one in self.units if one is not None))


def _supplier(delivery: Delivery) -> Unit | None:
    """Return the unit that brought a delivery: the holder that was asked, else the unit of who brought it."""
    if delivery.request is not None:
        holder = delivery.request.parties.filter(role="holder", until_at=None).select_related("unit").first()
        if holder is not None and holder.unit is not None:
            return holder.unit
    if delivery.by is None:
        return None
    day = timezone.localdate(delivery.in_at or delivery.made_at)
    posts = list(Post.objects.held_on(day).filter(person=delivery.by).select_related("unit"))
    outside = [post.unit for post in posts if post.unit.kind == Unit.Kind.SUPERVISED]
    return outside[0] if outside else None
