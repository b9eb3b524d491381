"""The offices' exports: which file a row goes to, under which headers, and on which line."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from qingfeng.screening.sample import einvoices
from qingfeng.screening.sample.records import Row
from qingfeng.screening.tables import Table, tables

STAMP = (2026, 11, 1, 0, 0, 0)  # what every archive says of its members' time


@dataclass(frozen=True)
class Export:
    """How one table leaves its office.

    Attributes:
        folder: Path relative to the inputs; `{month}`, `{quarter}`, `{year}` split it by time.
        kind: csv or xlsx.
        sheet: Name of the sheet in an XLSX.
        headers: Spellings that differ from the first of the declaration.
        order: Column that rows are sorted by, "" to leave them as they came.
    """

    folder: str
    kind: str = "csv"
    sheet: str = "Sheet1"
    headers: tuple[tuple[str, str], ...] = ()
    order: str = ""


EXPORTS: dict[str, Export] = {
    "unit": Export("名册/单位名册.xlsx", "xlsx", "单位", (("name", "单位名称"),)),
    "person": Export("名册/人员名册.xlsx", "xlsx", "人员", (("rank", "职级"),)),
    "place": Export("名册/地名表.csv"),
    "vendor": Export("名册/供应商名册.csv"),
    "vehicle": Export(
        "机关事务/车辆登记.xlsx", "xlsx", "车辆", (("use_type", "车辆用途"), ("status", "车辆状态"))
    ),
    "fuel_card": Export(
        "机关事务/加油卡台账.csv", headers=(("card", "副卡号"), ("plate", "绑定车牌"), ("status", "卡状态"))
    ),
    "duty_roster": Export(
        "机关事务/值班安排.csv", headers=(("plate", "值班车辆"), ("date_from", "开始日期")), order="date_from"
    ),
    "trip": Export("机关事务/派车单/{month}.csv", order="departed_at"),
    "maint": Export("机关事务/维修结算/{year}.csv", headers=(("amount", "维修金额"),), order="in_ts"),
    "geofence": Export("机关事务/重点场所.csv"),
    "fuel": Export("加油明细/{month}.csv", order="ts"),
    "gps": Export("定位轨迹/{month}.csv", order="started_at"),
    "toll": Export("通行记录/{month}.csv", order="exit_ts"),
    "sighting": Export("停车/停车记录_{month}.csv", order="in_ts"),
    "letter": Export("公函/收函登记_{quarter}.xlsx", "xlsx", "公函", order="issue_date"),
    "reception": Export(
        "公务接待/接待清单_{quarter}.xlsx", "xlsx", "接待", (("meal_amount", "餐费"),), order="date"
    ),
    "voucher": Export("财务/记账凭证/{month}.csv", order="date"),
    "invoice": Export("发票/发票明细_{month}.csv", order="issue_date"),
    "budget": Export("财务/预算.csv"),
    "payroll": Export("人社/工资发放/{month}.csv", order="pay_month"),
    "attendance": Export(
        "人社/考勤_{year}.csv",
        headers=(("kind", "请假类型"), ("date_from", "开始日期"), ("date_to", "结束日期")),
        order="date_from",
    ),
    "subsidy": Export("人社/津补贴/{quarter}.csv", order="period"),
    "life_event": Export("人社/人员事件.csv", headers=(("event", "事件类型"), ("event_date", "事件日期"))),
    "travel_claim": Export("差旅/差旅报销_{quarter}.csv", headers=(("name", "出差人"),), order="departed_on"),
    "union_exp": Export("工会/工会支出.xlsx", "xlsx", "支出", (("date", "支出日期"),), order="date"),
    "union_recv": Export(
        "工会/会员领取_{year}.csv", headers=(("date", "发放日期"), ("name", "会员姓名")), order="date"
    ),
    "card_buy": Export("卡券/购卡登记.xlsx", "xlsx", "购卡", order="date"),
    "card_issue": Export("卡券/领取登记.csv", headers=(("date", "领取日期"),), order="date"),
    "scenic": Export("景区/入园记录_{month}.csv", order="ts"),
    "hotel": Export("酒店/住宿登记_{year}.csv", order="check_in"),
    "standard": Export("名册/标准.csv", headers=(("value", "标准值"),)),
}


@dataclass
class Sheet:
    """One sheet about to be written.

    Attributes:
        path: Relative to the inputs, with "/".
        name: Of the sheet, None in a text file.
        table: What it is.
        columns: Header and declared column, in order.
        rows: In order.
    """

    path: str
    name: str | None
    table: Table
    columns: list[tuple[str, str]]
    rows: list[Row]

    @property
    def headers(self) -> list[str]:
        """Header cells."""
        return [header for header, _ in self.columns]


def parts(table: Table, export: Export, rows: Sequence[Row], headers: dict[str, str]) -> list[Sheet]:
    """Split a table's rows over the files that its office writes.

    Args:
        table: The declared table.
        export: How it leaves the office.
        rows: All of its rows.
        headers: Column to header where it differs from the export's own.
    """
    if export.order:
        rows = sorted(rows, key=lambda r: str(r.get(export.order) or "9"))
    split: dict[str, list[Row]] = {}
    for row in rows:
        split.setdefault(_path(export, table, row), []).append(row)
    used = {key for row in rows for key, value in row.items() if value is not None}
    spelt = {**dict(export.headers), **headers}
    columns = [(spelt.get(c.name, c.headers[0]), c.name) for c in table.columns.values() if c.name in used]
    name = export.sheet if export.kind == "xlsx" else None
    return [Sheet(path, name, table, columns, chosen) for path, chosen in sorted(split.items())]


def _path(export: Export, table: Table, row: Row) -> str:
    if "{" not in export.folder:
        return export.folder
    day = row.get(table.time) or row.get("file_date")
    if not isinstance(day, date):
        return re.sub(r"[_/]?\{\w+\}", "_日期不详", export.folder)
    quarter = f"{day.year}Q{(day.month + 2) // 3}"
    return export.folder.format(month=f"{day:%Y-%m}", quarter=quarter, year=day.year)


def cell(value: Any, kind: str) -> str:
    """Return a value as a clean export spells it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()[:7] if kind == "month" else value.isoformat()
    if isinstance(value, float):
        return (
            f"{value:.2f}"
            if kind in ("money", "litres", "price")
            else f"{value:g}"
            if value < 1e5
            else str(value)
        )
    return str(value)


