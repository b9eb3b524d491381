"""What returns and others may count of prone areas: leads verified as so, units that nobody looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingfeng.desk.prone import words
from qingfeng.desk.returns.measures import Cell, Cells, Dimension, Measure, Values, offer
from qingfeng.desk.returns.scope import Scope
from qingfeng.findings.models import UnitOnRecord
from qingfeng.findings.prone.asked import Question, confirmed
from qingfeng.findings.prone.gathering import gather
from qingfeng.organization.models import Unit

SPLITS = ("unit_kind", "place", "expense", "month")
GROUP = _("Prone areas")


def _question(scope: Scope, by: Values) -> Question:
    office = Unit.objects.filter(path=scope.office).first() if scope.office else None
    return Question(scope.period, by or ("expense",), office, scope.viewer)


def _verified(scope: Scope, by: Values) -> Cells:
    found = gather(_question(scope, by))
    if not by:
        return {(): Cell(found.verified)}
    return {key: Cell(one.total()) for key, one in found.counted.items()}


def _rows(scope: Scope, by: Values, values: Values) -> QuerySet[Any]:
    question = _question(scope, by)
    return confirmed(question.where(values) if by else question.leads())


def _unseen(scope: Scope, by: Values) -> Cells:
    """Count units of the register of which no record was screened in the period."""
    question = _question(scope, ())
    seen = set(question.exposures().values_list("unit_name", flat=True))
    units = [question.units[name] for name in question.registered if name not in seen]
    found = Counter(tuple(_of(one, name) for name in by) for one in units)
    return {key: Cell(count) for key, count in found.items()} or ({} if by else {(): Cell(0)})


def _of(unit: UnitOnRecord, name: str) -> str:
    return unit.kind if name == "unit_kind" else unit.place


def _dimension(name: str) -> Dimension:
    def said(values: Iterable[str]) -> Mapping[str, str]:
        return {one: words.value_name(name, one) for one in values}

    return Dimension(name, words.DIMENSIONS[name], said)


def join() -> None:
    """Offer the measures; called once, at start-up."""
    offer(
        Measure(
            key="prone.verified",
            title=_("Leads verified, whole or in part"),
            says=_(
                "Leads of which the act lies in the months of the period and whose verification found them "
                "so, whole or in part."
            ),
            unit=pgettext_lazy("cockpit", "leads"),
            count=_verified,
            dimensions=tuple(map(_dimension, SPLITS)),
            rows=_rows,
            of="leads",
            source={"by": list(SPLITS)},
            group=GROUP,
        )
    )
    offer(
        Measure(
            key="prone.unseen",
            title=_("Units that nobody looked at"),
            says=_("Units of the register of records of which no record was screened in the period."),
            unit=pgettext_lazy("prone areas", "units"),
            count=_unseen,
            dimensions=tuple(map(_dimension, ("unit_kind", "place"))),
            subject="unit",
            basis="stock",
            group=GROUP,
        )
    )
