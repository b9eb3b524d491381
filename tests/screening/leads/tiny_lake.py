"""Tiny lakes and tiny rules: rows as intake stores them, rules as authors write them."""

import json
from datetime import date, datetime
from decimal import Decimal

import duckdb
import pyarrow as pa

from qingfeng.screening.home import Home
from qingfeng.screening.lake import Lake, SheetRecord
from qingfeng.screening.lake.delta import arrow_type, is_partitioned, stored_columns
from qingfeng.screening.rulebook.load import read_rule
from qingfeng.screening.run import screen
from qingfeng.screening.tables import tables

UNITS = [
    {"unit_id": "U1", "name": "清河区城管局"},
    {"unit_id": "U2", "name": "清河区水务局"},
]


def a_house(folder):
    """Return a home and its lake."""
    home = Home(folder)
    return home, Lake(home)


def put(lake, *files):
    """Add files as one batch; a file is (path, table, rows) or (path, table, rows, given)."""
    with lake.batch() as batch:
        number = batch.reserve(len(files))
        with batch.turn():
            sheets = [_put(batch, number + i, *file) for i, file in enumerate(files)]
            return batch.commit(sheets)


def _put(batch, number, path, table, rows, given=None):
    columns = {}
    for name, kind in stored_columns(table).items():
        values = [_value(row.get(name), kind) for row in rows]
        if name == "row_id":
            values = [number << 42 | row.get("row", i) << 10 for i, row in enumerate(rows, 2)]
        elif name == "given":
            values = [given or f",{','.join(tables()[table].columns)},"] * len(rows)
        elif name == "quality_flags":
            values = [row.get(name, ",") for row in rows]
        columns[name] = pa.array(values, arrow_type(kind))
    with duckdb.connect() as con:
        con.register("rows_given", pa.table(columns))
        goal = batch.folder(table)
        if is_partitioned(table):
            time = tables()[table].time
            con.execute(
                f"COPY (SELECT *, coalesce(strftime({time}, '%Y-%m'), 'none') AS month FROM rows_given) "
                f"TO '{goal}' (FORMAT parquet, PARTITION_BY (month), OVERWRITE_OR_IGNORE, "
                f"FILENAME_PATTERN 'f{number}_{{i}}')"
            )
        else:
            con.execute(f"COPY rows_given TO '{goal / f'f{number}.parquet'}' (FORMAT parquet)")
    return SheetRecord(
        file_no=number,
        path=path,
        sheet=None,
        sha256=f"{path} {json.dumps(rows, default=str, sort_keys=True)}",
        size=len(rows),
        given={table: given or f",{','.join(tables()[table].columns)},"},
        kept={table: len(rows)},
        rows_in=len(rows),
    )


def _value(value, kind):
    if value is None:
        return None
    if kind.startswith("DECIMAL"):
        scale = int(kind[:-1].split(",")[1])
        return Decimal(str(value)).quantize(Decimal(1).scaleb(-scale))
    if kind == "TIMESTAMP" and isinstance(value, str):
        return datetime.fromisoformat(value)
    if kind == "DATE" and isinstance(value, str):
        return date.fromisoformat(value)
    return value


HEADER = {
    "title": "测试规则",
    "question": "Does it hold?",
    "watch": "vehicle",
    "tier": "B",
    "basis": ["用车17"],
    "reads": ["fuel"],
    "subject": "plate",
    "scope": "row",
    "message": "{plate} 于 {at} 加油 {liters} 升",
    "innocent": ["登记有误"],
    "verify": ["查：台账"],
}

FILL = """
SELECT f.plate_norm AS plate, f.unit_id, f.ts AS "at", f.amount, f.liters, f.row_id AS fuel_row
FROM fuel AS f WHERE f.liters > 50
"""


def a_rule(folder, name, sql=FILL, *, params=None, excluded=None, dated=None, **header):
    """Write a rule and return it, checked."""
    told = {**HEADER, "title": name, **header}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in told.items()]
    for section, values in (("params", params), ("excluded", excluded)):
        lines += [f"[{section}]"] if values else []
        lines += [
            f'"{key}" = {json.dumps(value, ensure_ascii=False)}' for key, value in (values or {}).items()
        ]
    for key, values in (dated or {}).items():
        entries = [f'{{from = {day}, value = {value}, basis = "用车17"}}' for day, value in values]
        lines += ["[params]", f"{key} = [{', '.join(entries)}]"]
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.sql"
    file.write_text("/*\n" + "\n".join(lines) + "\n*/\n" + sql.strip() + "\n", encoding="utf-8")
    rule, violations = read_rule(file)
    assert rule is not None, violations
    return rule


def by_id(*rules):
    """Return rules by id."""
    return {rule.id: rule for rule in rules}


def a_fill(ts, **more):
    """Return a fill that the rule FILL finds."""
    return {"plate_norm": "苏M12345", "unit_id": "U1", "ts": ts, "amount": 600, "liters": 80, **more}


def leads_of(run):
    """Return the leads of a run, parsed."""
    return [json.loads(line) for line in run.file.read_text(encoding="utf-8").splitlines()]


def screened(folder, rules, *files, **how):
    """Return the leads of files under rules, in a fresh home."""
    home, lake = a_house(folder / "home")
    put(lake, ("单位.csv", "unit", UNITS), *files)
    return leads_of(screen(home, lake, by_id(*rules), **how))
