"""Lets the kernel ask this room at its acts."""

from __future__ import annotations

from qingfeng.matters.computed import find_with
from qingfeng.mechanisms.prone_report.checking import check
from qingfeng.mechanisms.prone_report.counting import cells


def join() -> None:
    """Register what the house finds out for a report; called once, at start-up."""
    find_with("prone_report.cells", cells)
    find_with("prone_report.check", check)
