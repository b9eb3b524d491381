"""Panel 3: from findings to verified to disposed, with what verifiers have found of each rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.cockpit import drawing
from qingfeng.desk.cockpit.asked import Asked
from qingfeng.desk.cockpit.shown import Block, Line, Number, Panel, Rows, Shown, in_words
from qingfeng.desk.cockpit.trends import trends
from qingfeng.desk.leads.terms import WATCHES
from qingfeng.findings.models import Lead, RuleRun, RuleStanding
from qingfeng.look.charts import Chart, Series

KEY = "findings"
STEPS = ("found", "taken", "concluded", "disposed")
MOST_RULES = 12
BY = ("watch", "rule")
WANTED = tuple((f"leads.{step}", BY) for step in STEPS)
Counts = dict[tuple[str, str], list[int]]


def show(asked: Asked) -> Shown:
    """Count leads by watch and by rule, each as far as it has come; a query a step, or the readings."""
    told = _counted(asked)
    watches, rules = _summed(told, 0), _summed(told, 1)
    standings = {row.rule: row for row in RuleStanding.objects.all()}
    shown = sorted(rules, key=lambda rule: (*(-one for one in reversed(rules[rule])), rule))[:MOST_RULES]
    titles = _titles(shown)
    by_watch = [
        Line(str(WATCHES.get(key, key)), _numbers(asked, counts, f"watch:{key}"))
        for key, counts in sorted(watches.items(), key=lambda item: -item[1][0])
    ]
    by_rule = [
        Line(
            titles.get(rule, rule),
            _numbers(asked, rules[rule], f"rule:{rule}"),
            _precision(standings.get(rule)),
        )
        for rule in shown
    ]
    heads = [
        pgettext("cockpit", "found"),
        pgettext("cockpit", "taken up"),
        pgettext("cockpit", "concluded"),
        pgettext("cockpit", "closed"),
    ]
    empty = _("No finding was first seen in this period.")
    blocks = [
        Block(pgettext("cockpit", "By watch"), [pgettext("cockpit", "Watch"), *heads], by_watch, empty),
        Block(_("By rule, the furthest first"), [pgettext("cockpit", "Rule"), *heads], by_rule, empty),
    ]
    says = _(
        "Leads first found in the period, by the rule of their heaviest finding. Concluded: the verification "
        "was approved. A finding is a question; the precision of a rule is what verifiers have found of it."
    )
    name, chart = _("From findings to results"), _chart(asked, watches)
    told_of = trends(asked, "leads.found", BY, [(pgettext("cockpit", "found"), lambda _values: True)])
    return Shown(KEY, name, says, blocks[: 2 if rules else 1], chart, trends=told_of)


def _counted(asked: Asked) -> Counts:
    """Return how many leads have come to each step, by watch and rule."""
    counted: Counts = defaultdict(lambda: [0] * len(STEPS))
    for place, step in enumerate(STEPS):
        for values, cell in asked.cells(f"leads.{step}", *BY).items():
            counted[values[0], values[1]][place] = int(cell.value or 0)
    return counted


def _titles(rules: Iterable[str]) -> dict[str, str]:
    """Return what rules are called: as the newest screening that ran them says, else as a lead of theirs."""
    wanted = set(rules)
    ran = RuleRun.objects.filter(rule__in=wanted).order_by("screening_id")
    titles = dict(ran.values_list("rule", "title"))
    rest = Lead.objects.filter(rule__in=wanted - titles.keys()).order_by().values_list("rule")
    return titles | dict(rest.annotate(called=Max("title")) if wanted - titles.keys() else ())


def _summed(told: Counts, place: int) -> dict[str, list[int]]:
    """Return the counts of every step by watch (0) or rule (1)."""
    found: dict[str, list[int]] = defaultdict(lambda: [0] * len(STEPS))
    for key, counts in told.items():
        found[key[place]] = [one + more for one, more in zip(found[key[place]], counts, strict=True)]
    return dict(found)


def _numbers(asked: Asked, counts: Iterable[int], of: str) -> list[Number]:
    counts = list(counts)
    most = counts[0] or 1
    return [
        Number(n, asked.rows_at(KEY, step, of), "", round(100 * n / most))
        for step, n in zip(STEPS, counts, strict=True)
    ]


def _precision(row: Any) -> str:
    if row is None or not sum(row.counts.values()):
        return _("precision: no verdict yet")
    said = _("precision %(mean)s %% (%(low)s to %(high)s %%), %(count)s verdicts") % {
        "mean": round(100 * row.mean),
        "low": round(100 * row.low),
        "high": round(100 * row.high),
        "count": sum(row.counts.values()),
    }
    return f"{said} · {pgettext('cockpit', 'watched only')}" if row.is_watch_only else said


def _chart(asked: Asked, watches: dict[str, list[int]]) -> Chart | None:
    taken = {key: counts for key, counts in watches.items() if counts[1]}
    if not taken:
        return None
    names = [str(WATCHES.get(key, key)) for key in taken]
    series = [
        Series(pgettext("cockpit", "being verified"), [counts[1] - counts[3] for counts in taken.values()]),
        Series(pgettext("cockpit", "closed"), [counts[3] for counts in taken.values()]),
    ]
    total = sum(counts[1] for counts in taken.values())
    title = _("%(taken)s of %(found)s leads have been taken up") % {
        "taken": total,
        "found": f"{sum(counts[0] for counts in watches.values()):,}",
    }
    return Chart(
        title,
        "",
        names,
        series,
        "stack",
        pgettext("cockpit", "leads"),
        pgettext("cockpit", "Watch"),
        in_words(asked),
    )


def rows(asked: Asked, what: str, of: str) -> Rows | None:
    """Return the leads of a watch or a rule that have come to a step."""
    kind, _colon, key = of.partition(":")
    if what not in STEPS or kind not in {"watch", "rule"}:
        return None
    names = {
        "found": _("Leads found"),
        "taken": _("Leads taken up"),
        "concluded": _("Leads whose verification was approved"),
        "disposed": _("Leads whose verification is closed"),
    }
    return drawing.leads(names[what], asked.behind(f"leads.{what}", (kind,), (key,)))


PANEL = Panel(KEY, show, rows, wants=WANTED)
