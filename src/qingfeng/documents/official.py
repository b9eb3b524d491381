"""An official document (公文): what it says, apart from how it is set.

One value feeds the PDF, the DOCX and whatever comes later. No Django here: a stored document can be read
and set again by anybody who has this folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from qingfeng.documents.body import Block, Heading, Paragraph, Table, lines_of
from qingfeng.documents.secrecy import has_marking, mark_in_text

URGENCIES = ("", "特急", "加急")  # 紧急程度
FORMS = ("document", "letter")  # 文件格式, 信函格式
BLOCKS: dict[str, type[Heading | Paragraph | Table]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "table": Table,
}


@dataclass(frozen=True)
class Annex:
    """Something that goes with the document (附件).

    Attributes:
        title: As the note of annexes names it, without a number.
        body: What it says, set on pages of its own; empty if it lies beside the document.
    """

    title: str
    body: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Proof:
    """What lets the reader check that the journal holds this document.

    Attributes:
        qr: Text of the QR code: the proof of entry, or the address of the page that checks it. Empty: none.
        checkpoint: The line of the signed checkpoint, as the journal prints it.
        entry: Number of the entry, for those who type it.
    """

    qr: str = ""
    checkpoint: str = ""
    entry: str = ""


@dataclass(frozen=True)
class Official:
    """One official document.

    Attributes:
        issuer: Who issues it (发文机关), with full name.
        number: Its number (文号), as `numbering.take` gave it.
        title: 标题.
        dated: The day of signing (成文日期), civil date, Asia/Shanghai.
        to: Whom it is addressed to (主送机关), without the colon; may be empty.
        body: 正文, in order.
        annexes: 附件, in order.
        signature: Who signs (落款); the issuer if empty.
        copies_to: 抄送机关, in order.
        contact: 联系人 and telephone, printed in brackets under the date.
        form: `document`, or `letter` for 函: a red double line at head and foot, no imprint of the printing.
        head: What stands in red at the top (发文机关标志); the issuer if empty, with 文件 on a document.
        signed_by: 签发人, printed on documents to a higher office only.
        urgency: 紧急程度: empty, 特急 or 加急.
        printed_by: 印发机关; the issuer if empty.
        printed_on: 印发日期; the day of signing if None.
        return_qr: Text of the QR code by which a stamped copy finds its way back (`qr.slip_text`).
        proof: What lets a reader check the entry in the journal.

    Raises:
        ValueError: If urgency or form is none of those, or if a text carries a secrecy mark: such a document
            is written on another network.

    Law:
        党政机关公文处理工作条例 Art. 9; GB/T 9704-2012
    """

    issuer: str
    number: str
    title: str
    dated: date
    to: str = ""
    body: tuple[Block, ...] = ()
    annexes: tuple[Annex, ...] = ()
    signature: str = ""
    copies_to: tuple[str, ...] = ()
    contact: str = ""
    form: str = "document"
    head: str = ""
    signed_by: str = ""
    urgency: str = ""
    printed_by: str = ""
    printed_on: date | None = None
    return_qr: str = ""
    proof: Proof | None = None

    def __post_init__(self) -> None:
        if self.urgency not in URGENCIES:
            raise ValueError(f"urgency is {self.urgency!r}; it is empty, 特急 or 加急")
        if self.form not in FORMS:
            raise ValueError(f"form is {self.form!r}; it is document or letter")
        for line in (self.number, self.head, self.title, *(annex.title for annex in self.annexes)):
            if has_marking(line):
                raise ValueError(f"{line!r} carries a secrecy mark; such a document is not written here")
        for body in (self.body, *(annex.body for annex in self.annexes)):
            if mark_in_text(["\n".join(lines_of(body))]):
                raise ValueError("the text carries a secrecy mark; such a document is not written here")

    @property
    def red_head(self) -> str:
        """What stands in red at the top."""
        return self.head or (self.issuer if self.form == "letter" else f"{self.issuer}文件")

    def proven(self, proof: Proof | None) -> Official:
        """Return the same document with this proof on it."""
        return replace(self, proof=proof)


def chinese_date(day: date) -> str:
    """Return a date as a document writes it: 2026年11月6日."""
    return f"{day.year}年{day.month}月{day.day}日"


def as_json(official: Official) -> dict[str, Any]:
    """Return the document as plain JSON: dates as ISO text, blocks with their kind."""
    stored = asdict(official)
    stored["dated"] = official.dated.isoformat()
    stored["printed_on"] = official.printed_on.isoformat() if official.printed_on else None
    stored["body"] = _blocks(official.body)
    stored["annexes"] = [{"title": annex.title, "body": _blocks(annex.body)} for annex in official.annexes]
    stored["copies_to"] = list(official.copies_to)
    return stored


def from_json(stored: Mapping[str, Any]) -> Official:
    """Return the document that `as_json` wrote.

    Raises:
        KeyError: If a block is of a kind that is not known.
        TypeError: If a name is not one of a document's.
    """
    parts = dict(stored)
    parts["dated"] = date.fromisoformat(parts["dated"])
    parts["printed_on"] = date.fromisoformat(parts["printed_on"]) if parts.get("printed_on") else None
    parts["body"] = _read(parts.get("body", ()))
    parts["annexes"] = tuple(Annex(each["title"], _read(each["body"])) for each in parts.get("annexes", ()))
    parts["copies_to"] = tuple(parts.get("copies_to", ()))
    parts["proof"] = Proof(**parts["proof"]) if parts.get("proof") else None
    return Official(**parts)


def _blocks(body: tuple[Block, ...]) -> list[dict[str, Any]]:
    return [{"kind": type(block).__name__.lower(), **asdict(block)} for block in body]


def _read(stored: Any) -> tuple[Block, ...]:
    blocks = []
    for each in stored:
        parts = {name: value for name, value in each.items() if name != "kind"}
        if each["kind"] == "table":
            parts = {"head": tuple(parts["head"]), "rows": tuple(tuple(row) for row in parts["rows"])}
        blocks.append(BLOCKS[each["kind"]](**parts))
    return tuple(blocks)
