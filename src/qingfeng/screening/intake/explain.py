"""What a sheet was recognised as, and why: for `qingfeng intake FOLDER --explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qingfeng.screening.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qingfeng.screening.intake.recognise import Reading
    from qingfeng.screening.intake.sheet import RawSheet


def explained(sheet: RawSheet, reading: Reading) -> dict[str, Any]:
    """Return one sheet's reading as plain values, for JSON.

    Returns:
        `file`, `sheet`, `table` ("" if none), `term`, `score`, `why` (lines), `header_rows`
        (as a person counts), `candidates` ({table, score}), `lines`, `sums`, `columns`
        ({position from 1, header, table, column, factor, form, why}) and `dropped`
        ({position, header, why}).
    """
    rows = range(reading.plan.header_from, reading.plan.header_to + 1) if reading.table else ()
    return {
        "file": sheet.source.path,
        "sheet": sheet.sheet,
        "encoding": sheet.encoding,
        "table": reading.table,
        "term": tables()[reading.table].term if reading.table else "",
        "score": reading.score,
        "why": list(reading.why),
        "header_rows": list(rows),
        "candidates": [{"table": name, "score": score} for name, score in reading.candidates],
        "lines": reading.lines,
        "sums": dict(reading.sums),
        "columns": [
            {
                "position": c.position + 1,
                "header": c.header,
                "table": c.table,
                "column": c.column,
                "factor": c.factor,
                "form": c.form,
                "why": c.why,
            }
            for c in reading.columns
            if c.column
        ],
        "dropped": [{"position": c.position + 1, "header": c.header, "why": c.why} for c in reading.dropped],
    }


def as_text(sheets: Iterable[dict[str, Any]]) -> str:
    """Return what `explained` gave, as lines for a person."""
    return "\n".join(line for told in sheets for line in _lines(told))


def _lines(told: dict[str, Any]) -> list[str]:
    name = told["file"] + (f" [{told['sheet']}]" if told["sheet"] else "")
    if not told["table"]:
        return [f"{name}: not recognised", *(f"  {line}" for line in told["why"]), ""]
    lines = [f"{name}: {told['table']} ({told['term']})", *(f"  {line}" for line in told["why"])]
    for column in told["columns"]:
        target = (
            column["column"] if column["table"] == told["table"] else f"{column['table']}.{column['column']}"
        )
        lines.append(f"  {column['position']:>3}  {column['header']} → {target}: {column['why']}")
    lines += [f"  {c['position']:>3}  {c['header']} → dropped: {c['why']}" for c in told["dropped"]]
    return [*lines, ""]
