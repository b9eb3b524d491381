"""Sheets of a year: laid out from posts, stated, judged, closed period by period, final at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.appraisal.points import boards, formula, readings
from qingfeng.appraisal.points.daily_tables import Daily
from qingfeng.appraisal.points.ground import days_of, locked, note, plain, points_of, still_open
from qingfeng.appraisal.points.readings import READINGS, Found
from qingfeng.appraisal.points.tables import (
    PERSON,
    Indicator,
    Kind,
    Mark,
    Part,
    Period,
    Scheme,
    Score,
    ScoreSheet,
    Settled,
)
from qingfeng.appraisal.points.totals import total
from qingfeng.appraisal.rosters import WORKING, office_on, rated_in
from qingfeng.matters.notices import tell
from qingfeng.matters.today import today
from qingfeng.screening.errors import Problem

STATED = ("q1", "q2", "q3", "q4", "half", "year")
"""Periods with a statement of one's own."""


def lay_out(scheme: Scheme, *, by: int) -> int:
    """Make the sheets of a scheme in force: working units, and the middle level and below in them.

    Who has one keeps it; somebody who came later gets one when this is done again. Of two who do it at the
    same moment the second waits and finds everybody laid out.

    Returns:
        How many are new.

    Raises:
        Problem: If the scheme is not in force.
    """
    office = office_on(today())
    units = [one for one in office.units.values() if one.kind in WORKING and office.of_unit(one.pk)]
    people = rated_in(office, [one.pk for one in units])
    with transaction.atomic():
        if not _is_in_force(scheme):
            raise Problem(_("Sheets are laid out under a scheme in force."))
        there = set(scheme.sheets.values_list("person", "unit"))
        known = {person for person, _unit in there if person}
        teams = {unit for person, unit in there if not person}
        made = [
            ScoreSheet(scheme=scheme, unit=one, kind=Kind(one.kind)) for one in units if one.pk not in teams
        ]
        made += [
            ScoreSheet(
                scheme=scheme, person_id=one.person, unit_id=one.unit, kind=Kind(one.level), post=one.title
            )
            for one in people
            if one.person not in known
        ]
        sheets = ScoreSheet.objects.bulk_create(made)
        Part.objects.bulk_create(Part(sheet=one, period=key) for one in sheets for key in Period.values)
        if made:
            note("laid_out", scheme, by, {"count": len(made)})
        tell([int(one.person_id) for one in sheets if one.person_id], "points_open", None)
    return len(made)


def _is_in_force(scheme: Scheme) -> bool:
    """Lock a scheme and return whether it is in force now, whatever it was when it was read."""
    return Scheme.objects.select_for_update().get(pk=scheme.pk).state == Scheme.State.IN_FORCE


def hand_in(sheet: ScoreSheet, period: str, text: str, *, by: int) -> None:
    """Keep the own statement about a period; it may be changed until the period is closed.

    Raises:
        Problem: If nothing was written, or the period is closed.
    """
    if not text.strip():
        raise Problem(_("Write what you did and what came of it."))
    with transaction.atomic():
        part = _open_part(locked(sheet), period)
        part.statement, part.handed_on, part.unsaid_because = text.strip(), today(), ""
        part.save()
        note("stated", sheet.scheme, by, {"sheet": sheet.pk, "period": period})


def explain(sheet: ScoreSheet, period: str, because: str, *, by: int) -> None:
    """Keep why there is no own statement about a period."""
    if not because.strip():
        raise Problem(_("Say why."))
    with transaction.atomic():
        Part.objects.filter(sheet=sheet, period=period, handed_on=None).update(unsaid_because=because.strip())
        note("unstated", sheet.scheme, by, {"sheet": sheet.pk, "period": period})


def _open_part(sheet: ScoreSheet, period: str) -> Part:
    still_open(sheet)
    part = Part.objects.select_for_update().get(sheet=sheet, period=period)
    if part.closed_on is not None:
        raise Problem(_("This period is closed."), then=_("What is wrong in it is put right by an appeal."))
    return part


@dataclass(frozen=True)
class Given:
    """What somebody judges.

    Attributes:
        value: Points.
        evidence: `daily:5`, `matter:…`, or words of a paper; at least one.
        why: In one sentence.
    """

    value: Decimal
    evidence: tuple[str, ...]
    why: str = ""


