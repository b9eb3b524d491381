"""Declared columns become stored columns of their declared types, with what is unread and flagged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from qingfeng.screening.normalise import Source, install, typed, typed_row
from qingfeng.screening.tables import IDENTIFIERS, tables


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    install(con)
    return con


def row(
    con: duckdb.DuckDBPyConnection, table: str, cells: Mapping[str, str], **told: Source
) -> tuple[dict[str, Any], set[str], set[str]]:
    """Return a row's stored values, the columns that cannot be read, and its flags."""
    sources = {name: told.get(name, Source(f'"{name}"')) for name in cells}
    readings = typed_row(tables()[table].columns, sources)
    con.execute(
        f"CREATE OR REPLACE TABLE staged AS SELECT {', '.join(f'${n} AS {n}' for n in cells)}", dict(cells)
    )
    items = [f'{sql} AS "{name}"' for r in readings.values() for name, sql in r.stored.items()]
    items += [f'({r.unread}) AS "!{name}"' for name, r in readings.items() if r.unread]
    items += [f'({sql}) AS "?{name}:{flag}"' for name, r in readings.items() for flag, sql in r.flags.items()]
    relation = con.sql(f"SELECT {', '.join(items)} FROM staged")
    found = dict(zip(relation.columns, relation.fetchall()[0], strict=True))
    stored = {name: value for name, value in found.items() if name[0] not in "!?"}
    unread = {name[1:] for name, value in found.items() if name[0] == "!" and value}
    return (
        stored,
        unread,
        {name.partition(":")[2] for name, value in found.items() if name[0] == "?" and value},
    )


@pytest.mark.parametrize("name", tables())
def test_every_column_of_a_table_is_stored_as_declared(con: duckdb.DuckDBPyConnection, name: str) -> None:
    table = tables()[name]
    staged = [
        f"NULL::VARCHAR AS {quoted}"
        for column in table.columns.values()
        for quoted in (
            [f'"{column.name}{suffix}"' for suffix in ("_h", "_last4", "_flag")]
            if column.type in IDENTIFIERS
            else [f'"{column.name}"']
        )
    ]
    con.execute(f"CREATE OR REPLACE VIEW staged_{name} AS SELECT {', '.join(staged)}")

    readings = typed_row(table.columns, {column: Source(f'"{column}"') for column in table.columns})
    items = ", ".join(f'{sql} AS "{column}"' for r in readings.values() for column, sql in r.stored.items())
    relation = con.sql(f"SELECT {items} FROM staged_{name}")

    declared = table.stored()
    types = {column: str(kind) for column, kind in zip(relation.columns, relation.types, strict=True)}
    assert {column: declared[column] for column in types} == types
    wanted = {stored for column in table.columns.values() for stored, _ in column.stored()}
    assert wanted - set(types) <= {f"{c.name}_id" for c in table.columns.values() if c.type == "unit"}


def test_a_clean_row_of_fuel_is_read_whole(con: duckdb.DuckDBPyConnection) -> None:
    cells = {
        "plate": "苏M12345",
        "ts": "2024-01-01 07:05:00",
        "txn_type": "加油",
        "product": "92号车用汽油(国VI)",
    }
    cells |= {"liters": "40.25", "unit_price": "7.56", "amount": "304.29"}

    stored, unread, flags = row(con, "fuel", cells)

    assert (stored["plate_norm"], stored["product_class"], stored["octane"]) == ("苏M12345", "汽油", 92)
    assert stored["ts"] == dt.datetime(2024, 1, 1, 7, 5)  # noqa: DTZ001 - stored without zone
    assert (stored["liters"], stored["amount"]) == (Decimal("40.25"), Decimal("304.29"))
    assert (unread, flags) == (set(), set())


def test_what_cannot_be_read_is_told_by_column(con: duckdb.DuckDBPyConnection) -> None:
    _, unread, _ = row(con, "fuel", {"ts": "昨天", "liters": "很多", "amount": "304.29", "balance": "-"})

    assert unread == {"ts", "liters"}


def test_plates_products_and_types_only_flag(con: duckdb.DuckDBPyConnection) -> None:
    stored, unread, flags = row(con, "fuel", {"plate": "苏M1234", "product": "代号七", "txn_type": "转让"})

    assert unread == set()
    assert flags == {"plate_invalid", "product_unknown", "enum_unknown_txn_type"}
    assert (stored["plate_norm"], stored["plate_raw"], stored["txn_type"]) == (None, "苏M1234", "转让")


