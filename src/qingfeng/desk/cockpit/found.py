"""Panel 3: from findings to verified to disposed, with what verifiers have found of each rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.cockpit import drawing, verified
from qingfeng.desk.cockpit.asked import Asked
from qingfeng.desk.cockpit.shown import Block, Line, Number, Panel, Rows, Shown, in_words
from qingfeng.desk.leads.terms import WATCHES
from qingfeng.findings.models import Lead, RuleStanding
from qingfeng.look.charts import Chart, Series

KEY = "findings"
STEPS = ("found", "taken", "concluded", "disposed")
MOST_RULES = 12


def _leads(asked: Asked) -> QuerySet[Lead]:
    """Return the leads first found in the period."""
    return asked.leads.filter(asked.period.instants("first_seen_at"))


def _step(asked: Asked, step: str) -> QuerySet[Lead]:
    rows = _leads(asked)
    if step == "taken":
        return rows.filter(matter__isnull=False)
    if step == "concluded":
        return verified.concluded(rows)
    return rows.filter(matter__is_open=False) if step == "disposed" else rows


def show(asked: Asked) -> Shown:
    """Count leads by watch and by rule, each as far as it has come; three queries."""
    told = _counted(asked)
    watches, rules = _summed(told, 0), _summed(told, 1)
    standings = {row.rule: row for row in RuleStanding.objects.all()}
    titles = {rule: title for (_watch, rule), (title, _counts) in told.items()}
    shown = sorted(rules, key=lambda rule: (*(-one for one in reversed(rules[rule])), rule))[:MOST_RULES]
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
    return Shown(KEY, name, says, blocks[: 2 if rules else 1], chart)


def _counted(asked: Asked) -> dict[tuple[str, str], tuple[str, list[int]]]:
    """Return a title and how many leads have come to each step, by watch and rule; two queries."""
    steps = {
        "called": Max("title"),
        "found": Count("pk"),
        "taken": Count("pk", filter=Q(matter__isnull=False)),
        "disposed": Count("pk", filter=Q(matter__is_open=False)),
    }
    counted: dict[tuple[str, str], tuple[str, list[int]]] = {}
    for row in _leads(asked).order_by().values("watch", "rule").annotate(**steps):
        counts = [row["found"], row["taken"], 0, row["disposed"]]
        counted[row["watch"], row["rule"]] = (row["called"], counts)
    concluded = _step(asked, "concluded").order_by().values_list("watch", "rule").annotate(n=Count("pk"))
    for watch, rule, n in concluded:
        counted[watch, rule][1][2] = n
    return counted


def _summed(told: Mapping[tuple[str, str], tuple[str, list[int]]], place: int) -> dict[str, list[int]]:
    """Return the counts of every step by watch (0) or rule (1)."""
    found: dict[str, list[int]] = defaultdict(lambda: [0] * len(STEPS))
    for key, (_title, counts) in told.items():
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
    return drawing.leads(names[what], _step(asked, what).filter(**{kind: key}))


PANEL = Panel(KEY, show, rows)
