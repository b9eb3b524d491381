"""What delivered files are taken for, sheet by sheet, for the page that shows it; read without Django."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from qingfeng.documents.secrecy import mark_in_name, mark_in_text
from qingfeng.screening.errors import Problem
from qingfeng.screening.home import Home
from qingfeng.screening.intake.explain import explained
from qingfeng.screening.intake.gate import is_listed, within
from qingfeng.screening.intake.mapping import FILE_NAME, Mappings
from qingfeng.screening.intake.recognise import recognise
from qingfeng.screening.intake.rejects import masked
from qingfeng.screening.intake.sheet import RawSheet
from qingfeng.screening.intake.sources import Sources, open_sources
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
        `sheets` (as `explain.explained`, with `no` and `outside`: the table was not asked for), `refused`
        ({path, what, then}), `passed_over` (files that are no records), `marked` (delivered files that
        carry a secrecy mark, removed from the disk at once) and `first_rows` (per sheet [row, cells],
        identifiers masked).

    Law:
        中华人民共和国保守国家秘密法 (marked documents stay out of this system)
    """
    scratch = home.scratch("staging")
    try:
        mappings = Mappings.load([folder], home)
        found = open_sources([folder], scratch, progress)
        marked = _marked(folder, found)
        kept = [raw for raw in found.sheets if not _is_of(raw.source.path, marked)]
        sheets, first_rows = [], []
        for no, raw in enumerate(kept):
            sheets.append({"no": no, **_told(raw, mappings, listed)})
            first_rows.append(_first_rows(raw))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    for path in marked:
        (folder / path).unlink()
    refused = [
        {"path": file.path, "what": file.what, "then": file.then}
        for file in found.refused
        if not _is_of(file.path, marked)
    ]
    seen = {sheet["file"] for sheet in sheets} | {file["path"] for file in refused}
    return {
        "sheets": sheets,
        "refused": refused,
        "marked": sorted(marked),
        "passed_over": sorted(_passed_over(folder, seen)),
        "first_rows": first_rows,
    }


def _marked(folder: Path, found: Sources) -> set[str]:
    """Return the delivered files with a mark in their name, a member's name, or the head of a sheet."""
    paths = {raw.source.path for raw in found.sheets if _has_mark(raw)}
    told = [*(source.path for source in found.files), *(file.path for file in found.refused)]
    paths |= {path for path in told if any(mark_in_name(f"{part}.x") for part in _stems(path))}
    return {_delivered(folder, path) for path in paths}


def _has_mark(raw: RawSheet) -> bool:
    head = "\n".join(" ".join(cells) for _, cells in raw.preview[:ROWS_SHOWN])
    return mark_in_text([head]) or bool(raw.sheet and mark_in_name(f"{raw.sheet}.x"))


def _stems(path: str) -> list[str]:
    *folders, name = path.split("/")
    return [*folders, name.rsplit(".", 1)[0]]


def _delivered(folder: Path, path: str) -> str:
    """Return the file of the delivery that a path lies in: the archive itself for its members."""
    parts = path.split("/")
    whole = ("/".join(parts[:count]) for count in range(1, len(parts) + 1))
    return next((one for one in whole if (folder / one).is_file()), path)


def _is_of(path: str, files: set[str]) -> bool:
    return any(path == file or path.startswith(f"{file}/") for file in files)


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
