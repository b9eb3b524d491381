"""Papers without their makers (去除作者信息): what Word, Excel and PDF write about who made a file and when.

Somebody who reports without a name attaches a paper that says theirs: in its properties, at its comments and
changes, in the folder that it was saved in, in the pictures that it holds. What stands in the text stays.
DOC, XLS and OFD keep theirs; the counter says so where files are chosen.

Law:
    domain rights 21
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from io import BytesIO
from pathlib import Path

from django.utils.translation import gettext as _
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, StreamObject

from qingfeng.documents import packages
from qingfeng.documents.pictures import FORMS, bare_jpeg, without_metadata
from qingfeng.documents.refusal import Refused

EPOCH = (1980, 1, 1, 0, 0, 0)
_SCHEMA = "http://schemas.openxmlformats.org"
_EMPTY = {
    "docProps/core.xml": f'<coreProperties xmlns="{_SCHEMA}/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": f'<Properties xmlns="{_SCHEMA}/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": f'<Properties xmlns="{_SCHEMA}/officeDocument/2006/custom-properties"/>',
}
_MAKERS = (
    (re.compile(rb'((?:\bw\d*:|[\s"])(?:author|initials|userId|userName)=")[^"]*(")'), b""),
    (re.compile(rb'(\bw\d*:date(?:Utc)?=")[^"]*(")'), b"1980-01-01T00:00:00Z"),
    (re.compile(rb'(<\w+:absPath\b[^>]*\burl=")[^"]*(")'), b""),
    (re.compile(rb"(<author>)[^<]*(</author>)"), b""),
)
_PERSONS = re.compile(rb'(\b(?:displayName|userId)=")[^"]*(")')
Memory = Callable[[bytes], AbstractContextManager[Path]]


def nameless(data: bytes, kind: str, memory: Memory) -> bytes:
    """Return a paper without what it says about who made it and when; of other kinds what came.

    Args:
        data: As the judge of documents has let it in.
        kind: Key of its kind.
        memory: Gives bytes a path.

    Raises:
        Refused: If it cannot be taken apart, so that nobody can say what is in it.
    """
    try:
        if kind in ("docx", "xlsx"):
            return _package(data, memory)
        if kind == "pdf":
            return _pdf(data)
    except (zipfile.BadZipFile, PyPdfError, ValueError, KeyError, OSError, RecursionError) as error:
        raise Refused(
            "damaged",
            _("Who made this file could not be taken out of it."),
            _("Save it anew as a PDF, or bring a photograph of it."),
        ) from error
    return data


def _package(data: bytes, memory: Memory) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, held in _members(source, memory):
            row = zipfile.ZipInfo(name, EPOCH)
            row.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(row, held)
    return out.getvalue()


def _members(source: zipfile.ZipFile, memory: Memory) -> Iterator[tuple[str, bytes]]:
    for member in packages.members(source):
        name, ending = member.filename, member.filename.rpartition(".")[2].lower()
        held = source.read(member)
        form = {"jpeg": "jpg", "tif": "tiff"}.get(ending, ending)
        if name in _EMPTY:
            held = f'<?xml version="1.0" encoding="UTF-8"?>{_EMPTY[name]}'.encode()
        elif ending == "xml":
            held = _without_makers(name, held)
        elif form in FORMS:
            held = _picture(held, form, memory)
        yield name, held


def _without_makers(name: str, held: bytes) -> bytes:
    for pattern, left in _MAKERS:
        held = pattern.sub(rb"\g<1>" + left + rb"\g<2>", held)
    return _PERSONS.sub(rb"\g<1>\g<2>", held) if name.startswith("xl/persons/") else held


def _picture(held: bytes, form: str, memory: Memory) -> bytes:
    with memory(held) as raw, memory(b"") as clean:
        try:
            return clean.read_bytes() if without_metadata(raw, form, clean) else held
        except Refused:
            return b""  # what no viewer decodes shows nothing; where it was taken would stay


def _pdf(data: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    writer.metadata = None
    for thing in list(writer._objects):  # noqa: SLF001 - each object of the file; pypdf has no other list of them
        if isinstance(thing, DictionaryObject):
            _forget(thing)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _forget(thing: DictionaryObject) -> None:
    """Take out of an object of a PDF who made it and when."""
    is_note = thing.get("/Type") == "/Annot" and "/FT" not in thing
    for key in (
        "/Metadata",
        "/PieceInfo",
        "/LastModified",
        *(("/T", "/M", "/CreationDate") if is_note else ()),
    ):
        thing.pop(key, None)
    if isinstance(thing, StreamObject) and thing.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        thing._data = bare_jpeg(thing._data)  # noqa: SLF001 - as it is coded
