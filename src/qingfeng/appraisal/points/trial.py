"""A trial run (试算): a draft's formulas on last year's figures, before anybody is measured by them.

It keeps how the points of each formula would have been spread over a class, and never whose they were: how
many would have had full points is told where five have them and five have not, or all or none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingfeng.appraisal.points.boards import halves
from qingfeng.appraisal.points.ground import note
from qingfeng.appraisal.points.schemes import digest_of
from qingfeng.appraisal.points.sheets import read_all, reading
from qingfeng.appraisal.points.tables import PERSON, Indicator, Kind, Scheme, ScoreSheet
from qingfeng.appraisal.rosters import WORKING, office_on, rated_in
from qingfeng.matters.today import today
from qingfeng.plain.suppression import LEAST
from qingfeng.screening.errors import Problem


def run(scheme: Scheme, *, by: int) -> dict[str, Any]:
    """Try a draft on the year before, for who is there today, and keep what it says of each formula.

    Raises:
        Problem: If the draft was changed, or came into force, while it was tried.
    """
    year, tried = scheme.year - 1, digest_of(scheme)
    subjects = _subjects(scheme)
    indicators = [one for one in scheme.indicators.all() if not one.is_judged]
    lines = [_line(one, kind, subjects[kind], year) for one in indicators for kind in Kind.values
             if one.holds_for(kind) and subjects.get(kind)]  # fmt: skip
    told = {"year": year, "on": today().isoformat(), "lines": lines}
    with transaction.atomic():
        there = Scheme.objects.select_for_update().get(pk=scheme.pk)
        if not there.is_draft or digest_of(there) != tried:
            raise Problem(_("It was changed while it was tried."), then=_("Load the page and try it again."))
        Scheme.objects.filter(pk=scheme.pk).update(trial=told)
        note("tried", scheme, by, {"year": year, "lines": len(lines)})
    scheme.refresh_from_db()
    return told


def _subjects(scheme: Scheme) -> dict[str, list[ScoreSheet]]:
    """Return sheets as they would be laid out today, by class; they are not kept."""
    office = office_on(today())
    units = [one for one in office.units.values() if one.kind in WORKING and office.of_unit(one.pk)]
    found: dict[str, list[ScoreSheet]] = {}
    for unit in units:
        found.setdefault(unit.kind, []).append(ScoreSheet(scheme=scheme, unit=unit, kind=unit.kind))
    for one in rated_in(office, [unit.pk for unit in units]):
        made = ScoreSheet(scheme=scheme, person_id=one.person, unit_id=one.unit, kind=one.level)
        found.setdefault(one.level, []).append(made)
    return found


def _line(one: Indicator, kind: str, sheets: Sequence[ScoreSheet], year: int) -> dict[str, Any]:
    """Return how a formula would have spread: over all periods it is read in; hidden under five."""
    values: list[float] = []
    nothing = 0
    for period in one.in_periods:
        keys = [int(each.person_id if one.of == PERSON else each.unit_id) for each in sheets]
        inputs = read_all([one], one.of, keys, period, year)
        for sheet in sheets:
            value = reading(sheet, one, period, inputs=inputs, version=1).value
            nothing += value is None
            values += [] if value is None else [float(value)]
    told: dict[str, Any] = {"key": one.key, "kind": kind, "count": len(values), "nothing": nothing}
    if len(values) < LEAST or len(sheets) < LEAST:
        return {**told, "count": None, "nothing": None}
    full = sum(one_value >= float(one.most) for one_value in values)
    few = 0 < full < LEAST or 0 < len(values) - full < LEAST
    return {**told, **halves(values, 2), "full": None if few else full}
