"""What a file is, by its bytes: a name says little about an export."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from qingfeng.screening.errors import Problem

HEAD = 4096  # bytes looked at

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
UNREAD = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"BM": "",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"{\\rtf": "an RTF document",
    b"MZ": "",
    b"SQLite format 3": "a database",
}
AS_TABLE = "Export the records as XLSX or CSV and give that."
UNPACK = "Unpack it, or pack it as zip."
UNLOCK = "Remove the password, save a copy and give that."


def kind_of(file: Path) -> str:
    """Return what a file is.

    Args:
        file: At least one byte long.

    Returns:
        `text`, `xlsx`, `xlsb`, `ods`, `xls`, `html`, `spreadsheetml`, `einvoice`,
        `ofd`, `parquet` or `zip`.

    Raises:
        Problem: If it is nothing that can be read, says why.
    """
    with file.open("rb") as stream:
        head = stream.read(HEAD)
    if not head:
        raise Problem("The file is empty.", then="Export it again.")
    if head.startswith(b"PK"):
        return _zipped(file)
    if head.startswith(OLE):
        return _ole(file)
    if head.startswith(b"PAR1"):
        return "parquet"
    for magic, what in UNREAD.items():
        if head.startswith(magic) and what:
            raise Problem(f"This is {what}: no table.", then=UNPACK if "archive" in what else AS_TABLE)
    return _text(head)


def utf16(head: bytes) -> str:
    """Return the kind of UTF-16 that a text begins in, or "" if it is none."""
    if head.startswith(UTF16_BOMS):
        return "utf-16"
    pairs = len(head) // 2
    low, high = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if pairs >= 4 and high > pairs // 4 and not low:
        return "utf-16-le"
    if pairs >= 4 and low > pairs // 4 and not high:
        return "utf-16-be"
    return ""


def _text(head: bytes) -> str:
    wide = utf16(head)
    if wide:
        told = head.decode(wide, "replace")
    else:
        told = head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
        if re.search(r"[\x01-\x06\x0e-\x1a\x1c-\x1f]", told) or told.startswith("\0"):
            raise Problem("This is no kind of file that is read here.", then=AS_TABLE)
    told = told.lstrip("\ufeff \t\r\n").lower()
    if told.startswith("<"):
        return _marked_up(told)
    return "html" if "<table" in told[:1024] else "text"


def _marked_up(told: str) -> str:
    if "schemas-microsoft-com:office:spreadsheet" in told and "<html" not in told:
        return "spreadsheetml"
    if re.search(r"<(html|table|!doctype html|head|body|meta|div|style)\b", told):
        return "html"
    if "invoice" in told or "发票" in told.encode("latin-1", "replace").decode("utf-8", "replace"):
        return "einvoice"
    raise Problem("This is XML, but neither an electronic invoice nor a sheet.", then=AS_TABLE)


def _zipped(file: Path) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            mimetype = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as error:
        raise Problem(
            "The file breaks off or is damaged: its table of contents cannot be read.",
            then="Copy or export it again.",
        ) from error
    if "OFD.xml" in names:
        return "ofd"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if any(name.startswith(("word/", "ppt/")) for name in names) and "[Content_Types].xml" in names:
        raise Problem("This is a document or a presentation, no table.", then=AS_TABLE)
    return "zip"


def _ole(file: Path) -> str:
    """Return the kind of an OLE container by the names of its streams."""
    streams = ole_streams(file)
    if "EncryptedPackage" in streams:
        raise Problem("The workbook is protected by a password.", then=UNLOCK)
    if streams & {"Workbook", "Book"}:
        return "xls"
    if streams & {"WordDocument", "PowerPoint Document"}:
        raise Problem("This is a document or a presentation, no table.", then=AS_TABLE)
    raise Problem("This is an Office file without a workbook in it, or it breaks off.", then=AS_TABLE)


def ole_streams(file: Path) -> set[str]:
    """Return the names of streams in an OLE container, as far as it is whole."""
    with file.open("rb") as stream:
        header = stream.read(512)
        size = 1 << min(12, max(9, int.from_bytes(header[30:32], "little")))

        def sector(number: int) -> bytes:
            stream.seek((number + 1) * size)
            return stream.read(size)

        def after(number: int) -> int:
            at, rest = divmod(number, size // 4)
            fat = int.from_bytes(header[76 + 4 * at : 80 + 4 * at], "little") if at < 109 else 1 << 31
            entry = sector(fat)[4 * rest : 4 * rest + 4] if fat < 1 << 31 else b""
            return int.from_bytes(entry, "little") if entry else 1 << 31

        names, number, seen = set(), int.from_bytes(header[48:52], "little"), 0
        while number < 1 << 31 and seen < 1000:
            block = sector(number)
            for at in range(0, len(block) - 127, 128):
                length = int.from_bytes(block[at + 64 : at + 66], "little")
                if 2 <= length <= 64:
                    names.add(block[at : at + length - 2].decode("utf-16-le", "replace"))
            number, seen = after(number), seen + 1
    return names
