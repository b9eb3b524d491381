"""The chain of duty as tables, a chart and rows: where looking beats reading, one looks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from qingfeng.desk.duty.chain import AGES, LINKS, STATES, Cell, Chain, Year
from qingfeng.desk.kinds import address
from qingfeng.desk.listing import stage_name
from qingfeng.look.charts import Chart, Series
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.matters.registry import mechanism

SAID = {
    "done": gettext_lazy("done"),
    "under_way": gettext_lazy("under way"),
    "missing": gettext_lazy("missing"),
}


@dataclass(frozen=True)
class Count:
    """How many units stand in one state at one link, and the address of these."""

    value: int
    href: str


@dataclass(frozen=True)
class Line:
    """One link of the chain with its counts."""

    name: str
    counts: dict[str, Count]


def rows_at(year: int, link: str, state: str) -> str:
    """Return the address of the units behind one number."""
    return f"{reverse('desk:duty_rows')}?{urlencode({'year': year, 'link': link, 'state': state})}"


def units_table(years: Iterable[Year]) -> Table:
    """Return one line a unit: seven links, and how its year stands."""

    def cell(key: str) -> Column:
        def value(row: Year) -> Cell:
            return row.cells[key]

        return Column(value, LINKS[key], template="desk/duty/cell.html")

    def own(row: Year) -> str:
        return address(row.matter)

    columns = [
        Column("unit", pgettext("cockpit", "Unit"), "exact", link=own, is_head=True),
        *(cell(key) for key in LINKS),
        Column(lambda row: stage_name(mechanism(row.matter.mechanism, row.matter.version), row.matter),
               _("Stage")),
    ]  # fmt: skip
    empty = Empty(
        _("No year is open"),
        _("The team or room that follows a unit opens its year; the unit then enters its list of duties."),
    )
    return Table(columns, list(years), _("The chain of duty by unit"), empty=empty)


def counts_table(chain: Chain) -> Table:
    """Return one line a link: how many units have it done, under way, missing; numbers open their units."""
    counts = chain.counts()
    lines = [
        Line(
            str(name),
            {state: Count(counts[key][state], rows_at(chain.year, key, state)) for state in STATES},
        )
        for key, name in LINKS.items()
    ]

    def column(state: str) -> Column:
        return Column(
            lambda row: row.counts[state].value,
            SAID[state],
            "number",
            link=lambda row: row.counts[state].href if row.counts[state].value else None,
        )

    head = Column("name", _("Link of the chain"), is_head=True)
    return Table([head, *(column(state) for state in STATES)], lines, _("The chain of duty by link"))


def chart(chain: Chain) -> Chart | None:
    """Return the chain as a picture: links by state; None without a unit."""
    if not chain.years:
        return None
    counts = chain.counts()
    worst = max(LINKS, key=lambda key: counts[key]["missing"])
    lacking = counts[worst]["missing"]
    title = _("Nothing is missing in %(year)s so far") % {"year": chain.year}
    if lacking:
        told = {"link": LINKS[worst], "count": lacking, "all": len(chain.years)}
        title = _("Most often missing: %(link)s, with %(count)s of %(all)s units") % told
    names = [str(name) for name in LINKS.values()]
    series = [Series(str(SAID[state]), [counts[key][state] for key in LINKS]) for state in STATES]
    says = _("Units by the state of each link, year %(year)s; what the reader may see") % {"year": chain.year}
    return Chart(title, says, names, series, "stack", pgettext("chart", "units"), _("Link of the chain"))


@dataclass(frozen=True)
class Ratio:
    """One figure of a year: how many of how many, in words, with the address of its units."""

    name: Any
    done: int
    of: int
    href: str

    @property
    def words(self) -> str:
        """How it is read: a share only where there is something to share."""
        if not self.of:
            return _("nothing yet")
        share = round(100 * self.done / self.of)
        return _("%(done)s of %(all)s (%(share)s %%)") % {"done": self.done, "all": self.of, "share": share}


def ratios(chain: Chain) -> list[Ratio]:
    """Return the figures of a year: lists, studies in their half, problems fed back and put right."""
    counts, every = chain.counts(), len(chain.years)
    problems = [line for one in chain.years for line in one.lines["problems"]]
    settled = sum(line.state == "accepted" for line in problems)
    told = (
        (_("Lists issued, of the units that owe one"), "list", "done", every + len(chain.not_begun or ())),
        (_("Studies of the first half held"), "first", "done", every),
        (_("Studies of the second half held"), "second", "done", every),
    )
    found = [Ratio(name, counts[link][state], of, rows_at(chain.year, link, state))
             for name, link, state, of in told]  # fmt: skip
    name = _("Problems fed back that were found to be put right")
    return [*found, Ratio(name, settled, len(problems), rows_at(chain.year, "problems", "some"))]


def letters_by_age(chain: Chain) -> list[tuple[str, int, str]]:
    """Return open reminders and commitments by the days since they were sent, each with its address."""
    ages = [
        _("under %(days)s days") % {"days": AGES[0]},
        *(_("%(from)s to %(to)s days") % {"from": low, "to": high - 1} for low, high in pairwise(AGES)),
        _("%(days)s days and more") % {"days": AGES[-1]},
    ]
    found = [sum(one.open_letters[age] for one in chain.years) for age in range(len(ages))]
    return [
        (name, count, rows_at(chain.year, "letters", f"age{age}"))
        for age, (name, count) in enumerate(zip(ages, found, strict=True))
    ]