def test_the_unit_of_the_header_counts_and_the_cells_own_wins(con: duckdb.DuckDBPyConnection) -> None:
    ten_thousands = Source('"price"', factor="10000")

    assert row(con, "vehicle", {"price": "12.8"}, price=ten_thousands)[0]["price"] == Decimal(128000)
    assert row(con, "vehicle", {"price": "98000元"}, price=ten_thousands)[0]["price"] == Decimal(98000)


def test_a_year_of_two_digits_is_flagged_unless_its_neighbours_tell(con: duckdb.DuckDBPyConnection) -> None:
    cells = {"ts": "24-01-02 07:05"}

    assert row(con, "fuel", cells)[2] == {"date_ambiguous"}
    assert row(con, "fuel", cells, ts=Source('"ts"', form="years"))[2] == set()


def test_a_format_from_a_mapping_decides_between_day_and_month(con: duckdb.DuckDBPyConnection) -> None:
    stored, unread, flags = row(
        con, "voucher", {"date": "02/01/2024"}, date=Source('"date"', form="%d/%m/%Y")
    )

    assert (stored["date"], unread, flags) == (dt.date(2024, 1, 2), set(), set())


def test_spellings_from_a_mapping_are_read_as_their_value(con: duckdb.DuckDBPyConnection) -> None:
    told = Source('"txn_type"', values={"退款": ("REV'D",)})

    assert row(con, "fuel", {"txn_type": "REV'D"}, txn_type=told)[::2] == ({"txn_type": "退款"}, set())


def test_digits_lost_to_a_spreadsheet_are_flagged_and_not_kept(con: duckdb.DuckDBPyConnection) -> None:
    stored, _, flags = row(con, "invoice", {"e_no": "24322000000012300000", "no": "123456"})

    assert stored == {"e_no": None, "no": "00123456"}
    assert flags == {"digits_lost", "zero_padded"}


def test_an_identifier_is_its_hash_and_tail(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "CREATE OR REPLACE TABLE s AS SELECT NULL AS card_h, '0000' AS card_last4, 'digits_lost' AS card_flag"
    )

    told = typed(tables()["fuel"].columns["card"], source='"card"')

    assert told.stored == {"card_h": '"card_h"', "card_last4": '"card_last4"'}
    assert con.execute(f"SELECT {told.flags['digits_lost']}, {told.flags['masked']} FROM s").fetchall() == [
        (True, False)
    ]


@pytest.mark.parametrize(
    ("lon", "lat", "place", "flags"),
    [
        ("119.9", "32.4", (119.9, 32.4), set()),
        ("32.4", "119.9", (119.9, 32.4), {"coord_swapped"}),
        ("0", "0", (None, None), {"coord_zero"}),
        ("500", "32.4", (None, None), {"coord_invalid"}),
    ],
)
def test_a_pair_of_coordinates_is_put_in_order(
    con: duckdb.DuckDBPyConnection,
    lon: str,
    lat: str,
    place: tuple[float | None, float | None],
    flags: set[str],
) -> None:
    stored, unread, told = row(con, "gps", {"lon": lon, "lat": lat})

    assert ((stored["lon"], stored["lat"]), unread, told) == (place, set(), flags)


def test_a_pair_is_turned_to_wgs84_by_the_rows_own_system(con: duckdb.DuckDBPyConnection) -> None:
    stored, _, _ = row(con, "gps", {"lon": "116.404", "lat": "39.915", "coord_sys": "百度"})

    assert (round(stored["lon"], 3), round(stored["lat"], 3)) == (116.391, 39.907)


def test_a_pair_is_turned_to_wgs84_by_what_the_header_says(con: duckdb.DuckDBPyConnection) -> None:
    told = Source('"lon"', form="GCJ-02")

    stored, _, _ = row(con, "gps", {"lon": "116.41024", "lat": "39.91640"}, lon=told)

    assert (round(stored["lon"], 4), round(stored["lat"], 4)) == (116.404, 39.915)


def test_a_tax_code_keeps_the_zeros_it_ends_with(con: duckdb.DuckDBPyConnection) -> None:
    stored, _, flags = row(con, "invoice_line", {"tax_code": "1070101010000000000"})

    assert (stored["tax_code"], flags) == ("1070101010000000000", set())
