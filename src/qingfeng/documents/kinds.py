"""What kind of file something really is, told from its bytes, and whether its name fits.

Only what stands in `KINDS` is taken. A name never decides; it only has to agree.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

import puremagic
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.documents import compound, packages
from qingfeng.documents.refusal import Refused

MB = 1 << 20
HEAD = 4096  # bytes that tell a kind
TEXT_BLOCK = 1 << 20


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken.

    Attributes:
        key: As stored.
        label: As shown.
        extensions: That its name may have, lower case, without the dot.
        media_type: As sent to a browser.
        limit_mb: Largest size unless `QINGFENG_ATTACHMENT_LIMITS` (key → MB) says otherwise.
        inline: Whether a browser may show it in a page of its own.
    """

    key: str
    label: str | Promise
    extensions: tuple[str, ...]
    media_type: str
    limit_mb: int
    inline: bool = False

    @property
    def limit(self) -> int:
        """Largest size in bytes."""
        limits: dict[str, int] = getattr(settings, "QINGFENG_ATTACHMENT_LIMITS", {})
        return limits.get(self.key, self.limit_mb) * MB


OOXML = "application/vnd.openxmlformats-officedocument"
KINDS = {
    kind.key: kind
    for kind in (
        Kind("pdf", "PDF", ("pdf",), "application/pdf", 100, inline=True),
        Kind(
            "docx", gettext_lazy("Word document"), ("docx", "wps"), f"{OOXML}.wordprocessingml.document", 50
        ),
        Kind("xlsx", gettext_lazy("Excel workbook"), ("xlsx", "et"), f"{OOXML}.spreadsheetml.sheet", 50),
        Kind(
            "doc", gettext_lazy("Word or WPS document (old form)"), ("doc", "wps"), "application/msword", 50
        ),
        Kind(
            "xls",
            gettext_lazy("Excel or WPS workbook (old form)"),
            ("xls", "et"),
            "application/vnd.ms-excel",
            50,
        ),
        Kind("ofd", "OFD", ("ofd",), "application/ofd", 100),
        Kind("png", gettext_lazy("PNG picture"), ("png",), "image/png", 40, inline=True),
        Kind("jpg", gettext_lazy("JPEG picture"), ("jpg", "jpeg"), "image/jpeg", 40, inline=True),
        Kind("webp", gettext_lazy("WebP picture"), ("webp",), "image/webp", 40, inline=True),
        Kind("tiff", gettext_lazy("TIFF scan"), ("tif", "tiff"), "image/tiff", 200),
        Kind("txt", gettext_lazy("Text file"), ("txt",), "text/plain; charset=utf-8", 10, inline=True),
        Kind("csv", gettext_lazy("CSV table"), ("csv",), "text/csv; charset=utf-8", 50),
        Kind("zip", gettext_lazy("ZIP archive"), ("zip",), "application/zip", 200),
        Kind("mp3", gettext_lazy("MP3 recording"), ("mp3",), "audio/mpeg", 200),
        Kind("mp4", gettext_lazy("MP4 recording"), ("mp4", "m4a"), "video/mp4", 500),
    )
}
EXTENSIONS = tuple(sorted({extension for kind in KINDS.values() for extension in kind.extensions}))
BY_FTYP = {
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"mp41",
    b"mp42",
    b"avc1",
    b"M4A ",
    b"M4V ",
    b"MSNV",
    b"dash",
}
PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"L\x00\x00\x00\x01\x14",
)
MARKUP = (
    "<!doctype",
    "<html",
    "<svg",
    "<script",
    "<?xml",
    "<head",
    "<body",
    "<iframe",
    "mime-version:",
    "<?php",
)


def kind_of(file: Path, name: str) -> Kind:
    """Return the kind of a file that is taken under this name.

    Args:
        file: Where its bytes lie.
        name: As it was brought, already cleaned.

    Raises:
        Refused: If the content is of no kind that is taken, or the name does not fit it.
    """
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    key = sniffed(file, extension)
    if key is None:
        raise _not_taken(file)
    kind = KINDS[key]
    if extension not in kind.extensions:
        raise Refused(
            "wrong_type",
            _("“{name}” holds a {kind}; its name says something else.").format(name=name, kind=kind.label),
            _("Name it with .{extension} or choose the right file.").format(extension=kind.extensions[0]),
        )
    return kind


def sniffed(file: Path, extension: str = "") -> str | None:
    """Return the key of the kind that the bytes are of, or None.

    Args:
        file: Where the bytes lie.
        extension: Decides between kinds that only differ by it: text and table.

    Raises:
        Refused: If a package or compound file is broken or locked.
    """
    with file.open("rb") as source:
        head = source.read(HEAD)
    if head.startswith(PROGRAMS):
        return None
    if found := _by_magic(head):
        return found
    if head.startswith(b"PK\x03\x04"):
        return packages.kind_of_package(file)
    if head.startswith(compound.MAGIC):
        return compound.kind_of_compound(file)
    if is_text(file):
        return "csv" if extension == "csv" else "txt"
    return None


def is_text(file: Path) -> bool:
    """Return whether a file is text in UTF-8 or GB18030: no control signs, no markup that a browser runs."""
    size = file.stat().st_size
    if not size:
        return False
    for encoding in ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)("strict")
        try:
            with file.open("rb") as source:
                first = True
                while block := source.read(TEXT_BLOCK):
                    text = decoder.decode(block)
                    if any(sign < " " and sign not in "\t\n\r\f" for sign in text):
                        return False
                    if first and text.lstrip().lower().startswith(MARKUP):
                        return False
                    first = False
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _by_magic(head: bytes) -> str | None:
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith((b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")):
        return "tiff"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp" and head[8:12] in BY_FTYP:
        return "mp4"
    if head.startswith(b"ID3") or (len(head) > 3 and head[0] == 0xFF and head[1] in (0xFB, 0xFA, 0xF3, 0xF2)):
        return "mp3"
    return None


def _not_taken(file: Path) -> Refused:
    with file.open("rb") as source:
        head = source.read(HEAD)
    taken = _("Taken: {extensions}.").format(extensions="、".join(EXTENSIONS))
    if not head:
        return Refused("empty", _("The file is empty."), _("Choose the file again."))
    if head.startswith(PROGRAMS):
        return Refused("program", _("This is a program or a script; programs are not taken."), taken)
    start = head.decode("utf-8", "ignore").lstrip("\ufeff \t\r\n").lower()
    if start.startswith(MARKUP):
        return Refused(
            "markup",
            _("This is a web page, an SVG or XML; they can run scripts and are not taken."),
            _("Save it as PDF or PNG."),
        )
    if head[4:8] == b"ftyp":
        return Refused(
            "wrong_type",
            _("This kind of picture or film (HEIC, AVIF, MOV) is not taken."),
            _("Save it as JPEG or MP4."),
        )
    return Refused(
        "wrong_type", _("This kind of file is not taken ({guess}).").format(guess=_guess(head)), taken
    )


def _guess(head: bytes) -> str:
    try:
        return puremagic.magic_string(head)[0].name or _("unknown")
    except (puremagic.PureError, IndexError, ValueError):
        return _("unknown")
