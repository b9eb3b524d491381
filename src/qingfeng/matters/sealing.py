"""Sealed fields (密封字段): encrypted to named holders; absent from search, logs and exports.

Each value is a box (`qingfeng.sealing.boxes`) that its holders open and that opens nowhere but on its matter
and field. A holder's secret key lies in the database wrapped by a phrase of their own that is not their
password: whoever has the database alone opens nothing. `escrow` gives a lost key back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.journal.store import append
from qingfeng.matters.key_models import KeyDevice, PersonKey, Sealed
from qingfeng.matters.models import Matter, Performance
from qingfeng.matters.vocabulary import Field
from qingfeng.organization.models import Person
from qingfeng.screening.errors import Problem
from qingfeng.sealing import boxes, slots, wrapping
from qingfeng.sealing.errors import SealingError

LEAST_PHRASE = wrapping.LEAST_PHRASE
MOST_DEVICES = 5
BY_DEVICE = re.compile(r"device:(?P<number>[0-9]{1,18}):(?P<given>[0-9a-f]{64})")
"""What a page sends in place of the phrase (`desk/static/desk/key_device.js`): number of a `KeyDevice`, and
the 32 bytes that the device gave for its salt, hex (WebAuthn PRF). It opens one person's key and nothing
else, and is kept nowhere."""


def make_key(person: Person, phrase: str) -> PersonKey:
    """Make a person's key pair; the phrase is kept nowhere.

    Args:
        person: Whose key.
        phrase: At least 12 characters; not the password of signing in.

    Raises:
        Problem: If the phrase is too short or the person has a key.
    """
    check_phrase(phrase)
    if PersonKey.objects.filter(person=person).exists():
        raise Problem(_("There is a key already."), then=_("Change its phrase instead."))
    secret, public = boxes.new_pair()
    with transaction.atomic():
        made = PersonKey.objects.create(
            person=person, public=public, wrapped=wrapping.wrap(secret, phrase), made_at=timezone.now()
        )
        note_key("key.made", person, key=slots.key_id(public).hex())
    return made


def change_phrase(key: PersonKey, old: str, new: str) -> None:
    """Wrap the secret key under a new phrase.

    Raises:
        Problem: If the old phrase is wrong or the new one too short.
    """
    secret = unlocked(key, old)
    check_phrase(new)
    with transaction.atomic():
        key.wrapped = wrapping.wrap(secret, new)
        key.save(update_fields=["wrapped"])
        note_key("key.phrase_changed", key.person)


def check_phrase(phrase: str) -> None:
    """Refuse a phrase that is too short.

    Raises:
        Problem: If it has fewer than 12 characters.
    """
    if len(phrase) < LEAST_PHRASE:
        raise Problem(_("The phrase is too short."), then=_("Choose at least 12 characters."))


def unlocked(key: PersonKey, phrase: str) -> bytes:
    """Return a person's secret key; whoever calls lets go of it with the request.

    Args:
        key: Whose.
        phrase: Theirs, or what a device of theirs gave in its place (`BY_DEVICE`).

    Raises:
        Problem: If the phrase is another, or the device is none of theirs (any more).
    """
    device = BY_DEVICE.fullmatch(phrase)
    try:
        if device is None:
            return wrapping.unwrap(bytes(key.wrapped), phrase)
        held = KeyDevice.objects.filter(key=key, pk=int(device["number"])).first()
        if held is None:
            raise Problem(_("This device opens nothing here."), then=_("Enter the unlock phrase."))
        return wrapping.unwrap_by_device(bytes(held.wrapped), bytes.fromhex(device["given"]))
    except SealingError as error:
        raise Problem(
            _("The phrase does not open this key."), then=_("Enter the unlock phrase again.")
        ) from error


def add_device(
    key: PersonKey, phrase: str, *, credential: str, salt: bytes, output: bytes, name: str
) -> KeyDevice:
    """Let a device open a person's key beside the phrase; once, however often it is sent.

    Args:
        key: Theirs.
        phrase: Theirs; or an earlier device.
        credential: What the new device calls its key, base64url.
        salt: What it was asked with, 32 random bytes.
        output: What it gave, 32 bytes; kept nowhere.
        name: As its person calls it.

    Raises:
        Problem: If the phrase is wrong, or there are as many devices as one may have.
    """
    secret = unlocked(key, phrase)
    with transaction.atomic():
        PersonKey.objects.select_for_update().get(pk=key.pk)
        there = key.devices.filter(credential=credential).first()
        if there is not None:
            return there
        if key.devices.count() >= MOST_DEVICES:
            raise Problem(_("There are enough devices."), then=_("Take one away first."))
        made = KeyDevice.objects.create(
            key=key, credential=credential, salt=salt, wrapped=wrapping.wrap_by_device(secret, output),
            name=name, made_at=timezone.now(),
        )  # fmt: skip
        note_key("key.device_added", key.person, device=made.pk)
    return made


def drop_device(device: KeyDevice) -> None:
    """Let a device open nothing any more."""
    with transaction.atomic():
        note_key("key.device_dropped", device.key.person, device=device.pk)
        device.delete()


def holders(matter: Matter, fields: Iterable[Field]) -> set[int]:
    """Return the ids of the persons who hold one of the fields' roles on a matter."""
    roles = {role for one in fields for role in one.holders}
    named = matter.parties.filter(role__in=roles, until_at=None, person__isnull=False)
    return set(named.values_list("person_id", flat=True))


