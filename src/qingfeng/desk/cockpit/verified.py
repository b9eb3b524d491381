"""Which leads have been verified, whatever it found."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from qingfeng.findings.models import Lead
from qingfeng.findings.precision import labels_that_count


def concluded(leads: QuerySet[Lead]) -> QuerySet[Lead]:
    """Return those leads whose verification was approved, whatever it found."""
    return leads.filter(Exists(labels_that_count().filter(matter=OuterRef("matter"))))
