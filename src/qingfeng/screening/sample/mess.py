"""The same records as offices really export them: every kind of untidiness at least once.

A sheet gets a dress (format, encoding, title, totals, footnote) and a hand (one style
a column). Rows that the truth speaks of keep their meaning; single cells of others
may lose it, as in life.
"""

from __future__ import annotations

import csv
import html
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import Workbook

from qingfeng.screening.sample import einvoices, exports
from qingfeng.screening.sample.exports import Export, Sheet
from qingfeng.screening.sample.life import Life
from qingfeng.screening.sample.records import Row
from qingfeng.screening.sample.styles import Hand, Speller
from qingfeng.screening.tables import Table

BIG = 2_500  # rows above which nobody uses a spreadsheet
TEXTS = ("gb18030", "utf-16", "utf-8-sig", "csv.xls", "zip")
SHEETS = ("merged", "html.xls", "titled", *TEXTS)
OVERLAPPING = {"fuel": 3, "toll": 2, "subsidy": 0}
CONFLICTING = {"maint": "amount", "travel_claim": "lodging_amount", "reception": "other_amount"}
UNITS = {
    "money": ("(元)", "（元）", "/元", ""),
    "litres": ("(升)", "（L）", ""),
    "km": ("(公里)", "（km）", ""),
}
SUMMED = ("amount", "liters", "meal_amount", "debit", "credit", "total")
HTML_HEAD = (
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head>'
    '<body><table border="1">'
)
UNASKED = (("经办人手机", "199"), ("家庭住址", "清河市云水区"), ("打印流水", "DY"))


@dataclass
class Dress:
    """What a sheet looks like around its rows.

    Attributes:
        form: One of `SHEETS`.
        title: Line above the header, "" for none.
        total: Whether a 合计 row closes it.
        off: What the total is wrong by, yuan.
        pages: Rows after which the header comes again, 0 for never.
        blanks: Rows after which a blank row comes, 0 for never.
        note: Line below, "" for none.
        unasked: Columns nobody asked for.
        folded: Whether remarks break over lines.
    """

    form: str
    title: str = ""
    total: bool = False
    off: float = 0.0
    pages: int = 0
    blanks: int = 0
    note: str = ""
    unasked: tuple[tuple[str, str], ...] = ()
    folded: bool = False


@dataclass
class Page:
    """A sheet as lines of text, with the record of each line.

    Attributes:
        lines: Cells and the record, None for lines that are no record.
    """

    headers: list[str]
    groups: list[str]
    lines: list[tuple[list[str], Row | None]] = field(default_factory=list)


def export(life: Life, root: Path, done: Callable[[int], None]) -> None:
    """Write every table as untidy files."""
    known = exports.declared()
    spellings = {
        row["name"]: (row["name"], row["short_name"], *row["aliases"].split("、"))
        for row in life.rows["unit"]
    }
    zips: dict[str, list[tuple[str, bytes, list[tuple[Row, int]]]]] = {}
    for name, spec in exports.EXPORTS.items():
        if name not in life.rows:
            continue
        rng = life.chance(f"mess {name}")
        rows = [*life.rows[name], *_conflicts(rng, name, life.rows[name])]
        if name == "invoice":
            rows, files = einvoices.apart(rows)
            einvoices.write(files, root)
        for number, sheet in enumerate(_sheets(rng, known[name], spec, rows, name)):
            dress = _dress(rng, sheet, number)
            page = _page(rng, sheet, dress, spellings)
            _write(sheet, dress, page, root, zips)
        done(len(life.rows[name]))
    for archive, members in sorted(zips.items()):
        _archive(root, archive, members)


def _sheets(rng: Random, table: Table, spec: Export, rows: list[Row], name: str) -> list[Sheet]:
    sheets = exports.parts(table, spec, rows, {})
    days = OVERLAPPING.get(name)
    if days:
        for earlier, later in pairwise(sheets):
            last = max(row[table.time].date() for row in earlier.rows)
            again = [row for row in earlier.rows if (last - row[table.time].date()).days < days]
            later.rows = [*again, *later.rows]
    for sheet in sheets:
        sheet.columns = _headers(rng, sheet)
    return sheets


def _headers(rng: Random, sheet: Sheet) -> list[tuple[str, str]]:
    """Choose spellings of the declaration that no other column of the sheet could mean."""
    declared = {column: sheet.table.columns[column] for _, column in sheet.columns}
    found = []
    for header, column in sheet.columns:
        others = {h for c, told in declared.items() if c != column for h in told.headers}
        others |= {h for h, c in sheet.columns if c != column}
        choices = [
            h for h in declared[column].headers if h not in others and not (h == "单位" and column != "unit")
        ]
        chosen = rng.choice(choices) if choices and rng.random() < 0.5 else header
        found.append((chosen, column))
    return found


