"""An appeal that is upheld (申诉重算): the sheet is worked out anew; the version before stays readable.

What would come of it is foreseen from the same rows that are written then, so that whoever signs sees what
they sign. An appeal never makes a result worse.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.appraisal.apart import apart_among
from qingfeng.appraisal.points import sheets, totals
from qingfeng.appraisal.points.arithmetic import Total
from qingfeng.appraisal.points.ground import locked, note
from qingfeng.appraisal.points.tables import Indicator, Mark, Period, Score, ScoreSheet, Settled
from qingfeng.matters.notices import tell
from qingfeng.matters.today import today
from qingfeng.organization.models import Post
from qingfeng.screening.errors import Problem

Place = tuple[str, str]
"""Key of an indicator, and a period."""
MOST = 300
"""Signs of a reason that stand on the sheet; the whole answer stands on the appeal."""


class Both(NamedTuple):
    """Both totals: before and after."""

    before: Total
    after: Total


@dataclass(frozen=True)
class Change:
    """What an appeal changes besides the formulas, which are read again.

    Attributes:
        judged: New judgements by indicator and period, in place of all that were given there.
        struck: Keys of marks that count no more, each with why.
    """

    judged: Mapping[Place, sheets.Given] = field(default_factory=dict)
    struck: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Foreseen:
    """What an appeal would come to: both totals, and the rows of the new version; none is kept yet."""

    both: Both
    scores: tuple[Score, ...]


def scorers(sheet: ScoreSheet) -> set[int]:
    """Return who had a hand in the points of a sheet: judged, closed, proposed or decided."""
    found = set(sheet.scores.filter(by__isnull=False).values_list("by", flat=True))
    found |= set(sheet.parts.filter(closed_by__isnull=False).values_list("closed_by", flat=True))
    for one in sheet.marks.all():
        found |= {one.proposed_by_id, one.decided_by_id}
    return {int(one) for one in found if one}


def may_decide(sheet: ScoreSheet, person: int) -> bool:
    """Return whether somebody may decide an appeal: no hand in the points, and not parted from the person.

    Nobody decides about the sheet of the unit they work in.

    Law:
        公务员法 Art. 95 [verify]; 监察法 Art. 67
    """
    if person == sheet.person_id or person in scorers(sheet):
        return False
    if sheet.person_id is None:
        posts = Post.objects.held_on(today()).filter(person=person, unit=sheet.unit_id, is_main=True)
        return not posts.exists()
    return not apart_among({person, sheet.person_id}, today())


def foresee(sheet: ScoreSheet, change: Change, *, by: int) -> Foreseen:
    """Work out what an appeal would come to, and keep nothing.

    Args:
        sheet: A final one.
        change: What would be replaced and struck.
        by: Who decides.

    Raises:
        Problem: If something named is not there, lacks evidence, or the result would be worse.
    """
    before, held = totals.total(sheet), totals.scores_of(sheet)
    again = _read_again(sheet, held)
    if totals.total(sheet, held={**held, **again}).value < before.value:
        again = {}
    judged = _judged_again(sheet, change.judged, by)
    there = {one.pk for one in totals.standing_marks(sheet)}
    if not set(change.struck) <= there:
        raise Problem(_("A mark that is to be struck does not count on this sheet."))
    after = totals.total(sheet, held={**held, **again, **judged}, struck=change.struck)
    if after.value < before.value:
        raise Problem(
            _("The result would be worse: %(before)s now, %(after)s then.")
            % {"before": before.value, "after": after.value},
            then=_("An appeal never makes a result worse."),
        )
    rows = tuple(one for each in (again, judged) for rows in each.values() for one in rows)
    return Foreseen(Both(before, after), rows)


def recalculate(
    sheet: ScoreSheet, *, because: str, by: int, change: Change | None = None, second: int | None = None
) -> Both:
    """Work a final sheet out anew after an appeal: formulas read again, scores replaced, marks struck.

    An appeal never makes a result worse: where formulas read less today, what they read before stays.

    Args:
        sheet: A final one.
        because: What the appeal was about and why it is upheld.
        by: Who decided it; nobody who had a hand in the points or is parted from the person.
        change: What is replaced and struck; the formulas alone where nothing is given.
        second: Who decided it with them; the same holds for them.

    Returns:
        Both totals; the sheet has a version more, even where they are equal.

    Raises:
        Problem: If the sheet is not final, no reason is given, whoever decides may not, or it would be worse.
    """
    if not because.strip():
        raise Problem(_("Say why."))
    with transaction.atomic():
        there = locked(sheet)
        if there.final_on is None:
            raise Problem(_("This sheet is not final yet."), then=_("Until then its periods are still open."))
        if not all(may_decide(there, one) for one in (by, second) if one is not None):
            raise Problem(_("Somebody who had no hand in the points decides about an appeal."))
        change = change or Change()
        found = foresee(there, change, by=by)
        there.version += 1
        there.save(update_fields=["version"])
        Score.objects.bulk_create(found.scores)
        for key, why in change.struck.items():
            Mark.objects.filter(sheet=there, pk=key).update(until_version=there.version, struck_because=why)
        _settle(there, because, by, second)
        facts = {"sheet": there.pk, "version": there.version, "second": second,
                 "before": str(found.both.before.value), "after": str(found.both.after.value)}  # fmt: skip
        note("recalculated", there.scheme, by, facts)
        if there.person_id:
            tell([there.person_id], "points_again", None)
    sheet.refresh_from_db()
    return found.both


def _settle(sheet: ScoreSheet, because: str, by: int, second: int | None) -> None:
    Settled.objects.create(
        sheet=sheet, version=sheet.version, total=totals.total(sheet).as_json(),
        because=because.strip()[:MOST],
        by_id=by, second_id=second, on=today(),
    )  # fmt: skip


def _read_again(sheet: ScoreSheet, there: totals.Held) -> dict[totals.Cell, list[Score]]:
    """Read every formula again; only what says something else now is a row of the new version."""
    indicators = [one for one in sheet.scheme.indicators.all() if one.holds_for(sheet.kind)]
    made: dict[totals.Cell, list[Score]] = {}
    for period in Period.values:
        subject = int(sheet.person_id or sheet.unit_id)
        inputs = sheets.read_all(indicators, sheet.of, [subject], period, sheet.scheme.year)
        for one in indicators:
            if one.is_judged or period not in one.in_periods:
                continue
            found = sheets.reading(sheet, one, period, inputs=inputs, version=sheet.version + 1)
            kept = there.get((one.pk, period))
            if not kept or (kept[0].inputs, kept[0].value) != (found.inputs, found.value):
                made[one.pk, period] = [found]
    return made


def _judged_again(
    sheet: ScoreSheet, judged: Mapping[Place, sheets.Given], by: int
) -> dict[totals.Cell, list[Score]]:
    known: dict[str, Indicator] = {one.key: one for one in sheet.scheme.indicators.all()}
    made: dict[totals.Cell, list[Score]] = {}
    for (key, period), given in judged.items():
        one = known.get(key)
        if one is None:
            raise Problem(_("This indicator is not judged on this sheet."))
        evidence = sheets.fitting(sheet, one, period, given)
        made[one.pk, period] = [
            Score(
                sheet=sheet, indicator=one, period=period, version=sheet.version + 1, value=given.value,
                evidence=evidence, why=given.why.strip(), by_id=by, at=timezone.now(),
            )
        ]  # fmt: skip
    return made


def places_judged(sheet: ScoreSheet) -> Iterable[tuple[Indicator, str]]:
    """Yield every judged indicator of a sheet with each of its periods, in order."""
    for one in sheet.scheme.indicators.all():
        if one.is_judged and one.holds_for(sheet.kind):
            yield from ((one, period) for period in one.in_periods)
