"""The work calendar of the district."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.look.said import day
from qingfeng.look.tables import Column
from qingfeng.organization.calendar import enter_days, remove_day, unknown_years, work_calendar_of
from qingfeng.organization.forms import DaysForm, ReasonForm
from qingfeng.organization.models import CalendarVersion, OwnDay
from qingfeng.organization.permissions import needs_person, needs_role
from qingfeng.organization.showing import NamedTable, nothing, row_acts, show
from qingfeng.organization.views.asking import Question, ask, data_of
from qingfeng.organization.workbook.checking import day_of


@needs_person
def calendar_page(request: HttpRequest) -> HttpResponse:
    """Show the calendar in force: its version, the years it knows, the district's own days."""
    calendar = work_calendar_of()
    may = request.viewer.has("system_admin")
    days = [
        Column(lambda row: day(row.day), _("day"), is_head=True),
        Column("get_kind_display", _("kind")),
        Column("name", _("holiday")),
        Column("announced_by", _("announced by")),
        *([row_acts(_day_acts)] if may else []),
    ]
    versions = [
        Column("number", _("version"), "exact", is_head=True),
        Column("made_at", pgettext("calendar version", "made"), "moment"),
        Column("reason", _("reason")),
        Column(lambda row: row.digest[:16], _("digest"), "exact"),
    ]
    none = nothing(
        _("No days of our own"), _("The State Council's notices hold; a district's own days go over them.")
    )
    tables = [
        NamedTable(
            days, OwnDay.objects.order_by("-day"), _("The district's own days"), empty=none, ident="days"
        ),
        NamedTable(versions, CalendarVersion.objects.defer("years"), _("Versions"), ident="versions"),
    ]
    notes = [
        _("The calendar of %(year)s is not known yet: enter the year's notice.") % {"year": year}
        for year in unknown_years(timezone.localdate())
    ]
    years = f"{min(calendar.years)} – {max(calendar.years)}"
    facts = [
        (_("version"), str(calendar.version)),
        (_("years known"), years),
        (_("digest"), calendar.digest[:16]),
    ]
    acts = [(_("Enter days"), reverse("organization:days_enter"))] if may else []
    return show(request, _("Work calendar"), *tables, acts=acts, facts=facts, notes=notes)


def _day_acts(row: OwnDay) -> list[tuple[str, str]]:
    return [(_("Remove"), reverse("organization:day_remove", args=[row.day.isoformat()]))]


@needs_role("system_admin")
def days_enter(request: HttpRequest) -> HttpResponse:
    """Enter days of the district's own table."""
    note = _("This makes a new version of the calendar; dates that were counted before stay as they are.")
    question = Question(_("Enter days"), _("Enter"), reverse("organization:calendar"), note=note)
    form = DaysForm(data_of(request))
    return ask(request, form, question, lambda **entered: enter_days(by=request.user, **entered))


@needs_role("system_admin")
def day_remove(request: HttpRequest, on: str) -> HttpResponse:
    """Take a day out of the district's own table."""
    own = day_of(on)
    if own is None or not OwnDay.objects.filter(day=own).exists():
        raise Http404
    question = Question(
        _("Remove %(day)s") % {"day": day(own)}, _("Remove"), reverse("organization:calendar")
    )
    form = ReasonForm(data_of(request))
    return ask(request, form, question, lambda reason: remove_day(own, by=request.user, reason=reason))
