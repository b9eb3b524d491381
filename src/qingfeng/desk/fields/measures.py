"""What is counted in a field, by quarter: what deters (不敢), what binds (不能), what is understood (不想).

Everything is an act on a matter, a line of a ledger, or what stands at the end of a quarter. Counts of what
is about people (cases, accountability, doubts found to be so) are hidden below five, and no total is shown
beside them, so that nothing can be taken off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import CharField, Count, F, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, TruncQuarter
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingfeng.desk.fields.asked import Asked
from qingfeng.desk.fields.quarters import Quarter, quarter_of
from qingfeng.matters.models import LedgerLine, Performance
from qingfeng.matters.statistics import Period

Group = Literal["deter", "bind", "understand", "figures"]
GROUPS: Mapping[Group, Any] = {
    "deter": _("Deterred: cases and accountability"),
    "bind": _("Bound: rules made and kept"),
    "understand": _("Understood: education"),
    "figures": _("The field's own figures"),
}
"""“三不”, in order, and what they are held against."""


@dataclass(frozen=True)
class Measure:
    """One line of the table.

    Attributes:
        acts: (mechanism, act) pairs that are counted; empty where it is counted in another way.
        where: Value that a fact entered with the act must have.
        is_about_people: Whether a small count is hidden.
        is_at_end: Whether it says what stands at the end of a quarter, not what happened in it.
    """

    key: str
    name: Any
    group: Group
    acts: tuple[tuple[str, str], ...] = ()
    where: tuple[str, str] | None = None
    is_about_people: bool = False
    is_at_end: bool = False


LOOKS = (("lesson", "look_back"), ("pattern", "look_back"), ("recommendation", "look_back"))
MEASURES: Mapping[str, Measure] = {
    one.key: one
    for one in (
        Measure("cases", _("Cases opened"), "deter", (("case", "approve_case"),), is_about_people=True),
        Measure("decided", pgettext_lazy("field", "Cases decided"), "deter", (("case", "decide"),),
                is_about_people=True),
        Measure("accounted", pgettext_lazy("field", "Decisions on accountability"), "deter",
                (("accountability", "decide"),), is_about_people=True),
        Measure("made", _("Rules put in force"), "bind", (("rule_made", "file_copy"),)),
        Measure("kept", _("Rules kept: carried out in the last six months"), "bind", is_at_end=True),
        Measure("idle", _("Rules in force and not carried out for six months"), "bind", is_at_end=True),
        Measure("revised", _("Rules sent to be mended"), "bind", (("rule_made", "revise"),)),
        Measure("abolished", _("Rules abolished"), "bind", (("rule_made", "abolish"),)),
        Measure("educations", _("Warning educations held"), "understand"),
        Measure("quizzes", _("Quizzes closed"), "understand", (("quiz", "close"),)),
        Measure("verified", _("Doubts found to be so"), "figures", is_about_people=True),
        Measure("letters", _("Letters of recommendation delivered"), "figures",
                (("recommendation", "deliver"),)),
        Measure("struck_off", _("Letters struck off"), "figures", (("recommendation", "strike_off"),)),
        Measure("patterns", _("Pattern cards filled"), "figures", (("pattern", "fill"),)),
        Measure("recurred", _("Looks back that found the same again"), "figures", LOOKS, ("recurred", "yes")),
    )
}  # fmt: skip
OF_ACT = {pair: one for one in MEASURES.values() for pair in one.acts}
Sums = Counter[tuple[str, str, Quarter]]
"""Counts by field of work, key of the measure and quarter."""
TERMS = {"deter": pgettext_lazy("field", "deterred"), "bind": pgettext_lazy("field", "bound"),
         "understand": pgettext_lazy("field", "understood")}  # fmt: skip


def days_of(asked: Asked) -> Period:
    """Return the days of all quarters that are shown, until the last that counts."""
    return Period(asked.quarters[0].first, asked.until, asked.viewer.on)


def performances(asked: Asked, measure: Measure, period: Period) -> QuerySet[Performance]:
    """Return the acts that a measure counts in a period."""
    pairs = Q(pk__in=())
    for kind, act in measure.acts:
        pairs |= Q(act=act, matter__mechanism=kind)
    rows = Performance.objects.filter(pairs, period.instants("at"), undone_by=None)
    rows = rows.filter(matter__in=asked.matters.order_by().values("pk"))
    if measure.where:
        key, value = measure.where
        rows = rows.filter(**{f"entered__{key}": value})
    return rows


def sums_of_acts(asked: Asked) -> Sums:
    """Return the counts of everything that is an act, of all fields or of one; one query."""
    acts = sorted({act for _kind, act in OF_ACT})
    kinds = sorted({kind for kind, _act in OF_ACT})
    rows = Performance.objects.filter(
        days_of(asked).instants("at"), act__in=acts, undone_by=None, matter__mechanism__in=kinds,
        matter__in=asked.matters.order_by().values("pk"),
    )  # fmt: skip
    rows = rows.order_by().annotate(
        quarter=TruncQuarter("at"),
        area=Cast(KeyTextTransform("area", "matter__facts"), CharField()),
        again=Cast(KeyTextTransform("recurred", "entered"), CharField()),
        kind=F("matter__mechanism"),
    )
    found: Sums = Counter()
    counted = rows.values_list("area", "kind", "act", "again", "quarter").annotate(n=Count("pk"))
    for area, kind, act, again, quarter, n in counted:
        measure = OF_ACT.get((kind, act))
        if measure is not None and (measure.where is None or measure.where[1] == again):
            found[area or "", measure.key, quarter_of(quarter.date())] += n
    return found


def education_lines(asked: Asked, period: Period) -> QuerySet[LedgerLine]:
    """Return the lines of warning educations that were held in a period."""
    days = (period.since.isoformat(), period.until.isoformat())
    lessons = asked.matters.filter(mechanism="lesson").order_by().values("pk")
    rows = LedgerLine.objects.filter(matter__in=lessons, ledger="education")
    return rows.annotate(held=Cast(KeyTextTransform("held_on", "facts"), CharField())).filter(
        held__gte=days[0], held__lte=days[1]
    )
