"""The pages of records side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.findings.access import may_read_records
from qingfeng.findings.models import Delivery, Forgetting


def tabs(request: HttpRequest, here: str) -> list[dict[str, Any]]:
    """Return the tabs; whoever only decides on deletions has no others."""
    if not may_read_records(request.viewer):
        return []
    waiting = Delivery.objects.filter(state__in=(Delivery.State.RECEIVING, Delivery.State.READY)).count()
    asked = Forgetting.objects.filter(standing=Forgetting.Standing.ASKED).count()
    rows = (
        ("deliveries", _("Deliveries"), "records", waiting),
        ("runs", _("Screenings"), "records_runs", 0),
        ("holdings", _("What the lake holds"), "records_holdings", 0),
        ("register", _("Data sets"), "records_register", 0),
        ("deletions", _("Deletions"), "records_deletions", asked),
        ("watched", _("Watched folders"), "records_watched", 0),
        ("typing", _("Records on paper"), "typing", 0),
    )
    return [
        {"words": words, "href": reverse(f"desk:{name}"), "is_here": key == here, "count": count or None}
        for key, words, name, count in rows
    ]
