"""Days that are no clocks of matters: rounds of evaluation, periods of assessment, looks at culture pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.appraisal import doors as appraisal
from qingfeng.appraisal.models import Rated, Round
from qingfeng.appraisal.points.ground import days_of
from qingfeng.appraisal.points.tables import HALF, QUARTERS, YEAR, Period, Scheme
from qingfeng.culture.models import Entry
from qingfeng.desk.calendar.events import Event, Source, Span, add_source
from qingfeng.desk.culture import doors as culture
from qingfeng.desk.duties import light_of_day
from qingfeng.look.lights import Light
from qingfeng.organization.viewer import Viewer

EVALUATION, PERIOD, CULTURE = "evaluation", "points", "culture_check"


def _evaluations() -> Mapping[str, Any]:
    return {EVALUATION: pgettext("calendar", "Evaluation")}


def _rounds(viewer: Viewer, span: Span) -> Iterator[Event]:
    days = (span.since, span.until)
    rows = Round.objects.filter(Q(from_on__range=days) | Q(until_on__range=days))
    if not (appraisal.conducts(viewer) or viewer.has(*appraisal.LEADS)):
        mine = Q(rolls__person=viewer.person_id) | Q(rated__person=viewer.person_id)
        rows = rows.filter(mine).exclude(state=Round.State.DRAFTED).distinct()
    for one in rows:
        href = reverse("desk:appraisal")
        if not one.has_results:
            begun = Light("done", one.from_on, "") if one.from_on < viewer.on else None
            from_now = begun or light_of_day(one.from_on, viewer.on)
            yield _of_round(one, _("forms can be filled in from today"), one.from_on, href=href, lit=from_now)
            until = light_of_day(one.until_on, viewer.on)
            yield _of_round(one, _("last day of the forms"), one.until_on, href=href, lit=until)
    mine = Rated.objects.filter(person=viewer.person_id, answer_until__range=days, answered_on=None)
    for rated in mine.select_related("round", "person").filter(answer_until__gte=viewer.on):
        href = reverse("desk:appraisal_result", args=[rated.round.code, rated.person.number])
        lit = light_of_day(rated.answer_until, viewer.on)
        yield _of_round(
            rated.round, _("last day to answer my result"), rated.answer_until, href=href, lit=lit
        )


def _of_round(round_: Round, what: str, on: date, *, href: str, lit: Light) -> Event:
    name = pgettext("calendar", "Evaluation")
    return Event(on, EVALUATION, name, round_.code, what, "", 0, href, lit)


def _periods_name() -> Mapping[str, Any]:
    return {PERIOD: pgettext("calendar", "Period of assessment")}


def _periods(viewer: Viewer, span: Span) -> Iterator[Event]:
    """Yield the last days of the periods of schemes in force, for the people who are assessed by them."""
    if not viewer.is_staff:
        return
    years = (span.since.year, span.until.year)
    for scheme in Scheme.objects.filter(state=Scheme.State.IN_FORCE, year__range=years):
        for key in (*QUARTERS, HALF, YEAR):
            on = days_of(key, scheme.year)[1]
            if span.since <= on <= span.until:
                lit = light_of_day(on, viewer.on) if on >= viewer.on else Light("done", on, "")
                what = _("%(period)s ends") % {"period": Period(key).label}
                name, href = pgettext("calendar", "Period of assessment"), reverse("desk:points")
                yield Event(on, PERIOD, name, str(scheme.title), what, "", 0, href, lit)


def _checks_name() -> Mapping[str, Any]:
    return {CULTURE: pgettext("calendar", "Culture page looked at again")}


def _checks(viewer: Viewer, span: Span) -> Iterator[Event]:
    if not viewer.has(*culture.READS):
        return
    rows = Entry.objects.filter(state=Entry.State.PUBLISHED, next_check_on__range=(span.since, span.until))
    for one in rows.order_by("next_check_on", "slug"):
        if one.next_check_on is not None:
            yield Event(
                one.next_check_on,
                CULTURE,
                pgettext("calendar", "Culture page looked at again"),
                one.name_zh,
                _("look at it again"),
                "",
                0,
                reverse("desk:culture_entry", args=[one.slug]),
                light_of_day(one.next_check_on, viewer.on),
            )


def join() -> None:
    """Put these days into the calendar."""
    add_source(Source("evaluation", _evaluations, _rounds))
    add_source(Source("points", _periods_name, _periods))
    add_source(Source("culture", _checks_name, _checks))
