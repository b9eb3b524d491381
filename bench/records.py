"""Records for benches: ordinary life in volume, written by the engine, with a few oddities.

Fuel, parking and invoices by the million; registers, trips, roster and vouchers to match.
One vehicle in a hundred is subject to the rules about rest days, so that findings stay the
few per mille that offices see. Everything is a function of the row's number, so every
machine gets the same rows.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from qingfeng.screening.home import Home
from qingfeng.screening.lake import Lake, SheetRecord
from qingfeng.screening.tables import tables

PLATE = "'苏M' || lpad(CAST({n} AS VARCHAR), 6, '0')"
SHARES = {"fuel": 2, "sighting": 5, "invoice": 2}  # of nine parts of the main rows

# Column -> SQL over i, the row's number. Columns not named are NULL.
WHEN = "TIMESTAMP '2024-11-01' + to_seconds(CAST(hash({salt} + i) % 63072000 AS BIGINT))"
COLUMNS: dict[str, dict[str, str]] = {
    "fuel": {
        "txn_id": "'T' || i",
        "card_h": "md5(CAST(i % {vehicles} AS VARCHAR))",
        "card_last4": "lpad(CAST(i % {vehicles} % 10000 AS VARCHAR), 4, '0')",
        "plate_norm": PLATE.format(n="i % {vehicles}"),
        "unit_id": "'单位' || (i % {vehicles} % 200)",
        "ts": "TIMESTAMP '2024-11-01' + to_seconds(CAST((i // {vehicles}) * 691200 "
        "+ hash(i % {vehicles}) % 600000 AS BIGINT))",
        "txn_type": "CASE WHEN hash(i) % 4000 = 0 THEN '非油' ELSE '加油' END",
        "product": "CASE WHEN i % {vehicles} % 9 = 0 THEN '0号柴油' ELSE '92号汽油' END",
        "product_class": "CASE WHEN i % {vehicles} % 9 = 0 THEN '柴油' ELSE '汽油' END",
        "octane": "92",
        "liters": "20 + hash(i, 3) % 3300 / 100.0",
        "unit_price": "7.5",
        "amount": "150 + hash(i, 4) % 25000 / 100.0",
        "station": "'加油站' || (hash(i, 5) % 60)",
        "odometer": "1000 + i // {vehicles} * 300",
    },
    "sighting": {
        "plate_norm": PLATE.format(n="i % {vehicles}"),
        "unit_id": "'单位' || (i % {vehicles} % 200)",
        "plate_conf": "0.98",
        "place": "'停车场' || (hash(i, 6) % 400)",
        "place_id": "'P' || (hash(i, 6) % 400)",
        "in_ts": WHEN.format(salt=2),
        "out_ts": WHEN.format(salt=2) + " + to_minutes(CAST(5 + hash(i, 7) % 300 AS BIGINT))",
        "minutes": "5 + hash(i, 7) % 300",
        "fee": "hash(i, 8) % 30",
    },
    "invoice": {
        "code": "CASE WHEN i % 3 = 0 THEN '0320024' || lpad(CAST(hash(i, 9) % 3000 AS VARCHAR), 5, '0') END",
        "no": "CASE WHEN i % 3 = 0 THEN lpad(CAST(hash(i, 10) % 100000000 AS VARCHAR), 8, '0') END",
        "e_no": "CASE WHEN i % 3 > 0 THEN '2432' || lpad(CAST(i AS VARCHAR), 16, '0') END",
        "inv_key": "CASE WHEN i % 3 = 0 THEN '0320024' || lpad(CAST(hash(i, 9) % 3000 AS VARCHAR), 5, '0') "
        "|| lpad(CAST(hash(i, 10) % 100000000 AS VARCHAR), 8, '0') "
        "ELSE '2432' || lpad(CAST(i AS VARCHAR), 16, '0') END",
        "issue_date": f"CAST({WHEN.format(salt=3)} AS DATE)",
        "seller_name": "'商户' || (hash(i, 11) % 20000) || '有限公司'",
        "seller_tax_no": "'913299' || (hash(i, 11) % 20000)",
        "buyer_name": "'单位' || (hash(i, 12) % 200)",
        "unit_id": "'单位' || (hash(i, 12) % 200)",
        "amount": "30 + hash(i, 13) % 300000 / 100.0",
        "tax": "1.5",
        "total": "31.5 + hash(i, 13) % 300000 / 100.0",
        "status": "'正常'",
    },
    "vehicle": {
        "plate_norm": PLATE.format(n="i"),
        "unit_id": "'单位' || (i % 200)",
        "use_type": "CASE WHEN i % 100 = 0 THEN '一般公务' ELSE '执法执勤' END",
        "fuel_type": "CASE WHEN i % 9 = 0 THEN '柴油' ELSE '汽油' END",
        "tank_l": "55",
        "rated_l100": "9",
        "status": "'在用'",
        "parking_lon": "119.9",
        "parking_lat": "32.5",
    },
    "fuel_card": {
        "card_h": "md5(CAST(i AS VARCHAR))",
        "card_last4": "lpad(CAST(i % 10000 AS VARCHAR), 4, '0')",
        "plate_norm": PLATE.format(n="i"),
        "unit_id": "'单位' || (i % 200)",
        "status": "'正常'",
        "opened_on": "DATE '2020-01-01'",
    },
    "unit": {"unit_id": "'单位' || i", "name": "'单位' || i"},
    "trip": {
        "trip_id": "'D' || i",
        "plate_norm": PLATE.format(n="i % {vehicles}"),
        "unit_id": "'单位' || (i % {vehicles} % 200)",
        "driver": "'司机' || (i % {vehicles})",
        "purpose": "'公务'",
        "departed_at": WHEN.format(salt=4),
        "returned_at": WHEN.format(salt=4) + " + to_hours(4)",
        "km": "40",
        "approved_by": "'同意'",
    },
    "geofence": {
        "place_id": "'P' || i",
        "name": "'停车场' || i",
        "class": "CASE WHEN i % 40 = 0 THEN '景区' ELSE '停车场' END",
        "lon": "119.9 + i / 4000.0",
        "lat": "32.5",
        "radius_m": "200",
    },
    "voucher": {
        "book": "'行政'",
        "unit_id": "'单位' || (i % 200)",
        "voucher_no": "'记-' || i",
        "date": f"CAST({WHEN.format(salt=5)} AS DATE)",
        "line_no": "1",
        "summary": "CASE WHEN hash(i) % 500 = 0 THEN '报销餐费' ELSE '付办公用品款' END",
        "account_name": "'办公费'",
        "econ_class": "'30201 办公费'",
        "debit": "100 + hash(i, 14) % 90000 / 100.0",
        "payee": "'商户' || (hash(i, 15) % 20000) || '有限公司'",
    },
}


def sizes(main_rows: int) -> dict[str, int]:
    """Return rows by table for a number of main rows (fuel, parking, invoices together)."""
    vehicles = max(200, main_rows // 400)
    return {
        **{name: main_rows * share // 9 for name, share in SHARES.items()},
        "vehicle": vehicles,
        "fuel_card": vehicles,
        "unit": 200,
        "trip": main_rows // 45,
        "geofence": 400,
        "voucher": main_rows // 45,
    }


def make_lake(folder: Path, main_rows: int) -> Lake:
    """Return a lake with that many main rows; made once, kept for the next bench."""
    lake = Lake(Home(folder))
    if lake.snapshot().id != "0":
        return lake
    con = duckdb.connect()
    con.execute(
        "SET enable_progress_bar = false; SET memory_limit = '6GB'; SET preserve_insertion_order = false"
    )
    rows = sizes(main_rows)
    with lake.batch() as batch, batch.turn():
        first = batch.reserve(len(rows))
        sheets = []
        for number, (name, count) in enumerate(rows.items(), first):
            _write(con, name, number, count, rows["vehicle"], batch.folder(name))
            given = "," + ",".join(tables()[name].columns) + ","
            sheets.append(
                SheetRecord(
                    file_no=number,
                    path=f"{name}.csv",
                    sheet=None,
                    sha256=f"{name}{count}",
                    size=count,
                    given={name: given},
                    kept={name: count},
                    rows_in=count,
                )
            )
        batch.commit(sheets)
    return lake


def _write(
    con: duckdb.DuckDBPyConnection, name: str, number: int, count: int, vehicles: int, folder: Path
) -> None:
    table = tables()[name]
    given = "," + ",".join(COLUMNS[name]) + ","
    values = {
        "row_id": f"(CAST({number} AS BIGINT) << 42) | ((i + 2) << 10)",
        "given": f"'{given}'",
        "quality_flags": "','",
        **{column: sql.replace("{vehicles}", str(vehicles)) for column, sql in COLUMNS[name].items()},
    }
    columns = ", ".join(
        f"CAST({values.get(c, 'NULL')} AS {kind}) AS {c}" for c, kind in table.stored().items()
    )
    source = f"SELECT {columns} FROM range({count}) AS r(i)"
    if table.time:
        cut = f"SELECT *, coalesce(strftime({table.time}, '%Y-%m'), 'none') AS month FROM ({source})"
        con.execute(
            f"COPY ({cut}) TO '{folder}' "
            "(FORMAT parquet, COMPRESSION zstd, PARTITION_BY (month), OVERWRITE_OR_IGNORE)"
        )
    else:
        con.execute(f"COPY ({source}) TO '{folder}/rows.parquet' (FORMAT parquet, COMPRESSION zstd)")


def write_csv(file: Path, rows: int) -> None:
    """Write a clean fuel export as UTF-8 CSV with the headers that offices use."""
    columns = """
      'T' || lpad(CAST(i AS VARCHAR), 12, '0') AS "交易流水号",
      '9030' || lpad(CAST(hash(i, 1) % 4000 AS VARCHAR), 12, '0') || '0017' AS "加油卡号",
      '苏M' || lpad(CAST(hash(i, 1) % 4000 AS VARCHAR), 5, '0') AS "车牌号",
      strftime(
        TIMESTAMP '2024-11-01' + to_seconds(CAST(hash(i, 2) % 63072000 AS BIGINT)), '%Y-%m-%d %H:%M:%S'
      ) AS "交易时间",
      '加油' AS "交易类型",
      CASE hash(i, 3) % 3 WHEN 0 THEN '92号车用汽油(国VI)' WHEN 1 THEN '95#汽油' ELSE '0号柴油' END AS "油品",
      CAST(CAST(20 + hash(i, 4) % 4000 / 100.0 AS DECIMAL(10, 2)) AS VARCHAR) AS "数量(升)",
      CAST(CAST(6.5 + hash(i, 5) % 200 / 100.0 AS DECIMAL(10, 2)) AS VARCHAR) AS "单价",
      CAST(CAST(150 + hash(i, 6) % 30000 / 100.0 AS DECIMAL(10, 2)) AS VARCHAR) AS "金额(元)",
      CAST(CAST(hash(i, 7) % 500000 / 100.0 AS DECIMAL(10, 2)) AS VARCHAR) AS "余额",
      '第' || (hash(i, 8) % 60) || '加油站' AS "加油站",
      CAST(10000 + hash(i, 9) % 200000 AS VARCHAR) AS "里程表"
    """
    with duckdb.connect() as con:
        con.execute("SET enable_progress_bar = false")
        con.execute(f"COPY (SELECT {columns} FROM range({rows}) AS r(i)) TO '{file}' (FORMAT csv, HEADER)")


def write_gb18030(source: Path, file: Path) -> None:
    """Write the same file in the encoding that most exports have."""
    with (
        source.open(encoding="utf-8", newline="") as text,
        file.open("w", encoding="gb18030", newline="") as out,
    ):
        while block := text.read(1 << 24):
            out.write(block)


# What plain DuckDB does with the same file: its own reader, types given, Parquet out.
PLAIN_COPY = """
COPY (
  SELECT * FROM read_csv('{file}', header = true, columns = {{
    'txn_id': 'VARCHAR', 'card': 'VARCHAR', 'plate': 'VARCHAR', 'ts': 'TIMESTAMP', 'txn_type': 'VARCHAR',
    'product': 'VARCHAR', 'liters': 'DECIMAL(10,2)', 'unit_price': 'DECIMAL(14,4)', 'amount': 'DECIMAL(14,2)',
    'balance': 'DECIMAL(14,2)', 'station': 'VARCHAR', 'odometer': 'DECIMAL(12,2)'}})
) TO '{out}' (FORMAT parquet, COMPRESSION zstd)
"""


if __name__ == "__main__":
    what, place, more = sys.argv[1:]
    if what == "make_lake":
        make_lake(Path(place), int(more))
    elif what == "write_csv":
        write_csv(Path(place), int(more))
    else:
        write_gb18030(Path(place), Path(more))
