"""Forms by name: the own evaluation, that of a head, that of the organisation, which two agree to."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from qingfeng.appraisal.defaults import HIGHEST, LOWEST
from qingfeng.appraisal.models import ORGANISATION, Form, Rated, Sheet
from qingfeng.appraisal.rounds import note
from qingfeng.appraisal.tokens import last_day
from qingfeng.matters.today import today
from qingfeng.screening.errors import Problem


def hand_in(rated: Rated, form: Form, *, by: int, scores: Mapping[str, int], text: str = "") -> Sheet:
    """Hand a form in; it may be handed in again until the last day.

    The organisation has one form about somebody; it is of whoever wrote it last, who cannot agree to it.

    Raises:
        Problem: If the round is not being filled in for them, or a score is missing or none.
    """
    if not rated.round.is_open or today() > last_day(rated.round, by) or today() < rated.round.from_on:
        raise Problem(_("This round is not being filled in."))
    if set(scores) != set(form.keys) or any(not LOWEST <= one <= HIGHEST for one in scores.values()):
        raise Problem(_("Every line needs a score from 1 to 10."))
    with transaction.atomic():
        Rated.objects.select_for_update().get(pk=rated.pk)  # two at once must not make two
        own = {} if form.key == ORGANISATION else {"by_id": by}
        sheet, _made = Sheet.objects.update_or_create(
            rated=rated, form=form.key, **own,
            defaults={
                "by_id": by, "scores": dict(scores), "text": text.strip(), "handed_on": today(),
                "second_by": None,
            },
        )  # fmt: skip
        note("sheet", rated.round, by, {"rated": rated.person_id, "form": form.key})
    return sheet


def agree(sheet: Sheet, *, by: int) -> None:
    """Agree to the organisation's form as its second person.

    Raises:
        Problem: If one wrote it oneself, or the round is not being filled in.
    """
    if sheet.by_id == by:
        raise Problem(_("Somebody else agrees to what you wrote."))
    if not sheet.rated.round.is_open or sheet.handed_on is None:
        raise Problem(_("This round is not being filled in."))
    with transaction.atomic():
        Sheet.objects.filter(pk=sheet.pk).update(second_by=by)
        note("sheet_agreed", sheet.rated.round, by, {"rated": sheet.rated.person_id})
