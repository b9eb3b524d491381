"""Totals rows (合计、小计、本页合计、累计) are no records, but they check the sum."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import duckdb

from qingfeng.screening.intake.account import TotalDiffers

TOLERANCE = Decimal("0.05")
ADDED = frozenset({"money", "litres", "km", "number", "integer", "minutes"})
# Numbers that nobody adds up, though a totals row may repeat the last one.
NOT_ADDED = frozenset(
    {
        "balance", "credit_limit", "engine_l", "face", "line_no", "max_speed", "meal_rate", "odo_end",
        "odo_start", "odometer", "points", "price", "radius_m", "rate", "rated_l100", "required_octane",
        "room_rate", "tank_l", "transport_allowance", "value", "year",
    }
)  # fmt: skip


def check_totals(
    con: duckdb.DuckDBPyConnection, staged: str, numbers: Mapping[str, str]
) -> tuple[int, list[TotalDiffers]]:
    """Compare every totals row with the rows above it.

    A totals row may cover its page, its group or everything so far, and files seldom
    say which. So it agrees if it equals the sum of the data since any earlier totals
    row, or since the beginning; if none fits, the nearest is shown.

    Args:
        con: With the SQL macros installed.
        staged: SQL after FROM of the staged sheet.
        numbers: Declared column to the SQL that reads it as a number.

    Returns:
        How many totals were compared, and those that differ by more than 0.05.
    """
    if not numbers:
        return 0, []
    said = ", ".join(f"CAST({sql} AS DECIMAL(38,4))" for sql in numbers.values())
    totals = con.execute(
        f"SELECT row_no, {said} FROM {staged} WHERE row_kind = 'total' ORDER BY row_no"
    ).fetchall()
    if not totals:
        return 0, []
    summed = ", ".join(f"coalesce(sum(CAST({sql} AS DECIMAL(38,4))), 0)" for sql in numbers.values())
    parts = dict.fromkeys((row[0] for row in totals), (Decimal(0),) * len(numbers))
    firsts: dict[int, int] = {}
    for bound, first, *sums in con.execute(
        f"""
        SELECT b.bound, min(d.row_no), {summed}
        FROM (SELECT * FROM {staged} WHERE row_kind = 'data') AS d
        ASOF JOIN (SELECT row_no AS bound FROM {staged} WHERE row_kind = 'total') AS b ON d.row_no <= b.bound
        GROUP BY b.bound
        """
    ).fetchall():
        parts[bound] = tuple(map(Decimal, sums))
        firsts[bound] = first
    return _compare(list(numbers), totals, parts, firsts)


def _compare(
    columns: list[str],
    totals: list[tuple[object, ...]],
    parts: Mapping[int, tuple[Decimal, ...]],
    firsts: Mapping[int, int],
) -> tuple[int, list[TotalDiffers]]:
    compared, differing = 0, []
    bounds = [int(str(row[0])) for row in totals]
    for place, row in enumerate(totals):
        for number, column in enumerate(columns):
            said = row[number + 1]
            if not isinstance(said, Decimal):
                continue
            compared += 1
            found = _nearest(said, [(b, parts[b][number]) for b in reversed(bounds[: place + 1])], firsts)
            if abs(said - found[0]) > TOLERANCE:
                differing.append(
                    TotalDiffers(column, bounds[place], _short(said), _short(found[0]), found[1])
                )
    return compared, differing


def _nearest(
    said: Decimal, parts: list[tuple[int, Decimal]], firsts: Mapping[int, int]
) -> tuple[Decimal, int]:
    """Return the running sum (backwards) that is nearest, and its first row."""
    running, first = Decimal(0), parts[0][0]
    best = (Decimal(0), first)
    for place, (bound, part) in enumerate(parts):
        running += part
        first = firsts.get(bound, first)
        if place == 0 or abs(said - running) < abs(said - best[0]):
            best = (running, first)
    return best


def _short(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"))
