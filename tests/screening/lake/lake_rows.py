"""Rows for lake tests, written the way intake writes them."""

import duckdb

from qingfeng.screening.lake import SheetRecord
from qingfeng.screening.tables import tables


def add_fuel(lake, *, month, rows, station="云川第一加油站", path=None):
    """Add `rows` fills on the 5th of a month as one batch; return the new snapshot."""
    with lake.batch() as batch:
        number = batch.reserve(1)
        with batch.turn():
            write_fuel(batch, number=number, month=month, rows=rows, station=station)
            return batch.commit([record(number, month=month, rows=rows, path=path)])


def write_fuel(batch, *, number, month, rows, station="云川第一加油站"):
    """Write Parquet files into the batch's folder."""
    values = {
        "row_id": f"({number}::BIGINT << 42) | ((i + 2) << 10)",
        "ts": f"TIMESTAMP '{month}-05 12:00:00' + INTERVAL (i) SECOND",
        "station": f"'{station}'",
        "liters": "40",
        "amount": "300.50",
    }
    columns = ", ".join(
        f"CAST({values.get(name, 'NULL')} AS {kind}) AS {name}"
        for name, kind in tables()["fuel"].stored().items()
    )
    rows_of = f"SELECT {columns} FROM range({rows}) AS r(i)"
    with duckdb.connect() as con:
        con.execute(
            f"COPY (SELECT *, strftime(ts, '%Y-%m') AS month FROM ({rows_of})) TO '{batch.folder('fuel')}' "
            "(FORMAT parquet, COMPRESSION zstd, PARTITION_BY (month), OVERWRITE_OR_IGNORE)"
        )


def record(number, *, month, rows, path=None):
    """Return the sheet record of such a file."""
    return SheetRecord(
        file_no=number,
        path=path or f"加油明细/{month}.csv",
        sheet=None,
        sha256=f"{month}-{rows}",
        size=rows,
        given={"fuel": ",ts,station,liters,amount,"},
        kept={"fuel": rows},
        rows_in=rows,
        fingerprint="f",
    )


def read(snapshot, sql):
    """Run SQL with {fuel} standing for the table; return its rows."""
    with duckdb.connect() as con:
        return con.execute(sql.format(fuel=snapshot.relation("fuel"))).fetchall()
