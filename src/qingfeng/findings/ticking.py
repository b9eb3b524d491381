"""What happens to findings by itself: exceptions end, draws are drawn, rules are judged.

Run by the worker every quarter of an hour, after the clocks; the same again changes nothing.
"""

from __future__ import annotations

from qingfeng.findings import drawing, exceptions, precision


def tick() -> int:
    """Let time do its work; return how many things changed."""
    changed = exceptions.apply() + drawing.draw_due()
    return changed + precision.refresh(precision.labelled())
