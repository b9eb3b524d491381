"""After the close: remarks are read, people answer, talks are recorded, exchange is suggested."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from qingfeng.appraisal.models import Rated, Remark, Suggestion, Talk
from qingfeng.appraisal.rounds import note
from qingfeng.matters.notices import tell
from qingfeng.matters.today import today
from qingfeng.screening.errors import Problem

CONSIDER, MUST = 5, 8
"""Years in a post after which exchange is considered, and is due. [proposal: M30]"""


@dataclass(frozen=True)
class Said:
    """What is written down of a talk."""

    held_on: date
    said: str
    agreed: str = ""


def decide(remark: Remark, *, is_shown: bool, by: int) -> None:
    """Show a remark to the person, or withhold it as a personal attack; may be decided anew until the end.

    Raises:
        Problem: If the round is finished.
    """
    if remark.rated.round.state != "closed":
        raise Problem(_("This round is finished."))
    with transaction.atomic():
        state = Remark.State.SHOWN if is_shown else Remark.State.WITHHELD
        Remark.objects.filter(pk=remark.pk).update(state=state, decided_by=by)
        note("remark", remark.rated.round, by, {"rated": remark.rated.person_id, "shown": is_shown})


def answer(rated: Rated, text: str) -> None:
    """Keep what a person answers to the own result, within five workdays.

    Raises:
        Problem: If the days are over or nothing was written.
    """
    if rated.answer_until is None or today() > rated.answer_until:
        raise Problem(
            _("The days for an answer are over."), then=_("Say it in the talk; it is recorded there.")
        )
    if not text.strip():
        raise Problem(_("Write what you want to answer."))
    with transaction.atomic():
        Rated.objects.filter(pk=rated.pk).update(answer=text.strip(), answered_on=today())
        note("answered", rated.round, rated.person_id, {"rated": rated.person_id})


def record_talk(rated: Rated, said: Said, *, by: int) -> Talk:
    """Record the talk about a result; the person reads it.

    Raises:
        Problem: If nothing was written, the day is none of this round, or the round is finished.
    """
    if rated.round.state != "closed" or rated.round.closed_on is None:
        raise Problem(_("There is no result to talk about."))
    if not rated.round.closed_on <= said.held_on <= today():
        raise Problem(_("Enter the day of the talk: from the day the results were there until today."))
    if not said.said.strip():
        raise Problem(_("Write what was said."))
    with transaction.atomic():
        talk, _made = Talk.objects.update_or_create(
            rated=rated,
            defaults={
                "by_id": by, "held_on": said.held_on,
                "said": said.said.strip(), "agreed": said.agreed.strip(),
            },
        )  # fmt: skip
        note("talked", rated.round, by, {"rated": rated.person_id, "on": said.held_on.isoformat()})
        tell([rated.person_id], "appraisal_talk", None)
    return talk


def explain_missing(rated: Rated, because: str, *, by: int) -> None:
    """Keep why a form by name is missing."""
    if not because.strip():
        raise Problem(_("Say why."))
    with transaction.atomic():
        Rated.objects.filter(pk=rated.pk).update(missing_because=because.strip())
        note("missing_explained", rated.round, by, {"rated": rated.person_id})


def suggest(rated: Rated, *, strengths: str, fits: str, unit: int | None, by: int) -> Suggestion:
    """Keep what a result suggests for exchange; deciding about it is another matter.

    Raises:
        Problem: If nothing was written, or there is no result.
    """
    if rated.result is None:
        raise Problem(_("There is no result yet."))
    if not strengths.strip() or not fits.strip():
        raise Problem(_("Write strengths and what the person would fit."))
    with transaction.atomic():
        made, _made = Suggestion.objects.update_or_create(
            rated=rated,
            defaults={
                "by_id": by, "strengths": strengths.strip(), "fits": fits.strip(), "unit_id": unit,
                "made_on": today(),
            },
        )  # fmt: skip
        note("suggested", rated.round, by, {"rated": rated.person_id})
    return made


def years_in_post(rated: Rated, on: date) -> float | None:
    """Return how many years somebody has held the main post they hold, None where it is not known."""
    post = rated.person.posts.held_on(on).filter(is_main=True).order_by("from_on").first()
    return None if post is None else (on - post.from_on).days / 365.25


def due_for_exchange(years: float | None) -> str:
    """Return `must`, `consider` or "" by years in a post."""
    if years is None or years < CONSIDER:
        return ""
    return "must" if years >= MUST else "consider"
