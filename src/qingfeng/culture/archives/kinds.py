"""What a file of an archive is by its first bytes, whatever it says of itself."""

from __future__ import annotations

import codecs
import re

from qingfeng.culture.drafts import CAPTIONS

HEAD = 4096
JPEG, PNG, WEBP, SVG, VTT = "image/jpeg", "image/png", "image/webp", "image/svg+xml", "text/vtt"
KINDS: dict[str, tuple[str, ...]] = {
    "picture": (JPEG, PNG, WEBP, SVG),
    "panorama": (JPEG, PNG, WEBP),
    "audio": ("audio/mpeg", "audio/mp4", "audio/ogg"),
    "video": ("video/mp4", "video/webm"),
    CAPTIONS: (VTT,),
}
"""What each kind of file may be."""
ENDINGS = {
    JPEG: "jpg", PNG: "png", WEBP: "webp", SVG: "svg", VTT: "vtt", "audio/mpeg": "mp3", "audio/mp4": "m4a",
    "audio/ogg": "ogg", "video/mp4": "mp4", "video/webm": "webm",
}  # fmt: skip
_SIGNS = (
    (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"\x1a\x45\xdf\xa3", "video/webm"),
    (b"OggS", "audio/ogg"), (b"ID3", "audio/mpeg"), (b"WEBVTT", VTT),
)  # fmt: skip
_DRAWING = re.compile(rb"(<\?xml[^>]*>\s*)?<svg[\s>]")


def is_a(head: bytes, said: str, kind: str) -> bool:
    """Return whether a file that begins so is what it says, and fits its kind.

    Args:
        head: Its first bytes, `HEAD` are enough.
        said: The media type that it is said to be.
        kind: A kind of medium, or `captions`.
    """
    return said in KINDS.get(kind, ()) and said in _types(head)


def _types(head: bytes) -> tuple[str, ...]:
    plain = head.removeprefix(codecs.BOM_UTF8)
    if head[4:8] == b"ftyp":
        return ("audio/mp4", "video/mp4")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return (WEBP,)
    if _DRAWING.match(plain.lstrip()):
        return (SVG,)
    for sign, found in _SIGNS:
        if plain.startswith(sign):
            return (found,)
    is_frame = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0
    return ("audio/mpeg",) if is_frame else ()
