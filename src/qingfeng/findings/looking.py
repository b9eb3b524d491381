"""What delivered files are taken for, sheet by sheet, for the page that shows it; read without Django."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from qingfeng.screening.errors import Problem
from qingfeng.screening.home import Home
from qingfeng.screening.intake.explain import explained
from qingfeng.screening.intake.gate import is_listed, within
from qingfeng.screening.intake.mapping import FILE_NAME, Mappings
from qingfeng.screening.intake.recognise import recognise
from qingfeng.screening.intake.rejects import masked
from qingfeng.screening.intake.sheet import RawSheet
from qingfeng.screening.intake.sources import open_sources
from qingfeng.screening.progress import Progress

ROWS_SHOWN = 12
CELLS_SHOWN = 60
LONGEST_CELL = 80


def looked_at(
    folder: Path, home: Home, progress: Progress, *, listed: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """Return what every sheet of a folder is taken for; nothing comes in.

    Args:
        folder: The delivery's.
        home: Whose remembered mappings count.
        progress: Who is told.
        listed: What was asked for, table to columns; empty for all.

    Returns:
        `sheets` (as `explain.explained`, with `no`, `outside`: the table was not asked for, and
        `headers`: every header by position), `refused` ({path, what, then}), `passed_over` (files that
        are no records) and `first_rows` (per sheet [row, cells], identifiers masked).
    """
    scratch = home.scratch("staging")
    try:
        mappings = Mappings.load([folder], home)
        found = open_sources([folder], scratch, progress)
        sheets, first_rows = [], []
        for no, raw in enumerate(found.sheets):
            sheets.append({"no": no, **_told(raw, mappings, listed)})
            first_rows.append(_first_rows(raw))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    refused = [{"path": file.path, "what": file.what, "then": file.then} for file in found.refused]
    seen = {sheet["file"] for sheet in sheets} | {file["path"] for file in refused}
    return {
        "sheets": sheets,
        "refused": refused,
        "passed_over": sorted(_passed_over(folder, seen)),
        "first_rows": first_rows,
    }


def _told(raw: RawSheet, mappings: Mappings, listed: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    try:
        reading = recognise(raw, mappings)
    except Problem as problem:  # a mapping that does not fit this sheet stops no other
        nothing = {"table": "", "term": "", "score": 0, "header_rows": [], "candidates": [], "lines": "",
                   "sums": {}, "columns": [], "dropped": []}  # fmt: skip
        why = [problem.what, problem.then]
        return {**nothing, "file": raw.source.path, "sheet": raw.sheet, "encoding": raw.encoding,
                "why": why, "outside": False}  # fmt: skip
    outside = bool(listed and reading.table and not is_listed(reading, listed))
    if listed and reading.table and not outside:
        reading = within(reading, listed)
    return {**explained(raw, reading), "outside": outside}


def _first_rows(raw: RawSheet) -> list[list[Any]]:
    rows = []
    for number, cells in raw.preview[:ROWS_SHOWN]:
        rows.append([number, [_short(cell) for cell in cells[:CELLS_SHOWN]]])
    return rows


def _short(cell: str) -> str:
    text = masked(" ".join(cell.split()))
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _passed_over(folder: Path, seen: set[str]) -> list[str]:
    found = []
    for file in folder.rglob("*"):
        path = file.relative_to(folder).as_posix()
        inside = any(one.startswith(f"{path}/") for one in seen)
        if file.is_file() and file.name.lower() != FILE_NAME and path not in seen and not inside:
            found.append(path)
    return found
