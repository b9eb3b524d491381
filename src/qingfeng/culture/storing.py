"""Pictures of the public site: under their hash in the home, without where and when they were taken."""

from __future__ import annotations

import hashlib
import io
import os
import re
import secrets
import struct
import zlib
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST = 12 * 1024 * 1024
WIDEST = 1600
MOST_PIXELS = 64_000_000  # drawn in memory, three bytes each
FORMS = {
    "svg": "image/svg+xml", "webp": "image/webp", "jpg": "image/jpeg", "mp3": "audio/mpeg",
    "m4a": "audio/mp4", "ogg": "audio/ogg", "mp4": "video/mp4", "webm": "video/webm", "vtt": "text/vtt",
}  # fmt: skip

NOTES = re.compile(rb"\xff[\xe0-\xef\xfe]")  # of a JPEG: what was drawn never has these two bytes

PHONES = {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"}


class CannotKeep(ValueError):  # noqa: N818 - says what happened
    """A file is no picture that can be shown; the message says why and what to do."""


def keep_picture(data: bytes) -> tuple[str, str]:
    """Keep a picture that somebody brings: drawn anew as WebP, 1,600 pixels wide at most, without metadata.

    One that is such a WebP already, as an archive of ours brings it, stays as it is.

    Returns:
        The hash it lies under, hex, and its form.

    Raises:
        CannotKeep: If it is no picture, or too large: in bytes, or in pixels.
    """
    if len(data) > LARGEST:
        raise CannotKeep(_("The picture has more than 12 MB: make it smaller."))
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as held:
            is_too_large = held.width * held.height > MOST_PIXELS
            picture = None if is_too_large else in_colours(ImageOps.exif_transpose(held))
    except Image.DecompressionBombError:
        picture = None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, struct.error, zlib.error) as error:
        raise CannotKeep(no_picture(data[:12])) from error
    if picture is None:
        raise CannotKeep(_("The picture has more than 64 million pixels: make it smaller."))
    if is_bare_webp(data) and max(picture.size) <= WIDEST:
        return keep(data, "webp"), "webp"
    picture.thumbnail((WIDEST, WIDEST))
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=80, method=4)
    return keep(out.getvalue(), "webp"), "webp"


def is_bare_webp(data: bytes) -> bool:
    """Return whether a WebP holds one picture and nothing beside it: its simple form has room for no more."""
    if data[:4] != b"RIFF" or data[8:16] != b"WEBPVP8 " or len(data) < 30:
        return False
    whole, picture = (int.from_bytes(data[at : at + 4], "little") for at in (4, 16))
    return whole + 8 == len(data) and picture + picture % 2 + 20 == len(data)


def is_bare_jpeg(data: bytes) -> bool:
    """Return whether a JPEG holds one picture and no notes, no place, nothing behind its end."""
    at = 2
    while data[:2] == b"\xff\xd8" and at + 4 <= len(data) and data[at] == 0xFF:
        marker, long = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA:  # what was drawn follows, no notes between; its end is at the end, nowhere before
            is_one = data.endswith(b"\xff\xd9") and data.find(b"\xff\xd9", at) == len(data) - 2
            return is_one and NOTES.search(data, at) is None
        is_plain = marker in {0xDB, 0xC0, 0xC2, 0xC4, 0xDD} or (marker == 0xE0 and long == 16)
        if not is_plain:
            return False
        at += 2 + long
    return False


def in_colours(picture: Image.Image) -> Image.Image:
    """Return a picture in red, green and blue: sixteen bits made eight, what is transparent white."""
    if picture.mode == "RGB":
        return picture
    if picture.mode.startswith("I"):
        return picture.point(lambda value: value / 256).convert("L").convert("RGB")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    over = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", over.size, "white"), over).convert("RGB")


def no_picture(head: bytes) -> str:
    """Return what is said of a file that is none we take, by its first twelve bytes."""
    if head[4:8] == b"ftyp" and head[8:12] in PHONES:
        return heic_advice()
    return _("This is no picture: bring JPEG, PNG or WebP.")


def heic_advice() -> str:
    """Return what is said of the pictures of phones (HEIC)."""
    return _("This is a HEIC picture of a phone: save it as JPEG, or set the camera to “most compatible”.")


def keep(data: bytes, form: str) -> str:
    """Keep bytes of our own making under their hash, and return it; what lies there is wanted anew."""
    digest = hashlib.sha256(data).hexdigest()
    place = place_of(digest, form)
    if place.exists() and place.stat().st_size == len(data):
        os.utime(place)
    else:
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place, data)
    return digest


def write_whole(place: Path, data: bytes) -> None:
    """Write a file that is there as a whole or not at all, also where the power goes."""
    beside = place.with_suffix(f".{secrets.token_hex(4)}.new")  # two may bring the same
    with beside.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(place)


def place_of(digest: str, form: str) -> Path:
    """Return where a picture lies."""
    return Path(settings.HOME) / "culture" / "media" / digest[:2] / f"{digest}.{form}"
