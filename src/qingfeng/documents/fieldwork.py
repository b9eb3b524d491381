"""Sheets for people in the field as PDF: what is to be done, with room for answers, or with the answers.

The same sheets and fonts give the same bytes, as for official documents; but these are working papers and
carry no red head.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from qingfeng.documents.fonts import FontSet
from qingfeng.documents.official import Proof, chinese_date
from qingfeng.documents.rendering import qr_mm, qr_svg, set_plainly

LAYOUT = Path(__file__).with_name("fieldwork.typ")


@dataclass(frozen=True)
class Group:
    """Rows of one kind of record.

    Attributes:
        table: What kind of record.
        heads: Of the columns.
        rows: Cells in the order of the heads; "" for none.
    """

    table: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Asked:
    """A question on a sheet.

    Attributes:
        words: The question.
        answer: Printed on a filled sheet.
        boxes: Words of boxes to be ticked, on a sheet to be filled in.
        room: Ruled lines for the answer, on a sheet to be filled in.
    """

    words: str
    answer: str = ""
    boxes: tuple[str, ...] = ()
    room: int = 0


@dataclass(frozen=True)
class TaskSheet:
    """The sheet of one task.

    Attributes:
        no: Number of the task.
        name: Of its type.
        facts: (label, words) pairs at the head: purpose, authority, who, where, when.
        groups: The rows that it needs.
        reminds: What to heed.
        asks: What is asked.
        signs: Who signs.
        found: What was found, on a filled sheet.
        photos: (taken when, caption, SHA-256), on a filled sheet.
    """

    no: int
    name: str
    facts: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...] = ()
    reminds: tuple[str, ...] = ()
    asks: tuple[Asked, ...] = ()
    signs: tuple[str, ...] = ()
    found: str = ""
    photos: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Sheets:
    """The sheets of a pack.

    Attributes:
        title: Of the paper.
        office: Whose it is.
        code: Of the pack, as people type it.
        qr: Text of the code by which the paper finds its way back.
        carriers: Who takes it along; they stand in the watermark.
        dated: Day it leaves, or comes back.
        period: Until when it is used, in words.
        tasks: In order.
        filled: Whether answers are printed rather than room for them.
        proof: What lets a reader check the entry in the journal.
    """

    title: str
    office: str
    code: str
    qr: str
    carriers: tuple[str, ...]
    dated: date
    period: str
    tasks: tuple[TaskSheet, ...] = field(default_factory=tuple)
    filled: bool = False
    proof: Proof | None = None


def grouped(rows: Iterable[tuple[str, Iterable[tuple[str, str]]]]) -> tuple[Group, ...]:
    """Return rows of records, each (kind of record, its cells), as groups in order of appearance."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for table, cells in rows:
        found.setdefault(table, []).append(dict(cells))
    groups = []
    for table, held in found.items():
        heads = tuple(dict.fromkeys(head for row in held for head in row))
        groups.append(Group(table, heads, tuple(tuple(row.get(head, "") for head in heads) for row in held)))
    return tuple(groups)


def sheets_pdf(sheets: Sheets, *, fonts: FontSet | None = None) -> bytes:
    """Return the sheets as PDF.

    Args:
        sheets: What they say.
        fonts: What they are set in; the fonts of this machine if None.

    Raises:
        CannotSet: If the typesetter gives up. No text can cause it: texts are data, not markup.
    """
    name = f"the sheets of {sheets.code}"
    return set_plainly(LAYOUT, _setting(sheets), dated=sheets.dated, name=name, fonts=fonts)


def _setting(sheets: Sheets) -> dict[str, object]:
    """Return the sheets as the layout takes them."""
    said = asdict(sheets)
    who = "、".join(sheets.carriers)
    proof = sheets.proof
    return said | {
        "dated": sheets.dated.isoformat(),
        "day": [sheets.dated.year, sheets.dated.month, sheets.dated.day],
        "watermark": f"{who}\n{sheets.code}",
        "foot": f"{sheets.code}　领用：{who}　{chinese_date(sheets.dated)}　内部材料，用后交回，遗失即报",
        "qr": qr_svg(sheets.qr),
        "qr_mm": qr_mm(sheets.qr),
        "proof": qr_svg(proof.qr) if proof else "",
        "proof_mm": qr_mm(proof.qr) if proof else 0,
        "proof_lines": _proof_lines(proof),
    }


def _proof_lines(proof: Proof | None) -> list[str]:
    if proof is None:
        return []
    said = ["本任务包离开办公场所已载入工作日志，可扫码核验。", f"日志序号：{proof.entry}"]
    return said + [f"检查点：{line}" for line in proof.checkpoint.strip().splitlines() if line.strip()]
