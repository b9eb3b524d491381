"""Pictures of the public site: under their hash in the home, without where and when they were taken."""

from __future__ import annotations

import hashlib
import io
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


class CannotKeep(ValueError):  # noqa: N818 - says what happened
    """A file is no picture that can be shown; the message says why and what to do."""


def keep_picture(data: bytes) -> tuple[str, str]:
    """Keep a picture that somebody brings: drawn anew as WebP, 1,600 pixels wide at most, without metadata.

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
            picture = None if is_too_large else ImageOps.exif_transpose(held).convert("RGB")
    except Image.DecompressionBombError:
        picture = None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, struct.error, zlib.error) as error:
        raise CannotKeep(_("This is no picture: bring JPEG, PNG or WebP.")) from error
    if picture is None:
        raise CannotKeep(_("The picture has more than 64 million pixels: make it smaller."))
    picture.thumbnail((WIDEST, WIDEST))
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=80, method=4)
    return keep(out.getvalue(), "webp"), "webp"


def keep(data: bytes, form: str) -> str:
    """Keep bytes of our own making under their hash, and return it."""
    digest = hashlib.sha256(data).hexdigest()
    place = place_of(digest, form)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_suffix(f".{secrets.token_hex(4)}.new")  # two may bring the same
        beside.write_bytes(data)
        beside.replace(place)
    return digest


def place_of(digest: str, form: str) -> Path:
    """Return where a picture lies."""
    return Path(settings.HOME) / "culture" / "media" / digest[:2] / f"{digest}.{form}"
