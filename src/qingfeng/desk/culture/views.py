"""The board of culture pages, one entry with its versions and signatures, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qingfeng.culture import life
from qingfeng.culture.content import content_of
from qingfeng.culture.gates import lacking, missing
from qingfeng.culture.life import Kept
from qingfeng.culture.models import Entry, Medium, Publication, Signature
from qingfeng.culture.slip import official_of
from qingfeng.culture.storing import FORMS, LARGEST, CannotKeep, place_of
from qingfeng.culture.visit_models import Booking
from qingfeng.culture.wanting import bring_picture
from qingfeng.desk.culture import doors
from qingfeng.desk.culture.forms import Pictured, Written
from qingfeng.desk.views.ground import viewer_in
from qingfeng.documents.names import clean_name
from qingfeng.documents.rendering import pdf_of
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.organization.models import Person
from qingfeng.organization.permissions import needs_role

PAGES = "desk/culture/"
ROWS = 50
GETS = ["GET", "HEAD", "POST"]
Given: TypeAlias = Mapping[str, str]
reads = needs_role(*doors.READS)
writes = needs_role(*doors.WRITES)


@reads
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show every entry, what waits for a look, and groups that wait for an answer."""
    rows = Entry.objects.order_by("-changed_at")
    state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    rows = rows.filter(state=state) if state in Entry.State.values else rows
    rows = rows.filter(kind=kind) if kind in Entry.Kind.values else rows
    today = timezone.localdate()
    columns = [
        Column("name_zh", _("Name"), is_head=True, link=lambda one: f"/culture-desk/{one.slug}/"),
        Column(lambda one: one.get_kind_display(), _("Kind")),
        Column(lambda one: one.get_state_display(), _("Stage"), "tag"),
        Column("next_check_on", _("Next look"), "day"),
        Column("changed_at", _("Changed"), "moment"),
    ]
    nothing = Empty(_("Nothing yet"), _("Begin with a place."))
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "title": _("Culture pages"), "may_write": doors.may_write(viewer_in(request)), "page": page,
        "table": Table(columns, page, caption=_("Culture pages"), empty=nothing),
        "states": Entry.State.choices, "state": state,
        "due": Entry.objects.filter(next_check_on__lte=today).order_by("next_check_on")[:20],
        "waiting": Booking.objects.filter(state=Booking.State.ASKED).count(),
    }  # fmt: skip
    return render(request, PAGES + "board.html", context)


@reads
@require_safe
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a draft as it would be read, what it still lacks, who signed, and its versions."""
    viewer, held = viewer_in(request), get_object_or_404(Entry, slug=slug)
    version, person = life.under_review(held), person_of(request)
    steps = [
        (one, Signature.Step(one).label)
        for one in (life.next_steps(version) if version else [])
        if version and doors.may_sign(viewer, one) and not life.why_not(version, one, person)
    ]
    content = version.content if version else content_of(held)
    may_write = doors.may_write(viewer)
    context = {
        "title": held.name_zh, "entry": held, "content": content, "version": version, "steps": steps,
        "gates": missing(version) if version else lacking(held, content) if may_write else [],
        "signed": version.signatures.select_related("by") if version else [],
        "versions": held.versions.select_related("made_by"),
        "publications": held.publications.select_related("by", "version"),
        "checks": held.checks.select_related("by")[:10], "remarks": held.remarks.all()[:20],
        "may_write": may_write, "stops": _stops(content), "media": _media(content),
        "may_publish": doors.may_publish(viewer),
        "is_live": held.publications.filter(is_live=True).exists(), "is_locked": version is not None,
    }  # fmt: skip
    return render(request, PAGES + "entry.html", context)


@writes
@require_http_methods(GETS)
def write(request: HttpRequest, kind: str = "", slug: str = "") -> HttpResponse:
    """Write a new entry, or change a draft that is not under review."""
    held = get_object_or_404(Entry, slug=slug) if slug else None
    kind = held.kind if held else kind
    if kind not in Entry.Kind.values:
        raise Http404
    if held and life.under_review(held):
        messages.warning(request, _("It is under review already. Take it back to change it."))
        return redirect("desk:culture_entry", slug=slug)
    form = Written(kind, held, request.POST if request.method == "POST" else None)
    kept = form.keep(by=person_of(request)) if form.is_bound and form.is_valid() else None
    if kept:
        messages.success(request, _("The draft is kept."))
        return redirect("desk:culture_entry", slug=kept.slug)
    context = {"title": held.name_zh if held else _("New entry"), "entry": held, "form": form}
    return render(request, PAGES + "form.html", context, status=422 if form.errors else 200)


@writes
@require_http_methods(GETS)
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a picture to a draft, or take one away."""
    held = get_object_or_404(Entry, slug=slug)
    if life.under_review(held):
        raise Http404
    if request.method == "POST" and request.POST.get("remove", "").isdecimal():
        held.media.filter(pk=request.POST["remove"]).delete()
        return redirect("desk:culture_entry", slug=slug)
    if request.method == "POST" and request.POST.get("unwanted", "").isdecimal():
        held.wanted.filter(pk=request.POST["unwanted"]).delete()
        return redirect("desk:culture_picture", slug=slug)
    form = Pictured(request.POST, request.FILES) if request.method == "POST" else Pictured()
    if form.is_bound and form.is_valid():
        given = dict(form.cleaned_data)
        file = given.pop("picture")
        try:
            bring_picture(held, file.read(LARGEST + 1), name=clean_name(file.name), words=given)
        except CannotKeep as error:
            form.add_error("picture", str(error))
        else:
            return redirect("desk:culture_entry", slug=slug)
    context = {
        "title": _("Pictures"), "entry": held, "form": form, "media": held.media.all(),
        "wanted": held.wanted.filter(kind=Medium.Kind.PICTURE),
    }  # fmt: skip
    return render(request, PAGES + "picture.html", context, status=422 if form.errors else 200)


