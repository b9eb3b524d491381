"""What runs remember of records that are deleted for good.

An open lead must still be explainable, so the rows it cites are first copied into a
sealed extract: those rows, and of them only the columns that its rules judge by. Older
runs quote the same records; they go. What stays is the newest run's leads and, for
each lead whose rows are gone, its extract.

    extracts/<lead>.json     {"lead": id, "sealed": "sha256:…", "rows": […]}
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qingfeng.screening.engines.duckdb_engine import connect
from qingfeng.screening.run import record
from qingfeng.screening.run.evidence import Place, cited_cells, place_of
from qingfeng.screening.tables import tables

if TYPE_CHECKING:
    from qingfeng.screening.home import Home
    from qingfeng.screening.lake import Lake
    from qingfeng.screening.rulebook import Rule

FOLDER = "extracts"


def extract_file(home: Home, lead: str) -> Path:
    """Return where a lead's extract is kept."""
    return home.root / FOLDER / f"{lead}.json"


def keep_extracts(home: Home, lake: Lake, rules: Mapping[str, Rule], *, also: Collection[str] = ()) -> int:
    """Copy what the newest run's leads cite; call it before a deletion.

    Args:
        home: Whose runs.
        lake: The records.
        rules: By id, for the columns that they weigh.
        also: Ids of leads of older runs that are still worked on.

    Returns:
        The number of extracts written.
    """
    run = next(iter(record.runs(home)), None)
    if run is None:
        return 0
    snapshot = lake.snapshot()
    written = 0
    (home.root / FOLDER).mkdir(exist_ok=True)
    leads = [json.loads(line) for line in run.file.read_text(encoding="utf-8").splitlines()]
    leads += _of_older_runs(home, set(also) - {lead["id"] for lead in leads})
    with closing(connect(home)) as con:
        cells = cited_cells(con, snapshot, (e for lead in leads for e in _evidence(lead)))
    for lead in leads:
        if extract_file(home, lead["id"]).exists():
            continue
        rows = [_row(entry, cells, _columns(lead, entry["table"], rules)) for entry in _evidence(lead)]
        if all(row["cells"] for row in rows):
            _seal(extract_file(home, lead["id"]), lead["id"], rows)
            written += 1
    return written


def _of_older_runs(home: Home, wanted: set[str]) -> Iterator[dict[str, Any]]:
    """Yield leads by id out of older runs, each as the newest of them has it."""
    for run in record.runs(home)[1:]:
        if not wanted or not run.file.exists():
            continue
        with run.file.open(encoding="utf-8") as lines:
            for line in lines:
                if line[8:24] in wanted:  # a line begins with its id
                    wanted.remove(line[8:24])
                    yield json.loads(line)


def forget(home: Home, lake: Lake) -> int:
    """Remove extracts that are not needed and older runs; call it after a deletion.

    What a process that was killed left on its way, of whichever rows, goes too.

    Returns:
        The number of runs removed.
    """
    home.sweep()
    runs = record.runs(home)
    if runs:
        leads = [json.loads(line) for line in runs[0].file.read_text(encoding="utf-8").splitlines()]
        with closing(connect(home)) as con:
            cells = cited_cells(con, lake.snapshot(), (e for lead in leads for e in _evidence(lead)))
        for lead in leads:
            if all(place_of(entry) in cells for entry in _evidence(lead)):
                extract_file(home, lead["id"]).unlink(missing_ok=True)
    for run in runs[1:]:
        shutil.rmtree(run.folder)
    return len(runs[1:])


def extract_of(home: Home, lead: str) -> dict[Place, dict[str, object]] | None:
    """Return the cells of a lead's extract by place, or None if there is none or it was changed."""
    file = extract_file(home, lead)
    if not file.exists():
        return None
    told = json.loads(file.read_text(encoding="utf-8"))
    if told["sealed"] != _seal_of(told["rows"]):
        return None
    return {place_of(row): row["cells"] for row in told["rows"]}


def _evidence(lead: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    seen = set()
    for finding in lead["findings"]:
        for entry in finding["evidence"]:
            if place_of(entry) not in seen:
                seen.add(place_of(entry))
                yield entry


def _columns(lead: Mapping[str, Any], table: str, rules: Mapping[str, Rule]) -> set[str]:
    """Return the columns of a table that the lead's rules judge by, and those that say when and who."""
    names = {tables()[table].time, "plate_norm", "unit_id"}
    for finding in lead["findings"]:
        names |= set(finding["facts"])
        rule = rules.get(finding["rule"])
        names |= {
            need.partition(".")[2] for need in (rule.needs if rule else ()) if need.startswith(f"{table}.")
        }
    return names


def _row(
    entry: Mapping[str, Any], cells: Mapping[Place, Mapping[str, object]], columns: set[str]
) -> dict[str, Any]:
    found = cells.get(place_of(entry), {})
    return {**entry, "cells": {name: value for name, value in found.items() if name in columns}}


def _seal(file: Path, lead: str, rows: list[dict[str, Any]]) -> None:
    told = {"lead": lead, "sealed": _seal_of(rows), "rows": rows}
    record.replace_text(file, json.dumps(told, ensure_ascii=False, indent=1))


def _seal_of(rows: object) -> str:
    canonical = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()
