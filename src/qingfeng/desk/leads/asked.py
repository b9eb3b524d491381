"""What a list of leads is asked for, read from its address, and the leads that are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict

from qingfeng.desk.leads.terms import COLOURS, SUBJECTS, TIERS, WATCHES
from qingfeng.findings.access import VERIFICATION, visible_leads
from qingfeng.findings.exceptions import excepted, not_excepted
from qingfeng.findings.models import Lead, RuleStanding
from qingfeng.matters.registry import mechanisms
from qingfeng.organization.viewer import Viewer

UNASSIGNED = "none"
SHOWS = ("", "watched", "excepted", "gone", "all")
SORTS = ("rank", "amount", "-amount", "at", "-at")


@dataclass(frozen=True)
class Wanted:
    """What a list is asked for; "" and 0 stand for any.

    Attributes:
        watch: Key of a watch.
        tier: A, B or C.
        colour: red, yellow, blue or grey.
        unit: Id of a unit on record.
        rule: Id of a rule; leads that have a finding of it as the heaviest.
        month: First day of a month, as `2026-10`.
        least: Smallest amount in yuan.
        most: Largest.
        stage: `none` for leads without a verification, else a stage of it.
        drawn: Only leads that were drawn at random.
        show: "" for those to be looked at; `watched`, `excepted`, `gone`, `all`.
        text: Part of a title, a key, or a subject that is no person.
        sort: One of `SORTS`.
    """

    watch: str = ""
    tier: str = ""
    colour: str = ""
    unit: int = 0
    rule: str = ""
    month: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    stage: str = ""
    drawn: bool = False
    show: str = ""
    text: str = ""
    sort: str = "rank"

    @classmethod
    def read(cls, asked: QueryDict) -> Wanted:
        """Read an address; what it does not know it ignores."""

        def one_of(name: str, known: Any, default: str = "") -> str:
            value = asked.get(name, default)
            return value if value in known else default

        unit = asked.get("unit", "")
        return cls(
            watch=one_of("watch", WATCHES),
            tier=one_of("tier", TIERS),
            colour=one_of("colour", COLOURS),
            unit=int(unit) if unit.isdecimal() and len(unit) < 10 else 0,
            rule=asked.get("rule", "").replace("\0", "")[:60],
            month=asked.get("month", "") if month_of(asked.get("month", "")) else "",
            least=_yuan(asked.get("least", "")),
            most=_yuan(asked.get("most", "")),
            stage=one_of("stage", stages()),
            drawn=asked.get("drawn") == "1",
            show=one_of("show", SHOWS),
            text=asked.get("text", "").replace("\0", "").strip()[:100],
            sort=one_of("sort", SORTS, "rank"),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the order was asked for."""
        return replace(self, sort="rank") != Wanted()

    def query(self, **changes: Any) -> str:
        """Return the address's query with some of it changed; paging begins anew.

        Args:
            changes: Attributes with their new values; "" takes a filter away.
        """
        asked = {
            name: "1" if value is True else str(value)
            for name, value in {**self._said, **changes}.items()
            if value not in {"", None, 0} and (name, value) != ("sort", "rank")
        }
        return f"?{urlencode(asked)}"

    @cached_property
    def _said(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


def _yuan(text: str) -> Decimal | None:
    try:
        value = Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 <= value < Decimal(10) ** 14 else None


def month_of(text: str) -> date | None:
    """Return the first day of a month given as `2026-10`."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def stages() -> Mapping[str, Any]:
    """Return where the verification of a lead may stand, by key, as its mechanism declares."""
    declared = next((one for one in mechanisms() if one.key == VERIFICATION), None)
    return {UNASSIGNED: "", **{stage.key: stage.name for stage in (declared.stages if declared else ())}}


def watched_rules() -> list[str]:
    """Return the rules whose leads are watched only: they fell below the floor of precision."""
    return list(RuleStanding.objects.filter(is_watch_only=True).values_list("rule", flat=True))


def asked_for(viewer: Viewer, wanted: Wanted) -> QuerySet[Lead]:
    """Return the leads that a list shows, unordered; it begins with what the viewer may see."""
    return narrowed(visible_leads(viewer), wanted)


def narrowed(rows: QuerySet[Lead], wanted: Wanted) -> QuerySet[Lead]:
    """Return those of some leads that are asked for."""
    rows = _shown(rows, wanted)
    same = {"watch": wanted.watch, "tier": wanted.tier, "colour": wanted.colour, "rule": wanted.rule}
    rows = rows.filter(**{name: value for name, value in same.items() if value})
    if wanted.unit:
        rows = rows.filter(unit=wanted.unit)
    if wanted.month:
        rows = rows.filter(month=month_of(wanted.month))
    if wanted.least is not None:
        rows = rows.filter(amount__gte=wanted.least)
    if wanted.most is not None:
        rows = rows.filter(amount__lte=wanted.most)
    if wanted.stage:
        rows = rows.filter(Q(matter=None) if wanted.stage == UNASSIGNED else Q(matter__stage=wanted.stage))
    if wanted.drawn:
        rows = rows.filter(drawn__isnull=False)
    if wanted.text:
        key = Q(subject_key__icontains=wanted.text) & ~Q(subject_kind="person")
        rows = rows.filter(Q(title__icontains=wanted.text) | Q(key__startswith=wanted.text.lower()) | key)
    return rows


def _shown(rows: QuerySet[Lead], wanted: Wanted) -> QuerySet[Lead]:
    """Return the leads to be looked at, or those that are kept apart from them."""
    if wanted.show == "all":
        return rows
    if wanted.show == "gone":
        return rows.filter(is_current=False)
    rows = rows.filter(is_current=True)
    if wanted.show == "excepted":
        return excepted(rows)
    watched = watched_rules()
    if wanted.show == "watched":
        return rows.filter(rule__in=watched)
    rows = not_excepted(rows)
    return rows.exclude(rule__in=watched) if watched else rows


def subject_of(lead: Lead) -> str:
    """Return whom or what a lead is about, with the kind in words."""
    return f"{SUBJECTS.get(lead.subject_kind, lead.subject_kind)} {lead.subject_key}"
