"""Corrections of what a file was taken for: kept as `mapping.toml` in the delivery, then looked at anew.

When the files come in the home remembers them, and next month's file with the same header is read the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingfeng.findings import deliveries
from qingfeng.findings.models import Delivery, Job
from qingfeng.findings.receiving import first_rows_of, folder_of
from qingfeng.findings.telling import tell
from qingfeng.organization.models import Person
from qingfeng.screening.errors import Problem
from qingfeng.screening.intake.mapping import FILE_NAME, Mappings
from qingfeng.screening.tables import tables

GIVEN = "# As it came with the delivery:\n"


@dataclass(frozen=True)
class Correction:
    """What a person says about one sheet.

    Attributes:
        table: Declared table.
        header_row: Row of the header as a person counts, or 0: found as usual.
        columns: Header to `column` of the table or `list.column`; "" drops it. Headers that are
            not named are recognised as usual.
    """

    table: str
    header_row: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)


def choices(table: str) -> list[tuple[str, str]]:
    """Return the columns that a header of a table can be: (value, words), those of its lists too."""
    found = [(name, _words(table, name)) for name, c in tables()[table].columns.items()]
    for child in tables().values():
        if child.parent == table:
            found += [(f"{child.name}.{name}", _words(child.name, name)) for name in child.columns]
    return found


def _words(table: str, column: str) -> str:
    spelt = tables()[table].columns[column].headers
    return f"{spelt[0]} ({table}.{column})" if spelt else f"{table}.{column}"


def first_rows(delivery: Delivery, no: int) -> list[tuple[int, list[str]]]:
    """Return the first rows of a sheet, identifiers masked; none once the files have come in."""
    file = first_rows_of(delivery)
    if not file.exists():
        return []
    told = json.loads(file.read_text(encoding="utf-8"))
    return [(row, cells) for row, cells in told[no]] if no < len(told) else []


def correct(delivery: Delivery, no: int, said: Correction, *, by: Person) -> Job:
    """Keep what a person says about a sheet, and have the files looked at anew.

    Args:
        delivery: One that was looked at and has not come in.
        no: Number of the sheet in what was explained.
        said: What it is.
        by: Who says it.

    Raises:
        Problem: If there is no such sheet or table, or two headers are one column.
    """
    sheets = delivery.explained.get("sheets", [])
    if not 0 <= no < len(sheets):
        raise Problem(_("There is no such sheet."), then=_("Open the delivery again."))
    if said.table not in tables():
        raise Problem(_("Say which table it is."), then=_("Choose one of the list."))
    delivery.mapping = _written(delivery, sheets[no], said)
    _put(delivery)
    with transaction.atomic():
        delivery.save(update_fields=["mapping"])
        tell("findings.delivery.corrected", delivery, by=by, facts={"table": said.table, "sheet": no})
        return deliveries.look(delivery, by=by)


def _written(delivery: Delivery, sheet: Mapping[str, Any], said: Correction) -> str:
    """Return the mapping with one section replaced; what came with the delivery stays below it."""
    ours, _mark, given = delivery.mapping.partition(GIVEN)
    file = folder_of(delivery) / FILE_NAME
    if not delivery.mapping and file.exists():
        given = file.read_text(encoding="utf-8-sig")
    mark = f"# {sheet['file']} | {sheet['sheet'] or ''}\n"
    sections = [one for one in ours.split("\n\n") if one.strip() and not one.startswith(mark)]
    ours = "\n\n".join([_section(mark, sheet, said), *sections])
    return f"{ours}\n\n{GIVEN}{given}" if given.strip() else f"{ours}\n"


def _section(mark: str, sheet: Mapping[str, Any], said: Correction) -> str:
    def text(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    lines = [f"path = {text(sheet['file'])}", f"table = {text(said.table)}"]
    lines += [f"sheet = {text(sheet['sheet'])}"] if sheet["sheet"] else []
    lines += [f"header_row = {said.header_row}"] if said.header_row else []
    lines += ["[file.columns]"] if said.columns else []
    lines += [f"{text(header)} = {text(column)}" for header, column in said.columns.items()]
    return mark + "[[file]]\n" + "\n".join(lines)


def _put(delivery: Delivery) -> None:
    """Write the mapping where the import reads it; one that is wrong leaves what was there.

    Raises:
        Problem: If it names what does not exist.
    """
    file = folder_of(delivery) / FILE_NAME
    before = file.read_bytes() if file.exists() else None
    file.write_text(delivery.mapping, encoding="utf-8")
    try:
        Mappings.load([folder_of(delivery)])
    except Problem:
        if before is None:
            file.unlink()
        else:
            file.write_bytes(before)
        raise
