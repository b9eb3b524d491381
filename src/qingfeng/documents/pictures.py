"""Pictures and recordings without where, when and with what they were taken.

Pictures are decoded and written anew, without loss where the form allows it; a JPEG that need not be turned
keeps its coded picture bit for bit and loses everything around it. A turned JPEG is coded again at 95.

Law:
    domain rights 21: no original image metadata is stored
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, ImageSequence

from qingfeng.documents.packages import damaged
from qingfeng.documents.refusal import Refused

MOST_PIXELS = 100_000_000  # of one picture
MOST_PIXELS_TOGETHER = 1_000_000_000  # of the pages of a scan
MOST_FRAMES = 300
FORMS = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP", "tiff": "TIFF"}
ORIENTATION = 0x0112
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, struct.error, TypeError, IndexError)
WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD8)}  # JPEG markers that stand alone


def without_metadata(file: Path, kind: str, into: Path) -> bool:
    """Write a picture or recording without metadata.

    Args:
        file: As it was brought.
        kind: Key of its kind.
        into: Where the clean file is written; it is written anew.

    Returns:
        Whether there was anything to do for this kind.

    Raises:
        Refused: If it cannot be decoded, has too many pixels or pages, or moves.
    """
    if kind in FORMS:
        _picture(file, kind, into)
    elif kind == "mp4":
        into.write_bytes(_film(file.read_bytes()))
    elif kind == "mp3":
        into.write_bytes(_sound(file.read_bytes()))
    else:
        return False
    return True


def _picture(file: Path, kind: str, into: Path) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(file, formats=[FORMS[kind]]) as image:
                _within(image, kind)
                if (
                    kind == "jpg"
                    and image.getexif().get(ORIENTATION, 1) == 1
                    and not image.info.get("icc_profile")
                ):
                    image.load()
                    into.write_bytes(bare_jpeg(file.read_bytes()))
                    return
                _written(image, kind, into)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except UNREADABLE as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise damaged() from error


def _within(image: Any, kind: str) -> None:
    frames = getattr(image, "n_frames", 1)
    pixels = image.width * image.height
    if pixels > MOST_PIXELS or frames > MOST_FRAMES or pixels * frames > MOST_PIXELS_TOGETHER:
        raise _too_many_pixels()
    if frames > 1 and kind in ("png", "webp"):
        raise Refused(
            "moving", _("Moving pictures are not taken."), _("Bring it as MP4 or as single pictures.")
        )


def _written(image: Any, kind: str, into: Path) -> None:
    dpi = image.info.get("dpi")
    more: dict[str, Any] = {"dpi": tuple(float(each) for each in dpi)} if dpi and kind != "webp" else {}
    if kind == "tiff":
        pages = [_bare(frame) for frame in _frames(image)]
        bilevel = all(page.mode == "1" for page in pages)
        pages[0].save(
            into,
            "TIFF",
            save_all=True,
            append_images=pages[1:],
            compression="group4" if bilevel else "tiff_adobe_deflate",
            **more,
        )
    elif kind == "jpg":
        _bare(image).save(into, "JPEG", quality=95, subsampling=0, optimize=True, **more)
    elif kind == "webp":
        _bare(image).save(into, "WEBP", lossless=True, exact=True, method=2)
    else:
        _bare(image).save(into, "PNG", **more)


def _frames(image: Any) -> Iterator[Any]:
    for frame in ImageSequence.Iterator(image):
        if frame.width * frame.height > MOST_PIXELS:
            raise _too_many_pixels()
        yield frame


def _bare(image: Any) -> Any:
    """Return a picture as it is to be seen, in sRGB, with nothing but its pixels."""
    turned: Any = ImageOps.exif_transpose(image)
    profile, clear = turned.info.get("icc_profile"), turned.info.get("transparency")
    bare: Any = turned.copy()
    bare.info = {} if clear is None else {"transparency": clear}
    if profile and bare.mode in ("RGB", "RGBA", "CMYK"):
        mode = "RGB" if bare.mode == "CMYK" else bare.mode
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            bare = ImageCms.profileToProfile(bare, source, ImageCms.createProfile("sRGB"), outputMode=mode)
            bare.info = {}
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile that cannot be read is dropped; the pixels stay
    return bare


def bare_jpeg(data: bytes) -> bytes:
    """Return a JPEG with its coded picture as it was and no application data, comments, thumbnail or tail.

    The colour transform of Adobe's segment is needed to decode and stays; so does the density of JFIF.

    Raises:
        ValueError: If it is no JPEG to its end.
    """
    out = [b"\xff\xd8"]
    for marker, piece in _segments(data):
        payload = piece[4:]
        if marker == 0xE0 and payload.startswith(b"JFIF\0") and len(payload) >= 14:
            out.append(b"\xff\xe0\x00\x10" + payload[:12] + b"\0\0")
        elif marker == 0xEE and payload.startswith(b"Adobe"):
            out.append(b"\xff\xee\x00\x0e" + payload[:12])
        elif not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            out.append(piece)
    return b"".join(out) + b"\xff\xd9"


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and bytes of the segments between start and end; a scan comes with its coded data."""
    at = 2
    while at + 2 <= len(data):
        if data[at] != 0xFF:
            raise ValueError("a segment of the JPEG does not begin with a marker")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            return
        if marker in WITHOUT_LENGTH:
            at += 2
            continue
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        if marker == 0xDA:
            end = _scan_end(data, end)
        yield marker, data[at:end]
        at = end
    raise ValueError("the JPEG has no end")


def _scan_end(data: bytes, at: int) -> int:
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2
    raise ValueError("the scan of the JPEG has no end")


def _film(data: bytes) -> bytes:
    """Return an MP4 whose boxes of user data are emptied in place, so that no offset moves."""
    out = bytearray(data)
    _empty_boxes(out, 0, len(out))
    return bytes(out)


def _empty_boxes(data: bytearray, at: int, end: int) -> None:
    while at + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == 1:
            size, head = struct.unpack_from(">Q", data, at + 8)[0], 16
        size = size or end - at
        if size < head or at + size > end:
            raise damaged()
        if kind in (b"udta", b"meta", b"uuid"):
            data[at + 4 : at + 8] = b"free"
            data[at + head : at + size] = bytes(size - head)
        elif kind in (b"moov", b"trak", b"mdia"):
            _empty_boxes(data, at + head, at + size)
        elif kind in (b"mvhd", b"tkhd", b"mdhd"):
            wide = 8 if data[at + head] == 1 else 4
            data[at + head + 4 : at + head + 4 + 2 * wide] = bytes(2 * wide)  # when it was made and changed
        at += size


def _sound(data: bytes) -> bytes:
    """Return an MP3 without its tags at the head and the tail."""
    while data.startswith(b"ID3") and len(data) > 10:
        size = sum((byte & 0x7F) << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
        data = data[10 + size + (10 if data[5] & 0x10 else 0) :]
    if data[-128:-125] == b"TAG":
        data = data[:-128]
    return data


def _too_many_pixels() -> Refused:
    return Refused(
        "too_large_inside",
        _("The picture has too many pixels or pages."),
        _("Save it with at most {count} million pixels.").format(count=MOST_PIXELS // 1_000_000),
    )