def seal(
    matter: Matter, performance: Performance, fields: Iterable[Field], values: Mapping[str, str]
) -> None:
    """Keep sealed values, each for the holders that its field names.

    Raises:
        Problem: If nobody who may open it has a key yet: it would be lost.
    """
    for field in fields:
        if field.key in values:
            _seal_one(matter, performance, field, values[field.key])


def _seal_one(matter: Matter, performance: Performance, field: Field, value: str) -> None:
    keys = list(PersonKey.objects.filter(person_id__in=holders(matter, [field])).order_by("person_id"))
    if not keys:
        raise Problem(
            _("Nobody who may open “%(field)s” has a key yet.") % {"field": field.name},
            then=_("Let one of them set an unlock phrase first, then enter it again."),
        )
    box = boxes.seal(value.encode(), [bytes(one.public) for one in keys], about=place(matter, field.key))
    Sealed.objects.create(
        matter=matter,
        performance=performance,
        field=field.key,
        box=box,
        keys={str(one.person_id): slots.key_id(bytes(one.public)).hex() for one in keys},
    )


def place(matter: Matter, field: str) -> bytes:
    """Return what a sealed value is bound to, so that it opens nowhere else."""
    return f"{matter.mechanism}/{matter.slug}:{field}".encode()


def open_sealed(sealed: Sealed, person: Person, phrase: str) -> str:
    """Return a sealed value to one of its holders.

    Raises:
        Problem: If the person is no holder, the phrase is wrong, or the value was tampered with.
    """
    return opened_with(sealed, unlocked(key_of(sealed, person), phrase))


def opened_with(sealed: Sealed, secret: bytes) -> str:
    """Return a sealed value, given a holder's secret key.

    Raises:
        Problem: If it is not sealed to that key, or was tampered with.
    """
    try:
        return boxes.open_box(bytes(sealed.box), secret, about=place(sealed.matter, sealed.field)).decode()
    except SealingError as error:
        raise _cannot(sealed, error) from error


def key_of(sealed: Sealed, person: Person) -> PersonKey:
    """Return the key of one of a value's holders.

    Raises:
        Problem: If the person is no holder.
    """
    key = PersonKey.objects.filter(person=person).first()
    if key is None or str(person.pk) not in sealed.keys:
        raise Problem(_("This is not sealed to you."))
    return key


def add_holder(sealed: Sealed, *, by: Person, phrase: str, to: Person) -> None:
    """Let a holder seal a value to one more person (a handover).

    Raises:
        Problem: As `open_sealed`, or if the new holder has no key.
    """
    secret = unlocked(key_of(sealed, by), phrase)
    opened_with(sealed, secret)
    other = PersonKey.objects.filter(person=to).first()
    if other is None:
        raise Problem(
            _("%(person)s has no key yet.") % {"person": to}, then=_("Let them set an unlock phrase first.")
        )
    sealed.box = boxes.add_receiver(bytes(sealed.box), secret, bytes(other.public))
    sealed.keys = {**sealed.keys, str(to.pk): slots.key_id(bytes(other.public)).hex()}
    sealed.save(update_fields=["box", "keys"])


def remove_holder(sealed: Sealed, person: Person) -> None:
    """Take a person's copy of the key away.

    Raises:
        Problem: If nobody would be left who can open it.
    """
    key = PersonKey.objects.get(person=person)
    try:
        sealed.box = boxes.drop_receiver(bytes(sealed.box), bytes(key.public))
    except SealingError as error:
        raise _cannot(sealed, error) from error
    sealed.keys = {one: name for one, name in sealed.keys.items() if one != str(person.pk)}
    sealed.save(update_fields=["box", "keys"])


def note_key(kind: str, person: Person, **facts: Any) -> None:
    """Write into the journal what happened to somebody's key; inside a transaction."""
    append(kind, subject=f"person:{person.pk}", by=f"person:{person.pk}", facts=facts)


def _cannot(sealed: Sealed, error: SealingError) -> Problem:
    said = {
        SealingError.RECEIVER: _("This is not sealed to you."),
        SealingError.NOBODY: _("Nobody would be left who can open it."),
    }
    words = said.get(error.why, _("The sealed value was changed or cut short."))
    return Problem(words, where=f"sealed:{sealed.pk}")
