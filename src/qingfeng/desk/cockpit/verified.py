"""Which leads have been verified and found to be so: what prone places and recurrences count."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from qingfeng.findings.models import Lead
from qingfeng.findings.precision import labels_that_count

CONFIRMED = ("confirmed", "partly")


def confirmed(leads: QuerySet[Lead]) -> QuerySet[Lead]:
    """Return those leads whose verification was approved and found something so, whole or in part."""
    labels = labels_that_count().filter(matter=OuterRef("matter"), facts__verdict__in=CONFIRMED)
    return leads.filter(Exists(labels))


def concluded(leads: QuerySet[Lead]) -> QuerySet[Lead]:
    """Return those leads whose verification was approved, whatever it found."""
    return leads.filter(Exists(labels_that_count().filter(matter=OuterRef("matter"))))
