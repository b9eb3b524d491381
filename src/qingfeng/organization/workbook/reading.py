"""Reading a workbook in: every row is kept with its sheet and number, and what is wrong with it."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from qingfeng.organization.models import Account, Intake
from qingfeng.organization.records import record
from qingfeng.organization.sealing import identifier
from qingfeng.organization.workbook.checking import check
from qingfeng.organization.workbook.columns import REASON, SHEETS
from qingfeng.screening.errors import Problem

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED_BYTES = 60 * 1024 * 1024
MOST_ROWS = 5000


@dataclass
class Row:
    """One row of one sheet.

    Attributes:
        sheet: Name of the sheet.
        number: The number a person sees, from 1; the header is row 1.
        values: By key of the column; an ID number only as `id_hash` and `id_last4`.
        action: `add`, `same` (on record already) or `rejected`.
        problems: What is wrong, one sentence each.
    """

    sheet: str
    number: int
    values: dict[str, Any]
    action: str = "add"
    problems: list[str] = field(default_factory=list)


@transaction.atomic
def read_workbook(content: bytes, file_name: str, *, by: Account | None) -> Intake:
    """Read a workbook, check every row and keep the preview; nothing is written to the register yet.

    Args:
        content: The file.
        file_name: As it was sent, for showing.
        by: Who reads it in.

    Raises:
        Problem: If it is no XLSX of ours, too large, or has no row.
    """
    rows = check(_rows(content))
    if not rows:
        raise Problem(_("The workbook has no rows."), then=_("Fill in the template below its header."))
    intake = Intake.objects.create(
        file_name=file_name[-200:],
        digest=hashlib.sha256(content).hexdigest(),
        rows=[asdict(row) for row in rows],
        read_by=by,
        read_at=timezone.now(),
    )
    counts = {action: sum(row.action == action for row in rows) for action in ("add", "same", "rejected")}
    record("organization.intake.read", intake, by=by, facts={"digest": intake.digest, **counts})
    return intake


def rows_of(intake: Intake) -> list[Row]:
    """Return the rows of a preview."""
    return [Row(**row) for row in intake.rows]


def _rows(content: bytes) -> list[Row]:
    _sane(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = {
            name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names if name in SHEETS
        }
    except (CalamineError, zipfile.BadZipFile, ValueError) as error:
        raise Problem(
            _("The file cannot be read as an XLSX workbook."), then=_("Use the template.")
        ) from error
    if not sheets:
        raise Problem(
            _("The workbook has none of the sheets %(names)s.") % {"names": "、".join(SHEETS)},
            then=_("Use the template."),
        )
    rows = [row for name in SHEETS if name in sheets for row in _sheet(name, sheets[name])]
    if len(rows) > MOST_ROWS:
        raise Problem(
            _("The workbook has more than %(most)s rows.") % {"most": MOST_ROWS}, then=_("Split it.")
        )
    return rows


def _sane(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise Problem(
            _("The file is larger than %(most)s MB.") % {"most": MOST_BYTES // 1024**2}, then=_("Split it.")
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(member.file_size for member in packed.infolist())
    except zipfile.BadZipFile as error:
        raise Problem(
            _("The file cannot be read as an XLSX workbook."), then=_("Use the template.")
        ) from error
    if unpacked > MOST_UNPACKED_BYTES:
        raise Problem(
            _("The file unpacks to more than a workbook of ours can hold."), then=_("Use the template.")
        )


def _sheet(name: str, cells: list[list[Any]]) -> list[Row]:
    if not cells:
        return []
    headers = [str(cell).strip().rstrip("*") for cell in cells[0]]
    at = {column.key: headers.index(column.header) for column in SHEETS[name] if column.header in headers}
    missing = [column.header for column in SHEETS[name] if column.is_needed and column.key not in at]
    strange = [
        header
        for header in headers
        if header and header not in {REASON, *(one.header for one in SHEETS[name])}
    ]
    if missing or strange:
        raise Problem(
            _("Columns missing: %(missing)s. Columns not known: %(strange)s.")
            % {"missing": "、".join(missing) or "–", "strange": "、".join(strange) or "–"},
            where=name,
            then=_("Use the template's headers."),
        )
    rows = []
    for number, row in enumerate(cells[1:], start=2):
        values = {key: _text(row[place]) if place < len(row) else "" for key, place in at.items()}
        if any(values.values()):
            if "id_number" in values:
                values["id_hash"], values["id_last4"] = identifier(values.pop("id_number"))
            rows.append(Row(name, number, values))
    return rows


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
