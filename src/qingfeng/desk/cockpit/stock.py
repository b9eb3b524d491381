"""Panel 2: what lies open and for how long, leads and every kind of matter that the house has."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Case, CharField, Count, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.cockpit import drawing
from qingfeng.desk.cockpit.asked import Asked
from qingfeng.desk.cockpit.shown import Block, Line, Number, Panel, Rows, Shown, barred, in_words
from qingfeng.findings.models import Lead
from qingfeng.look import said
from qingfeng.look.charts import Chart, Series
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanisms

KEY = "stock"
LEADS = "leads"
AGES = (30, 90, 180)  # days; older than the last is the last group


def _ages() -> list[str]:
    return [
        _("up to %(days)s days") % {"days": AGES[0]},
        *(
            _("%(since)s to %(until)s days") % {"since": since + 1, "until": until}
            for since, until in pairwise(AGES)
        ),
        _("over %(days)s days") % {"days": AGES[-1]},
    ]


def _aged(rows: QuerySet[Any], column: str, today: date) -> QuerySet[Any]:
    """Annotate the group of age: the place of `_ages`."""

    def since(days: int) -> date | datetime:
        day = today - timedelta(days=days)
        return day if column.endswith("_on") else timezone.make_aware(datetime.combine(day, time()))

    cases = [When(**{f"{column}__gte": since(days)}, then=Value(str(at))) for at, days in enumerate(AGES)]
    return rows.annotate(age=Case(*cases, default=Value(str(len(AGES))), output_field=CharField()))


def _matters(asked: Asked) -> QuerySet[Matter]:
    return _aged(asked.matters.filter(is_open=True), "opened_on", asked.viewer.on)


def _leads(asked: Asked) -> QuerySet[Lead]:
    """Return leads that nobody has taken up yet and no exception hides."""
    waiting = asked.leads.filter(is_current=True, matter=None, excepted_by=None)
    return _aged(waiting, "first_seen_at", asked.viewer.on)


def show(asked: Asked) -> Shown:
    """Count what is open by kind and age; two queries."""
    counted: dict[str, list[int]] = defaultdict(lambda: [0] * (len(AGES) + 1))
    for kind, age, n in _matters(asked).order_by().values_list("mechanism", "age").annotate(n=Count("pk")):
        counted[kind][int(age)] = n
    for age, n in _leads(asked).order_by().values_list("age").annotate(n=Count("pk")):
        counted[LEADS][int(age)] = n
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
    return Shown(KEY, _("Stock and age"), says, blocks or [empty], chart)


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
    if not what.isdigit() or int(what) > len(AGES):
        return None
    title = f"{pgettext('cockpit', 'Open')} · {_ages()[int(what)]}"
    if of == LEADS:
        return drawing.leads(title, _leads(asked).filter(age=what))
    return drawing.matters(asked.viewer, title, _matters(asked).filter(mechanism=of, age=what))


PANEL = Panel(KEY, show, rows)
