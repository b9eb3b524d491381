"""How good what stands out is, where the truth is known: areas of a sample district against its answer key.

Told as `screening.score` tells it of rules: an area that was planted is found where its cell stands out, a
twin must not stand out, and a cell that stands out is right where it was planted.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from qingfeng.findings.prone.cells import cells
from qingfeng.matters.statistics import Period
from qingfeng.screening.score import KINDS, Tally

Key = tuple[str, ...]


def score(answers: Path, period: Period) -> list[Tally]:
    """Compare the cells that stand out in the whole house with an answer key, dimensions by dimensions.

    Args:
        answers: `areas.jsonl` of a sample district; none is one that tells of no area.
        period: Days; the months that they touch count, whole.

    Returns:
        One tally for all lines with the same dimensions, named for them, in the key's order. A hidden cell
        is shown to nobody and does not stand out.
    """
    planted: dict[Key, dict[str, set[Key]]] = defaultdict(lambda: {kind: set() for kind in KINDS})
    for line in answers.read_text(encoding="utf-8").splitlines() if answers.exists() else ():
        told = json.loads(line)
        planted[tuple(told["by"])][told["kind"]].add(tuple(told["key"]))
    return [_tally(by, of["violation"], of["twin"], period) for by, of in planted.items()]


def _tally(by: Key, violations: set[Key], twins: set[Key], period: Period) -> Tally:
    out = {one.key for one in cells(period, by) if one.stands_out and not one.is_hidden}
    return Tally(
        " x ".join(by),
        "",
        findings=len(out),
        right=len(out & violations),
        violations=len(violations),
        found=len(out & violations),
        twins=len(twins),
        twins_found=len(out & twins),
    )
