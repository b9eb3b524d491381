"""Sounds, films and pictures without what they know of their maker (place, time, device, owner).

Nothing is encoded anew. What holds such things in MP4 and M4A becomes free space of the same size, in WebM a
void of the same size; of an MP3 only its frames stay; of an Ogg the list of comments is emptied where it
lies. What cannot be read to its end is refused: nobody knows what it would carry along.
"""

from __future__ import annotations

import struct
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.culture.storing import CannotKeep
from qingfeng.desk.culture.halls.cleaning import mp3, mp4, ogg, webm
from qingfeng.desk.culture.halls.cleaning.found import Cleaned, Unreadable

TAKEN = ("place", "time", "device", "tags", "tracks")
TORN = (Unreadable, LookupError, ArithmeticError, ValueError, struct.error)
"""What comes of a file that says of itself what is not so."""


def cleaned(data: bytes) -> Cleaned:
    """Return a sound or film without its metadata, and what was taken off.

    Raises:
        CannotKeep: If it cannot be read to its end; what is of no known form becomes nothing.
    """
    try:
        return _form(data).cleaned(data)
    except TORN as error:
        said = _("Place, time and device cannot be taken off it: export it anew with an editing program.")
        raise CannotKeep(said) from error


def seconds_of(data: bytes) -> int | None:
    """Return how long a film or sound in MP4, M4A or WebM is; None where it does not say."""
    form = _form(data)
    try:
        return form.seconds_of(data) if form in (mp4, webm) else None
    except TORN:
        return None


def is_torn(data: bytes) -> bool:
    """Return whether an MP4, M4A or WebM breaks off before its end.

    An MP3 or Ogg says nowhere how long it is.
    """
    form = _form(data)
    return bool(form.is_torn(data)) if form in (mp4, webm) else False


def taken_words(taken: str) -> str:
    """Return what was taken off, in words.

    Args:
        taken: Keys of `TAKEN`, with a blank between.
    """
    known = {
        "place": _("where it was taken"),
        "time": _("when it was taken"),
        "device": _("names of devices and programs"),
        "tags": _("notes and covers"),
        "tracks": _("tracks of data, such as positions"),
    }
    return _(", ").join(known[one] for one in TAKEN if one in taken.split())


def _form(data: bytes) -> Any:
    if data[4:8] == b"ftyp":
        return mp4
    if data.startswith(webm.EBML):
        return webm
    return ogg if data.startswith(b"OggS") else mp3
