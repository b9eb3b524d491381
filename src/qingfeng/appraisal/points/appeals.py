"""An appeal that is upheld (申诉重算): the sheet is worked out anew; the version before stays readable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.appraisal.points import sheets, totals
from qingfeng.appraisal.points.arithmetic import Total
from qingfeng.appraisal.points.ground import locked, note, plain
from qingfeng.appraisal.points.tables import Indicator, Mark, Period, Score, ScoreSheet, Settled
from qingfeng.matters.notices import tell
from qingfeng.matters.today import today
from qingfeng.screening.errors import Problem

Place = tuple[str, str]
"""Key of an indicator, and a period."""


class Both(NamedTuple):
    """Both totals: before and after."""

    before: Total
    after: Total


def scorers(sheet: ScoreSheet) -> set[int]:
    """Return who had a hand in the points of a sheet: judged, closed, proposed or decided."""
    found = set(sheet.scores.filter(by__isnull=False).values_list("by", flat=True))
    found |= set(sheet.parts.filter(closed_by__isnull=False).values_list("closed_by", flat=True))
    for one in sheet.marks.all():
        found |= {one.proposed_by_id, one.decided_by_id}
    return {int(one) for one in found if one}


def recalculate(
    sheet: ScoreSheet,
    *,
    because: str,
    by: int,
    judged: Mapping[Place, sheets.Given] | None = None,
    struck: Iterable[int] = (),
) -> Both:
    """Work a final sheet out anew after an appeal: formulas read again, scores replaced, marks struck.

    An appeal never makes a result worse: where formulas read less today, what they read before stays.

    Args:
        sheet: A final one.
        because: What the appeal was about and why it is upheld.
        by: Who decided it; nobody who had a hand in the points.
        judged: New judgements by indicator and period, in place of all that were given there.
        struck: Keys of marks that count no more.

    Returns:
        Both totals; the sheet has a version more, even where they are equal.

    Raises:
        Problem: If the sheet is not final, no reason is given, or whoever decides had a hand in the points.
    """
    if not because.strip():
        raise Problem(_("Say why."))
    with transaction.atomic():
        there = locked(sheet)
        if there.final_on is None:
            raise Problem(_("This sheet is not final yet."), then=_("Until then its periods are still open."))
        if by in scorers(there) or by == there.person_id:
            raise Problem(_("Somebody who had no hand in the points decides about an appeal."))
        before = totals.total(there)
        there.version += 1
        there.save(update_fields=["version"])
        _read_again(there)
        if totals.total(there).value < before.value:
            there.scores.filter(version=there.version, by=None).delete()
        _judge_again(there, judged or {}, by)
        Mark.objects.filter(sheet=there, pk__in=tuple(struck)).update(until_version=there.version)
        after = totals.total(there)
        Settled.objects.create(
            sheet=there,
            version=there.version,
            total=after.as_json(),
            because=because.strip(),
            by_id=by,
            on=today(),
        )
        facts = {
            "sheet": there.pk,
            "version": there.version,
            "before": str(before.value),
            "after": str(after.value),
        }
        note("recalculated", there.scheme, by, facts)
        if there.person_id:
            tell([there.person_id], "points_again", None)
    sheet.refresh_from_db()
    return Both(before, after)


def _read_again(sheet: ScoreSheet) -> None:
    """Read every formula again; only what says something else now is a row of the new version."""
    indicators = [one for one in sheet.scheme.indicators.all() if one.holds_for(sheet.kind)]
    there = totals.scores_of(sheet, sheet.version - 1)
    made = []
    for period in Period.values:
        subject = int(sheet.person_id or sheet.unit_id)
        inputs = sheets.read_all(indicators, sheet.of, [subject], period, sheet.scheme.year)
        for one in indicators:
            if one.is_judged or period not in one.in_periods:
                continue
            found = sheets.reading(sheet, one, period, inputs=inputs, version=sheet.version)
            kept = there.get((one.pk, period))
            if not kept or (kept[0].inputs, kept[0].value) != (found.inputs, found.value):
                made.append(found)
    Score.objects.bulk_create(made)


def _judge_again(sheet: ScoreSheet, judged: Mapping[Place, sheets.Given], by: int) -> None:
    known: dict[str, Indicator] = {one.key: one for one in sheet.scheme.indicators.all()}
    for (key, period), given in judged.items():
        one = known.get(key)
        if one is None or not one.is_judged or period not in one.in_periods:
            raise Problem(_("This indicator is not judged on this sheet."))
        if not given.evidence or not Decimal(0) <= given.value <= one.most:
            raise Problem(_("Enter points from 0 to %(most)s.") % {"most": plain(one.most)})
        Score.objects.create(
            sheet=sheet, indicator=one, period=period, version=sheet.version, value=given.value,
            evidence=list(given.evidence), why=given.why, by_id=by, at=timezone.now(),
        )  # fmt: skip
