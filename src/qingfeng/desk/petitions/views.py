"""The board, what is pending for long, the leaders, the joint session, and linking what is alike."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from qingfeng.desk.keeping import asking, fields
from qingfeng.desk.keeping.doors import is_staff, needs
from qingfeng.desk.keeping.numbers import matter_of, shown_title
from qingfeng.desk.kinds import address
from qingfeng.desk.petitions import gauges, leading, offices, pending, yearly
from qingfeng.desk.petitions.asked import KIND, may_open, scope_of, year_in
from qingfeng.desk.seen import Seen
from qingfeng.desk.views.ground import seen_or_404, viewer_in
from qingfeng.matters import keeping
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms.petition.gauges import KNOWN
from qingfeng.organization.viewer import Viewer

A_PAGE = 50
YEARS_BACK = 4
KINDS = (
    ("repeats", gettext_lazy("A repeat: the same matter, written again")),
    ("related", gettext_lazy("A duplicate or part of the same affair")),
)


def _tabs(here: str) -> list[dict[str, Any]]:
    pages = (
        ("petitions_board", _("Board")),
        ("petitions_pending", _("Pending for long")),
        ("petitions_leaders", _("Leaders in charge")),
        ("petitions_session", _("Joint session")),
    )
    return [
        {"words": words, "href": reverse(f"desk:{name}"), "is_here": name == here} for name, words in pages
    ]


@needs(may_open)
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show the four gauges, the stock by age, and how offices do by what they owe."""
    viewer = viewer_in(request)
    year = year_in(request.GET, viewer.on)
    scope = scope_of(viewer, year, viewer.on)
    context = {
        "title": _("Board of petitions"),
        "tabs": _tabs("petitions_board"),
        "year": year,
        "years": range(viewer.on.year, viewer.on.year - YEARS_BACK - 1, -1),
        "gauges": gauges.gauges_of(scope),
        "stock": pending.stock_of(viewer, viewer.on),
        "ages": pending.AGES,
        "pending": pending.pending(viewer, viewer.on).count(),
        "definition": pending.definition().says,
        "house": offices.house_of(scope),
        "heads": offices.heads(),
        "lines": offices.lines_of(scope),
        "causes": offices.causes_of(scope),
        "figures": [(key, one.name) for key, one in KNOWN.items()],
        "may_publish": yearly.may_publish(viewer),
    }
    return render(request, "desk/petitions/board.html", context)


@needs(may_open)
@require_GET
def pending_list(request: HttpRequest) -> HttpResponse:
    """Show what is pending for long, with the definition in force and why each is there."""
    viewer = viewer_in(request)
    page = Paginator(pending.pending(viewer, viewer.on), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Petitions pending for long"),
        "tabs": _tabs("petitions_pending"),
        "page": page,
        "rows": [(one, address(one.matter), _stage(one.matter)) for one in pending.rows_of(page, viewer.on)],
        "definition": pending.definition().says,
    }
    return render(request, "desk/petitions/pending.html", context)


@needs(may_open)
@require_GET
def leaders(request: HttpRequest) -> HttpResponse:
    """Show the leaders, each with what they are in charge of."""
    viewer = viewer_in(request)
    found, without = leading.leaders_of(viewer, viewer.on)
    context = {
        "title": _("Leaders in charge of petitions"),
        "tabs": _tabs("petitions_leaders"),
        "leaders": found,
        "without": without,
    }
    return render(request, "desk/petitions/leaders.html", context)


@needs(may_open)
@require_GET
def session(request: HttpRequest) -> HttpResponse:
    """Show what the joint session has before it, to be printed for the table."""
    viewer = viewer_in(request)
    context = {
        "title": _("Joint session"),
        "tabs": _tabs("petitions_session"),
        "items": leading.session_of(viewer, viewer.on),
        "days": leading.STUCK_DAYS,
        "on": viewer.on,
    }
    return render(request, "desk/petitions/session.html", context)


class Publish(fields.Form):
    """The year that is published."""

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [(str(one), str(one)) for one in range(today.year, today.year - YEARS_BACK - 1, -1)]
        self.fields["year"] = forms.ChoiceField(label=_("Year"), choices=years)


@needs(yearly.may_publish)
def publish(request: HttpRequest) -> HttpResponse:
    """Publish a year: its numbers go into the public journal and onto the public page."""
    viewer = viewer_in(request)
    data, _problems = fields.sent(request)
    form = Publish(viewer.on, data, initial={"year": str(viewer.on.year - 1)})
    page = asking.Asked(
        title=_("Publish a year of petitions"),
        button=_("Publish"),
        back=reverse("desk:petitions_board"),
        crumbs=((_("Board of petitions"), reverse("desk:petitions_board")), (_("Publish"), "")),
        says=(
            _("Numbers of items and deadlines only; those below %(least)s are not told.")
            % {"least": yearly.LEAST},
            _("It is signed into the public journal; a later one stands in its place, and both stay there."),
        ),
        done=_("The year is published."),
        after=lambda _entry: reverse("public:yearly_index"),
    )
    return asking.ask(request, form, page, lambda given: yearly.publish(viewer, int(given["year"])))


class Link(fields.Form):
    """The petition that is the same or of the same affair, which of the two, and why."""

    def __init__(self, viewer: Viewer, seen: Seen, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer, self.seen = viewer, seen
        self.fields["other"] = fields.text(_("Number of the other petition"), most=60)
        self.fields["kind"] = forms.ChoiceField(
            label=_("What it is to this one"), choices=KINDS, widget=forms.RadioSelect
        )
        self.fields["reason"] = fields.reason()

    def clean_other(self) -> Matter:
        """Return the petition of that number; no other kind of matter is linked here."""
        other = matter_of(self.viewer, self.cleaned_data["other"])
        if other.mechanism != KIND or other.pk == self.seen.matter.pk:
            raise forms.ValidationError(_("Name another petition by its number."))
        return other


@needs(is_staff)
def link(request: HttpRequest, slug: str) -> HttpResponse:
    """Link a petition with one that says nearly the same: a person decides, nothing is merged."""
    seen = seen_or_404(request, mechanism(KIND), slug)
    viewer = viewer_in(request)
    page = asking.Asked(
        title=_("Link what says the same"),
        button=_("Link the two"),
        back=address(seen.matter),
        crumbs=(
            (mechanism(KIND).name, reverse("desk:petitions_board")),
            (seen.matter.number, address(seen.matter)),
            (_("Link"), ""),
        ),
        lead=seen.title,
        says=(
            _("Both stay as they are, each with its own deadlines and answer; nothing is merged."),
            _("A repeat counts against nobody who writes: it may make the matter one pending for long."),
        ),
        sure=lambda form: (shown_title(viewer, form.cleaned_data["other"]),),
        done=_("The two are linked."),
    )
    data, _problems = fields.sent(request)
    form = Link(viewer, seen, data, initial={"other": request.GET.get("other", "")[:60], "kind": "repeats"})
    return asking.ask(
        request,
        form,
        page,
        lambda given: keeping.link(
            seen.matter, given["other"], given["kind"], by=viewer, reason=given["reason"]
        ),
    )


def _stage(matter: Matter) -> Any:
    return mechanism(matter.mechanism, matter.version).stage(matter.stage).name