def _conflicts(rng: Random, name: str, rows: list[Row]) -> list[Row]:
    """Return second versions of a few rows: the same id, another amount."""
    column = CONFLICTING.get(name)
    if not column:
        return []
    plain = [row for row in rows if not row.told]
    found = []
    for row in rng.sample(plain, min(3, len(plain))):
        again = Row(**row)
        again[column] = float(again.get(column) or 0) + 10.0
        found.append(again)
    return found


def _dress(rng: Random, sheet: Sheet, number: int) -> Dress:
    forms: tuple[str, ...] = TEXTS if len(sheet.rows) > BIG else SHEETS
    if not _dated(sheet.path):
        forms = tuple(form for form in forms if form != "zip")
    form = forms[(number + len(sheet.table.name)) % len(forms)]
    office = f"江淮省清河市云水区{sheet.table.term}表"
    tidy = form == "utf-16"
    off = 0.1 if sheet.table.name == "fuel" and number == 2 else 0.0
    return Dress(
        form,
        title=office if not tidy and rng.random() < 0.7 else "",
        total=any(column in SUMMED for _, column in sheet.columns) and (rng.random() < 0.7 or off > 0),
        off=off,
        pages=rng.choice((0, 0, 200)) if not tidy else 0,
        blanks=rng.choice((0, 150)),
        note=rng.choice(("", "注：本表由系统导出，仅供内部核对", "制表人：张某  打印日期：2026-11-01")),
        unasked=(rng.choice(UNASKED),) if rng.random() < 0.4 else (),
        folded=form in ("gb18030", "utf-8-sig") and rng.random() < 0.5,
    )


def _dated(path: str) -> bool:
    return any(mark in path for mark in ("2025-", "2026-", "Q"))


def _page(rng: Random, sheet: Sheet, dress: Dress, spellings: dict[str, tuple[str, ...]]) -> Page:
    """Spell a sheet's cells."""
    hand = Hand(rng, spellings)
    declared = sheet.table.columns
    spell: list[tuple[str, Speller]] = []
    for _, column in sheet.columns:
        told = declared[column]
        spell.append((column, hand.speller(column, told.type, told.of)))
    headers = [
        _with_unit(rng, header, declared[column].type, column in hand.wan) for header, column in sheet.columns
    ]
    headers += [header for header, _ in dress.unasked]
    page = Page(headers, _groups(sheet))
    if dress.folded:
        page.headers.append("说明")
    for number, row in enumerate(sheet.rows):
        cells = [speller(row.get(column), row) for column, speller in spell]
        cells += [f"{start}{rng.randrange(10**8):08d}" for _, start in dress.unasked]
        if dress.folded:
            cells.append("已核对\n存档" if number % 40 == 7 else "")
        page.lines.append((cells, row))
        if dress.blanks and number % dress.blanks == dress.blanks - 1:
            page.lines.append(([""] * len(page.headers), None))
        if dress.pages and number % dress.pages == dress.pages - 1 and number + 1 < len(sheet.rows):
            page.lines.append((list(page.headers), None))
    if dress.total and sheet.rows:
        page.lines.append((_total(sheet, hand, dress, len(page.headers)), None))
    return page


def _with_unit(rng: Random, header: str, kind: str, wan: bool) -> str:  # noqa: FBT001 - a private step
    if wan:
        return f"{header}(万元)"
    return header + (rng.choice(UNITS[kind]) if kind in UNITS else "")


def _groups(sheet: Sheet) -> list[str]:
    """Return a word above every column: neighbours with one word are merged."""
    return [
        "金额信息" if sheet.table.columns[column].type in ("money", "litres", "price") else "基本信息"
        for _, column in sheet.columns
    ]


def _total(sheet: Sheet, hand: Hand, dress: Dress, width: int) -> list[str]:
    cells = [""] * width
    cells[0] = "合计"
    for place, (_, column) in enumerate(sheet.columns):
        if place and column in SUMMED:
            total = sum(float(row.get(column) or 0) for row in sheet.rows)
            total += dress.off if column == "amount" else 0.0
            cells[place] = f"{total / 10_000:.6f}" if column in hand.wan else f"{total:.2f}"
    return cells


