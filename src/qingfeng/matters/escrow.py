"""A lost phrase (遗失口令): the key comes back by two escrow holders together, one outside the command.

A person's secret key is split in two (`sealing.shares`); each half is sealed to one holder. Who lost the
phrase asks with a new one: a key pair is made for this once. Each holder, in their own session and with
their own phrase, seals their half anew to it after seeing who asks. Then the person puts both together and
wraps the key under the new phrase. No holder ever sees the key, nor the half of the other; the auditor is
told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.journal.store import append
from qingfeng.matters.answers import Refusal
from qingfeng.matters.key_models import KeyShare, PersonKey, Recovery, ShareGiven
from qingfeng.matters.notices import tell
from qingfeng.matters.sealing import check_phrase, drop_device, note_key, unlocked
from qingfeng.organization.models import Person, PostRole
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.errors import Problem
from qingfeng.sealing import boxes, shares, wrapping
from qingfeng.sealing.errors import SealingError

ROLE = "escrow_holder"
LASTS_DAYS = 7
LEAST_GROUND = 10


@dataclass(frozen=True)
class Holders:
    """The two who hold halves: one of ours, one outside the command of the commission."""

    inside: Person
    outside: Person

    def __contains__(self, person: object) -> bool:
        return person in (self.inside, self.outside)


def holders_now() -> Holders | None:
    """Return the two escrow holders of today; None while one side has nobody with a key of their own.

    Of several on one side it is the one whose post began first.
    """
    today = timezone.localdate()
    held = PostRole.objects.held_on(today).filter(role=ROLE, post__person__seal_key__isnull=False)
    rows = held.select_related("post__person", "post__unit").order_by("post_id")
    inside = next((one.post.person for one in rows if one.post.unit.is_ours), None)
    outside = next((one.post.person for one in rows if not one.post.unit.is_ours), None)
    return Holders(inside, outside) if inside and outside and inside != outside else None


def is_in_escrow(key: PersonKey) -> bool:
    """Return whether both of today's holders have a half of a key."""
    now = holders_now()
    if now is None:
        return False
    held = set(key.shares.values_list("holder_id", flat=True))
    return held == {now.inside.pk, now.outside.pk}


def deposit(key: PersonKey, phrase: str) -> PersonKey:
    """Split a person's key between the two holders of today; halves of earlier holders go; return the key.

    Args:
        key: Whose key.
        phrase: Its owner's phrase.

    Raises:
        Problem: If there are no two holders with keys, the owner is one of them, or the phrase is wrong.
    """
    now = holders_now()
    if now is None:
        raise Problem(
            _("Two escrow holders are wanting: one of ours, one from outside, each with a phrase."),
            then=_("Ask the security administrator to name them."),
        )
    if key.person in now:
        raise Problem(_("Who holds halves of other keys does not hold one of their own."))
    secret = unlocked(key, phrase)
    made = timezone.now()
    with transaction.atomic():
        key.shares.all().delete()
        for holder, half in zip((now.inside, now.outside), shares.split(secret), strict=True):
            box = boxes.seal(half, [bytes(holder.seal_key.public)], about=_place(key))
            KeyShare.objects.create(key=key, holder=holder, box=box, made_at=made)
        note_key("key.deposited", key.person, holders=[now.inside.pk, now.outside.pk])
    return key


def ask(person: Person, phrase: str) -> Recovery:
    """Ask for the own key back, with the phrase that is to open it from then on.

    An earlier asking that still runs ends with this one.

    Raises:
        Problem: If there is no key, nothing was deposited, or the phrase is too short.
    """
    check_phrase(phrase)
    key = PersonKey.objects.filter(person=person).first()
    if key is None or key.shares.count() != 2:
        raise Problem(
            _("No halves of your key are held."),
            then=_("What is sealed to you alone cannot be opened again."),
        )
    secret, public = boxes.new_pair()
    with transaction.atomic():
        for before in key.recoveries.filter(ended=""):
            _end(before, "expired")
        made = Recovery.objects.create(
            key=key, public=public, wrapped=wrapping.wrap(secret, phrase), asked_at=timezone.now()
        )
        note_key("key.recovery_asked", person, recovery=made.pk)
        tell(key.shares.values_list("holder_id", flat=True), "key_recovery", None)
        tell(_auditors(), "key_recovery", None)
    return made


def open_for(holder: Person) -> list[Recovery]:
    """Return the recoveries that wait for a holder's half."""
    rows = Recovery.objects.filter(ended="", key__shares__holder=holder, asked_at__gte=_since())
    return list(rows.exclude(given__holder=holder).select_related("key__person").order_by("asked_at"))


def running(person: Person) -> Recovery | None:
    """Return a person's own recovery that still runs; None where there is none."""
    return Recovery.objects.filter(key__person=person, ended="", asked_at__gte=_since()).first()


