"""Data requests and the records they ask for: what a request lists, what has come, what was deleted.

The floor of findings knows deliveries and no request; here each is told of the other.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from qingfeng.findings.asked import read_lists_with, read_uses_with, tell_requests
from qingfeng.findings.deliveries import Checked, check_against_list
from qingfeng.findings.landing import sums_of
from qingfeng.findings.models import Delivery
from qingfeng.matters.answers import Answer, Refusal
from qingfeng.matters.computed import Found, find_with
from qingfeng.matters.door import perform
from qingfeng.matters.models import LedgerLine, Matter, Performance
from qingfeng.matters.sheets import Sheet
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import viewer_for

KIND = "data_request"
logger = logging.getLogger(__name__)


def list_of(matter: Matter) -> Mapping[str, list[str]] | None:
    """Return what a request lists, table to columns; None while nothing is listed."""
    listed: dict[str, list[str]] = {}
    for line in matter.lines.filter(ledger="columns", state="asked"):
        table, _dot, column = str(line.facts.get("column", "")).partition(".")
        listed.setdefault(table, []).append(column)
    return listed or None


def uses_of(matter: Matter) -> tuple[str, ...]:
    """Return the kinds of supervision that a request names, none where it names none."""
    return tuple(matter.facts.get("uses") or ())


def kinds(matter: Matter, _sheet: Sheet) -> Found:
    """Find out whether a request asks for a table that no request before it was approved for."""
    asked = set(list_of(matter) or ())
    approved = Performance.objects.filter(matter__mechanism=KIND, act="approve", undone_by=None)
    before = LedgerLine.objects.filter(
        matter__in=approved.exclude(matter=matter).values("matter"), ledger="columns", state="asked"
    )
    known = {str(column).partition(".")[0] for column in before.values_list("facts__column", flat=True)}
    return Found(facts={"pia_new": "yes" if asked - known else "no"})


def checked(delivery: Delivery) -> Checked:
    """Return a delivery held against the list that it came under."""
    listed = delivery.listed
    columns = [f"{table}.{column}" for table, found in listed.items() for column in found]
    return check_against_list(delivery, list(listed), columns)


def note_arrival(delivery: Delivery, by: Person | None) -> Answer | None:
    """Record on its request what has come in: files with their hashes, what is missing, what was dropped.

    Args:
        delivery: One that has come in.
        by: Who brought it in; nothing is recorded where nobody did.

    Returns:
        Done, or the refusal (the person then records it on the request's own page); None without a request.
    """
    matter = delivery.request
    if matter is None or matter.mechanism != KIND or by is None or _line_of(delivery, matter):
        return None
    found = checked(delivery)
    line = {
        "delivered_on": timezone.localdate(delivery.in_at),
        "delivery": str(delivery.pk),
        "files": "\n".join(one.path for one in delivery.files.all()),
        "sha256": "\n".join(one.sha256 for one in delivery.files.all()),
        "rows": sums_of(delivery.account)["kept"],
        "missing_columns": "\n".join((*found.missing_tables, *found.missing_columns)),
        "outside": "\n".join((*found.outside_tables, *found.outside_columns)),
        "outside_dropped": bool(delivery.listed),
        "received_by": by.name,
        "delete_on": matter.facts.get("delete_on"),
    }
    return _said(matter, perform("receive", matter, by=viewer_for(by), lines={"deliveries": [line]}))


def note_deletion(delivery: Delivery, by: Person | None) -> Answer | None:
    """Record on its request that a delivery was deleted for good, with the lake's own record.

    Args:
        delivery: One that was deleted.
        by: Who asked for the deletion.

    Returns:
        Done, or the refusal; None where the request knows of no such delivery.
    """
    matter = delivery.request
    if matter is None or by is None:
        return None
    line = _line_of(delivery, matter)
    if line is None or line.state != "in":
        return None
    delivery.refresh_from_db(fields=["deletion"])
    change = {"deleted_on": timezone.localdate(), "deletion_record": _in_words(delivery.deletion)}
    return _said(
        matter,
        perform("prove_deletion", matter, by=viewer_for(by), changes={"deliveries": {line.no: change}}),
    )


def _line_of(delivery: Delivery, matter: Matter) -> LedgerLine | None:
    return matter.lines.filter(ledger="deliveries", facts__delivery=str(delivery.pk)).first()


def _in_words(record: Mapping[str, Any]) -> str:
    rows = "、".join(f"{key} {value}" for key, value in sorted((record.get("rows") or {}).items()))
    return f"删除记录 {record.get('id', '')}：{rows}" if rows else f"删除记录 {record.get('id', '')}"


def _said(matter: Matter, answer: Answer) -> Answer:
    """Say in the log that something could not be recorded; the number only, nothing of its content."""
    if isinstance(answer, Refusal):
        logger.warning("%s was told of its data and could not record it: %s", matter.number, answer.why)
    return answer


def join() -> None:
    """Let both floors know of each other; called once, at start-up."""
    read_lists_with(list_of)
    read_uses_with(uses_of)
    find_with("data_request.kinds", kinds)
    tell_requests(arrived=_arrived, deleted=_deleted)


def _arrived(delivery: Delivery, by: Person | None) -> None:
    note_arrival(delivery, by)


def _deleted(delivery: Delivery, by: Person | None) -> None:
    note_deletion(delivery, by)
