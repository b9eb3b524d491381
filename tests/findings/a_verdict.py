"""Verifications for tests of precision: a matter of that kind with one labelled finding, and its decision.

They are put into the tables as the door leaves them; that the door does so is the mechanism's own test.
"""

from itertools import count

from django.utils import timezone

from qingfeng.matters.models import LedgerLine, Matter, Performance
from qingfeng.organization.models import Unit

_numbers = count(1)


def judged(rule, verdict):
    """A verification in which somebody has given one verdict on a finding of a rule."""
    now, no = timezone.now(), next(_numbers)
    matter = Matter.objects.create(
        mechanism="verification", number=f"核〔2026〕{no}", slug=f"2026-{no}",
        title="疑点核查", stage="proposed",
        owner=Unit.objects.get(short_name="党风室"), opened_on=now.date(), opened_at=now,
    )  # fmt: skip
    LedgerLine.objects.create(
        matter=matter, ledger="labels", no=1, state="judged", entered_at=now, changed_at=now, is_done=True,
        facts={"finding": 1, "rule": rule, "version": "sha256:1", "message": "待核", "verdict": verdict},
    )  # fmt: skip
    return matter


def settled(matter, act="approve"):
    """The same after an act in its story."""
    no = matter.story.count() + 1
    Performance.objects.create(matter=matter, no=no, act=act, at=timezone.now(), to_stage="approved")
    return matter
