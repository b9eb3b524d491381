"""Spending standards (三公标准) that no rule of a unit may loosen: those that come with the house."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from qingfeng.screening.reference import shipped_standards

_PARTS = ("key", "region", "rank", "season", "meal")


def _name(row: dict[str, Any]) -> str:
    return " ".join(str(row[part]) for part in _PARTS if row.get(part))


@cache
def _rows() -> dict[str, dict[str, Any]]:
    """Return the newest standard under every name."""
    newest: dict[str, dict[str, Any]] = {}
    for row in sorted(shipped_standards(), key=lambda row: row.get("effective_from") or date.min):
        newest[_name(row)] = row
    return newest


def standard_choices() -> list[tuple[str, str]]:
    """Return (value, words) of every standard that a threshold can be held against."""
    return [(name, f"{name} ≤ {row['value']} {row['unit']}") for name, row in _rows().items()]


def ceiling(name: str) -> Decimal | None:
    """Return what a standard allows at most, in its own unit; None for one that is not known."""
    row = _rows().get(name)
    return Decimal(str(row["value"])) if row else None
