"""Meetings that decide many matters: agenda, attendance and minutes, each decision with its own form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

from qingfeng.desk.directory import Directory
from qingfeng.desk.keeping import asking, fields
from qingfeng.desk.keeping.agenda import Item, candidates, items_of
from qingfeng.desk.keeping.asking import Asked, ask
from qingfeng.desk.keeping.deciding import decide_item
from qingfeng.desk.keeping.doors import calls_meetings, is_staff, needs
from qingfeng.desk.views.ground import viewer_in
from qingfeng.documents import attachments
from qingfeng.documents.refusal import Damaged
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.matters import meetings
from qingfeng.matters.models import Matter, Meeting
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import Viewer

A_PAGE = 50
HOW = {
    "voted": gettext_lazy("voted"),
    "attended": gettext_lazy("attended without a vote"),
    "absent": gettext_lazy("absent"),
    "recused": gettext_lazy("recused"),
}


def shown_to(viewer: Viewer) -> QuerySet[Meeting]:
    """Return the meetings that somebody knows of: called, chaired or attended by them; the principal all."""
    rows = Meeting.objects.select_related("chair", "made_by").order_by("-held_on", "-pk")
    if viewer.has("principal"):
        return rows
    there = [
        pk
        for pk, attendance in Meeting.objects.values_list("pk", "attendance")
        if any(row["person"] == viewer.person_id for row in attendance)
    ]
    return rows.filter(Q(made_by=viewer.person_id) | Q(chair=viewer.person_id) | Q(pk__in=there))


def meeting_or_404(request: HttpRequest, pk: int) -> Meeting:
    """Return a meeting that exists for the viewer.

    Raises:
        Http404: If there is none, or none for them.
    """
    found = shown_to(viewer_in(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@needs(is_staff)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List meetings, newest first."""
    viewer = viewer_in(request)
    page = Paginator(shown_to(viewer), A_PAGE).get_page(request.GET.get("page"))
    columns = [
        Column("name", _("Meeting"), link=lambda row: reverse("desk:meeting", args=[row.pk]), is_head=True),
        Column("held_on", _("Held on"), "day"),
        Column("chair.name", _("Chair"), "who"),
        Column(lambda row: len(row.agenda), _("Matters"), "number"),
        Column(_state, _("State"), "tag"),
    ]
    title = _("Meetings")
    empty = Empty(
        _("No meeting yet"),
        _("A meeting that decides many matters has its agenda, attendance and minutes here."),
    )
    context = {
        "title": title,
        "acts": [(_("Call a meeting"), reverse("desk:meeting_new"))] if calls_meetings(viewer) else [],
        "tables": [(title, Table(columns, page, title, empty=empty), "rows")],
    }
    return render(request, "desk/keeping/table.html", context)


def _state(meeting: Meeting) -> str:
    if meeting.decided_at:
        return _("has decided")
    return _("minuted") if meeting.minutes else pgettext("keeping", "called")


