"""A day around a lead, drawn: one lane a kind of record, time from left to right, own rows marked.

Drawn on the server, so that it is there without a script and on paper; the list beside it says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WIDTH, LEFT, RIGHT = 760, 112, 16  # pixels of the drawing; names of lanes stand at the left
LANE, TOP, FOOT = 34, 8, 26
LEAST_WIDTH = 3
STEPS = (1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720)  # hours between two ticks
MOST_TICKS = 9


@dataclass(frozen=True)
class Moment:
    """What a record says happened.

    Attributes:
        no: Number in the list, from 1.
        at: When it began, Asia/Shanghai.
        until: When it ended, None for an instant.
        lane: Kind of record, in words.
        words: What it says, in a line.
        is_own: Whether it is a row of the lead's own evidence.
        lon: Longitude, WGS-84, None where nobody knows.
        lat: Latitude.
        source: File, sheet and row.
    """

    no: int
    at: datetime
    until: datetime | None
    lane: str
    words: str
    is_own: bool
    lon: float | None = None
    lat: float | None = None
    source: str = ""

    @property
    def is_placed(self) -> bool:
        """Whether it can stand on a map."""
        return self.lon is not None and self.lat is not None


@dataclass(frozen=True)
class Tick:
    """A line of the axis: where, what it says, whether a day begins there."""

    x: float
    words: str
    is_day: bool


@dataclass(frozen=True)
class Mark:
    """A moment as it is drawn: a bar from `x`, `width` long, in the middle of its lane."""

    moment: Moment
    x: float
    y: float
    width: float


@dataclass(frozen=True)
class DayPicture:
    """The drawing."""

    height: int
    lanes: list[tuple[str, float]]
    ticks: list[Tick]
    marks: list[Mark]

    width = WIDTH
    left = LEFT

    @property
    def foot(self) -> int:
        """Where the axis stands."""
        return self.height - FOOT


def draw(moments: Sequence[Moment]) -> DayPicture | None:
    """Lay moments out; None where there are fewer than two, for then there is nothing to compare."""
    if len(moments) < 2:
        return None
    first = min(one.at for one in moments)
    last = max(one.until or one.at for one in moments)
    step = _step(last - first)
    begin, end = _whole(first, step), _whole(last, step) + step
    if end - last < step / 8:
        end += step
    lanes = list(dict.fromkeys(one.lane for one in moments))
    rows = {lane: TOP + LANE * place for place, lane in enumerate(lanes)}
    scale = (WIDTH - LEFT - RIGHT) / (end - begin).total_seconds()

    def x(at: datetime) -> float:
        return round(LEFT + (at - begin).total_seconds() * scale, 1)

    marks = [
        Mark(one, x(one.at), rows[one.lane] + LANE / 2, max(LEAST_WIDTH, x(one.until or one.at) - x(one.at)))
        for one in moments
    ]
    return DayPicture(
        TOP + LANE * len(lanes) + FOOT,
        [(lane, y + LANE / 2) for lane, y in rows.items()],
        _ticks(begin, end, step, x),
        marks,
    )


def _step(span: timedelta) -> timedelta:
    """Return the time between two ticks: the shortest that leaves at most `MOST_TICKS`."""
    hours = span.total_seconds() / 3600
    return timedelta(hours=next((one for one in STEPS if hours / one <= MOST_TICKS - 2), STEPS[-1]))


def _whole(at: datetime, step: timedelta) -> datetime:
    """Return the last tick at or before an instant; ticks are counted from midnight of its day."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (at - midnight) // step * step


def _ticks(begin: datetime, end: datetime, step: timedelta, x: Callable[[datetime], float]) -> list[Tick]:
    """Return the ticks: a day at midnight, else the hour."""
    found, at = [], begin
    while at <= end:
        is_day = (at.hour, at.minute) == (0, 0)
        found.append(Tick(x(at), f"{at:%m-%d}" if is_day else f"{at:%H:%M}", is_day))
        at += step
    return found
