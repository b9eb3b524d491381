from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from qingfeng.screening.engines.duckdb_engine import ask, connect, known_identifiers, mount, period, seal
from qingfeng.screening.errors import Problem
from qingfeng.screening.home import Home
from qingfeng.screening.lake import Lake, SheetRecord
from qingfeng.screening.rulebook import load_rules
from qingfeng.screening.rulebook.schema import REFERENCE, schema
from qingfeng.screening.tables import tables

FILLS = [
    {"row_id": 1, "ts": "2026-09-30 23:59:59", "liters": "40.00", "amount": "300.50"},
    {"row_id": 2, "ts": "2026-10-01 08:00:00", "liters": "50.25", "amount": "400.25"},
    {"row_id": 3, "ts": None, "liters": "10.00", "amount": "80.00"},
]
TRIPS = [
    {"row_id": 11, "departed_at": "2026-09-30 09:00:00"},
    {"row_id": 12, "departed_at": "2026-10-02 09:00:00"},
]
PASSENGERS = [
    {"row_id": 21, "trip_row": 11},
    {"row_id": 22, "trip_row": 12},
    {"row_id": 23, "trip_row": None},
]


def put(batch, table, rows, leave_out=()):
    """Write rows as intake writes them: typed Parquet, by month where the table has time."""
    told = tables()[table]
    kinds = {name: kind for name, kind in told.stored().items() if name not in leave_out}
    with duckdb.connect() as con:
        listed = ", ".join(f'"{name}" {kind}' for name, kind in kinds.items())
        con.execute(f"CREATE TABLE rows_in ({listed})")
        for row in rows:
            marks = ", ".join("?" for _ in row)
            con.execute(f"INSERT INTO rows_in ({', '.join(row)}) VALUES ({marks})", list(row.values()))
        month = f", coalesce(strftime(\"{told.time}\", '%Y-%m'), 'none') AS month" if told.time else ""
        parts = ", PARTITION_BY (month), OVERWRITE_OR_IGNORE" if told.time else ""
        target = batch.folder(table) if told.time else batch.folder(table) / "rows.parquet"
        con.execute(f"COPY (SELECT *{month} FROM rows_in) TO '{target}' (FORMAT parquet{parts})")


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


@pytest.fixture
def snapshot(home):
    with Lake(home).batch() as batch:
        number = batch.reserve(1)
        with batch.turn():
            put(batch, "fuel", FILLS, leave_out=("octane",))
            put(batch, "trip", TRIPS)
            put(batch, "trip_person", PASSENGERS)
            kept = {"fuel": 3, "trip": 2, "trip_person": 3}
            sheet = SheetRecord(number, "十月.csv", None, "0" * 64, 1, kept=kept, rows_in=8)
            return batch.commit([sheet])


def ids(con, table):
    return sorted(con.execute(f"SELECT row_id FROM {table}").fetchall())


def test_every_table_a_rule_can_name_is_mounted_with_all_its_columns(home, snapshot):
    con = connect(home)

    mount(con, snapshot)

    for table in schema().keys() - {"finding"}:
        there = {row[0]: row[1] for row in con.execute(f"DESCRIBE {table}").fetchall()}
        expected = schema()[table]
        assert {name: there[name] for name in expected} == expected, table


def test_mounting_says_which_tables_have_rows(home, snapshot):
    full = mount(connect(home), snapshot)

    assert set(full) - REFERENCE.keys() == {"fuel", "trip", "trip_person"}
    assert "calendar" in full


def test_a_table_without_rows_can_be_asked(home, snapshot):
    con = connect(home)
    mount(con, snapshot)

    assert ask(con, "SELECT plate_norm, tank_l FROM vehicle").num_rows == 0


def test_rows_after_the_day_that_counts_as_today_are_not_seen(home, snapshot):
    con = connect(home)

    mount(con, snapshot, as_of=date(2026, 9, 30))

    assert ids(con, "fuel") == [(1,), (3,)]
    assert ids(con, "trip") == [(11,)]


def test_the_items_of_rows_that_are_not_seen_are_not_seen_either(home, snapshot):
    con = connect(home)

    mount(con, snapshot, as_of=date(2026, 9, 30))

    assert ids(con, "trip_person") == [(21,), (23,)]


def test_the_day_that_counts_as_today_is_seen_whole(home, snapshot):
    con = connect(home)

    mount(con, snapshot, as_of=date(2026, 10, 1))

    assert ids(con, "fuel") == [(1,), (2,), (3,)]


