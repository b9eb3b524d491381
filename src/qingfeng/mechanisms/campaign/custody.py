"""The data of a campaign: whether what it asked for is in custody, and whether it is gone for good.

Its data requests are linked `asks_for`. In custody is what has come with a holder, a list of columns and a
hash of every file. Gone is what was deleted with the lake's own record; what another lawful purpose keeps is
named on the campaign, and then it is that purpose's.

Law:
    个人信息保护法 Art. 6, 19, 34
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qingfeng.findings.models import Delivery
from qingfeng.matters.models import LedgerLine, Matter

ASKS = "asks_for"
ARRIVED = {"received", "deleted"}


def requests_of(matter: Matter) -> list[Matter]:
    """Return the data requests of a campaign that count, oldest first."""
    links = matter.links_out.filter(kind=ASKS, until_at=None).values("target")
    rows = Matter.objects.filter(pk__in=links, standing=Matter.Standing.VALID)
    return list(rows.order_by("opened_at", "pk"))


def not_in_custody(matter: Matter) -> list[str]:
    """Return the numbers of its requests that have not arrived, or have no holder, list or hash.

    A request that was dropped asks for nothing; where nothing else was asked for, the campaign's own number
    stands for what is missing.
    """
    asked = [one for one in requests_of(matter) if one.stage != "dropped"]
    missing = [one.number for one in asked if not _is_kept(one)]
    return missing if asked else [matter.number]


def _is_kept(request: Matter) -> bool:
    lines = list(request.lines.filter(ledger="deliveries").values_list("facts", flat=True))
    has_holder = request.parties.filter(role="holder", until_at=None).exists()
    has_list = request.lines.filter(ledger="columns", state="asked").exists()
    hashed = bool(lines) and all(str(one.get("sha256") or "").strip() for one in lines)
    return request.stage in ARRIVED and has_holder and has_list and hashed


def still_kept(matter: Matter) -> list[str]:
    """Return the numbers of its requests whose data is neither proved deleted nor kept on by a purpose."""
    named = {
        str(one.get("kept_request") or "").strip()
        for one in matter.lines.filter(ledger="kept_on").values_list("facts", flat=True)
    }
    return [one.number for one in requests_of(matter) if one.number not in named and not is_gone(one)]


def is_gone(request: Matter) -> bool:
    """Return whether nothing of a request is kept: no delivery of it, on paper or in the lake."""
    if request.stage not in {"deleted", "dropped"}:
        return False
    held = request.lines.filter(ledger="deliveries").exclude(state="deleted").exists()
    return not held and not Delivery.objects.filter(request=request, state=Delivery.State.IN).exists()


def proofs_of(matter: Matter) -> list[dict[str, Any]]:
    """Return the proofs of deletion of its data as lines of the ledger `deletions`."""
    return [
        {
            "deleted_request": request.number,
            "deleted_files": line.facts.get("files"),
            "deleted_sha256": line.facts.get("sha256"),
            "deleted_on": line.facts.get("deleted_on"),
            "deleted_record": line.facts.get("deletion_record"),
        }
        for request in requests_of(matter)
        for line in _deleted(request)
    ]


def _deleted(request: Matter) -> Iterable[LedgerLine]:
    return request.lines.filter(ledger="deliveries", state="deleted").order_by("no")