def give(recovery: Recovery, *, by: Viewer, phrase: str, ground: str) -> ShareGiven | Refusal:
    """Give a holder's half to a recovery, after the holder has seen who asks.

    Args:
        recovery: Running.
        by: One of the two holders, in their own session.
        phrase: The holder's own phrase.
        ground: How the holder made sure who asks, and why the key is needed.

    Raises:
        Problem: If the phrase is wrong, or the half was changed.
    """
    if len(ground.strip()) < LEAST_GROUND:
        said = _("Say how you made sure who asks, and why the key is needed.")
        return Refusal("facts", said, errors={"ground": (said,)})
    share = KeyShare.objects.filter(key=recovery.key, holder_id=by.person_id).first()
    if share is None or recovery.ended or recovery.asked_at < _since():
        return Refusal("absent", _("There is no such recovery."))
    secret = unlocked(PersonKey.objects.get(person_id=by.person_id), phrase)
    box = _resealed(share, secret, recovery)
    with transaction.atomic():
        given, _new = ShareGiven.objects.get_or_create(
            recovery=recovery, holder_id=by.person_id, defaults={"box": box, "given_at": timezone.now()}
        )
        append(
            "key.share_given",
            subject=f"person:{recovery.key.person_id}",
            by=f"person:{by.person_id}",
            facts={"recovery": recovery.pk},
            personal={"ground": ground.strip()},
        )
        tell([recovery.key.person_id], "key_share_given", None)
    return given


def refuse(recovery: Recovery, *, by: Viewer, ground: str) -> Recovery | Refusal:
    """Refuse a recovery, as one of its holders, with a reason; it is over then."""
    if len(ground.strip()) < LEAST_GROUND:
        said = _("Say why.")
        return Refusal("facts", said, errors={"ground": (said,)})
    if recovery.ended or not recovery.key.shares.filter(holder_id=by.person_id).exists():
        return Refusal("absent", _("There is no such recovery."))
    with transaction.atomic():
        _end(recovery, "refused")
        append(
            "key.recovery_refused",
            subject=f"person:{recovery.key.person_id}",
            by=f"person:{by.person_id}",
            facts={"recovery": recovery.pk},
            personal={"ground": ground.strip()},
        )
        tell([recovery.key.person_id, *_auditors()], "key_recovery_refused", None)
    return recovery


def finish(recovery: Recovery, phrase: str) -> PersonKey:
    """Put the two halves together and wrap the key under the new phrase.

    Args:
        recovery: The person's own, with both halves given.
        phrase: The phrase that it was asked with.

    Raises:
        Problem: If a half is missing, the phrase is another, or the halves do not give the key.
    """
    halves = list(recovery.given.order_by("pk"))
    if recovery.ended or recovery.asked_at < _since() or len(halves) != 2:
        raise Problem(_("Both holders have to give their half first."))
    try:
        secret = wrapping.unwrap(bytes(recovery.wrapped), phrase)
        about = _once(recovery)
        key_secret = shares.join(*(boxes.open_box(bytes(one.box), secret, about=about) for one in halves))
    except SealingError as error:
        raise _told(error) from error
    key = recovery.key
    if boxes.pair_from(key_secret)[1] != bytes(key.public):
        raise Problem(_("The two halves do not give this key."))
    with transaction.atomic():
        key.wrapped = wrapping.wrap(key_secret, phrase)
        key.save(update_fields=["wrapped"])
        for device in key.devices.order_by("pk"):  # whoever lost the phrase may have lost it too
            drop_device(device)
        _end(recovery, "recovered")
        note_key("key.recovered", key.person, recovery=recovery.pk, holders=[one.holder_id for one in halves])
        tell(_auditors(), "key_recovered", None)
    return key


def _resealed(share: KeyShare, secret: bytes, recovery: Recovery) -> bytes:
    try:
        half = boxes.open_box(bytes(share.box), secret, about=_place(share.key))
    except SealingError as error:
        raise Problem(_("This half was changed, or is not yours.")) from error
    return boxes.seal(half, [bytes(recovery.public)], about=_once(recovery))


def _told(error: SealingError) -> Problem:
    if error.why == SealingError.PHRASE:
        return Problem(
            _("The phrase does not open this key."), then=_("Enter the phrase that you chose when you asked.")
        )
    return Problem(_("The two halves do not give this key."), then=_("Begin again, with both holders."))


def _end(recovery: Recovery, ended: str) -> None:
    """End a recovery; what was made for this once goes, so that it can never be put together again."""
    recovery.ended, recovery.ended_at, recovery.wrapped = ended, timezone.now(), b""
    recovery.save(update_fields=["ended", "ended_at", "wrapped"])
    recovery.given.update(box=b"")


def _auditors() -> list[int]:
    held = PostRole.objects.held_on(timezone.localdate()).filter(role="auditor")
    return list(held.order_by("post_id").values_list("post__person", flat=True))


def _since() -> datetime:
    return timezone.now() - timedelta(days=LASTS_DAYS)


def _place(key: PersonKey) -> bytes:
    return f"share-of:{key.person_id}".encode()


def _once(recovery: Recovery) -> bytes:
    return f"recovery:{recovery.pk}".encode()