def judge(sheet: ScoreSheet, indicator: Indicator, period: str, *, given: Given, by: int) -> Score:
    """Keep what somebody judges; whoever judges again replaces the own judgement.

    Raises:
        Problem: If there is no evidence, it is not from 0 to the most, or the period is closed.
    """
    with transaction.atomic():
        there = locked(sheet)
        evidence = fitting(there, indicator, period, given)
        _open_part(there, period)
        made, _made = Score.objects.update_or_create(
            sheet=sheet, indicator=indicator, period=period, version=sheet.version, by_id=by,
            defaults={
                "value": given.value, "evidence": evidence, "why": given.why.strip(), "at": timezone.now(),
            },
        )  # fmt: skip
        facts = {"sheet": sheet.pk, "indicator": indicator.key, "period": period, "value": str(given.value)}
        note("judged", sheet.scheme, by, facts)
    return made


def fitting(sheet: ScoreSheet, indicator: Indicator, period: str, given: Given) -> list[str]:
    """Return the evidence of a judgement that fits a sheet.

    Raises:
        Problem: If it is not judged there, or another version of the scheme is in force by now, there is no
        evidence, or it is not from 0 to the most.
    """
    is_judged = indicator.is_judged and indicator.scheme_id == sheet.scheme_id
    if not is_judged or period not in indicator.in_periods or not indicator.holds_for(sheet.kind):
        raise Problem(_("This indicator is not judged on this sheet."))
    evidence = [one.strip() for one in given.evidence if one.strip()]
    if not evidence:
        raise Problem(
            _("There are no points without evidence."),
            then=_("Tick entries, or name a document or a matter."),
        )
    _may_be(given.value, indicator)
    _known_evidence(sheet, evidence)
    return evidence


def _may_be(value: Decimal, indicator: Indicator) -> None:
    try:
        fits = Decimal(0) <= value <= indicator.most and value == value.quantize(Decimal("0.01"))
    except InvalidOperation:
        fits = False
    if not fits:
        raise Problem(_("Enter points from 0 to %(most)s.") % {"most": plain(indicator.most)})


def _known_evidence(sheet: ScoreSheet, evidence: Iterable[str]) -> None:
    """Refuse an entry of the daily record that is not the person's, or was not confirmed."""
    keys = [one.removeprefix("daily:") for one in evidence if one.startswith("daily:")]
    if any(not key.isdecimal() for key in keys):
        raise Problem(_("An entry of the daily record counts once it was confirmed."))
    known = Daily.objects.filter(person=sheet.person_id, state=Daily.State.CHECKED, pk__in=keys)
    if known.count() < len(set(keys)):
        raise Problem(_("An entry of the daily record counts once it was confirmed."))


Inputs = Mapping[str, Mapping[int, Found]]


def read_all(
    indicators: Iterable[Indicator], of: str, subjects: Iterable[int], period: str, year: int
) -> Inputs:
    """Return every reading that formulas need, for all subjects at once."""
    since, until = days_of(period, year)
    keys = {
        key
        for one in indicators
        if not one.is_judged and one.of == of and period in one.in_periods
        for key in formula.names(parsed(one))
    }
    wanted = list(subjects)
    return {key: readings.read(key, of, wanted, since, until) for key in sorted(keys)}


def parsed(indicator: Indicator) -> formula.Node:
    """Return the formula of an indicator as a tree."""
    return formula.parse(indicator.formula, READINGS)


def reading(sheet: ScoreSheet, indicator: Indicator, period: str, *, inputs: Inputs, version: int) -> Score:
    """Return the score of a formula with what was read for it; it is not kept yet."""
    tree, subject = parsed(indicator), int(sheet.person_id or sheet.unit_id)
    found = {key: inputs[key][subject] for key in formula.names(tree) if subject in inputs[key]}
    value = formula.points(tree, {key: one.value for key, one in found.items()}, indicator.most)
    return Score(
        sheet=sheet, indicator=indicator, period=period, version=version, value=value, at=timezone.now(),
        inputs={key: {"value": str(one.value), "count": one.count} for key, one in found.items()},
        evidence=sorted({ref for one in found.values() for ref in one.evidence}),
    )  # fmt: skip


