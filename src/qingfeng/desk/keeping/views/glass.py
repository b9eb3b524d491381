"""Emergency access (break-glass): one matter, for some hours, with a reason; somebody else reviews it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from qingfeng.desk.keeping import fields
from qingfeng.desk.keeping.asking import Asked, ask
from qingfeng.desk.keeping.doors import carries_matters, needs, reviews_glass
from qingfeng.desk.kinds import address
from qingfeng.desk.views.ground import viewer_in
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.matters import access, guarding
from qingfeng.matters.district import BREAK_GLASS_HOURS
from qingfeng.matters.models import BreakGlass
from qingfeng.organization.district_settings import setting
from qingfeng.organization.viewer import Viewer

MOST = 200


@dataclass(frozen=True)
class Broken:
    """One emergency access as a list shows it."""

    glass: BreakGlass
    href: str = ""

    @property
    def left(self) -> str:
        """How long it still lasts, or that it has ended."""
        minutes = int((self.glass.expires_at - timezone.now()).total_seconds() // 60)
        if minutes < 0:
            return pgettext("keeping", "ended")
        if minutes < 60:
            return ngettext("%(count)d minute left", "%(count)d minutes left", minutes) % {"count": minutes}
        hours = minutes // 60
        return ngettext("%(count)d hour left", "%(count)d hours left", hours) % {"count": hours}

    @property
    def review(self) -> str:
        """What the review found, or that it is owed."""
        if not self.glass.reviewed_at:
            return _("not reviewed yet")
        return _("was right") if self.glass.was_right else _("was not right")


class Ask(fields.Form):
    """The number of the matter, and why it cannot wait."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"] = fields.text(_("Number of the matter"), most=60)
        self.fields["reason"] = fields.reason(
            _("Why it cannot wait"),
            help_text=_("A sentence of at least ten signs; somebody else reads it. Name nobody."),
        )


@needs(carries_matters)
def index(request: HttpRequest) -> HttpResponse:
    """Ask for emergency access, and see one's own with the time that is left."""
    viewer, hours = viewer_in(request), int(setting(BREAK_GLASS_HOURS))
    here = reverse("desk:glass")
    lasts = ngettext(
        "It opens one matter for %(count)d hour.", "It opens one matter for %(count)d hours.", hours
    )
    asked = Asked(
        title=_("Emergency access"),
        button=_("Open the matter"),
        back="/",
        says=(
            lasts % {"count": hours},
            _("It never opens sealed fields, and never helps against a recusal."),
            _("The journal keeps it at once; the principal or the auditor reviews it."),
        ),
        done=_("The matter is open to you for a time; the access is on record."),
        after=lambda made: address(made.matter),
        sure=lambda form: (
            form.cleaned_data["number"],
            form.cleaned_data["reason"],
            _("Your name and this reason go to the principal and the auditor."),
        ),
        is_danger=True,
        above="desk/keeping/own_glass.html",
        more={"own": _own(viewer), "here": here},
    )
    data, _problems = fields.sent(request)
    return ask(
        request,
        Ask(data),
        asked,
        lambda given: guarding.break_glass(given["number"], given["reason"], by=viewer),
    )


def _own(viewer: Viewer) -> Table:
    rows = BreakGlass.objects.filter(person=viewer.person_id).select_related("matter").order_by("-at", "-pk")
    return Table([*_columns()], [_line(viewer, one) for one in rows[:MOST]], _("My emergency accesses"))


def _line(viewer: Viewer, one: BreakGlass) -> Broken:
    """Return a line, with the matter's address while the viewer may open it."""
    return Broken(one, address(one.matter) if access.may_see(viewer, one.matter) else "")


def _columns() -> list[Column]:
    return [
        Column("glass.matter.number", _("Number"), "exact", link=lambda row: row.href or None, is_head=True),
        Column("glass.at", pgettext("keeping", "Opened"), "moment"),
        Column("left", _("Time left"), "tag"),
        Column("glass.reason", _("Reason")),
        Column("review", _("Review"), "tag"),
    ]


@needs(reviews_glass)
@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """List every emergency access, those to be reviewed first; numbers only, no content."""
    viewer = viewer_in(request)
    rows = BreakGlass.objects.select_related("matter", "person").order_by("-at", "-pk")
    waiting, done = rows.filter(reviewed_at=None), rows.exclude(reviewed_at=None).select_related("reviewer")
    owed = [Broken(one, _review_page(viewer, one)) for one in waiting[:MOST]]
    columns = [
        *_columns()[:3],
        Column("glass.person.name", pgettext("keeping", "Who"), "who"),
        *_columns()[3:],
    ]
    empty = Empty(_("Nothing waits for a review"), _("Emergency accesses of others appear here at once."))
    context = {
        "title": _("Review of emergency access"),
        "tables": [
            (_("To be reviewed"), Table(columns, owed, _("To be reviewed"), empty=empty), "owed"),
            (
                pgettext("keeping", "Reviewed"),
                Table(
                    [
                        *columns,
                        Column("glass.reviewer.name", _("Reviewed by"), "who"),
                        Column("glass.review", _("What was found")),
                    ],
                    [Broken(one) for one in done[:MOST]],
                    pgettext("keeping", "Reviewed"),
                ),
                "done",
            ),
        ],
    }
    return render(request, "desk/keeping/table.html", context)


def _review_page(viewer: Viewer, one: BreakGlass) -> str:
    """Return where it is reviewed; nobody reviews their own."""
    return "" if one.person_id == viewer.person_id else reverse("desk:glass_review", args=[one.pk])


class Review(fields.Form):
    """Whether it was right, and what was found."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["was_right"] = forms.ChoiceField(
            label=_("Was the access right?"),
            choices=[("yes", _("was right")), ("no", _("was not right"))],
            widget=forms.RadioSelect,
        )
        self.fields["review"] = fields.long_text(_("What was found"))


@needs(reviews_glass)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Review an emergency access of somebody else."""
    viewer = viewer_in(request)
    found = BreakGlass.objects.select_related("matter", "person").filter(pk=pk).first()
    if found is None or found.person_id == viewer.person_id or found.reviewed_at:
        raise Http404
    back = reverse("desk:glass_reviews")
    asked = Asked(
        title=_("Review emergency access to %(number)s") % {"number": found.matter.number},
        button=_("Keep the review"),
        back=back,
        crumbs=((_("Review of emergency access"), back), (found.matter.number, "")),
        lead=_("%(person)s opened it") % {"person": found.person},
        done=_("The review is on record."),
        above="desk/keeping/glass.html",
        more={"one": Broken(found)},
    )
    data, _problems = fields.sent(request)
    return ask(
        request,
        Review(data),
        asked,
        lambda given: guarding.review_glass(
            found, by=viewer, was_right=given["was_right"] == "yes", review=given["review"]
        ),
    )
