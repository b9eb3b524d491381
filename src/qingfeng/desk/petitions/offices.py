"""How offices do by what they owe: on time at each clock, resolved at first, changed, avoidable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingfeng.desk.petitions.gauges import Share
from qingfeng.desk.returns.measures import Cells, measure
from qingfeng.desk.returns.scope import Scope
from qingfeng.look.charts import Chart, Series
from qingfeng.mechanisms.petition.fields import OPINION
from qingfeng.mechanisms.petition.settings import LEAST_ANSWERS
from qingfeng.organization.district_settings import setting
from qingfeng.organization.models import Unit

AT_CLOCKS = (
    ("planned_in_time", _("Plan")),
    ("handled_in_time", _("Opinion")),
    ("served_in_time", _("Service")),
    ("executed_in_time", _("Carried out")),
    ("helped_in_time", _("Help")),
)
EVERY_CLOCK = (
    ("routed_in_time", _("Registered and routed")),
    ("told_in_time", _("Told")),
    ("dispatched_in_time", _("Handed out")),
    *AT_CLOCKS,
    ("reviewed_in_time", pgettext_lazy("petition", "Review")),
    ("rechecked_in_time", _("Re-examination")),
)
SHARES = (
    ("at_first", _("Resolved at first")),
    ("changed", _("Changed on review")),
    ("avoidable", _("Avoidable")),
    ("satisfied", _("Satisfied")),
)
CAUSES = dict(next(one for one in OPINION if one.key == "cause").choices)
LEAST_PICTURE = 2


@dataclass(frozen=True)
class Line:
    """One office: a share for every column."""

    office: Any
    shares: list[tuple[Any, Share]]


def heads() -> list[Any]:
    """Return the heads of the table."""
    return [words for _key, words in (*AT_CLOCKS, *SHARES)]


def lines_of(scope: Scope) -> list[Line]:
    """Return a line an office, in the order of their names; one grouped query a column."""
    columns = [(words, key, _by_office(key, scope)) for key, words in (*AT_CLOCKS, *SHARES)]
    keys = {unit for _words, _key, cells in columns for unit in cells if unit.isdecimal()}
    units = sorted(Unit.objects.filter(pk__in=keys), key=str)
    least = {"satisfied": int(setting(LEAST_ANSWERS)), "avoidable": 5, "at_first": 5}
    return [
        Line(
            unit,
            [
                (words, Share(*cells.get(str(unit.pk), (0, 0)), least=least.get(key, 0)))
                for words, key, cells in columns
            ],
        )
        for unit in units
    ]


def house_of(scope: Scope) -> list[tuple[Any, Share]]:
    """Return the share of the house at each clock, those that no office bears among them."""
    return [(words, Share(*_sum(_count(key, scope)))) for key, words in EVERY_CLOCK]


def _by_office(key: str, scope: Scope) -> dict[str, tuple[float, int]]:
    return {
        values[0]: (cell.value or 0, cell.of or 0) for values, cell in _count(key, scope, "lead_unit").items()
    }


def _count(key: str, scope: Scope, *by: str) -> Cells:
    counted = measure(f"petition.{key}")
    return counted.count(scope, by) if counted is not None else {}


def _sum(cells: Cells) -> tuple[float, int]:
    return sum(cell.value or 0 for cell in cells.values()), sum(cell.of or 0 for cell in cells.values())


def causes_of(scope: Scope) -> Chart | None:
    """Return where petitions came from, as their opinions say; None where too few say anything."""
    cells = {values[0]: int(cell.value or 0) for values, cell in _count("causes", scope, "cause").items()}
    shown = [(words, cells.get(key, 0)) for key, words in CAUSES.items() if cells.get(key)]
    if len(shown) < LEAST_PICTURE:
        return None
    shown.sort(key=lambda pair: -pair[1])
    title = _("Most came from: %(cause)s") % {"cause": shown[0][0]}
    return Chart(
        str(title),
        str(_("Opinions issued in the year, by the cause that they name.")),
        [str(words) for words, _count in shown],
        [Series(str(_("Opinions")), [count for _words, count in shown])],
        kind="rows",
        unit=str(_("items")),
        head=str(_("Cause")),
    )
