"""Leads with a verification in whatever state, as the door leaves them."""

from datetime import timedelta
from itertools import count

from a_run import a_finding, a_lead, on_the_desk
from django.utils import timezone

from qingfeng.findings.models import Lead
from qingfeng.matters.models import LedgerLine, Matter, Performance
from qingfeng.organization.models import Unit

_numbers = count(9001)


def some_leads(folder, amount, *, watch="vehicle", unit="云水区教育局", first=0):
    """So many leads of one watch and unit, each on a plate of its own."""
    told = [
        a_lead(
            f"{first + no:04x}",
            findings=[a_finding(row=first + no + 1)],
            subject=("plate", f"苏M{first + no:05d}"),
            unit=unit,
            watch=watch,
            at=f"{timezone.localdate() - timedelta(days=20)}T12:00:00+08:00",
        )
        for no in range(amount)
    ]
    leads = on_the_desk(folder, *told, key=f"{first:016x}")
    return [leads[one["id"].rstrip("0")] for one in told if one["id"].rstrip("0") in leads] or list(
        Lead.objects.filter(key__in=[one["id"] for one in told]).order_by("key")
    )


def verified(lead, verdict="confirmed", *, closed_days_ago=10, approved=True):
    """The lead with a verification that ended so many days ago (None: still open) with a verdict."""
    now, no = timezone.now(), next(_numbers)
    is_open = closed_days_ago is None
    matter = Matter.objects.create(
        mechanism="verification", number=f"核〔2026〕{no}号", slug=f"2026-{no}", title="疑点核查",
        stage="verifying" if is_open else "filed", is_open=is_open,
        closed_on=None if is_open else timezone.localdate() - timedelta(days=closed_days_ago),
        owner=Unit.objects.get(short_name="党风室"), opened_on=now.date() - timedelta(days=30), opened_at=now,
    )  # fmt: skip
    LedgerLine.objects.create(
        matter=matter, ledger="labels", no=1, state="judged", entered_at=now, changed_at=now, is_done=True,
        facts={"finding": 1, "rule": lead.rule, "version": "1", "message": "待核", "verdict": verdict},
    )  # fmt: skip
    if approved:
        Performance.objects.create(matter=matter, no=1, act="approve", at=now, to_stage="approved")
    lead.matter = matter
    lead.save()
    return matter