def _write(
    sheet: Sheet,
    dress: Dress,
    page: Page,
    root: Path,
    zips: dict[str, list[tuple[str, bytes, list[tuple[Row, int]]]]],
) -> None:
    stem = sheet.path.rpartition(".")[0]
    if dress.form in ("merged", "titled"):
        _spreadsheet(sheet, dress, page, root / f"{stem}.xlsx", f"{stem}.xlsx")
        return
    if dress.form == "html.xls":
        content, placed = _html(dress, page)
        path = f"{stem}.xls"
    else:
        content, placed = _text(dress, page)
        path = f"{stem}.xls" if dress.form == "csv.xls" else f"{stem}.csv"
    if dress.form == "zip":
        folder, _, name = path.rpartition("/")
        zips.setdefault(f"{folder}/历史导出.zip", []).append((name, content, placed))
        return
    for row, number in placed:
        row.at.append((path, None, number))
    exports.put(root / path, content)


def _text(dress: Dress, page: Page) -> tuple[bytes, list[tuple[Row, int]]]:
    """Return a text file's bytes, and the line on which each record starts."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t" if dress.form == "utf-16" else ",", lineterminator="\r\n")
    placed, line = [], 1
    above: list[tuple[list[str], Row | None]] = []
    if dress.title:
        above.append(([dress.title, *[""] * (len(page.headers) - 1)], None))
    below: list[tuple[list[str], Row | None]] = [([dress.note], None)] if dress.note else []
    for cells, row in [*above, (page.headers, None), *page.lines, *below]:
        writer.writerow(cells)
        if row is not None:
            placed.append((row, line))
        line += 1 + sum(text.count("\n") for text in cells)
    coding = {"utf-16": "utf-16", "utf-8-sig": "utf-8-sig"}.get(dress.form, "gb18030")
    return out.getvalue().encode(coding), placed


def _html(dress: Dress, page: Page) -> tuple[bytes, list[tuple[Row, int]]]:
    """Return an HTML table's bytes, and the row of the table for each record."""
    lines: list[tuple[list[str], Row | None]] = [(page.headers, None), *page.lines]
    if dress.title:
        lines.insert(0, ([dress.title], None))
    parts = [HTML_HEAD]
    placed = []
    for number, (cells, row) in enumerate(lines, 1):
        if row is not None:
            placed.append((row, number))
        span = f' colspan="{len(page.headers)}"' if len(cells) == 1 else ""
        parts.append("<tr>" + "".join(f"<td{span}>{html.escape(text)}</td>" for text in cells) + "</tr>")
    parts.append("</table></body></html>")
    return "\n".join(parts).encode("gb18030"), placed


def _spreadsheet(sheet: Sheet, dress: Dress, page: Page, file: Path, path: str) -> None:
    """Write an XLSX with a title, and for `merged` a header of two rows with merged cells."""
    book = Workbook()
    leaf: Any = book.active
    leaf.title = sheet.name or "Sheet1"
    width = len(page.headers)
    if dress.title:
        leaf.append([dress.title])
        leaf.merge_cells(start_row=1, end_row=1, start_column=1, end_column=max(2, width))
    if dress.form == "merged":
        _merged_header(leaf, page, leaf.max_row + 1 if dress.title else 1)
    else:
        leaf.append(page.headers)
    number = leaf.max_row
    for cells, row in page.lines:
        number += 1
        for place, text in enumerate(cells, 1):
            if text:
                leaf.cell(number, place, text)
        if row is not None:
            row.at.append((path, leaf.title, number))
    if dress.note:
        leaf.cell(number + 1, 1, dress.note)
    exports.put(file, exports.settled(book))


def _merged_header(leaf: Any, page: Page, top: int) -> None:
    groups = page.groups + [""] * (len(page.headers) - len(page.groups))
    start = 0
    while start < len(groups):
        end = start
        while end + 1 < len(groups) and groups[end + 1] == groups[start] == "金额信息":
            end += 1
        if end > start:  # one word over several columns
            leaf.cell(top, start + 1, groups[start])
            leaf.merge_cells(start_row=top, end_row=top, start_column=start + 1, end_column=end + 1)
            for place in range(start, end + 1):
                leaf.cell(top + 1, place + 1, page.headers[place])
        else:  # one column over both rows
            leaf.cell(top, start + 1, page.headers[start])
            leaf.merge_cells(start_row=top, end_row=top + 1, start_column=start + 1, end_column=start + 1)
        start = end + 1
    if leaf.max_row < top + 1:
        leaf.cell(top + 1, 1)


def _archive(root: Path, archive: str, members: list[tuple[str, bytes, list[tuple[Row, int]]]]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content, placed in sorted(members, key=lambda member: member[0]):
            packed.writestr(exports.stamped(name), content)
            for row, number in placed:
                row.at.append((f"{archive}/{name}", None, number))
    exports.put(root / archive, out.getvalue())
