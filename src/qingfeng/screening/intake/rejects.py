"""What could not be read: kept beside the run, outside the lake, identifiers masked."""

from __future__ import annotations

import json
import re
import tempfile
import weakref
from collections.abc import Iterator
from pathlib import Path

from qingfeng.screening.intake.account import Reject

LONGEST = 200
_DIGITS = re.compile(r"\d{7,}[\dXx]")
REASONS = {
    "day": "date_unreadable 无法读成日期",
    "month": "date_unreadable 无法读成月份",
    "instant": "time_unreadable 无法读成时间",
    "money": "money_unreadable 无法读成金额",
}
OTHERWISE = "number_unreadable 无法读成数字"


def masked(value: str) -> str:
    """Return a cell with every run of eight and more digits cut to its last four."""
    seen = _DIGITS.sub(lambda found: "*" * (len(found[0]) - 4) + found[0][-4:], value)
    return seen if len(seen) <= LONGEST else seen[: LONGEST - 1] + "…"


class RejectFile:
    """Rejected cells in a file without a name: it is gone when the run is.

    A file of twenty million wrong dates has twenty million rejects; memory would not
    hold them.
    """

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8", dir=folder)  # noqa: SIM115 - see above
        weakref.finalize(self, self._file.close)
        self._count = 0
        self._parts: list[tuple[tuple[str, str], int, int]] = []

    def add(self, path: str, sheet: str | None, cells: Iterator[tuple[int, str, str, str]]) -> int:
        """Append the rejected cells of one sheet: (row, column, value, reason), by row.

        Returns:
            Rows that they lie in.
        """
        start, count, rows, last = self._file.tell(), 0, 0, -1
        for row, column, value, reason in cells:
            rows += row != last
            last = row
            cell = [path, sheet, row, column, masked(value), reason]
            self._file.write(json.dumps(cell, ensure_ascii=False) + "\n")
            count += 1
        if count:
            self._parts.append(((path, sheet or ""), start, count))
            self._count += count
        return rows

    def __len__(self) -> int:
        """Return how many cells were rejected."""
        return self._count

    def __iter__(self) -> Iterator[Reject]:
        """Yield them by path, sheet and row."""
        self._file.flush()
        for _, start, count in sorted(self._parts):
            place = start
            for _ in range(count):
                self._file.seek(place)
                line = self._file.readline()
                place = self._file.tell()
                yield Reject(*json.loads(line))
