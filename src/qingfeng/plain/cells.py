"""Cells of delimited text that run on and on: a quotation mark that nothing closes."""

from __future__ import annotations

import csv
from collections.abc import Iterable

LONGEST = 100_000
"""Signs; no text that people write into a cell is as long. What `csv` allows is one for the whole process."""


def refuse_endless(cells: Iterable[str | list[str] | None]) -> None:
    """Refuse cells that are longer than any.

    Raises:
        csv.Error: If one is, as the reader itself raises it.
    """
    if any(len(one) > LONGEST for one in cells if one):
        raise csv.Error
