"""Examining an appeal (申诉复核): judgements replaced, marks struck, foreseen, then signed by two.

Until both have signed nothing counts, and everything put down can be taken out again. What the first signed
is what the second signs: where something else would come of it by then, nothing is settled.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingfeng.appraisal.points import appeals, sheets
from qingfeng.appraisal.points.appeals import Both, Change, Foreseen
from qingfeng.appraisal.points.ground import locked, note
from qingfeng.appraisal.points.review_tables import Review
from qingfeng.appraisal.points.tables import ScoreSheet
from qingfeng.appraisal.points.totals import standing_marks
from qingfeng.matters.notices import tell
from qingfeng.matters.today import today
from qingfeng.screening.errors import Problem

OPEN = (Review.State.DRAFT, Review.State.SIGNED)


@dataclass(frozen=True)
class Replaced:
    """A judgement that is to stand in place of those that were given."""

    indicator: str
    period: str
    given: sheets.Given


def open_of(sheet: ScoreSheet) -> Review | None:
    """Return the appeal that is being examined on a sheet, None if none is."""
    return Review.objects.filter(sheet=sheet, state__in=OPEN).first()


def begin(sheet: ScoreSheet, *, by: int) -> Review:
    """Begin to examine an appeal, or go on with what was begun; what was about an older version is left.

    Raises:
        Problem: If the sheet is not final, or whoever begins may not decide.
    """
    with transaction.atomic():
        there = locked(sheet)
        found = open_of(there)
        if found and found.version == there.version:
            return found
        if found:
            Review.objects.filter(pk=found.pk).update(state=Review.State.DROPPED)
        if there.final_on is None:
            raise Problem(_("This sheet is not final yet."), then=_("Until then its periods are still open."))
        _decides(there, by)
        made = Review.objects.create(sheet=there, version=there.version, begun_by_id=by, begun_on=today())
        note("review_begun", there.scheme, by, {"sheet": there.pk, "review": made.pk})
    return made


def _decides(sheet: ScoreSheet, by: int) -> None:
    if not appeals.may_decide(sheet, by):
        raise Problem(_("Somebody who had no hand in the points decides about an appeal."))


def replace(review: Review, said: Replaced, *, by: int) -> None:
    """Put down a judgement that is to stand in place of those that were given; again replaces it.

    Raises:
        Problem: If it is not judged there, lacks reason or evidence, or has more points than there are.
    """
    if not said.given.why.strip():
        raise Problem(_("Say why."))
    with transaction.atomic():
        there = _draft(review, by)
        one = there.sheet.scheme.indicators.filter(key=said.indicator).first()
        if one is None:
            raise Problem(_("This indicator is not judged on this sheet."))
        evidence = sheets.fitting(there.sheet, one, said.period, said.given)
        row = {"indicator": said.indicator, "period": said.period, "value": str(said.given.value),
               "evidence": evidence, "why": said.given.why.strip()}  # fmt: skip
        place = (said.indicator, said.period)
        there.judged = [*(each for each in there.judged if _place(each) != place), row]
        _keep(there, by, {"indicator": said.indicator, "period": said.period})


def strike(review: Review, mark: int, why: str, *, by: int) -> None:
    """Put down that a mark is to count no more.

    Raises:
        Problem: If it does not count now, or no reason is given.
    """
    if not why.strip():
        raise Problem(_("Say why."))
    with transaction.atomic():
        there = _draft(review, by)
        if mark not in {one.pk for one in standing_marks(there.sheet)}:
            raise Problem(_("A mark that is to be struck does not count on this sheet."))
        row = {"mark": mark, "why": why.strip()}
        there.struck = [*(each for each in there.struck if each["mark"] != mark), row]
        _keep(there, by, {"mark": mark})


def take_out(review: Review, what: str, *, by: int) -> None:
    """Take something out that was put down: `indicator:period` of a judgement, or `mark:` and its key."""
    first, _colon, second = what.partition(":")
    with transaction.atomic():
        there = _draft(review, by)
        if first == "mark":
            there.struck = [one for one in there.struck if str(one["mark"]) != second]
        else:
            there.judged = [one for one in there.judged if _place(one) != (first, second)]
        _keep(there, by, {"taken_out": what})


def _place(row: dict[str, Any]) -> tuple[str, str]:
    return row["indicator"], row["period"]


def _keep(review: Review, by: int, facts: dict[str, Any]) -> None:
    review.save()
    note("review_changed", review.sheet.scheme, by, {"sheet": review.sheet_id, "review": review.pk, **facts})


def change_of(review: Review) -> Change:
    """Return what was put down as it is worked out."""
    judged = {
        _place(one): sheets.Given(Decimal(one["value"]), tuple(one["evidence"]), one["why"])
        for one in review.judged
    }
    return Change(judged, {one["mark"]: one["why"] for one in review.struck})


def foresee(review: Review) -> Foreseen:
    """Return what would come of it today.

    Raises:
        Problem: If the result would be worse.
    """
    return appeals.foresee(review.sheet, change_of(review), by=review.begun_by_id)


def sign(review: Review, because: str, *, by: int, others: Iterable[int] = ()) -> None:
    """Sign what was put down as the first; the others are told that it waits for one of them.

    Raises:
        Problem: If nothing would change, no reason is given, or the result would be worse.
    """
    if not because.strip():
        raise Problem(_("Say why."))
    with transaction.atomic():
        there = _draft(review, by)
        both = foresee(there).both
        if both.before.as_json() == both.after.as_json():
            raise Problem(
                _("Nothing would change on the sheet."),
                then=_("Replace a judgement or strike a mark first, or answer that the appeal fails."),
            )
        there.because, there.total, there.signed_by_id = because.strip(), both.after.as_json(), by
        there.state, there.remark = Review.State.SIGNED, ""
        there.save()
        note("review_signed", there.sheet.scheme, by, {"sheet": there.sheet_id, "review": there.pk})
        tell([one for one in others if one != by], "points_review", None)


def unsign(review: Review, *, by: int, remark: str = "") -> None:
    """Open what one has signed again: the signer takes it back, another sends it back with a remark.

    Raises:
        Problem: If another gives no remark, or both have signed.
    """
    with transaction.atomic():
        there = _locked(review, by, is_signed=True)
        if by != there.signed_by_id and not remark.strip():
            raise Problem(_("Say why."))
        told = [there.signed_by_id] if by != there.signed_by_id else []
        there.state, there.signed_by, there.total = Review.State.DRAFT, None, None
        there.remark = remark.strip()
        there.save()
        note("review_unsigned", there.sheet.scheme, by, {"sheet": there.sheet_id, "review": there.pk})
        tell([int(one) for one in told if one], "points_review", None)


def settle(review: Review, *, by: int) -> Both:
    """Sign as the second: the sheet is worked out anew, and the person is told.

    Raises:
        Problem: If the same one signs twice, or something else would come of it than the first signed.
    """
    with transaction.atomic():
        there = _locked(review, by, is_signed=True)
        if by == there.signed_by_id:
            raise Problem(_("You have signed it: somebody else signs as the second."))
        if foresee(there).both.after.as_json() != there.total:
            raise Problem(
                _("Something else would come of it today than was signed."),
                then=_("Send it back, and look at it again."),
            )
        there.state, there.second_by_id, there.settled_on = Review.State.SETTLED, by, today()
        there.save()
        return appeals.recalculate(
            there.sheet, because=there.because, by=int(there.signed_by_id or 0), second=by,
            change=change_of(there),
        )  # fmt: skip


def drop(review: Review, *, by: int) -> None:
    """Leave it: nothing of what was put down counts."""
    with transaction.atomic():
        there = _draft(review, by)
        there.state = Review.State.DROPPED
        there.save()
        note("review_dropped", there.sheet.scheme, by, {"sheet": there.sheet_id, "review": there.pk})


def _draft(review: Review, by: int) -> Review:
    return _locked(review, by, is_signed=False)


def _locked(review: Review, by: int, *, is_signed: bool) -> Review:
    """Return a review as it is now, its sheet locked.

    Raises:
        Problem: If it stands elsewhere by now, is about an older version, or somebody may not decide.
    """
    sheet = locked(review.sheet)
    there = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    there.sheet = sheet
    _decides(sheet, by)
    state = Review.State.SIGNED if is_signed else Review.State.DRAFT
    if there.state != state or there.version != sheet.version:
        raise Problem(_("Somebody has gone on with it since."), then=_("Load the page again."))
    return there
