"""The text that a file carries, page by page, as far as it can be read: where a secrecy mark would stand."""

from __future__ import annotations

import html
import logging
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from qingfeng.documents import packages
from qingfeng.documents.refusal import Refused

MOST_PAGES = 500
TAG = re.compile(r"<[^>]*>")
ENDS = re.compile(r"</(?:w:p|w:tr|si|row|a:p)>|<w:(?:br|cr)[^>]*>")
PAGE = re.compile(r'<w:br [^>]*w:type="page"[^>]*>|<w:lastRenderedPageBreak/>|<w:sectPr')
OFD_TEXT = re.compile(r"<(?:\w+:)?TextCode\b[^>]*>([^<]*)</")
ACTIVE = ("/JS", "/JavaScript", "/Launch", "/RichMedia", "/XFA")
WORD_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$")
SHEET_PARTS = re.compile(r"xl/(sharedStrings|worksheets/sheet\d+|comments\d*|drawings/drawing\d+)\.xml$")
OFD_PARTS = re.compile(r"(?i)\.xml$")


def layers(file: Path, kind: str) -> Iterator[str]:
    """Yield the text of a file, a page, part or sheet at a time; nothing for pictures and recordings.

    Raises:
        Refused: If it is damaged, locked, or runs something when it is opened.
    """
    match kind:
        case "pdf":
            yield from _pdf(file)
        case "docx":
            yield from _package(file, WORD_PARTS)
        case "xlsx":
            yield from _package(file, SHEET_PARTS)
        case "ofd":
            yield from _ofd(file)
        case "doc" | "xls":
            yield from _compound(file)
        case "txt" | "csv":
            yield _plain(file)


def _pdf(file: Path) -> Iterator[str]:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(file)
        _readable(reader)
        _inert(reader)
        for page in reader.pages:
            yield page.extract_text()
    except Refused:
        raise
    except (
        PyPdfError,
        RecursionError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
    ) as error:
        raise packages.damaged() from error


def _readable(reader: PdfReader) -> None:
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused(
            "locked",
            _("The file is locked with a password and cannot be checked."),
            _("Save it without a password."),
        )
    if len(reader.pages) > MOST_PAGES:
        raise Refused(
            "too_many_pages",
            _("The PDF has more than {count} pages.").format(count=MOST_PAGES),
            _("Bring it in parts."),
        )


def _inert(reader: PdfReader) -> None:
    """Refuse a PDF that runs something.

    The catalogue, its actions and names, and what hangs on the pages are searched by their names, not the raw
    bytes, where a name may be written in many ways.
    """
    seen: set[int] = set()
    waiting: list[object] = [reader.trailer["/Root"]]
    while waiting:
        value = waiting.pop()
        value = value.get_object() if hasattr(value, "get_object") else value
        if id(value) in seen or value is None:
            continue
        seen.add(id(value))
        if isinstance(value, dict):
            if any(name in value for name in ACTIVE) or value.get("/S") in ACTIVE:
                raise Refused(
                    "active",
                    _("The PDF runs a script or a program; such files are not taken."),
                    _("Print it to PDF again and bring that file."),
                )
            waiting += [value.raw_get(name) if hasattr(value, "raw_get") else value[name] for name in value]
        elif isinstance(value, list):
            waiting += list(value)


def _package(file: Path, wanted: re.Pattern[str]) -> Iterator[str]:
    with packages.opened(file) as archive:
        for name in sorted(archive.namelist()):
            if wanted.search(name):
                for page in PAGE.split(_xml(archive, name)):
                    yield _words(ENDS.sub("\n", page))


def _ofd(file: Path) -> Iterator[str]:
    with packages.opened(file) as archive:
        for name in sorted(archive.namelist()):
            if OFD_PARTS.search(name):
                pieces = [html.unescape(piece) for piece in OFD_TEXT.findall(_xml(archive, name))]
                yield "\n".join(pieces)
                yield "".join(pieces)  # a mark whose star is a piece of its own


def _compound(file: Path) -> Iterator[str]:
    """Yield an old file's bytes read as text; marks stand in it as UTF-16 at even or odd places, or GBK."""
    data = file.read_bytes()
    for text in (
        data.decode("utf-16-le", "ignore"),
        data[1:].decode("utf-16-le", "ignore"),
        data.decode("gb18030", "ignore"),
    ):
        yield re.sub(r"[\x00-\x1f]+", "\n", text)


def _plain(file: Path) -> str:
    data = file.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _xml(archive: zipfile.ZipFile, name: str) -> str:
    data = packages.part(archive, name)
    if b"<!DOCTYPE" in data[:2000] or b"<!ENTITY" in data:
        raise packages.damaged()
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")


def _words(text: str) -> str:
    return html.unescape(TAG.sub("", text))
