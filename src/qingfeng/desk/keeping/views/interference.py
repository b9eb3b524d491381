"""The register of interference (过问登记): entered once, never changed, never deleted."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

from qingfeng.desk.keeping import fields
from qingfeng.desk.keeping.asking import Asked, ask
from qingfeng.desk.keeping.doors import is_staff, needs, registers_interference
from qingfeng.desk.keeping.numbers import matter_of
from qingfeng.desk.keeping.offices import sees_interference
from qingfeng.desk.offers import laws
from qingfeng.desk.views.ground import viewer_in
from qingfeng.look.said import day
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.matters import access, guarding, kept_records
from qingfeng.matters.models import Interference, Matter
from qingfeng.organization.viewer import Viewer

A_PAGE = 50
MASKED = gettext_lazy(
    "Only where a petition becomes a report does the house mask, once, what tells who wrote it."
)


class Entry(fields.Form):
    """Who asked about or spoke for what, when, and what they said."""

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.fields["about"] = fields.text(
            _("What it was about"), help_text=_("The affair in one line, as it was spoken of.")
        )
        self.fields["number"] = fields.text(
            _("Number of the matter"), help_text=_("If you know it."), most=60, needed=False
        )
        self.fields["who"] = fields.text(_("Who asked or spoke"), help_text=_("Name, unit and post."))
        self.fields["happened_on"] = fields.day(_("On which day"), initial=timezone.localdate())
        self.fields["what"] = fields.long_text(
            _("What was asked or said"),
            help_text=_(
                "By which way, in which words, who else was there. Of a petition say “who wrote”, no name."
            ),
            rows=5,
        )

    def clean_number(self) -> Matter | None:
        """Return the matter of that number, None where none is given."""
        number = self.cleaned_data["number"]
        return matter_of(self.viewer, number) if number.strip() else None


@needs(is_staff)
def new(request: HttpRequest) -> HttpResponse:
    """Register that somebody asked about a matter or spoke for somebody.

    Law:
        监察法 Art. 66
    """
    viewer = viewer_in(request)
    back = reverse("desk:interference")
    asked = Asked(
        title=_("Register interference"),
        button=pgettext("keeping", "Register"),
        back=back,
        crumbs=((_("Register of interference"), back), (pgettext("keeping", "new"), "")),
        lead=laws(guarding.INTERFERENCE),
        says=(
            _("Whoever handles a matter and is asked about it, or spoken to for somebody, registers it."),
            _("What is registered is neither changed nor deleted, by nobody."),
            MASKED,
        ),
        sure=lambda form: _as_it_will_stand(form.cleaned_data),
        done=_("It is registered."),
    )
    data, _problems = fields.sent(request)
    number = (
        access.visible(viewer).filter(number=request.GET.get("number", "")).values_list("number", flat=True)
    )
    form = Entry(viewer, data, initial={"number": number.first() or ""})
    return ask(request, form, asked, lambda given: _register(viewer, given))


def _as_it_will_stand(given: dict[str, Any]) -> list[str]:
    told = {"who": given["who"], "day": day(given["happened_on"]), "about": given["about"]}
    return [
        _("%(who)s, on %(day)s: %(about)s") % told,
        given["what"],
        _("Once registered it cannot be changed."),
    ]


def _register(viewer: Viewer, given: dict[str, Any]) -> Any:
    told = {key: given[key] for key in ("about", "who", "what", "happened_on")}
    return guarding.register_interference(by=viewer, matter=given["number"], **told)


def _shown(viewer: Viewer) -> QuerySet[Interference]:
    """Return the entries that somebody sees: all of them by office, else the own ones."""
    rows = Interference.objects.select_related("matter", "registered_by").order_by("-registered_at", "-pk")
    return rows if sees_interference(viewer) else rows.filter(registered_by=viewer.person_id)


@needs(registers_interference)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List what is registered: one's own entries; all of them for those who watch over our own staff."""
    viewer = viewer_in(request)
    page = Paginator(_shown(viewer), A_PAGE).get_page(request.GET.get("page"))
    columns = [
        Column(
            "about",
            _("What it was about"),
            link=lambda row: reverse("desk:interference_entry", args=[row.pk]),
            is_head=True,
        ),
        Column("who", _("Who asked or spoke")),
        Column("happened_on", _("Day"), "day"),
        Column("matter.number", _("Matter"), "exact"),
        Column("registered_by.name", _("Registered by"), "who"),
        Column("registered_at", pgettext("keeping", "Registered"), "moment"),
    ]
    empty = Empty(
        _("Nothing is registered"),
        _("Whoever is asked about a matter, or spoken to for somebody, registers it here at once."),
    )
    title = _("Register of interference")
    mine = (
        ()
        if sees_interference(viewer)
        else (
            _("You see your own entries. All of them are seen by the office that supervises our own staff."),
        )
    )
    context = {
        "title": title,
        "lead": laws(guarding.INTERFERENCE),
        "acts": [(_("Register interference"), reverse("desk:interference_new"))] if is_staff(viewer) else [],
        "notes": mine,
        "tables": [(title, Table(columns, page, title, empty=empty), "rows")],
    }
    return render(request, "desk/keeping/table.html", context)


@needs(registers_interference)
@require_GET
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one entry; there is no way to change it."""
    found = _shown(viewer_in(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    context = {
        "title": found.about,
        "lead": laws(guarding.INTERFERENCE),
        "crumbs": [(_("Register of interference"), reverse("desk:interference")), (found.about, "")],
        "entry": found,
        "masked": MASKED if kept_records.MASK in f"{found.about}{found.who}{found.what}" else "",
    }
    return render(request, "desk/keeping/interference.html", context)
