"""A cube beside the run that it was counted for, so that no page ever reads the lake.

    runs/<id>/corrections.parquet   counts and files by unit and month, numbers of vehicles and cards by unit
    runs/<id>/corrections.json      rules, units by every name they go by, kinds of files

They go with the folder of the run when its records are deleted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from qingfeng.screening.correction.comparing import Counts
from qingfeng.screening.correction.cube import Cell, Cube, count_by_unit_and_month
from qingfeng.screening.engines.duckdb_engine import connect
from qingfeng.screening.run.record import replace_text

if TYPE_CHECKING:
    from qingfeng.screening.home import Home
    from qingfeng.screening.lake import Snapshot
    from qingfeng.screening.rulebook import Rule
    from qingfeng.screening.run import Run

ROWS, ABOUT = "corrections.parquet", "corrections.json"
_SCHEMA = pa.schema(
    [
        ("what", pa.string()), ("name", pa.string()), ("unit", pa.string()), ("month", pa.string()),
        ("found", pa.int64()), ("exposure", pa.int64()),
    ]
)  # fmt: skip
_DATED = re.compile(r"[\d_\-—.年月日季度上下半至第()（） ]+")


@dataclass(frozen=True)
class RegisteredUnit:
    """A unit as the records' register of units has it.

    Attributes:
        names: Every name it goes by.
        kind: 机关, 参公, 事业, 国企, 镇街 …; "" where the register does not say.
    """

    names: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True)
class SourceFile:
    """A file of records: what kind it is of, and the batch that brought it.

    Attributes:
        kind: Its folder or name without numbers and dates, as people would call the series.
        batch: Name of the lake's batch.
    """

    kind: str
    batch: str


@dataclass(frozen=True)
class KeptCube:
    """A cube with what is needed to read it without the lake.

    Attributes:
        cube: The counts.
        units: Key in the records to the registered unit; empty where the home has no register of units.
        files: Number to file, of those that rows came from.
    """

    cube: Cube
    units: Mapping[str, RegisteredUnit] = field(default_factory=dict)
    files: Mapping[int, SourceFile] = field(default_factory=dict)


def keep_cube(
    home: Home, snapshot: Snapshot, run: Run, rules: Sequence[Rule], *, names: Collection[str] = ()
) -> KeptCube:
    """Count a cube and keep it beside its run.

    Args:
        home: Where the run was kept.
        snapshot: The records that it screened.
        run: The run.
        rules: Rules that letters name.
        names: Names of units whose vehicles and cards are wanted, as anybody spells them.
    """
    units = _register(home, snapshot)
    wanted = {key for key, one in units.items() if {key, *one.names} & set(names)} or set(names)
    cube = count_by_unit_and_month(home, snapshot, run, rules, units=wanted)
    numbers = {number for some in cube.sources.values() for number in some}
    files = {
        sheet.file_no: SourceFile(kind_of(sheet.path), sheet.batch)
        for sheet in snapshot.sheets()
        if sheet.file_no in numbers
    }
    kept = KeptCube(cube, units, files)
    _write(run.folder, kept)
    return kept


def kind_of(path: str) -> str:
    """Return what a series of files is called: its folder, or its name without numbers and dates."""
    folder, slash, _ = path.partition("/")
    return folder if slash else _DATED.sub("", Path(path).stem)


def kept_cube(folder: Path, *, rules: Collection[str] = ()) -> KeptCube | None:
    """Return the cube of a run, None where none was counted.

    Args:
        folder: Of the run.
        rules: Only these; empty for all.
    """
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        names = {
            name
            for rule in rules
            for name in (rule, about["tables"].get(rule), about["subject_of"].get(rule))
        }
        names.discard(None)
        rows = pq.read_table(
            folder / ROWS, filters=[("name", "in", sorted(names))] if rules else None
        ).to_pydict()
    except (OSError, ValueError, KeyError):
        return None
    return KeptCube(
        _cube_of(rows, about),
        {key: RegisteredUnit(tuple(one["names"]), one["kind"]) for key, one in about["units"].items()},
        {int(number): SourceFile(**one) for number, one in about["files"].items()},
    )


def _register(home: Home, snapshot: Snapshot) -> dict[str, RegisteredUnit]:
    if "unit" not in snapshot.tables():
        return {}
    sql = (
        "SELECT coalesce(unit_id, name), name, short_name, aliases, kind "
        f"FROM {snapshot.relation('unit')} WHERE coalesce(unit_id, name) IS NOT NULL ORDER BY row_id"
    )
    with closing(connect(home)) as con:
        rows = con.execute(sql).fetchall()
    found: dict[str, RegisteredUnit] = {}
    for key, name, short, aliases, kind in rows:
        names = [one for one in (name, short, *(aliases or "").split("、")) if one]
        before = found.get(key)
        found[key] = RegisteredUnit(
            tuple(dict.fromkeys([*(before.names if before else ()), *names])),
            kind or (before.kind if before else ""),
        )
    return found


def _write(folder: Path, kept: KeptCube) -> None:
    columns: list[list[Any]] = [list(one) for one in zip(*_rows_of(kept.cube), strict=True)]
    arrays = [
        pa.array(one, kind.type) for one, kind in zip(columns or [[]] * len(_SCHEMA), _SCHEMA, strict=True)
    ]
    table = pa.table(arrays, _SCHEMA)
    draft = folder / f"{ROWS}.draft"
    pq.write_table(table, draft, compression="zstd")
    draft.replace(folder / ROWS)
    about: dict[str, Any] = {
        "tables": dict(kept.cube.tables),
        "unread": dict(kept.cube.unread),
        "margins": sorted(kept.cube.margins),
        "subject_of": dict(kept.cube.subject_of),
        "first_month": kept.cube.first_month,
        "units": {key: {"names": one.names, "kind": one.kind} for key, one in kept.units.items()},
        "files": {number: {"kind": one.kind, "batch": one.batch} for number, one in kept.files.items()},
    }
    replace_text(folder / ABOUT, json.dumps(about, ensure_ascii=False))


def _rows_of(cube: Cube) -> Iterator[tuple[str, str, str, str, int, int]]:
    for cell, one in sorted(cube.cells.items()):
        yield ("cell", *cell, one.found, one.exposure)
    for cell, rows in sorted(cube.under.items()):
        yield ("under", *cell, rows, 0)
    for cell, some in sorted(cube.sources.items()):
        for number in sorted(some):
            yield ("file", *cell, number, 0)
    for (group, unit), months in sorted(cube.subjects.items()):
        for bits, many in sorted(months.items()):
            yield ("subject", group, unit, "", bits, many)


def _cube_of(rows: Mapping[str, Sequence[Any]], about: Mapping[str, Any]) -> Cube:
    cells: dict[Cell, Counts] = {}
    under: dict[Cell, int] = {}
    sources: dict[Cell, set[int]] = {}
    subjects: dict[tuple[str, str], dict[int, int]] = {}
    for what, name, unit, month, found, exposure in zip(*(rows[one.name] for one in _SCHEMA), strict=True):
        cell = (name, unit, month)
        if what == "cell":
            cells[cell] = Counts(found, exposure)
        elif what == "under":
            under[cell] = found
        elif what == "file":
            sources.setdefault(cell, set()).add(found)
        else:
            subjects.setdefault((name, unit), {})[found] = exposure
    return Cube(
        cells,
        about["unread"],
        under=under,
        tables=about["tables"],
        margins=frozenset(about["margins"]),
        sources={cell: frozenset(some) for cell, some in sources.items()},
        subject_of=about["subject_of"],
        subjects=subjects,
        first_month=about["first_month"],
    )
