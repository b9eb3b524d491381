"""Rows of the sample district, and what is true about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

VIOLATION = "violation"
TWIN = "twin"


class Row(dict[str, Any]):
    """One record: declared column to value.

    Attributes:
        at: Where it was written: (file relative to the inputs, sheet or None, row from 1).
        told: Whether the truth speaks of it, so that noise leaves its meaning alone.
    """

    __slots__ = ("at", "told")

    def __init__(self, **values: Any) -> None:
        super().__init__(values)
        self.at: list[tuple[str, str | None, int]] = []
        self.told = False


@dataclass(eq=False)
class Case:
    """One planted act or one innocent look-alike.

    Attributes:
        rules: The rules it is a case of.
        kind: `violation` or `twin`.
        rows: The rows on which it shows, in the order of writing.
    """

    rules: tuple[str, ...]
    kind: str
    rows: list[Row] = field(default_factory=list)

    def shows(self, *rows: Row) -> None:
        """Say that the act shows on these rows."""
        for row in rows:
            row.told = True
            self.rows.append(row)
