"""Builders for tests of readers: real files, staged as a run would."""

from __future__ import annotations

from pathlib import Path

import duckdb

from qingfeng.screening.home import Home
from qingfeng.screening.intake.sheet import RawSheet, Staged, StagePlan
from qingfeng.screening.intake.sources import Sources, open_sources

HEADER = ("卡号", "车牌号", "交易时间", "加油站", "金额")
NAMES = ("card", "plate", "ts", "station", "amount")
CARD = "9030001234567890123"


def opened(folder: Path) -> Sources:
    """Return the sources of a test's folder `in`."""
    return open_sources([folder / "in"], folder / "scratch")


def given(folder: Path, name: str, data: bytes) -> Path:
    """Write a file among the inputs."""
    file = folder / "in" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


def only_sheet(folder: Path) -> RawSheet:
    """Return the one sheet of the inputs."""
    sources = opened(folder)
    assert not sources.refused, sources.refused
    (sheet,) = sources.sheets
    return sheet


def plan(header_row: int = 1, headers: tuple[str, ...] = HEADER, names: tuple[str, ...] = NAMES) -> StagePlan:
    """Return the plan of a fuel sheet."""
    return StagePlan(
        header_from=header_row,
        header_to=header_row,
        columns=dict(enumerate(names)),
        identifiers={"card": "card"},
        headers=dict(enumerate(headers)),
    )


def staged(sheet: RawSheet, folder: Path, how: StagePlan | None = None) -> tuple[Staged, list[dict]]:
    """Stage a sheet; return what was staged and its rows in the order of their numbers."""
    home = Home(folder / "home")
    with duckdb.connect() as con:
        con.execute("SET threads = 2; SET preserve_insertion_order = false")
        result = sheet.stage(how or plan(), folder / "staged.parquet", con, home)
        cursor = con.execute(f"SELECT * FROM {result.relation()} ORDER BY row_no")
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return result, rows


def csv_text(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> str:
    """Return comma-separated text with a header."""
    return "".join(",".join(row) + "\n" for row in (header, *rows))


def a_fill(number: int = 0, **changed: str) -> tuple[str, ...]:
    """Return a fuel row as text."""
    row = dict(
        zip(
            NAMES,
            (CARD, "苏M12345", f"2026-01-{number % 28 + 1:02} 08:00:00", "清河加油站", f"{100 + number}.00"),
            strict=True,
        )
    )
    return tuple((row | changed).values())
