"""High-quality clues (高质量问题线索): how well one could be looked into at first, and whether it was so."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from qingfeng.desk.fields.asked import Asked
from qingfeng.desk.fields.measures import days_of
from qingfeng.matters import statistics
from qingfeng.matters.registry import is_known, mechanism
from qingfeng.mechanisms.topic.numbers import LEAST
from qingfeng.plain import beta

CLUE, FIGURE = "clue", "so_by_quality"
LOW, HIGH, PRIOR = 0.05, 0.95, 0.5


def by_quality(asked: Asked) -> list[tuple[str, str]]:
    """Return the grades at registration with the share of clues that were so, from five clues on."""
    if not is_known(CLUE):
        return []
    declared = mechanism(CLUE)
    figure = replace(next(one for one in declared.figures if one.key == FIGURE), by=("quality",))
    rows = statistics.count(figure, declared, asked.matters, days_of(asked))
    told = {row.split[0]: (int(row.value or 0), row.of or 0) for row in rows}
    asks = next(one for act in declared.acts for one in act.asks if one.key == "quality")
    return [(str(name), _said(*told[key])) for key, name in asks.choices if key in told]


def _said(so: int, of: int) -> str:
    if of < LEAST:
        return _("fewer than five")
    low, high = (beta.quantile(share, so + PRIOR, of - so + PRIOR) for share in (LOW, HIGH))
    return _("%(value).0f %% (%(low).0f to %(high).0f) of %(of)s") % {
        "value": 100 * so / of,
        "low": 100 * low,
        "high": 100 * high,
        "of": of,
    }
