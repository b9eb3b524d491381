"""Panel 1: what is overdue, due in three and in seven days, by office."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext as _

from qingfeng.desk.cockpit import drawing
from qingfeng.desk.cockpit.asked import Asked
from qingfeng.desk.cockpit.shown import Block, Line, Number, Panel, Rows, Shown, barred
from qingfeng.desk.cockpit.trends import trends
from qingfeng.desk.returns.house import BUCKETS, buckets

KEY, MEASURE, BY = "clocks", "clocks.near", ("owner", "near")
WANTED = ((MEASURE, BY),)


def show(asked: Asked) -> Shown:
    """Count duties by office and how near they are; one query, or the house's reading."""
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for (owner, bucket), cell in asked.cells(MEASURE, *BY).items():
        counted[owner][bucket] = int(cell.value or 0)
    names = drawing.named_units(counted)
    offices = sorted(counted, key=lambda key: [-counted[key].get(one, 0) for one in BUCKETS] + [int(key)])
    lines = [
        Line(
            names.get(int(key), ""),
            [Number(counted[key].get(one, 0), asked.rows_at(KEY, one, key)) for one in BUCKETS],
        )
        for key in offices
    ]
    heads = [_("Office"), *(str(words) for _key, words in buckets())]
    block = Block("", heads, barred(lines), _("Nothing is overdue, and nothing falls due within seven days."))
    says = _("Running clocks of open matters by the office that owns the matter; days are calendar days.")
    lines_of = [(str(words), lambda values, key=key: values[1] == key) for key, words in buckets()]
    return Shown(KEY, _("Clocks"), says, [block], trends=trends(asked, MEASURE, BY, lines_of))


def rows(asked: Asked, what: str, of: str) -> Rows | None:
    """Return the duties of an office in one bucket."""
    names = {"overdue": _("Overdue"), "soon": _("Due in 3 days"), "near": _("Due in 4 to 7 days")}
    if what not in names or not of.isdecimal():
        return None
    return drawing.duties(asked.viewer, names[what], asked.behind(MEASURE, BY, (of, what)))


PANEL = Panel(KEY, show, rows, wants=WANTED)
