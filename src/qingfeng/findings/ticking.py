"""What happens to findings by itself: names find units, exceptions end, draws are drawn.

Run by the worker every quarter of an hour, after the clocks; the same again changes nothing.
"""

from __future__ import annotations

from qingfeng.findings import drawing, exceptions, matching, precision


def tick() -> int:
    """Let time do its work; return how many things changed."""
    changed = matching.match_units() + exceptions.apply() + drawing.draw_due()
    return changed + precision.refresh(precision.labelled())
