"""Readings: a measure counted for a period, once a day for the whole house, or anew for who sees less."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qingfeng.desk.returns.measures import Cells, Measure, Values
from qingfeng.desk.returns.scope import Scope
from qingfeng.matters.statistics import Period
from qingfeng.organization.viewer import Viewer


@dataclass(frozen=True)
class Read:
    """What was read.

    Attributes:
        cells: Numbers by the values of the dimensions.
        as_of: When the whole house was counted; None where it was counted now, for this reader.
    """

    cells: Cells
    as_of: datetime | None = None


def reading(
    measure: Measure, period: Period, *, viewer: Viewer | None, by: Values = (), office: str = ""
) -> Read:
    """Read a measure.

    Args:
        measure: What is counted.
        period: Days that count.
        viewer: Who reads; None for the whole house, in the worker only.
        by: Keys of dimensions, in order.
        office: Path of one of our own units, "" for all.

    Returns:
        The stored reading of the whole house where this reader may see all of it, else a count of what
        they see.
    """
    scope = Scope(period, viewer, office, is_whole=measure.needs == "whole")
    return Read(measure.count(scope, by))
