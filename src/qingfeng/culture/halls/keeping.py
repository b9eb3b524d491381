"""What a hall shows, kept under its hash: panoramas with their tiles, sounds, films, captions.

A panorama is written anew as JPEG, without where and when it was taken. Sounds and films are kept as they
are given here, after a look at what they are; a person looks at them three times before they are public.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import puremagic
from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from qingfeng.culture.halls.tiling import Tiled, tiled_in, tiles_of
from qingfeng.culture.storing import CannotKeep, in_colours, is_bare_jpeg, keep, no_picture, place_of

LEAST_WIDTH, MOST_WIDTH = 2000, 13_000
LARGEST_PANORAMA = 200 * 1024**2
LARGEST_SOUND, LARGEST_FILM, LARGEST_CAPTIONS = 20 * 1024**2, 80 * 1024**2, 200 * 1024
SOUNDS = {".mp3": "mp3", ".m4a": "m4a", ".ogg": "ogg", ".opus": "ogg"}
FILMS = {".mp4": "mp4", ".webm": "webm"}
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Kept:
    """A file that is kept: its hash, form, and its size in pixels where it has one."""

    digest: str
    form: str
    width: int | None = None
    height: int | None = None


def keep_panorama(source: Path, *, tell: Tell) -> Kept:
    """Keep an equirectangular picture and cut its tiles.

    Args:
        source: JPEG, PNG or WebP, twice as wide as high, 2,000 to 13,000 pixels wide.
        tell: Told how many tiles are written, and of how many.

    Raises:
        CannotKeep: If it is no such picture.
    """
    digest, (width, height) = _written_anew(source)
    tiles_of(place_of(digest, "jpg"), tiles_place(digest), tell=tell)
    return Kept(digest, "jpg", width, height)


def _written_anew(source: Path) -> tuple[str, tuple[int, int]]:
    """Keep a panorama as JPEG without anything but what is seen; return its hash and size.

    One that is such a JPEG already, as an archive of ours brings it, stays as it is.
    """
    try:
        with Image.open(source, formats=("JPEG", "PNG", "WEBP")) as held:
            _fits(*held.size)
            form, mode = held.format, held.mode
            ImageOps.exif_transpose(held, in_place=True)
            picture = in_colours(held)
            picture.load()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        if isinstance(error, CannotKeep):
            raise
        with source.open("rb") as begun:
            raise CannotKeep(no_picture(begun.read(12))) from error
    if (form, mode) == ("JPEG", "RGB") and is_bare_jpeg(data := source.read_bytes()):
        return keep(data, "jpg"), picture.size
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92, subsampling=0, comment=b"")  # else that of the source goes along
    return keep(out.getvalue(), "jpg"), picture.size


def keep_sound(data: bytes) -> Kept:
    """Keep a sound: MP3, M4A, Ogg.

    Raises:
        CannotKeep: If it is none, or has more than 20 MB.
    """
    if len(data) > LARGEST_SOUND:
        raise CannotKeep(_("The sound has more than 20 MB: make it smaller."))
    form = _form(data, {**SOUNDS, ".mpga": "mp3"})  # bare frames
    if not form:
        raise CannotKeep(_("This is no sound: bring MP3, M4A or Ogg."))
    return Kept(keep(data, form), form)


def keep_film(data: bytes) -> Kept:
    """Keep a film: MP4 (H.264), WebM.

    Raises:
        CannotKeep: If it is none, or has more than 80 MB.
    """
    if len(data) > LARGEST_FILM:
        raise CannotKeep(_("The film has more than 80 MB: make it smaller."))
    form = _form(data, FILMS)
    if not form:
        raise CannotKeep(_("This is no film: bring MP4 or WebM."))
    return Kept(keep(data, form), form)


def keep_captions(data: bytes) -> Kept:
    """Keep the captions of a film or sound: WebVTT.

    Raises:
        CannotKeep: If it is no WebVTT.
    """
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise CannotKeep(_("Captions are WebVTT in UTF-8.")) from error
    if len(data) > LARGEST_CAPTIONS or not text.startswith("WEBVTT") or "-->" not in text:
        raise CannotKeep(_("Captions are WebVTT: the first line says WEBVTT."))
    return Kept(keep(text.encode(), "vtt"), "vtt")


def tiles_place(digest: str) -> Path:
    """Return the folder of a panorama's tiles."""
    return Path(settings.HOME) / "culture" / "tiles" / digest[:2] / digest


def tiled(digest: str) -> Tiled | None:
    """Return what tiles of a panorama there are, None where it was not cut yet."""
    return tiled_in(tiles_place(digest))


def _fits(width: int, height: int) -> None:
    if not LEAST_WIDTH <= width <= MOST_WIDTH:
        raise CannotKeep(_("A panorama is 2,000 to 13,000 pixels wide."))
    if abs(width - 2 * height) > width // 100:
        raise CannotKeep(_("A panorama is twice as wide as high: 360 by 180 degrees."))


def _form(data: bytes, known: dict[str, str]) -> str:
    """Return what a file really is, "" where it is none of what is asked for."""
    try:
        found = puremagic.magic_string(data[:65_536])
    except (puremagic.PureError, ValueError):
        return ""
    return next((known[one.extension] for one in found if one.extension in known), "")
