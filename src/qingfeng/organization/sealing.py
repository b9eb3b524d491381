"""What the organization keeps sealed at rest: names of outside relatives, secrets of second factors.

One key, made at first use, in the home's `keys`; it is not in the database, so that a copy of
the database alone opens nothing.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from nacl.utils import random

from qingfeng.screening.errors import Problem
from qingfeng.screening.home import Home
from qingfeng.sealing.made_once import made_once


def _key() -> bytes:
    file = Path(settings.HOME) / "keys" / "organization.key"
    return made_once(file, lambda: random(SecretBox.KEY_SIZE))


def seal(text: str) -> bytes:
    """Return the text, encrypted with the home's key."""
    return bytes(SecretBox(_key()).encrypt(text.encode()))


def unseal(sealed: bytes) -> str:
    """Return the text again.

    Raises:
        Problem: If the home's key is not the one it was sealed with.
    """
    try:
        return SecretBox(_key()).decrypt(sealed).decode()
    except (CryptoError, ValueError) as error:
        raise Problem(
            _("What was sealed cannot be opened with this home's key."),
            where="keys/organization.key",
            then=_("Restore the key from the backup."),
        ) from error


def identifier(number: str) -> tuple[str, str]:
    """Return an ID number as keyed hash and last four characters; two empty texts for none."""
    folded = "".join(number.upper().split())
    return (Home(Path(settings.HOME)).hash(folded), folded[-4:]) if folded else ("", "")
