"""A chart is data, a caption and a table; the drawing is an enhancement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext

from qingfeng.look import sheets

KINDS = ("bar", "rows", "stack", "line", "points", "interval")
ENDS = 3  # series of an interval: what is expected, its lower and its upper end
MOST_COLOURS = 5


@dataclass(frozen=True)
class Series:
    """One colour of a chart: its name and a value for every name on the axis (None where there is none)."""

    name: str
    values: Sequence[int | float | None]


@dataclass(frozen=True)
class Band:
    """Where others lie: a lower and an upper end for every name on the axis, drawn behind the lines."""

    name: str
    low: Sequence[int | float | None]
    high: Sequence[int | float | None]


@dataclass(frozen=True)
class Span:
    """Names on the axis that are marked, from the first to the last; a day is an upright line."""

    says: str
    first: str
    last: str
    is_day: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart.

    Attributes:
        title: States what is found ("逾期主要在交办环节"), not what is drawn.
        says: One line below the title: what is counted, of whom, in which period.
        names: The categories of the axis, in order.
        series: At most five, for that many colours can be told apart.
        kind: `bar` standing, `rows` lying (long names), `stack`, `line`, `points`, `interval` (a line in a
            band: three series, what is expected and the lower and upper end).
        unit: Unit of the values, with the figures on the axis and in the table.
        head: What the names are, as head of the table's first column.
        source: Where the figures come from and as of when.
        is_tall: Room for many rows.
        band: Where others lie, behind the lines of a `line`.
        spans: What is marked on the axis of a `line`.
    """

    title: str
    says: str
    names: Sequence[str]
    series: Sequence[Series]
    kind: str = "bar"
    unit: str = ""
    head: str = ""
    source: str = ""
    is_tall: bool = False
    band: Band | None = None
    spans: Sequence[Span] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn honestly."""
        if self.kind not in KINDS:
            raise ValueError(f"A chart is one of {', '.join(KINDS)}, not {self.kind!r}.")
        if self.kind == "interval" and len(self.series) != ENDS:
            raise ValueError(f"{self.title!r} is an interval: give a middle, a low and a high end.")
        if not 1 <= len(self.series) <= MOST_COLOURS:
            raise ValueError(
                f"{self.title!r} has {len(self.series)} series; draw 1 to {MOST_COLOURS}, or several charts."
            )
        for one in self.series:
            if len(one.values) != len(self.names):
                raise ValueError(f"{one.name!r} has {len(one.values)} values for {len(self.names)} names.")

    @property
    def data(self) -> dict[str, Any]:
        """What the script draws from."""
        return {
            "title": str(self.title),
            "says": str(self.says),
            "source": str(self.source),
            "kind": self.kind,
            "unit": str(self.unit),
            "names": [str(name) for name in self.names],
            "series": [{"name": str(one.name), "values": list(one.values)} for one in self.series],
            **self._around,
        }

    @property
    def _around(self) -> dict[str, Any]:
        """What stands around the lines; nothing for most charts."""
        found: dict[str, Any] = {}
        if self.band is not None:
            ends = {"low": list(self.band.low), "high": list(self.band.high)}
            found["band"] = {"name": str(self.band.name), **ends}
        if self.spans:
            found["spans"] = [
                {"says": str(one.says), "first": one.first, "last": one.last, "is_day": one.is_day}
                for one in self.spans
            ]
        return found

    @property
    def has_key(self) -> bool:
        """Whether there are colours to be named."""
        return len(self.series) > 1 and self.kind != "interval"

    @property
    def is_named(self) -> bool:
        """Whether the colours are named where they are drawn, if there is room (the script looks)."""
        return self.kind in {"line", "stack"}

    @property
    def heads(self) -> list[str]:
        """Heads of the table."""
        unit = f" ({self.unit})" if self.unit else ""
        named = [f"{one.name}{unit}" for one in self.series]
        if self.band is not None:
            named += [
                pgettext("chart", "%(name)s, lower end") % {"name": self.band.name},
                pgettext("chart", "%(name)s, upper end") % {"name": self.band.name},
            ]
        return [str(self.head or pgettext("chart", "Name")), *named]

    @property
    def rows(self) -> list[list[Any]]:
        """Rows of the table: a name and a value per series."""
        columns = [one.values for one in self.series]
        if self.band is not None:
            columns += [self.band.low, self.band.high]
        return [[str(name), *(one[place] for one in columns)] for place, name in enumerate(self.names)]

    @property
    def signed(self) -> str:
        """The table for the file buttons."""
        note = " · ".join(str(part) for part in (self.says, self.source) if part)
        return sheets.packed(sheets.Sheet(str(self.title), self.heads, self.rows, note))
