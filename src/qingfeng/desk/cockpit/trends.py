"""Lines of earlier readings beside a number: what the house counted day by day, for who may read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from qingfeng.desk.cockpit.asked import Asked, known
from qingfeng.desk.returns import readings
from qingfeng.desk.returns.measures import Values
from qingfeng.look import said

LEAST_POINTS = 2
WIDE, HIGH = 100, 24

Of = Sequence[tuple[str, Callable[[Values], bool]]]


@dataclass(frozen=True)
class Trend:
    """A line of readings.

    Attributes:
        name: What was counted.
        words: First and last reading with their days, for those who do not see the line.
        points: The line, in a box of `WIDE` by `HIGH`.
    """

    name: str
    words: str
    points: str


def trends(asked: Asked, key: str, by: Values, of: Of) -> list[Trend]:
    """Return the lines of a measure's daily readings.

    Args:
        asked: What is asked for: none where the reader was not shown the house's reading.
        key: Of the measure, which has been read.
        by: Its dimensions.
        of: (name, which values count) of every line.
    """
    if key not in asked.times or not readings.may_read_days(asked.viewer, known(key), by):
        return []
    days = readings.trend(key, by, until=asked.viewer.on)
    if len(days) < LEAST_POINTS:
        return []
    found = []
    for name, counts in of:
        values = [sum(cell.value or 0 for at, cell in day.cells.items() if counts(at)) for day in days]
        words = _("%(first)s on %(since)s, %(last)s on %(until)s, %(count)s readings") % {
            "first": said.number(values[0]),
            "since": said.day(days[0].on),
            "last": said.number(values[-1]),
            "until": said.day(days[-1].on),
            "count": len(days),
        }
        found.append(Trend(name, words, _line(values)))
    return found


def _line(values: Sequence[float]) -> str:
    low, high = min(0.0, *values), max(values)
    span = (high - low) or 1
    step = WIDE / (len(values) - 1)
    return " ".join(
        f"{step * place:.1f},{HIGH - 2 - (HIGH - 4) * (value - low) / span:.1f}"
        for place, value in enumerate(values)
    )