class Call(fields.Form):
    """Name, day, chair, and what is on the agenda."""

    def __init__(self, viewer: Viewer, offered: list[Item], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {one.value: one for one in offered}
        self.fields["name"] = fields.text(
            _("Name of the meeting"), help_text=_("For example: 第12次常委会会议")
        )
        self.fields["held_on"] = fields.day(_("Held on"), initial=timezone.localdate())
        self.fields["chair"] = fields.person(Directory(viewer), _("Chair"))
        self.fields["items"] = forms.MultipleChoiceField(
            label=_("Agenda"),
            help_text=_(
                "Matters that you see, with the acts that a meeting may decide from where they stand."
            ),
            choices=[(one.value, one.words) for one in offered],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one matter.")},
        )

    def clean_items(self) -> list[str]:
        """Refuse a matter that is chosen twice: a meeting decides one act on it."""
        chosen: list[str] = self.cleaned_data["items"]
        if len({one.partition(":")[0] for one in chosen}) < len(chosen):
            raise forms.ValidationError(_("Choose one act for each matter."))
        return chosen

    def agenda(self) -> list[tuple[Matter, str]]:
        """Return the chosen matters with their acts."""
        chosen = [self.offered[one] for one in self.cleaned_data["items"]]
        return [(one.matter, one.act.key) for one in chosen if one.act]


@needs(calls_meetings)
def new(request: HttpRequest) -> HttpResponse:
    """Call a meeting: nothing is decided yet."""
    viewer = viewer_in(request)
    back = reverse("desk:meetings")
    data, _problems = fields.sent(request)
    form = Call(viewer, candidates(viewer), data)
    asked = Asked(
        title=_("Call a meeting"),
        button=_("Put on the agenda"),
        back=back,
        crumbs=((_("Meetings"), back), (pgettext("keeping", "new"), "")),
        done=_("The meeting is called. Record attendance and minutes once it was held."),
        after=lambda made: reverse("desk:meeting", args=[made.pk]),
    )
    return ask(
        request,
        form,
        asked,
        lambda given: meetings.call_meeting(
            by=viewer,
            name=given["name"],
            held_on=given["held_on"],
            chair=Person.objects.get(pk=given["chair"]),
            agenda=form.agenda(),
        ),
    )


@dataclass(frozen=True)
class There:
    """Who was there, in one way."""

    words: Any
    people: list[Person]


@needs(is_staff)
@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a meeting: agenda as far as the viewer sees it, who was there, minutes, what came of each item."""
    viewer, meeting = viewer_in(request), meeting_or_404(request, pk)
    people = Person.objects.in_bulk([row["person"] for row in meeting.attendance])
    there = [
        There(words, [people[row["person"]] for row in meeting.attendance if row["as"] == key])
        for key, words in HOW.items()
    ]
    items = items_of(viewer, meeting)
    may_minute = meeting.made_by_id == viewer.person_id and not meeting.decided_at
    context = {
        "title": meeting.name,
        "crumbs": [(_("Meetings"), reverse("desk:meetings")), (meeting.name, "")],
        "meeting": meeting,
        "items": items,
        "hidden": len(meeting.agenda) - len(items),
        "there": [one for one in there if one.people],
        "acts": [(_("Attendance and minutes"), reverse("desk:meeting_minutes", args=[pk]))]
        if may_minute
        else [],
    }
    return render(request, "desk/keeping/meeting.html", context)


class Minutes(fields.Form):
    """Who was there, what was decided, the signed scan."""

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        directory = Directory(viewer)
        for key, words in HOW.items():
            least = _("At least three.") if key == "voted" else ""
            boxes = meetings.QUORUM if key == "voted" else 1
            self.fields[key] = fields.persons(
                directory, words, boxes=self._boxes(key, boxes), help_text=least
            )
        self.fields["minutes"] = fields.long_text(_("Minutes"), most=20_000, rows=8)
        self.fields["file"] = fields.file(viewer.account_id, _("Signed scan"), needed=False)

    def _boxes(self, key: str, least: int) -> int:
        if not self.is_bound:
            return max(least, len(self.initial.get(key, ())))
        return max(least, len(self.data.getlist(key)) + (self.data.get("add") == key))

    def clean(self) -> dict[str, Any]:
        """Refuse somebody who is named twice."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        named = [one for key in HOW for one in given.get(key) or ()]
        if len(named) != len(set(named)):
            self.add_error(None, _("Somebody is named twice: each person was there in one way."))
        return given


@needs(is_staff)
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Record attendance and minutes, until the meeting has decided; by who called it."""
    viewer, meeting = viewer_in(request), meeting_or_404(request, pk)
    if meeting.made_by_id != viewer.person_id or meeting.decided_at:
        raise Http404
    data, problems = fields.sent(request)
    form = Minutes(viewer, data, initial=_so_far(meeting))
    back = reverse("desk:meeting", args=[pk])
    asked = Asked(
        title=_("Attendance and minutes"),
        button=pgettext("keeping", "Keep"),
        back=back,
        crumbs=((_("Meetings"), reverse("desk:meetings")), (meeting.name, back), (_("Minutes"), "")),
        lead=meeting.name,
        says=(
            _("Whoever is recused from a matter must not have voted on it: the decision is refused then."),
        ),
        done=_("Attendance and minutes are kept."),
    )
    if data is not None and "add" in data:
        return _one_more(request, viewer, data, asked)
    if data is not None:
        fields.put(form, problems)
    return ask(
        request,
        form,
        asked,
        lambda given: meetings.minute(
            meeting,
            by=viewer,
            attendance=[(person, key) for key in HOW for person in given[key]],
            minutes=given["minutes"],
            file_id=given["file"][0] if given["file"] else None,
        ),
    )


def _so_far(meeting: Meeting) -> dict[str, Any]:
    """Return what is recorded of a meeting; at first the chair among those who voted."""
    there = {key: [row["person"] for row in meeting.attendance if row["as"] == key] for key in HOW}
    if not meeting.attendance:
        there["voted"] = [meeting.chair_id]
    scan = [meeting.minutes_file_id] if meeting.minutes_file_id else []
    return {**there, "minutes": meeting.minutes, "file": scan}


def _one_more(request: HttpRequest, viewer: Viewer, data: Any, asked: Asked) -> HttpResponse:
    """Show the form with one more box for names; nothing is judged yet."""
    form = Minutes(viewer, data)
    form._errors = forms.utils.ErrorDict()  # noqa: SLF001 - one more box was asked for: nothing is wrong yet
    return asking.page(request, form, asked)


@needs(is_staff)
@require_GET
def minutes_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the signed scan of the minutes to those who see the whole agenda."""
    meeting = meeting_or_404(request, pk)
    if meeting.minutes_file is None or len(items_of(viewer_in(request), meeting)) < len(meeting.agenda):
        raise Http404
    try:
        return attachments.response_for(meeting.minutes_file, inline=True)
    except Damaged as damage:
        raise Http404 from damage


@needs(is_staff)
def decide(request: HttpRequest, pk: int, no: int) -> HttpResponse:
    """Enter what the meeting decided on one item, with the act's own form; the result is said at once."""
    meeting = meeting_or_404(request, pk)
    item = next((one for one in items_of(viewer_in(request), meeting) if one.no == no), None)
    if item is None or item.done is not None or item.act is None or not item.may_enter:
        raise Http404
    if not meeting.minutes:
        return redirect("desk:meeting", pk=pk)
    return decide_item(request, meeting, item)
