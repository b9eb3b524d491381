"""The key of a growth file: wrapped by a key of the house that no backup holds, and sealed to its owner.

Every file has a key of its own. It lies in the database twice: under the key in `keys/growth.key`, which the
database does not hold and no backup takes along, and, where the owner has an unlock phrase, in a box that it
alone opens. So a copy of the database opens nothing, a backup opens nothing, and in a house that was restored
without `growth.key` a file stays closed until the key is put back or its owner opens it with their phrase.
Where the phrase is lost, two escrow holders give it back (`matters.escrow`). No account is in this.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from nacl.utils import random

from qingfeng.growth.models import GrowthFile
from qingfeng.matters.key_models import PersonKey
from qingfeng.matters.sealing import unlocked
from qingfeng.screening.errors import Problem
from qingfeng.sealing import boxes, slots
from qingfeng.sealing.errors import SealingError
from qingfeng.sealing.made_once import made_once

NAME, PATTERN = "growth.key", "growth*.key"


class Closed(Problem):
    """A file that this house cannot open: its key was not put back after a restore."""


def wrapped_anew(key: bytes) -> bytes:
    """Return the key of a file under the house's own."""
    return bytes(SecretBox(_of_house()).encrypt(key))


def key_of(file: GrowthFile) -> bytes:
    """Return the key of a file.

    Raises:
        Closed: If no key of this house opens it.
    """
    for house in _of_houses():
        try:
            return SecretBox(house).decrypt(bytes(file.wrapped))
        except (CryptoError, ValueError):
            continue
    raise Closed(
        _("This growth file is closed: the house was restored without the key that opens it."),
        then=_("Open it with your unlock phrase, or ask the system administrator to put the key back."),
    )


def is_closed(file: GrowthFile) -> bool:
    """Return whether this house cannot open a file."""
    try:
        key_of(file)
    except Closed:
        return True
    return False


def fresh() -> bytes:
    """Return a new key for a file."""
    return random(SecretBox.KEY_SIZE)


def deposit(file: GrowthFile) -> None:
    """Seal the key of a file to its owner too, where they have an unlock phrase and it is not there yet."""
    mine = PersonKey.objects.filter(person=file.person_id).first()
    if mine is None or slots.key_id(bytes(mine.public)) in (
        boxes.receivers(bytes(file.own)) if file.own else ()
    ):
        return
    file.own = boxes.seal(key_of(file), [bytes(mine.public)], about=_about(file))
    file.save(update_fields=["own"])


def reopen(file: GrowthFile, phrase: str) -> None:
    """Open a file that is closed with its owner's phrase, and let this house open it from now on.

    Raises:
        Problem: If it was never sealed to them, or the phrase is another.
    """
    mine = PersonKey.objects.filter(person=file.person_id).first()
    if mine is None or not file.own:
        raise Problem(
            _("This file was not sealed to an unlock phrase of yours."),
            then=_("Ask the system administrator to put the key back."),
        )
    secret = unlocked(mine, phrase)
    try:
        key = boxes.open_box(bytes(file.own), secret, about=_about(file))
    except SealingError as error:
        raise Problem(_("What your phrase opens is not the key of this file.")) from error
    file.wrapped = wrapped_anew(key)
    file.save(update_fields=["wrapped"])


def _about(file: GrowthFile) -> bytes:
    return f"growth:{file.person_id}".encode()


def _folder() -> Path:
    return Path(settings.HOME) / "keys"


def _of_house() -> bytes:
    """Return the house's own key, made at first use."""
    return made_once(_folder() / NAME, lambda: random(SecretBox.KEY_SIZE))


def _of_houses() -> Iterator[bytes]:
    """Yield the house's key, and any that was put back beside it as `growth-….key` after a restore."""
    for file in sorted(_folder().glob(PATTERN)):
        held = file.read_bytes()
        if len(held) == SecretBox.KEY_SIZE:
            yield held
