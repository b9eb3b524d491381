"""The small picture of a field: three rows of bars, one for each of the three, a bar a quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from qingfeng.desk.fields.asked import Asked
from qingfeng.desk.fields.measures import MEASURES, TERMS, Sums
from qingfeng.desk.fields.shown import Field
from qingfeng.mechanisms.common import AREAS
from qingfeng.plain.suppression import is_small

ROWS = (("deter", "decided"), ("bind", "kept"), ("understand", "educations"))
STEP, WIDE, HIGH, GAP, LEFT = 14, 10, 16, 6, 60
LEAST_BAR = 2


@dataclass(frozen=True)
class Bar:
    """One bar, in units of the picture."""

    x: int
    y: int
    height: int


@dataclass(frozen=True)
class Picture:
    """A field on the first page.

    Attributes:
        says: The same in words, for whoever does not see it.
        rows: Name of a row, its base line, and its bars; a small count of cases has none.
    """

    area: str
    name: str
    says: str
    rows: Sequence[tuple[str, int, Sequence[Bar]]]
    width: int
    height: int


def pictures(asked: Asked) -> list[Picture]:
    """Return the picture of every field, from what was counted for all of them at once; empty ones last."""
    sums = Field(asked).sums
    found = [_picture(asked, sums, key, str(name)) for key, name in AREAS]
    return sorted(found, key=lambda one: not any(bars for _name, _base, bars in one.rows))


def _picture(asked: Asked, sums: Sums, area: str, name: str) -> Picture:
    rows, said = [], []
    for place, (group, measure) in enumerate(ROWS):
        values = [sums[area, measure, quarter] for quarter in asked.quarters]
        seen = [None if MEASURES[measure].is_about_people and is_small(one) else one for one in values]
        base = place * (HIGH + GAP) + HIGH
        rows.append((str(TERMS[group]), base, _bars(seen, base)))
        last = seen[-1]
        value = _("under 5") if last is None else last
        said.append(_("%(name)s: %(value)s") % {"name": MEASURES[measure].name, "value": value})
    words = _("%(quarter)s, %(said)s") % {"quarter": asked.quarters[-1], "said": _(", ").join(said)}
    return Picture(area, name, words, rows, LEFT + STEP * len(asked.quarters), len(ROWS) * (HIGH + GAP))


def _bars(values: Sequence[int | None], base: int) -> list[Bar]:
    most = max((one or 0 for one in values), default=0)
    found = []
    for place, value in enumerate(values):
        if value:
            height = max(LEAST_BAR, round(HIGH * value / most))
            found.append(Bar(LEFT + STEP * place, base - height, height))
    return found
