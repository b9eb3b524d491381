"""The register of data sets: each with purpose, list, holder, arrival, last day, proof, assessment.

One row a delivery, from the rows themselves; of a data request that does not exist for the reader there is no
row. The auditor, who reads no matter, sees every row and follows no link.

Law:
    个人信息保护法 Art. 5, 6, 19, 54, 55
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from qingfeng.desk.kinds import address
from qingfeng.desk.records.requests import KIND
from qingfeng.desk.records.rulebook import WATCHES
from qingfeng.desk.records.saying import table_words
from qingfeng.findings.asked import uses_of
from qingfeng.findings.landing import sums_of
from qingfeng.findings.models import Delivery
from qingfeng.findings.purposes import tables_in
from qingfeng.look import said
from qingfeng.matters import access
from qingfeng.matters.models import Matter, MatterLink, Party
from qingfeng.matters.registry import mechanism
from qingfeng.organization.viewer import Viewer

AUDITOR = "auditor"
HELD = (Delivery.State.IN, Delivery.State.DELETED)


@dataclass(frozen=True)
class DataSet:
    """A data set in words.

    Attributes:
        asked: Number of the data request, "" where it came without one.
        href: Its page, "" where the reader follows no link.
        serves: Number of the campaign that it was asked for.
        last_on: Last day on which it may be kept: the earlier of the request's and the campaign's.
        is_overdue: Whether that day has passed and it is still there.
        proof: Number of the lake's record of the deletion.
    """

    name: str
    asked: str
    href: str
    serves: str
    purpose: str
    uses: str
    listed: str
    holder: str
    arrived_on: date | None
    rows: int
    last_on: date | None
    is_overdue: bool
    deleted_on: date | None
    proof: str
    assessment: str

    @property
    def state(self) -> str:
        """Where it stands, in a word."""
        if self.proof:
            return _("deleted with proof")
        return _("past its last day") if self.is_overdue else _("still kept")


def data_sets(viewer: Viewer) -> list[DataSet]:
    """Return every data set that is or was in the lake, the newest first, as far as the reader may know."""
    deliveries = list(
        Delivery.objects.filter(state__in=HELD).select_related("request").order_by("-in_at", "-pk")
    )
    if not viewer.has(AUDITOR):
        there = {one.request_id for one in deliveries if one.request_id}
        seen = set(access.visible(viewer).filter(pk__in=there).values_list("pk", flat=True))
        deliveries = [one for one in deliveries if one.request_id is None or one.request_id in seen]
    return _Register(viewer, deliveries).rows()


class _Register:
    """What belongs to the requests of some deliveries, read in a fixed number of queries."""

    def __init__(self, viewer: Viewer, deliveries: list[Delivery]) -> None:
        self.viewer, self.deliveries = viewer, deliveries
        self.today = timezone.localdate()
        keys = {one.request_id for one in deliveries if one.request_id}
        holders = Party.objects.filter(matter__in=keys, role="holder", until_at=None).select_related("unit")
        self.holders = {one.matter_id: str(one.unit) for one in holders}
        asked = list(_links("asks_for", target__in=keys))
        there = self._there(link.source_id for link in asked)
        self.campaigns = {link.target_id: link.source for link in asked if link.source_id in there}
        sources = keys | {one.pk for one in self.campaigns.values()}
        assessed = list(_links("assessed_by", source__in=sources, target__mechanism="impact"))
        there = self._there(link.target_id for link in assessed)
        self.impacts = {link.source_id: link.target for link in assessed if link.target_id in there}

    def _there(self, keys: Iterable[int]) -> set[int]:
        """Return which of some matters the reader may know of."""
        if self.viewer.has(AUDITOR):
            return set(keys)
        return set(access.visible(self.viewer).filter(pk__in=set(keys)).values_list("pk", flat=True))

    def rows(self) -> list[DataSet]:
        """Return one row a delivery."""
        return [self._row(one) for one in self.deliveries]

    def _row(self, one: Delivery) -> DataSet:
        matter = one.request if one.request and one.request.mechanism == KIND else None
        facts = matter.facts if matter else {}
        campaign = self.campaigns.get(matter.pk) if matter else None
        last = _earlier(facts.get("delete_on"), campaign.facts.get("data_until") if campaign else None)
        deleted = one.state == Delivery.State.DELETED
        follows = matter is not None and not self.viewer.has(AUDITOR)
        return DataSet(
            name=one.name,
            asked=matter.number if matter else "",
            href=address(matter) if follows and matter else "",
            serves=campaign.number if campaign else "",
            purpose=str(facts.get("purpose") or "") or _("not said: it came without a request"),
            uses=_("; ").join(str(WATCHES.get(key, key)) for key in uses_of(matter)) if matter else "",
            listed=_listed(one),
            holder=self.holders.get(matter.pk, "") if matter else "",
            arrived_on=timezone.localdate(one.in_at) if one.in_at else None,
            rows=sums_of(one.account)["kept"] if one.account else 0,
            last_on=last,
            is_overdue=bool(last and not deleted and last < self.today),
            deleted_on=_day_of(one.deletion.get("at")) if deleted else None,
            proof=str(one.deletion.get("id", "")) if deleted else "",
            assessment=self._assessed(matter, campaign),
        )

    def _assessed(self, matter: Matter | None, campaign: Matter | None) -> str:
        """Return the impact assessment: that of the request, else that of the campaign it serves."""
        for one in (matter, campaign):
            impact = self.impacts.get(one.pk) if one else None
            if impact is not None:
                declared = mechanism(impact.mechanism, impact.version)
                result = dict(_results(declared)).get(impact.facts.get("result", ""), "")
                return " · ".join(
                    map(str, filter(None, (impact.number, declared.stage(impact.stage).name, result)))
                )
        own = matter.facts.get("pia_result") if matter else None
        words = dict(_results(mechanism(KIND), "pia_result")) if own else {}
        return str(words.get(own, "")) if own else ""


def _links(kind: str, **among: Any) -> Iterable[MatterLink]:
    return MatterLink.objects.filter(kind=kind, until_at=None, **among).select_related(
        "source__owner", "target__owner"
    )


def _results(declared: Any, key: str = "result") -> Iterable[tuple[str, Any]]:
    fields = (field for act in declared.acts for field in act.asks)
    return next((field.choices for field in fields if field.key == key), ())


def _earlier(*days: Any) -> date | None:
    known = [found for day in days if day and (found := parse_date(str(day)[:10]))]
    return min(known, default=None)


def _day_of(at: Any) -> date | None:
    """Return the civil date of an instant that a record has in words, in UTC."""
    instant = parse_datetime(str(at or ""))
    return timezone.localdate(instant) if instant else None


def _listed(one: Delivery) -> str:
    if one.listed:
        return _("; ").join(
            f"{table_words(table)} ({', '.join(names)})" for table, names in one.listed.items()
        )
    return _("; ").join(map(table_words, tables_in(one))) if one.account else ""


def heads() -> list[str]:
    """Return the heads of the register as a file."""
    return [
        _("Data set"), _("Data request"), _("Campaign"), _("What the data is for"),
        _("Kinds of supervision that may use it"), _("Tables and columns"), _("Holder of the data"),
        _("Arrived on"), _("Rows kept"), _("Last day"), _("State of the data"), _("Deleted on"),
        _("Record of the deletion"), _("Impact assessment"),
    ]  # fmt: skip


def as_cells(one: DataSet) -> list[str | int | float | None]:
    """Return a row of the register as a file has it."""
    days = [said.day(day) if day else "" for day in (one.arrived_on, one.last_on, one.deleted_on)]
    return [
        one.name, one.asked, one.serves, one.purpose, one.uses, one.listed, one.holder, days[0], one.rows,
        days[1], one.state, days[2], one.proof, one.assessment,
    ]  # fmt: skip