@reads
@require_POST
def act(request: HttpRequest, slug: str) -> HttpResponse:
    """Do one of the acts: hand in, sign, return, take back, publish, withdraw, look again."""
    held, viewer, person = get_object_or_404(Entry, slug=slug), viewer_in(request), person_of(request)
    done = _ACTS.get(request.POST.get("act", ""), _sign)(held, viewer, person, request.POST)
    if isinstance(done, Kept):
        messages.error(request, str(done))
    else:
        messages.success(request, _("Done."))
    return redirect("desk:culture_entry", slug=slug)


@reads
@require_safe
def slip(_request: HttpRequest, slug: str, no: int) -> HttpResponse:
    """Give the publication slip (发布审批单) of a version as PDF."""
    row = get_object_or_404(Publication.objects.select_related("version"), entry__slug=slug, version__no=no)
    headers = {"Content-Disposition": f'inline; filename="{slug}-{no}.pdf"'}
    return HttpResponse(pdf_of(official_of(row)), content_type="application/pdf", headers=headers)


@reads
@require_safe
def media(_request: HttpRequest, slug: str, digest: str, form: str) -> HttpResponse:
    """Give a picture of a draft or version to those who read the desk."""
    held = get_object_or_404(Entry, slug=slug)
    known = held.media.filter(digest=digest, form=form).exists() or any(
        one["digest"] == digest for version in held.versions.all() for one in version.content["media"]
    )
    if not known or form not in FORMS or not place_of(digest, form).exists():
        raise Http404
    return HttpResponse(place_of(digest, form).read_bytes(), content_type=FORMS[form])


def person_of(request: HttpRequest) -> Person:
    """Return who is looking, as a person."""
    return Person.objects.get(pk=viewer_in(request).person_id)


def _stops(content: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    """Return the stops of a route, each with what its place is called."""
    stops = content.get("stops", ())
    names = dict(
        Entry.objects.filter(slug__in=[one["place"] for one in stops]).values_list("slug", "name_zh")
    )
    return [(one, names.get(one["place"], one["place"])) for one in stops]


def _media(content: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    """Return the pictures of a content, each with its licence in words."""
    licences = dict(Medium.Licence.choices)
    return [(one, licences.get(one["licence"], "")) for one in content["media"] if not one.get("kind")]


def _needs(is_allowed: object) -> None:
    if not is_allowed:
        raise Http404


def _hand_in(held: Entry, viewer: Any, person: Person, _given: Given) -> Any:
    _needs(doors.may_write(viewer))
    return life.hand_in(held, by=person)


def _take_back(held: Entry, viewer: Any, person: Person, _given: Given) -> Any:
    _needs(doors.may_write(viewer))
    version = life.under_review(held)
    _needs(version is not None)
    return life.take_back(version, by=person)


def _publish(held: Entry, viewer: Any, person: Person, _given: Given) -> Any:
    _needs(doors.may_publish(viewer))
    version = life.under_review(held)
    _needs(version is not None)
    return life.publish(version, by=person)


def _withdraw(held: Entry, viewer: Any, person: Person, given: Given) -> Any:
    _needs(doors.may_publish(viewer))
    return life.withdraw(held, by=person, why=given.get("why_zh", ""), why_en=given.get("why_en", ""))


def _look(*, is_right: bool) -> Callable[[Entry, Any, Person, Given], Any]:
    def look(held: Entry, viewer: Any, person: Person, given: Given) -> Any:
        _needs(doors.may_publish(viewer))
        return life.look_again(held, by=person, is_right=is_right, note=given.get("words", ""))

    return look


def _sign(held: Entry, viewer: Any, person: Person, given: Given) -> Any:
    """Sign `pass:<step>` or `return:<step>`."""
    way, _colon, step = given.get("act", "").partition(":")
    version = life.under_review(held)
    if way not in {"pass", "return"} or step not in Signature.Step.values or version is None:
        raise Http404
    _needs(doors.may_sign(viewer, step))
    return life.sign(version, step, by=person, passed=way == "pass", remark=given.get("words", ""))


_ACTS: dict[str, Callable[[Entry, Any, Person, Given], Any]] = {
    "hand_in": _hand_in,
    "take_back": _take_back,
    "publish": _publish,
    "withdraw": _withdraw,
    "look_right": _look(is_right=True),
    "look_wrong": _look(is_right=False),
}
