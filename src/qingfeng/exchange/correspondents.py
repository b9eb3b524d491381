"""Whom we exchange with: added by one person, confirmed by another who compared the fingerprint.

Every step is an entry in the journal. A card proves itself whole; that it is theirs is proven by two people
reading its fingerprint to each other over another way.
"""

from __future__ import annotations

import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.exchange.models import OFFICE, Correspondent, CorrespondentKeys, Stream
from qingfeng.exchange.own import own_keys
from qingfeng.journal.store import append
from qingfeng.screening.errors import Problem
from qingfeng.sealing.cards import Card, read_card
from qingfeng.sealing.errors import SealingError

STREAM = "main"


def read(held: bytes) -> Card:
    """Return the card in a file that somebody brought.

    Raises:
        Problem: If it is none.
    """
    try:
        return read_card(held)
    except SealingError as error:
        raise Problem(
            _("This is no card of an installation, or it was changed on the way."),
            then=_("Ask them for the file that “qingfeng exchange keys” writes."),
        ) from error


def add(card: Card, *, kind: str, by: str, end: str = OFFICE, unit: str = "") -> CorrespondentKeys:
    """Propose a correspondent, or new keys of one that is known by this name; they count once confirmed.

    Args:
        card: As `read` gave it.
        kind: What it is to us (`Correspondent.Kind`).
        by: Number of the account.
        end: Which of our ends knows it.
        unit: Name of the unit in this house that it stands for.

    Raises:
        Problem: If it is our own card, or these keys are known already.
    """
    if card.key_id in {own.card.key_id for own in own_keys(end)}:
        raise Problem(_("This is our own card."), then=_("Ask them for theirs."))
    with transaction.atomic():
        if known := CorrespondentKeys.objects.filter(correspondent__end=end, key_id=card.key_id).first():
            raise Problem(
                _("These keys are known already: %(name)s.") % {"name": known.correspondent},
                then=_("Confirm them, or ask for a new card."),
            )
        correspondent, _made = Correspondent.objects.get_or_create(
            end=end, name=card.name, defaults={"kind": kind, "unit": unit}
        )
        keys = CorrespondentKeys.objects.create(
            correspondent=correspondent,
            key_id=card.key_id,
            verify=card.verify,
            seal=card.seal,
            log=card.log,
            added_by=by,
            added_at=timezone.now(),
        )
        _note("exchange.keys_added", keys, by)
    return keys


def confirm(keys: CorrespondentKeys, *, by: str, heard: str) -> None:
    """Let keys count: a second person has heard the fingerprint from the other side and types it.

    Args:
        keys: What was proposed.
        by: Number of the account; not who proposed it.
        heard: The fingerprint as it was heard; blanks do not matter.

    Raises:
        Problem: If it is the same person, or the fingerprint is another.
    """
    with transaction.atomic():
        held = CorrespondentKeys.objects.select_for_update().get(pk=keys.pk)
        if held.confirmed_at:
            return
        if held.added_by == by:
            raise Problem(
                _("Keys are confirmed by somebody other than who added them."), then=_("Ask a colleague.")
            )
        if _plain(heard) != _plain(held.card.fingerprint):
            raise Problem(
                _("This is not the fingerprint of the card that was brought."),
                then=_("Ask them to read it again; if it differs, somebody changed the card: end it."),
            )
        held.confirmed_by, held.confirmed_at = by, timezone.now()
        held.save(update_fields=["confirmed_by", "confirmed_at"])
        _note("exchange.keys_confirmed", held, by)


def end_keys(keys: CorrespondentKeys, *, by: str, reason: str) -> None:
    """Let keys count no more: stolen, replaced, or never right.

    Raises:
        Problem: If there is no reason.
    """
    if not reason.strip():
        raise Problem(_("Say why these keys end."))
    with transaction.atomic():
        held = CorrespondentKeys.objects.select_for_update().get(pk=keys.pk)
        if held.ended_at is None:
            held.ended_at = timezone.now()
            held.save(update_fields=["ended_at"])
            _note("exchange.keys_ended", held, by, reason=reason.strip())


def counting(correspondent: Correspondent) -> list[CorrespondentKeys]:
    """Return the keys that count now, the newest first."""
    if correspondent.ended_at:
        return []
    held = correspondent.keys.filter(confirmed_at__isnull=False, ended_at=None)
    return list(held.order_by("-confirmed_at", "-pk"))


def of_key(end: str, key_id: str) -> CorrespondentKeys | None:
    """Return the keys that a package names, if they count."""
    held = CorrespondentKeys.objects.select_related("correspondent").filter(
        correspondent__end=end,
        correspondent__ended_at=None,
        key_id=key_id,
        confirmed_at__isnull=False,
        ended_at=None,
    )
    return held.first()


def retire_older(keys: CorrespondentKeys) -> None:
    """End keys that newer ones have replaced: a package came that the newer ones signed."""
    older = CorrespondentKeys.objects.filter(
        correspondent=keys.correspondent, ended_at=None, confirmed_at__lt=keys.confirmed_at
    )
    for one in older:
        one.ended_at = timezone.now()
        one.save(update_fields=["ended_at"])
        _note("exchange.keys_ended", one, "house", reason="replaced")


def for_unit(unit: str, *kinds: str) -> Correspondent | None:
    """Return who stands for a unit of ours and has keys that count; None where nobody does."""
    held = Correspondent.objects.filter(end=OFFICE, unit=unit, ended_at=None).exclude(unit="")
    held = held.filter(kind__in=kinds) if kinds else held
    return next((one for one in held.order_by("pk") if counting(one)), None)


def stream_of(correspondent: Correspondent) -> Stream:
    """Return the stream to and from a correspondent: the newest, where one was begun anew."""
    newest = correspondent.streams.order_by("-pk").first()
    return newest or Stream.objects.get_or_create(correspondent=correspondent, name=STREAM)[0]


def begin_anew(correspondent: Correspondent, *, by: str, reason: str) -> Stream:
    """Begin a new row of packages, from number 1, on both sides: one was restored from an older backup.

    What waits, and what went without a receipt, goes again with the new row; matters that are carried
    together go on. A counter never begins anew: a new one is made, whose log begins with it.

    Args:
        correspondent: With whom.
        by: Number of the account.
        reason: Why, as both sides agreed.

    Raises:
        Problem: If there is no reason, or it is a counter.
    """
    if correspondent.kind in {Correspondent.Kind.COUNTER, Correspondent.Kind.OFFICE}:
        raise Problem(_("A counter does not begin anew: make a new one, and confirm its card."))
    if not reason.strip():
        raise Problem(_("Say why the row of packages begins anew, as both sides agreed."))
    with transaction.atomic():
        old = Stream.objects.select_for_update().get(pk=stream_of(correspondent).pk)
        new = Stream.objects.create(
            correspondent=correspondent,
            name=f"{STREAM}{correspondent.streams.count() + 1}",
        )
        old.outgoing.filter(content__isnull=False).update(stream=new, sent=None, held="")
        old.threads.update(stream=new)
        append(
            "exchange.stream_begun",
            subject=f"correspondent/{correspondent.pk}",
            by=by,
            facts={"stream": new.name, "reason": reason.strip()},
        )
    return new


def _plain(fingerprint: str) -> str:
    return re.sub(r"[^0-9a-f]", "", fingerprint.lower())


def _note(kind: str, keys: CorrespondentKeys, by: str, **facts: object) -> None:
    append(
        kind,
        subject=f"correspondent/{keys.correspondent_id}",
        by=by,
        facts={"end": keys.correspondent.end, "fingerprint": keys.card.fingerprint, **facts},
    )
