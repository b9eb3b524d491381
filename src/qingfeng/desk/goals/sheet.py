"""年度目标任务分解表 as a file: XLSX with a line a goal, DOCX on paper that lies, as the reader sees it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from qingfeng.desk.exporting import checkpoint_in_words
from qingfeng.desk.goals.asked import Asked
from qingfeng.desk.goals.board import Board, Row
from qingfeng.desk.workbook import Tables
from qingfeng.documents.word import packed
from qingfeng.journal.store import append
from qingfeng.look.outgoing import Outgoing
from qingfeng.mechanisms.goal.fields import PILLARS, RESULTS
from qingfeng.organization.viewer import Viewer

TITLE = "年度目标任务分解表"
HEADS: tuple[tuple[str, str, int], ...] = (
    ("number", "目标编号", 24),
    ("pillar", "类别", 14),
    ("content", "目标内容", 40),
    ("owner", "责任部门", 18),
    ("cooperating", "配合部门", 18),
    ("standard", "可量化标准", 36),
    ("due", "完成时限", 18),
    ("served", "支撑事项", 30),
    ("quarters", "季度进展", 40),
    ("evidence", "佐证", 24),
    ("self", "自评", 20),
    ("verified", "核验", 20),
)
"""Key, head and width in millimetres of the columns, as the field's own table has them."""
FONT, HEAD_FONT = "仿宋_GB2312", "黑体"


def cells_of(row: Row) -> dict[str, str]:
    """Return one line of the table, by column."""
    results, facts = {key: str(words) for key, words in RESULTS}, row.facts
    readings = row.snapshot.lines("readings")
    return {
        "number": row.matter.number,
        "pillar": str(dict(PILLARS).get(row.pillar, "")),
        "content": "\n".join((row.matter.title, str(facts.get("content") or ""))),
        "owner": str(row.matter.owner),
        "cooperating": "、".join(
            row.names.get(f"unit:{key}", "") for key in row.snapshot.units("cooperating")
        ),
        "standard": _standard(row),
        "due": row.due.isoformat() if row.due else "",
        "served": "\n".join(f"{one.matter.number} {one.title}（{one.stage}）" for one in row.served),
        "quarters": "\n".join(
            f"{one.facts.get('quarter')}季度 {one.facts.get('percent')}%：{one.facts.get('progress')}"
            for one in readings
        ),
        "evidence": "\n".join(str(one.facts.get("shows") or "") for one in row.snapshot.lines("evidence")),
        "self": _rated(results, facts, "self"),
        "verified": _rated(results, facts, "verified"),
    }


def _standard(row: Row) -> str:
    facts = row.facts
    said = [str(facts.get("standard") or "")]
    if facts.get("baseline") or facts.get("target"):
        said.append(f"{facts.get('baseline') or '—'} → {facts.get('target') or '—'}")
    said += [
        f"{one.get('stood_on')} 第{one.get('place')}位／{one.get('among')}（{one.get('said_by')}，"
        f"{one.get('said_in')}，{one.get('said_on')}）"
        for one in row.standings
    ]
    return "\n".join(said)


def _rated(results: Mapping[str, str], facts: Mapping[str, Any], who: str) -> str:
    result = facts.get(f"{who}_result")
    return f"{results.get(str(result), '')}：{facts.get(f'{who}_why') or ''}" if result else ""


def as_xlsx(board: Board, viewer: Viewer, entry: int) -> bytes:
    """Return the table as a workbook, with a sheet that says who exported it and when."""
    tables = Tables("xlsx")
    tables.begin(TITLE, [head for _key, head, _wide in HEADS])
    for row in board.rows:
        cells = cells_of(row)
        tables.add(TITLE, [cells[key] for key, _head, _wide in HEADS])
    about = _("About this export")
    tables.begin(about, [pgettext("export", "What"), pgettext("export", "Value")])
    for line in _about(board, viewer, entry):
        tables.add(about, line)
    with tables.file() as held:
        return held.read()


def _about(board: Board, viewer: Viewer, entry: int) -> list[tuple[str, Any]]:
    return [
        (_("Exported by"), viewer.name),
        (_("Exported at"), timezone.localtime().isoformat(timespec="minutes")),
        (pgettext("export", "Rows"), len(board.rows)),
        (_("Entry in the journal"), entry),
        (_("Newest checkpoint"), checkpoint_in_words()),
    ]


def as_docx(board: Board, viewer: Viewer, entry: int, *, year: int) -> bytes:
    """Return the table for WPS or Word: A3 that lies, the head on every page."""
    paper = Document()
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(420), Mm(297)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(20))
    heading = paper.add_paragraph()
    heading.alignment = ALIGN.CENTER
    _run(heading, f"{year}{TITLE}", font="方正小标宋简体", size=22)
    table = paper.add_table(rows=1, cols=len(HEADS))
    table.style = "Table Grid"
    table.autofit = False
    scale = 380 / sum(wide for *_rest, wide in HEADS)
    for place, (_key, head, wide) in enumerate(HEADS):
        _fill(table.rows[0].cells[place], head, font=HEAD_FONT, wide=wide * scale)
    _repeats(table.rows[0])
    outgoing = Outgoing()
    for row in board.rows:
        cells, line = cells_of(row), table.add_row()
        texts = outgoing.cells([cells[key] for key, _head, _wide in HEADS], table=TITLE)
        for place, (_key, _head, wide) in enumerate(HEADS):
            _fill(line.cells[place], texts[place], font=FONT, wide=wide * scale)
    if outgoing.note:
        _run(paper.add_paragraph(), outgoing.note, font=FONT, size=9)
    for what, value in _about(board, viewer, entry):
        _run(paper.add_paragraph(), f"{what}：{value if value is not None else '—'}", font=FONT, size=9)
    return packed(paper)


def _fill(cell: Any, text: str, *, font: str, wide: float) -> None:
    cell.width = Mm(wide)
    for no, part in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if no == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        _run(paragraph, part, font=font, size=9)


def _repeats(row: Any) -> None:
    """Have a row stand at the head of every page."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - the library has no word for it
    properties.append(properties.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))


def _run(paragraph: Any, text: str, *, font: str, size: float) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001 - as above


def note(viewer: Viewer, asked: Asked, board: Board, form: str) -> int:
    """Keep in the journal that the table was given out, and return its entry."""
    with transaction.atomic():
        entry = append(
            "goals.exported",
            subject="goal",
            by=f"person:{viewer.person_id}",
            facts={
                "form": form,
                "rows": len(board.rows),
                "year": asked.year,
                "pillar": asked.pillar,
                "owner": asked.owner,
                "state": asked.state,
            },
        )
    return entry.pk