@dataclass(frozen=True)
class Closed:
    """What closing a period did: how many sheets it closed, and which still miss what."""

    count: int
    waiting: tuple[tuple[ScoreSheet, tuple[str, ...]], ...]


def close_period(scheme: Scheme, period: str, *, by: int) -> Closed:
    """Close a period on every sheet that is complete in it: formulas are read, scores stand from now on.

    Where a judged indicator is missing, or the last period would close over a mark that nobody decided, the
    sheet stays open and is told; nobody loses points for what others did not do. Of two who close it at the
    same moment the second waits and finds it closed.

    Raises:
        Problem: If the period is not over, or the scheme is not in force.
    """
    _since, until = days_of(period, scheme.year)
    if today() <= until:
        raise Problem(_("This period is not over: its last day is %(day)s.") % {"day": until})
    indicators = list(scheme.indicators.all())
    closing, waiting = [], []
    with transaction.atomic():
        if not _is_in_force(scheme):
            raise Problem(_("This scheme is not in force."))
        rows = scheme.sheets.filter(parts__period=period, parts__closed_on=None)
        for sheet in rows.select_for_update(of=("self",)).select_related("unit", "person", "scheme"):
            missing = (*_unjudged(sheet, period, indicators), *_undecided(sheet, period))
            if missing:
                waiting.append((sheet, missing))
            else:
                closing.append(sheet)
        Score.objects.bulk_create(_readings(closing, period, indicators, scheme.year))
        Part.objects.filter(sheet__in=closing, period=period).update(closed_on=today(), closed_by=by)
        note("closed", scheme, by, {"period": period, "count": len(closing)})
        tell([int(one.person_id) for one in closing if one.person_id], "points_closed", None)
        _settle_all(closing, by=by)
        boards.lay(scheme)
    return Closed(len(closing), tuple(waiting))


def _readings(
    sheets: Sequence[ScoreSheet], period: str, indicators: Sequence[Indicator], year: int
) -> list[Score]:
    made = []
    for of in ("person", "unit"):
        rows = [one for one in sheets if one.of == of]
        keys = [int(one.person_id if of == PERSON else one.unit_id) for one in rows]
        inputs = read_all(indicators, of, keys, period, year)
        made += [
            reading(sheet, one, period, inputs=inputs, version=sheet.version)
            for sheet in rows
            for one in indicators
            if not one.is_judged and one.holds_for(sheet.kind) and period in one.in_periods
        ]
    return made


def _unjudged(sheet: ScoreSheet, period: str, indicators: Iterable[Indicator]) -> tuple[str, ...]:
    """Return the names of judged indicators of a period that nobody has judged."""
    there = set(
        Score.objects.filter(sheet=sheet, period=period, by__isnull=False).values_list("indicator", flat=True)
    )
    return tuple(
        one.name_zh
        for one in indicators
        if one.is_judged and one.holds_for(sheet.kind) and period in one.in_periods and one.pk not in there
    )


def _undecided(sheet: ScoreSheet, period: str) -> tuple[str, ...]:
    """Return the marks that nobody decided, where the sheet would be final without this period."""
    if sheet.parts.filter(closed_on=None).exclude(period=period).exists():
        return ()
    return tuple(str(Mark.Of(one.of).label) for one in sheet.marks.filter(state=Mark.State.PROPOSED))


def _settle_all(sheets: Iterable[ScoreSheet], *, by: int) -> None:
    """Settle the sheets of which every period is closed."""
    for sheet in sheets:
        if not sheet.parts.filter(closed_on=None).exists():
            sheet.final_on = today()
            sheet.save(update_fields=["final_on"])
            found = total(sheet)
            Settled.objects.create(
                sheet=sheet, version=sheet.version, total=found.as_json(), by_id=by, on=today()
            )
            facts: dict[str, Any] = {"sheet": sheet.pk, "version": sheet.version, "total": str(found.value)}
            note("settled", sheet.scheme, by, facts)


def over_on(scheme: Scheme) -> list[str]:
    """Return the periods of a scheme that are over today, in the order of the year."""
    return [key for key in points_of(scheme) if days_of(key, scheme.year)[1] + timedelta(days=1) <= today()]
