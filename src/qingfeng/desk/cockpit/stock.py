"""Panel 2: what lies open and for how long, leads and every kind of matter that the house has."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.cockpit import drawing
from qingfeng.desk.cockpit.asked import Asked
from qingfeng.desk.cockpit.shown import Block, Line, Number, Panel, Rows, Shown, barred, in_words
from qingfeng.desk.cockpit.trends import trends
from qingfeng.desk.returns.told import AGES, ages
from qingfeng.look import said
from qingfeng.look.charts import Chart, Series
from qingfeng.matters.registry import mechanisms

KEY = "stock"
LEADS = "leads"
MATTERS_OPEN, LEADS_WAITING = "matters.open", "leads.waiting"
WANTED = ((MATTERS_OPEN, ("kind", "age")), (LEADS_WAITING, ("age",)))


def _ages() -> list[str]:
    return [words for _key, words in ages()]


def show(asked: Asked) -> Shown:
    """Count what is open by kind and age; two queries, or the house's readings."""
    counted: dict[str, list[int]] = defaultdict(lambda: [0] * (len(AGES) + 1))
    for (kind, age), cell in asked.cells(MATTERS_OPEN, "kind", "age").items():
        counted[kind][int(age)] = int(cell.value or 0)
    for (age,), cell in asked.cells(LEADS_WAITING, "age").items():
        counted[LEADS][int(age)] = int(cell.value or 0)
    names = {one.key: str(one.name) for one in mechanisms()} | {LEADS: _("Leads not taken up")}
    kinds = [*(one.key for one in mechanisms() if one.key in counted), *([LEADS] if LEADS in counted else [])]
    blocks = []
    for title, keys in (
        (_("Matters"), [key for key in kinds if key != LEADS]),
        (pgettext("cockpit", "Findings"), [LEADS] * (LEADS in counted)),
    ):
        lines = [
            Line(
                names[key],
                [Number(n, asked.rows_at(KEY, str(age), key)) for age, n in enumerate(counted[key])],
            )
            for key in keys
        ]
        if lines:
            blocks.append(Block(title, [pgettext("cockpit", "Kind"), *_ages()], barred(lines)))
    empty = Block("", [], [], _("Nothing is open."))
    says = _(
        "Open matters by the days since they were opened; leads by the days since they were first found."
    )
    chart = _chart(asked, [key for key in kinds if key != LEADS], counted, names)
    told = trends(asked, MATTERS_OPEN, ("kind", "age"), [(_("Matters open"), lambda _values: True)])
    told += trends(asked, LEADS_WAITING, ("age",), [(_("Leads not taken up"), lambda _values: True)])
    return Shown(KEY, _("Stock and age"), says, blocks or [empty], chart, trends=told)


def _chart(
    asked: Asked, kinds: list[str], counted: dict[str, list[int]], names: dict[str, str]
) -> Chart | None:
    if len(kinds) < 2:
        return None
    oldest = max(kinds, key=lambda key: (counted[key][-1], sum(counted[key])))
    title = _("%(count)s open; the oldest are most often: %(kind)s") % {
        "count": said.number(sum(sum(counted[key]) for key in kinds)),
        "kind": names[oldest],
    }
    series = [Series(age, [counted[key][at] for key in kinds]) for at, age in enumerate(_ages())]
    shown = [names[key] for key in kinds]
    return Chart(title, "", shown, series, "stack", _("items"), pgettext("cockpit", "Kind"), in_words(asked))


def rows(asked: Asked, what: str, of: str) -> Rows | None:
    """Return what is open of one kind and age."""
    if not what.isdecimal() or int(what) > len(AGES):
        return None
    title = f"{pgettext('cockpit', 'Open')} · {_ages()[int(what)]}"
    if of == LEADS:
        return drawing.leads(title, asked.behind(LEADS_WAITING, ("age",), (what,)))
    found = asked.behind(MATTERS_OPEN, ("kind", "age"), (of, what))
    return drawing.matters(asked.viewer, title, found)


PANEL = Panel(KEY, show, rows, wants=WANTED)
