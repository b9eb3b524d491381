"""The house's own measures of leads: found, taken up, concluded, closed, waiting, found again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingfeng.desk.returns import told
from qingfeng.desk.returns.counting import counted
from qingfeng.desk.returns.measures import Dimension, Measure
from qingfeng.desk.returns.scope import Scope
from qingfeng.findings.models import Lead
from qingfeng.findings.precision import labels_that_count

CONFIRMED = ("confirmed", "partly")
LEADS, UNIT = _("Leads"), pgettext_lazy("cockpit", "leads")
TEXT = CharField()


def confirmed(leads: QuerySet[Lead]) -> QuerySet[Lead]:
    """Return those leads whose verification was approved and found something so, whole or in part."""
    labels = labels_that_count().filter(matter=OuterRef("matter"), facts__verdict__in=CONFIRMED)
    return leads.filter(Exists(labels))


def concluded(leads: QuerySet[Lead]) -> QuerySet[Lead]:
    """Return those leads whose verification was approved, whatever it found."""
    return leads.filter(Exists(labels_that_count().filter(matter=OuterRef("matter"))))


def found(scope: Scope) -> QuerySet[Lead]:
    """Return the leads first found in the period."""
    return scope.leads.filter(scope.period.instants("first_seen_at"))


def waiting(scope: Scope) -> QuerySet[Lead]:
    """Return the leads that nobody has taken up yet and no exception hides, as of the counting."""
    return scope.leads.filter(is_current=True, matter=None, excepted_by=None)


def verified_closed(scope: Scope) -> QuerySet[Lead]:
    """Return verified leads whose matter has come to its end; a statistic names no subject."""
    return confirmed(scope.leads).filter(matter__is_open=False).exclude(tier="C")


def closed_as_so(scope: Scope) -> QuerySet[Lead]:
    """Return those whose matter was closed in the period."""
    return verified_closed(scope).filter(scope.period.days("matter__closed_on"))


def again(scope: Scope) -> QuerySet[Lead]:
    """Return leads of the period on a subject that had been verified before, in the same watch."""
    before = (
        verified_closed(scope)
        .exclude(pk=OuterRef("pk"))
        .filter(
            subject_kind=OuterRef("subject_kind"),
            subject_key=OuterRef("subject_key"),
            watch=OuterRef("watch"),
            matter__closed_on__lt=OuterRef("found_on"),
        )
    )
    rows = scope.leads.exclude(tier="C").filter(scope.period.instants("at"))
    return rows.annotate(found_on=TruncDate("at")).filter(Exists(before))


def _columns(scope: Scope) -> dict[str, Any]:
    def since(days: int) -> datetime:
        day = scope.period.today - timedelta(days=days)
        return timezone.make_aware(datetime.combine(day, time()))

    ages = [
        When(first_seen_at__gte=since(days), then=Value(str(place))) for place, days in enumerate(told.AGES)
    ]
    return {
        "watch": F("watch"),
        "rule": F("rule"),
        "tier": F("tier"),
        "unit": Cast(F("unit_id"), TEXT),
        "age": Case(*ages, default=Value(str(len(told.AGES))), output_field=TEXT),
        "month": told.month_of("first_seen_at"),
    }


DIMENSIONS: tuple[Dimension, ...] = (told.WATCH, told.RULE, told.TIER, told.UNIT, told.MONTH)


def measures() -> Iterator[Measure]:
    """Yield them."""
    for key, title, says, rows in (
        ("found", _("Leads found"), _("Counted: leads first found in the period."), found),
        ("taken", _("Leads taken up"),
         _("Counted: of the leads first found in the period, those that somebody took up."),
         lambda scope: found(scope).filter(matter__isnull=False)),
        ("concluded", _("Leads whose verification was approved"),
         _("Counted: of the leads first found in the period, those whose verification was approved."),
         lambda scope: concluded(found(scope))),
        ("confirmed", _("Leads verified to be so"),
         _("Counted: of the leads first found in the period, those verified to be so, whole or in part."),
         lambda scope: confirmed(found(scope))),
        ("disposed", _("Leads whose verification is closed"),
         _("Counted: of the leads first found in the period, those whose verification has come to its end."),
         lambda scope: found(scope).filter(matter__is_open=False)),
        ("closed_as_so", _("Closed as so"),
         _("Counted: leads verified to be so whose matter was closed in the period; tier C is left out."),
         closed_as_so),
        ("again", _("Found again"),
         _("Counted: leads of the period on a subject that was verified before in the same watch."), again),
    ):  # fmt: skip
        yield counted(
            f"leads.{key}",
            (title, says, UNIT),
            rows,
            _columns,
            dimensions=DIMENSIONS,
            group=LEADS,
            of="leads",
        )
    yield counted(
        "leads.waiting",
        (_("Leads not taken up"), _("Counted: leads that nobody has taken up, as of the counting."), UNIT),
        waiting, _columns, dimensions=(told.WATCH, told.RULE, told.TIER, told.UNIT, told.AGE),
        group=LEADS, of="leads", basis="stock",
    )  # fmt: skip