def test_every_shipped_rule_is_answered_by_a_sealed_engine(home, snapshot):
    con = connect(home)
    mount(con, snapshot)
    finding = ", ".join(f'"{name}" {kind}' for name, kind in schema()["finding"].items())
    con.execute(f"CREATE TABLE finding ({finding})")
    seal(con, [home.lake])

    rules = load_rules().values()

    answers = {rule.id: ask(con, *rule.query()).column_names for rule in rules}

    assert answers == {rule.id: list(rule.columns) for rule in rules}


def test_the_registers_say_whom_a_rule_may_not_name(home):
    with Lake(home).batch() as batch:
        number = batch.reserve(1)
        with batch.turn():
            put(batch, "person", [{"row_id": 1, "name": "王小明"}, {"row_id": 2, "name": None}])
            put(batch, "vehicle", [{"row_id": 3, "plate_norm": "苏M00001"}])
            kept = {"person": 2, "vehicle": 1}
            snapshot = batch.commit(
                [SheetRecord(number, "名册.csv", None, "0" * 64, 1, kept=kept, rows_in=3)]
            )
    con = connect(home)
    mount(con, snapshot)

    assert known_identifiers(con) == {"王小明", "苏M00001"}


def test_decimals_stay_decimals(home, snapshot):
    con = connect(home)
    mount(con, snapshot)

    found = ask(
        con, "SELECT sum(amount) AS amount FROM fuel WHERE liters > $least", {"least": Decimal("20.5")}
    )

    assert pa.types.is_decimal(found.schema.field("amount").type)
    assert found.to_pylist() == [{"amount": Decimal("700.75")}]


def test_the_period_is_made_of_whole_months(snapshot):
    assert period(snapshot) == (date(2026, 9, 1), date(2026, 10, 31))


def test_the_calendar_covers_the_records(home, snapshot):
    con = connect(home)
    mount(con, snapshot)

    first_of_october = ask(con, "SELECT day_kind FROM calendar WHERE date = DATE '2026-10-01'")

    assert first_of_october.to_pylist() == [{"day_kind": "holiday"}]


def test_an_empty_home_can_be_mounted(home):
    con = connect(home)

    full = mount(con, Lake(home).snapshot(), as_of=date(2026, 10, 1))

    assert set(full) <= REFERENCE.keys()
    assert ask(con, "SELECT * FROM fuel").num_rows == 0


@pytest.mark.parametrize("threads", [1, 2])
def test_the_number_of_threads_can_be_chosen(home, threads):
    con = connect(home, threads=threads)

    assert con.execute("SELECT current_setting('threads')").fetchone() == (threads,)


def test_a_sealed_engine_still_reads_the_lake_and_spills(home, snapshot):
    con = connect(home, memory="60MB", threads=1)
    mount(con, snapshot)

    seal(con, [home.lake])

    assert ask(con, "SELECT count(*) AS n FROM fuel").to_pylist() == [{"n": 3}]
    many = "SELECT hash(i) AS h, repeat('x', 100) || i AS t FROM range(800000) AS r(i) ORDER BY h, t"
    assert ask(con, f"SELECT count(*) AS n FROM ({many} LIMIT 700000)").to_pylist() == [{"n": 700000}]


@pytest.mark.parametrize(
    "reaching_out",
    [
        "SELECT * FROM read_text('{outside}')",
        "SELECT * FROM '{outside}'",
        "SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')",
        "SELECT * FROM glob('{folder}/*')",
        "COPY (SELECT 1) TO '{folder}/out.csv'",
        "ATTACH '{folder}/other.db'",
        "SET memory_limit = '1TB'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
        "LOAD httpfs",
    ],
)
def test_a_sealed_engine_reaches_no_file_network_or_setting(home, snapshot, tmp_path, reaching_out):
    outside = tmp_path / "outside.csv"
    outside.write_text("secret\n1\n", encoding="utf-8")
    con = connect(home)
    mount(con, snapshot)
    seal(con, [home.lake])

    with pytest.raises(duckdb.Error):
        con.execute(reaching_out.format(outside=outside, folder=tmp_path)).fetchall()

    assert not (tmp_path / "out.csv").exists()


def test_a_file_of_the_lake_that_is_gone_is_told_as_a_problem(home, snapshot):
    con = connect(home)
    mount(con, snapshot)
    for file in snapshot.files("fuel"):
        Path(file).unlink()

    with pytest.raises(Problem, match="cannot read or write"):
        ask(con, "SELECT sum(amount) FROM fuel")
