"""What the district's own rules hang on the rail: for whoever sees every lead."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qingfeng.desk.shelves import RECORDS
from qingfeng.findings import own_rules
from qingfeng.findings.access import may_assign
from qingfeng.findings.models import OwnVersion
from qingfeng.look.rail import RailEntry, register


def _reads(request: HttpRequest) -> bool:
    return may_assign(request.viewer)


def _to_decide(request: HttpRequest) -> int:
    """Return how many versions wait for this person's signature."""
    waiting = OwnVersion.objects.filter(standing=OwnVersion.Standing.PROPOSED)
    return sum(own_rules.may_decide(request.viewer, one) for one in waiting)


def hang() -> None:
    """Put the entry on the rail, after the rules."""
    register(
        RailEntry(_("Rules of the district"), "desk:own_rules", 46, _to_decide, _reads, "pencil", RECORDS)
    )