def write_csv(sheet: Sheet, root: Path) -> None:
    """Write a UTF-8 CSV and note where every row stands."""
    kinds = [(column, sheet.table.columns[column].type) for _, column in sheet.columns]
    lines = [[cell(row.get(column), kind) for column, kind in kinds] for row in sheet.rows]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(sheet.headers)
    writer.writerows(lines)
    for number, row in enumerate(sheet.rows, 2):
        row.at.append((sheet.path, None, number))
    put(root / sheet.path, text.getvalue().encode())


def write_xlsx(sheets: Iterable[Sheet], root: Path) -> None:
    """Write sheets of one path to a workbook, typed as a spreadsheet types them."""
    book = Workbook(write_only=True)
    path = ""
    for sheet in sheets:
        path = sheet.path
        page = book.create_sheet(sheet.name)
        page.append(sheet.headers)
        kinds = [(column, sheet.table.columns[column].type) for _, column in sheet.columns]
        for number, row in enumerate(sheet.rows, 2):
            page.append([typed(row.get(column), kind) for column, kind in kinds])
            row.at.append((sheet.path, sheet.name, number))
    put(root / path, settled(book))


def typed(value: Any, kind: str) -> Any:
    """Return a value as a spreadsheet keeps it: numbers stay numbers, identifiers are text."""
    if isinstance(value, int | float | date):
        return cell(value, kind) if kind == "month" else value
    return None if value in ("", None) else str(value)


def settled(book: Workbook) -> bytes:
    """Return a workbook's bytes without the clock of the machine in them."""
    raw, done = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-11-01T00:00:00Z", content)
            new.writestr(stamped(info.filename), content)
    return done.getvalue()


def stamped(name: str) -> zipfile.ZipInfo:
    """Return an archive member whose time is always the same."""
    info = zipfile.ZipInfo(name, STAMP)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def put(path: Path, content: bytes) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def declared() -> dict[str, Table]:
    """Return the declared tables; the invoices' is the tax office's export, one row a line."""
    found = dict(tables())
    lines = {name: c for name, c in found["invoice_line"].columns.items() if name != "inv_key"}
    order = (
        "line_no",
        "code",
        "no",
        "e_no",
        "seller_tax_no",
        "seller_name",
        "buyer_tax_no",
        "buyer_name",
        "issue_date",
        "tax_code",
        "item_name",
        "spec",
        "unit_name",
        "qty",
        "price",
        "amount",
        "tax_rate",
        "tax",
    )
    both = {**found["invoice"].columns, **lines}
    columns = {name: both[name] for name in (*order, *(n for n in both if n not in order))}
    found["invoice"] = replace(found["invoice"], columns=columns)
    return found


def export(rows: dict[str, list[Row]], root: Path, done: Callable[[int], None]) -> None:
    """Write every table as clean files."""
    known = declared()
    for name, spec in EXPORTS.items():
        if name not in rows:
            continue
        here = rows[name]
        if name == "invoice":
            here, files = einvoices.apart(here)
            einvoices.write(files, root)
        for sheet in parts(known[name], spec, here, {}):
            if spec.kind == "xlsx":
                write_xlsx([sheet], root)
            else:
                write_csv(sheet, root)
        done(len(rows[name]))
