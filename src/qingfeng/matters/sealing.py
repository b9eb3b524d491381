"""Sealed fields (密封字段): encrypted to named holders; absent from search, logs and exports.

Each value has a key of its own (XSalsa20-Poly1305); that key is sealed to every holder's public key
(X25519). A holder's secret key lies in the database wrapped by Argon2id over a phrase of their own
that is not their password: whoever has the database alone opens nothing.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from nacl import pwhash, utils
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox

from qingfeng.matters.models import Matter, Performance, PersonKey, Sealed
from qingfeng.matters.vocabulary import Field, Mechanism
from qingfeng.organization.models import Person
from qingfeng.screening.errors import Problem

LEAST_PHRASE = 12


def make_key(person: Person, phrase: str) -> PersonKey:
    """Make a person's key pair; the phrase is kept nowhere.

    Args:
        person: Whose key.
        phrase: At least 12 characters; not the password of signing in.

    Raises:
        Problem: If the phrase is too short or the person has a key.
    """
    if len(phrase) < LEAST_PHRASE:
        raise Problem(_("The phrase is too short."), then=_("Choose at least 12 characters."))
    if PersonKey.objects.filter(person=person).exists():
        raise Problem(_("There is a key already."), then=_("Change its phrase instead."))
    secret = PrivateKey.generate()
    salt = utils.random(pwhash.argon2id.SALTBYTES)
    return PersonKey.objects.create(
        person=person,
        public=bytes(secret.public_key),
        wrapped=bytes(SecretBox(_stretch(phrase, salt)).encrypt(bytes(secret))),
        salt=salt,
        made_at=timezone.now(),
    )


def change_phrase(key: PersonKey, old: str, new: str) -> None:
    """Wrap the secret key under a new phrase.

    Raises:
        Problem: If the old phrase is wrong or the new one too short.
    """
    secret = _unlock(key, old)
    if len(new) < LEAST_PHRASE:
        raise Problem(_("The phrase is too short."), then=_("Choose at least 12 characters."))
    key.salt = utils.random(pwhash.argon2id.SALTBYTES)
    key.wrapped = bytes(SecretBox(_stretch(new, key.salt)).encrypt(bytes(secret)))
    key.save(update_fields=["salt", "wrapped"])


def holders(matter: Matter, fields: Iterable[Field]) -> set[int]:
    """Return the ids of the persons who hold one of the fields' roles on a matter."""
    roles = {role for one in fields for role in one.holders}
    named = matter.parties.filter(role__in=roles, until_at=None, person__isnull=False)
    return set(named.values_list("person_id", flat=True))


def seal(
    matter: Matter,
    performance: Performance,
    declared: Mechanism,
    fields: Iterable[Field],
    values: Mapping[str, str],
) -> None:
    """Keep sealed values, each for the holders that its field names.

    Raises:
        Problem: If nobody who may open it has a key yet: it would be lost.
    """
    del declared  # the fields say all; kept for callers that pass what they have
    for field in fields:
        if field.key in values:
            _seal_one(matter, performance, field, values[field.key])


def _seal_one(matter: Matter, performance: Performance, field: Field, value: str) -> None:
    keys = list(PersonKey.objects.filter(person_id__in=holders(matter, [field])))
    if not keys:
        raise Problem(
            _("Nobody who may open “%(field)s” has a key yet.") % {"field": field.name},
            then=_("Let one of them set an unlock phrase first, then enter it again."),
        )
    secret = utils.random(SecretBox.KEY_SIZE)
    Sealed.objects.create(
        matter=matter,
        performance=performance,
        field=field.key,
        ciphertext=bytes(SecretBox(secret).encrypt(value.encode())),
        keys={str(one.person_id): _sealed_to(one, secret) for one in keys},
    )


def open_sealed(sealed: Sealed, person: Person, phrase: str) -> str:
    """Return a sealed value to one of its holders.

    Raises:
        Problem: If the person is no holder, the phrase is wrong, or the value was tampered with.
    """
    wrapped = sealed.keys.get(str(person.pk))
    key = PersonKey.objects.filter(person=person).first()
    if wrapped is None or key is None:
        raise Problem(_("This is not sealed to you."))
    secret = _unlock(key, phrase)
    try:
        value_key = SealedBox(secret).decrypt(base64.b64decode(wrapped))
        return SecretBox(value_key).decrypt(bytes(sealed.ciphertext)).decode()
    except CryptoError as error:
        raise Problem(_("The sealed value was changed or cut short."), where=f"sealed:{sealed.pk}") from error


def add_holder(sealed: Sealed, *, by: Person, phrase: str, to: Person) -> None:
    """Let a holder seal a value to one more person (a handover).

    Raises:
        Problem: As `open_sealed`, or if the new holder has no key.
    """
    open_sealed(sealed, by, phrase)
    key = PersonKey.objects.filter(person=by).get()
    other = PersonKey.objects.filter(person=to).first()
    if other is None:
        raise Problem(
            _("%(person)s has no key yet.") % {"person": to}, then=_("Let them set an unlock phrase first.")
        )
    secret = SealedBox(_unlock(key, phrase)).decrypt(base64.b64decode(sealed.keys[str(by.pk)]))
    sealed.keys = {**sealed.keys, str(to.pk): _sealed_to(other, secret)}
    sealed.save(update_fields=["keys"])


def remove_holder(sealed: Sealed, person: Person) -> None:
    """Take a person's copy of the key away."""
    kept: dict[str, Any] = {key: value for key, value in sealed.keys.items() if key != str(person.pk)}
    sealed.keys = kept
    sealed.save(update_fields=["keys"])


def _sealed_to(key: PersonKey, secret: bytes) -> str:
    return base64.b64encode(SealedBox(PublicKey(bytes(key.public))).encrypt(secret)).decode()


def _unlock(key: PersonKey, phrase: str) -> PrivateKey:
    try:
        return PrivateKey(SecretBox(_stretch(phrase, bytes(key.salt))).decrypt(bytes(key.wrapped)))
    except CryptoError as error:
        raise Problem(
            _("The phrase does not open this key."), then=_("Enter the unlock phrase again.")
        ) from error


def _stretch(phrase: str, salt: bytes) -> bytes:
    return pwhash.argon2id.kdf(
        SecretBox.KEY_SIZE,
        phrase.encode(),
        salt,
        opslimit=pwhash.argon2id.OPSLIMIT_INTERACTIVE,
        memlimit=pwhash.argon2id.MEMLIMIT_INTERACTIVE,
    )
