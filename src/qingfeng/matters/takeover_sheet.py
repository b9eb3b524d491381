"""The sheet by which matters under way are taken over (接管): an empty one, and what one brings."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from qingfeng.matters.slips import every_field
from qingfeng.matters.vocabulary import Mechanism
from qingfeng.organization.models import Unit

MAIN = "事项"
FIRST = ("number", "title", "owner", "stage", "opened_on", "in_stage_since")


@dataclass(frozen=True)
class Reject:
    """A row that cannot be taken over: sheet, row (from 1, as people see it), column and reason."""

    sheet: str
    row: int
    column: str
    reason: str


@dataclass
class Row:
    """A matter as the sheet has it, read and checked."""

    row: int
    number: str
    title: str
    owner: Unit
    stage: str
    opened_on: date
    since: date
    facts: dict[str, Any]
    parties: dict[str, list[Any]]
    clocks: dict[str, date]
    lines: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    """What a sheet would bring; nothing is written.

    Attributes:
        rows: Matters that fit.
        rejects: What does not, by row.
        sha256: Of the file.
    """

    rows: tuple[Row, ...]
    rejects: tuple[Reject, ...]
    sha256: str


def template_of(declared: Mechanism) -> bytes:
    """Return an empty workbook for a mechanism; headers carry their key, so both languages work."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = MAIN
    _head(sheet, [_header(words, key) for key, words in columns_of(declared).items()])
    for ledger in declared.ledgers:
        one = book.create_sheet(ledger.key)
        columns = [_header(_("Number"), "number"), *(_header(f.name, f.key) for f in ledger.fields)]
        _head(one, [*columns, _header(_("State"), "state")])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def columns_of(declared: Mechanism) -> dict[str, Any]:
    """Return the columns that a sheet of a kind may have, by key, with the words of their heads."""
    first = dict(
        zip(
            FIRST,
            (
                _("Number so far"),
                _("Title"),
                _("Unit that answers for it"),
                _("Stage"),
                _("Opened on"),
                _("In this stage since"),
            ),
            strict=True,
        )
    )
    facts = {one.key: one.name for one in every_field(declared)}
    roles = {
        f"role.{role.key}": role.name for role in declared.parties if not role.office or role.kind == "unit"
    }
    days = {
        f"clock.{clock.key}": _("%(duty)s: counted from") % {"duty": clock.name} for clock in declared.clocks
    }
    return {**first, **facts, **roles, **days}


def _header(words: Any, key: str) -> str:
    return f"{words} [{key}]"


def _head(sheet: Any, headers: list[str]) -> None:
    for place, header in enumerate(headers, start=1):
        cell = sheet.cell(1, place, header)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[cell.column_letter].width = 18
    sheet.freeze_panes = "A2"


def text_in(value: Any) -> str:
    """Return what a cell says, without the room around it."""
    return "" if value is None else str(value).strip()


def day_of(value: Any) -> date | None:
    """Return a cell as a civil date, or None."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(text_in(value).replace("/", "-").replace(".", "-"))
    except ValueError:
        return None


def unit_named(name: str) -> Unit | None:
    """Return a unit by its name or short name, None where there is none."""
    if not name:
        return None
    return Unit.objects.filter(name=name).first() or Unit.objects.filter(short_name=name).first()
