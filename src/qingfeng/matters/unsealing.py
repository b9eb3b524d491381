"""Opening sealed fields on the record: every opening, every wrong phrase and every new holder is an entry.

`sealing` knows keys and nothing else; whoever opens a value for a person goes through here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.journal.models import JournalEntry
from qingfeng.journal.store import append
from qingfeng.matters import guarding, sealing
from qingfeng.matters.key_models import PersonKey, Sealed
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.matters.vocabulary import Field
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.errors import Problem

Got = TypeVar("Got")
MOST_WRONG = 5
WRONG_MINUTES = 15
Within = Callable[[Sealed, bytes, Sequence[bytes]], None]
_WITHIN: dict[str, Within] = {}
OPENED, REFUSED, SHARED = "matter.sealed_opened", "matter.sealed_refused", "matter.sealed_shared"


def field_of(sealed: Sealed) -> Field | None:
    """Return the declared field of a sealed value, None if the declaration does not have it."""
    declared = mechanism(sealed.matter.mechanism, sealed.matter.version)
    every = (*declared.asks, *(one for act in declared.acts for one in act.asks))
    return next((one for one in every if one.key == sealed.field), None)


def open_noted(sealed: Sealed, phrase: str, *, by: Viewer) -> str:
    """Return a sealed value to its holder; the journal keeps each opening.

    Args:
        sealed: The value.
        phrase: The holder's unlock phrase; kept nowhere.
        by: The holder.

    Raises:
        Problem: As `sealing.open_sealed`; or if the phrase was wrong five times within 15 minutes.
    """
    person = _holder(sealed, by)
    _slow_down(sealed.matter, by)
    value = _tried(sealed, by, lambda: sealing.open_sealed(sealed, person, phrase))
    with transaction.atomic():
        guarding.note_read(by, sealed.matter, "sealed")
        _note(OPENED, sealed, by)
    return value


def open_many_noted(matter: Matter, phrase: str, *, by: Viewer) -> tuple[bytes, dict[str, list[str]]]:
    """Return all that is sealed to a holder on a matter, opened with one phrase; one entry in the journal.

    Args:
        matter: Whose sealed values.
        phrase: The holder's unlock phrase; kept nowhere.
        by: The holder.

    Returns:
        The holder's secret key, for sealed files and envelopes, to be let go with the request; and the
        values by field, in the order they were sealed.

    Raises:
        Problem: As `open_noted`.
    """
    rows = list(matter.sealed.filter(keys__has_key=str(by.person_id)).order_by("pk"))
    if not rows:
        raise Problem(_("This is not sealed to you."))
    person = _holder(rows[0], by)
    _slow_down(matter, by)
    secret = _tried(rows[0], by, lambda: sealing.unlocked(sealing.key_of(rows[0], person), phrase))
    values: dict[str, list[str]] = {}
    for row in rows:
        row.matter = matter
        values.setdefault(row.field, []).append(sealing.opened_with(row, secret))
    with transaction.atomic():
        guarding.note_read(by, matter, "sealed")
        append(
            OPENED,
            subject=_subject(matter),
            by=f"person:{by.person_id}",
            facts={"field": sorted(values), "sealed": [row.pk for row in rows]},
        )
    return secret, values


def share_within(field: str, let_in: Within) -> None:
    """Say how a value is shared that is itself a sealed thing: who opens it must open what lies in it.

    Args:
        field: `report.arrived`: mechanism and field.
        let_in: Called with the value, the giver's secret key, and the public keys of all who open it then.
    """
    _WITHIN[field] = let_in


def share_noted(sealed: Sealed, phrase: str, *, by: Viewer, to: Person) -> None:
    """Seal a value to one more holder, as a handover asks; a giver who holds no part any more gives it up.

    Args:
        sealed: The value.
        phrase: The giver's unlock phrase.
        by: The giver.
        to: Somebody who holds one of the roles that the field names.

    Raises:
        Problem: As `open_noted`, or if the field is not for that person or they have no key.
    """
    giver = _holder(sealed, by)
    _slow_down(sealed.matter, by)
    field = field_of(sealed)
    named = sealing.holders(sealed.matter, [field]) if field else set()
    if to.pk not in named:
        raise Problem(_("This field is not for %(person)s.") % {"person": to})
    secret = _tried(sealed, by, lambda: sealing.unlocked(sealing.key_of(sealed, giver), phrase))
    with transaction.atomic():
        held = Sealed.objects.select_for_update().get(pk=sealed.pk)
        within = _WITHIN.get(f"{sealed.matter.mechanism}.{sealed.field}")
        if within is not None and (other := PersonKey.objects.filter(person=to).first()):
            there = PersonKey.objects.filter(person_id__in=map(int, held.keys)).exclude(person=to)
            within(held, secret, [bytes(one.public) for one in (*there, other)])
        sealing.add_holder(held, by=giver, phrase=phrase, to=to)
        if giver.pk not in named:
            sealing.remove_holder(held, giver)
        _note(SHARED, held, by, to=f"person:{to.pk}", given_up=giver.pk not in named)


def _holder(sealed: Sealed, by: Viewer) -> Person:
    if str(by.person_id) not in sealed.keys:
        raise Problem(_("This is not sealed to you."))
    return Person.objects.get(pk=by.person_id)


def _slow_down(matter: Matter, by: Viewer) -> None:
    """Refuse more tries after several wrong phrases on one matter."""
    since = timezone.now() - timedelta(minutes=WRONG_MINUTES)
    wrong = JournalEntry.objects.filter(
        subject=_subject(matter), kind=REFUSED, by=f"person:{by.person_id}", at__gte=since
    )
    if wrong.count() >= MOST_WRONG:
        raise Problem(
            _("The phrase was wrong too often."),
            then=_("Try again in %(minutes)s minutes.") % {"minutes": WRONG_MINUTES},
        )


def _tried(sealed: Sealed, by: Viewer, way: Callable[[], Got]) -> Got:
    """Return what a way to open gives; the journal keeps that it was tried in vain."""
    try:
        return way()
    except Problem:
        with transaction.atomic():
            _note(REFUSED, sealed, by)
        raise


def _note(kind: str, sealed: Sealed, by: Viewer, **facts: object) -> None:
    append(
        kind,
        subject=_subject(sealed.matter),
        by=f"person:{by.person_id}",
        facts={"field": sealed.field, "sealed": sealed.pk, **facts},
    )


def _subject(matter: Matter) -> str:
    return f"{matter.mechanism}/{matter.slug}"
