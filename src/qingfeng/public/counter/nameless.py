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
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject

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
_NEW = b"1980-01-01T00:00:00Z"
_WHO, _WHEN = rb"(?:author|initials|userId|userName|refreshedBy)", rb"(?:\w+:date(?:Utc)?|dT|dateTime)"


def _said(attribute: bytes, within: bytes = rb"[\s\"']") -> re.Pattern[bytes]:
    return re.compile(rb"(" + within + attribute + rb"\s*=\s*)(?:\"[^\"]*\"|'[^']*')")


_MAKERS = (
    (_said(rb"(?:\w+:)?" + _WHO), b'""'),
    (_said(_WHEN), b'"' + _NEW + b'"'),
    (_said(b"refreshedDate"), b'"0"'),
    (_said(b"url", rb"<\w+:absPath\b[^>]*\b"), b'""'),
    (re.compile(rb"(<(?:\w+:)?author>)[^<]*"), b""),
)
_PERSONS = _said(b"(?:displayName|userId)")
_TARGET = re.compile(rb"""(?i)(\bTarget\s*=\s*)(?:"([^"]*)"|'([^']*)')""")
_OUTSIDE = re.compile(rb"""(?i)\bTargetMode\s*=\s*["']External""")
_ADDRESS = re.compile(rb"(?i)(?:https?|ftp|mailto|tel):|#")
Memory = Callable[[bytes], AbstractContextManager[Path]]


def nameless(data: bytes, kind: str, memory: Memory) -> bytes:
    """Return a paper without what it says about who made it and when; of other kinds what came.

    Args:
        data: As the judge of documents has let it in.
        kind: Key of its kind.
        memory: Gives bytes a path.

    Raises:
        Refused: If it cannot be taken apart, so that nobody can say what is in it, or is a signed PDF.
    """
    try:
        if kind in ("docx", "xlsx"):
            return _package(data, memory)
        if kind == "pdf":
            return _pdf(data)
    except Refused:
        raise
    except Exception as error:  # whatever a reader of papers raises at what is damaged
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
        elif ending == "rels":
            held = packages.OUTSIDE.sub(lambda found: _without_folder(found[0]), held)
        elif form in FORMS:
            held = _picture(held, form, memory)
        yield name, held


def _without_makers(name: str, held: bytes) -> bytes:
    for pattern, left in _MAKERS:
        held = pattern.sub(rb"\g<1>" + left, held)
    return _PERSONS.sub(rb'\g<1>""', held) if name.startswith("xl/persons/") else held


def _without_folder(relation: bytes) -> bytes:
    """Return a relation of a part without the file that it points to on its maker's machine."""
    found = _TARGET.search(relation)
    to = (found[2] or found[3] or b"") if found else b""
    is_file = to.lower().startswith(b"file:") or (_OUTSIDE.search(relation) and not _ADDRESS.match(to))
    return _TARGET.sub(rb'\g<1>"file:///"', relation) if is_file else relation


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
        for one in _dictionaries(thing):
            _forget(one)
    writer.compress_identical_objects(remove_duplicates=False)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _dictionaries(thing: object) -> Iterator[DictionaryObject]:
    """Yield an object of a PDF that is a dictionary, and those that stand in it."""
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            yield one
            waiting.extend(one.values())
        elif isinstance(one, ArrayObject):
            waiting.extend(one)


def _forget(thing: DictionaryObject) -> None:
    """Take out of a dictionary of a PDF who made it and when.

    Raises:
        Refused: If it is a signature: the certificate in it names who signed.
    """
    if "/ByteRange" in thing or (_of(thing, "/Type") in ("/Sig", "/DocTimeStamp") and "/Contents" in thing):
        raise Refused(
            "signed",
            _("This PDF is signed, and its signature names who signed it."),
            _("Print it into a new PDF, or bring a photograph of it."),
        )
    is_note = "/Subtype" in thing and "/Rect" in thing and "/FT" not in thing
    is_field = _of(thing, "/Subtype") == "/Widget"  # its /T is the name of a field, not of a person
    gone = ("/M", "/CreationDate", *(() if is_field else ("/T",))) if is_note else ()
    for key in ("/Metadata", "/PieceInfo", "/LastModified", *gone):
        thing.pop(key, None)
    if isinstance(thing, StreamObject) and _of(thing, "/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        thing._data = bare_jpeg(thing._data)  # noqa: SLF001 - as it is coded


def _of(thing: DictionaryObject, key: str) -> object:
    held = thing.get(key)
    return held.get_object() if isinstance(held, PdfObject) else held
