"""Where a header lies: the rows with most known headers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from qingfeng.screening.intake import headers as spelt

if TYPE_CHECKING:
    from qingfeng.screening.intake.sheet import RawSheet


def header_rows(sheet: RawSheet) -> tuple[int, ...]:
    """Return the one or two rows with most known headers, the first of equals, or ()."""
    best: tuple[float, tuple[int, ...]] = (0.0, ())
    for at, (number, cells) in enumerate(sheet.preview):
        single = _hits([(cell,) for cell in cells])
        if single > best[0]:
            best = (single, (number,))
        if at + 1 < len(sheet.preview):
            below_number, below = sheet.preview[at + 1]
            if below_number == number + 1 and _is_group_row(cells, below):
                double = _hits(joined_parts(cells, below))
                if double > best[0] or (double == best[0] and best[1] == (number,)):
                    best = (double + 0.01, (number, below_number))
    return best[1] if best[0] >= (1 if sheet.table else 1.5) else ()


def _hits(parts: Sequence[tuple[str, ...]]) -> float:
    """Count cells that are known headers, less a little for those that are not."""
    texts = ["_".join(cell.strip() for cell in part if cell.strip()) for part in parts]
    texts = [text for text in texts if text]
    known = sum(spelt.is_known(text) for text in texts)
    return known - 0.2 * (len(texts) - known)


def _is_group_row(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether the upper of two rows names groups of columns over the lower."""
    told = [cell.strip() for cell in upper]
    below = [cell.strip() for cell in lower] + [""] * (len(told) - len(lower))
    if len({text for text in told if text}) < 2 or any(re.search(r"[\d:：]", text) for text in told):
        return False
    spans = False
    for at, text in enumerate(told):
        after = told[at + 1] if at + 1 < len(told) else None
        spanning = after in ("", text) and at + 1 < len(below) and bool(below[at + 1])
        spans = spans or bool(text and spanning and below[at] and below[at] != text)
        over_one = (
            text and below[at] and below[at] != text and not spanning and (at == 0 or told[at - 1] != text)
        )
        if over_one and not spelt.is_known(f"{text}_{below[at]}"):
            return False
    return spans


def joined_parts(upper: Sequence[str], lower: Sequence[str]) -> list[tuple[str, ...]]:
    """Pair the cells of two header rows; a group's name holds until the next one."""
    parts: list[tuple[str, ...]] = []
    group = ""
    for at in range(max(len(upper), len(lower))):
        above = upper[at].strip() if at < len(upper) else ""
        below = lower[at].strip() if at < len(lower) else ""
        group = above or (group if below else "")
        parts.append((group, below) if below and group != below else (group or below,))
    return parts


def mapped_rows(sheet: RawSheet, headers: Iterable[str]) -> tuple[int, ...]:
    """Return the row that has most of a mapping's headers, if any row has one."""
    wanted = {spelt.fold(header) for header in headers}
    hits = [(len(wanted & {spelt.fold(cell) for cell in cells}), -number) for number, cells in sheet.preview]
    best, number = max(hits, default=(0, 0))
    return (-number,) if best else ()
