"""What a rule may read: every declared table as it is stored, and the tables that are always there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import cache

from qingfeng.screening.lake.delta import stored_columns
from qingfeng.screening.tables import MONEY, tables

# Tables that stand in every home, whatever it has imported. Their columns are those
# that a rule may name; `at_place` is worked out at intake.
REFERENCE: dict[str, dict[str, str]] = {
    "calendar": {"date": "DATE", "day_kind": "VARCHAR", "holiday_name": "VARCHAR"},
    "place": {"name": "VARCHAR", "adcode": "VARCHAR", "lon": "DOUBLE", "lat": "DOUBLE"},
    "standard": {
        "key": "VARCHAR",
        "region": "VARCHAR",
        "rank": "VARCHAR",
        "season": "VARCHAR",
        "meal": "VARCHAR",
        "value": "DECIMAL(14,4)",
        "unit": "VARCHAR",
        "effective_from": "DATE",
        "effective_to": "DATE",
        "doc": "VARCHAR",
    },
    "at_place": dict(stored_columns("at_place")),
}

# What cross rules read besides: the findings of the rules that ran before them.
FINDING: dict[str, str] = {
    "rule": "VARCHAR",
    "tier": "VARCHAR",
    "watch": "VARCHAR",
    "subject_kind": "VARCHAR",
    "subject_key": "VARCHAR",
    "unit_id": "VARCHAR",
    "at": "TIMESTAMP",
    "amount": MONEY,
    "finding_row": "BIGINT",
    "evidence_rows": "BIGINT[]",
}

WATCHES = ("vehicle", "letter", "card", "scenic", "ledger", "payroll", "cross")
TIERS = ("A", "B", "C")
SCOPES = ("row", "key", "table")
SUBJECTS = ("plate", "card", "person", "unit", "letter", "reception", "invoice", "voucher", "vendor")


@cache
def schema() -> dict[str, dict[str, str]]:
    """Return every table that a rule can name: its columns and their SQL types."""
    declared = {name: table.stored() for name, table in tables().items() if name not in REFERENCE}
    return {**declared, **REFERENCE, "finding": FINDING}


def declared_column(table: str, column: str) -> str | None:
    """Return the name under which a file gives a column, or None if no file gives it.

    Args:
        table: A declared table.
        column: A declared or a stored name: `plate` or `plate_norm`.
    """
    for name, told in tables()[table].columns.items():
        if column == name or any(column == stored for stored, _ in told.stored()):
            return name
    return None


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """Return "Did you mean 'x'? " for the nearest of `words`, or ""."""
    near = difflib.get_close_matches(word, sorted(words), n=1, cutoff=0.5)
    return f"Did you mean '{near[0]}'? " if near else ""
