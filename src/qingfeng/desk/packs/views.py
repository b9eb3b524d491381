"""Pages of packs: those that are out, making one, its sheets and form, what comes back, lost ones."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET
from PIL import Image

from qingfeng.desk.keeping import fields
from qingfeng.desk.keeping.asking import Asked, ask
from qingfeng.desk.keeping.doors import is_staff, needs
from qingfeng.desk.kinds import address
from qingfeng.desk.packs import arriving, entering, leaving
from qingfeng.desk.packs.form import form_html
from qingfeng.desk.packs.forms import Code, Ending, OnPaper, Sealed, TakeAlong
from qingfeng.desk.packs.kinds import kinds, spoken
from qingfeng.desk.packs.models import Pack
from qingfeng.desk.packs.returning import CannotTake, Photo, Result
from qingfeng.desk.packs.seeing import (
    here,
    may_carry,
    overdue,
    pack_or_none,
    packs_for,
    verifiers,
    whole_verifications,
)
from qingfeng.desk.packs.sheets import QR, answer_words, blank_sheets
from qingfeng.desk.packs.verification import evidence_for, is_open, tasks_of
from qingfeng.desk.views.ground import viewer_in
from qingfeng.documents.attachments import sealed_response
from qingfeng.documents.fieldwork import sheets_pdf
from qingfeng.look.outgoing import NamesSource
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.matters.answers import Refusal, Waiting
from qingfeng.matters.guarding import note_read
from qingfeng.matters.models import Matter
from qingfeng.matters.today import today
from qingfeng.screening.errors import Problem

A_PAGE = 50
THUMB = 160
Page = Callable[..., HttpResponse]


def pack_page(page: Page, *, carries: bool = False) -> Page:
    """Open a page of a pack to those for whom it exists; with `carries` to the verifiers of its matter."""

    @needs(is_staff)
    @wraps(page)
    def guarded(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponse:
        viewer = viewer_in(request)
        pack = pack_or_none(viewer, code)
        if pack is None or (carries and not may_carry(viewer, pack.matter)):
            raise Http404
        note_read(viewer, pack.matter, "pack")
        return page(request, pack, *args, **kwargs)

    return guarded


def carrying(page: Page) -> Page:
    """Open a page of a pack to the verifiers of its matter."""
    return pack_page(page, carries=True)


@needs(is_staff)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List packs that are out by their last day (`?all` for those that are back, `?late` for the overdue)."""
    every = "all" in request.GET
    rows = packs_for(viewer_in(request))
    rows = rows if every else rows.filter(state=Pack.State.OUT).order_by("expires_on", "pk")
    rows = overdue(rows, today()) if "late" in request.GET else rows
    columns = [
        Column("typed", _("Code"), "exact", link=here, is_head=True),
        Column("matter.number", _("Matter"), "exact", link=lambda row: address(row.matter)),
        Column(lambda row: "、".join(row.carriers), _("Taken by")),
        Column(lambda row: len(row.tasks), pgettext("pack", "Tasks"), "number"),
        Column("made_at", pgettext("pack", "Left"), "day"),
        Column("expires_on", _("Use it until"), "day"),
        Column(state_words, _("State"), "tag"),
    ]
    empty = Empty(
        _("No pack is out"),
        _("Verifiers take tasks along from the page of a verification: sheets, a form without network."),
        icon="archive",
    )
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    table = Table(columns, page, _("Task packs"), empty=empty)
    context = {"title": _("Task packs"), "table": table, "every": every}
    return render(request, "desk/packs/list.html", context)


def state_words(pack: Pack) -> str:
    """Return where a pack is, in words."""
    if pack.state != Pack.State.OUT:
        late = pack.is_late(today())
        return _("Back, after its last day") if late else str(pack.get_state_display())
    if pack.arrived:
        return _("to be entered")
    return _("out, past its day") if pack.expires_on < today() else pgettext("pack", "Out")


@needs(is_staff)
def find(request: HttpRequest) -> HttpResponse:
    """Lead from a code that was typed or scanned to the page of its pack."""
    viewer = viewer_in(request)
    data, _problems = fields.sent(request)

    def act(given: dict[str, Any]) -> HttpResponse:
        found = pack_or_none(viewer, given["code"].strip().removeprefix(QR))
        if found is None:
            raise Problem(_("There is no such pack for you."), then=_("Look at the code again."))
        return redirect(here(found))

    asked = Asked(
        title=_("Bring a pack in"),
        button=_("Find it"),
        back=reverse("desk:packs"),
        crumbs=[(_("Task packs"), reverse("desk:packs")), (_("Bring in"), "")],
    )
    return ask(request, Code(data), asked, act)


@needs(is_staff)
def new(request: HttpRequest, verification: str) -> HttpResponse:
    """Make a pack for chosen tasks of a verification; for its verifiers."""
    viewer = viewer_in(request)
    matter = whole_verifications(viewer).filter(slug=verification).select_related("owner").first()
    if matter is None or not may_carry(viewer, matter):
        raise Http404
    note_read(viewer, matter, "page")
    tasks = [one for one in tasks_of(matter) if one.is_open]
    people = verifiers(matter)
    data = request.POST if request.method == "POST" else None
    others = [one.pk for one in people if one.pk != viewer.person_id]
    usual = {"carrier": viewer.person_id, "companion": others[0] if len(others) == 1 else None}
    form = TakeAlong(tasks, evidence_for(matter), people, data, initial=usual)
    asked = Asked(
        title=_("Take tasks along"),
        button=_("Make the pack"),
        back=address(matter),
        crumbs=_crumbs(matter, (_("Take tasks along"), "")),
        lead=matter.number,
        says=(
            _("Sheets to print and one form without network; what comes back is sealed to this office."),
            _("The journal keeps which rows left, with whom and until when."),
        ),
        done=_("The pack is made: print the sheets, copy the form to the device."),
        after=here,
    )
    if not tasks or len(people) < 2:
        return render(
            request, "desk/packs/none.html", {"asked": asked, "title": asked.title, "matter": matter}
        )
    return ask(request, form, asked, lambda given: _make(matter, form, given, request))


def _make(matter: Matter, form: TakeAlong, given: dict[str, Any], request: HttpRequest) -> Pack:
    tasks, sources, carriers = form.chosen()
    try:
        return leaving.take_along(
            matter, tasks, by=viewer_in(request), carriers=carriers,
            expires_on=given["expires_on"], sources=sources,
        )  # fmt: skip
    except NamesSource as why:
        raise Problem(str(why)) from why


def _crumbs(matter: Matter, *rest: tuple[Any, str]) -> list[tuple[Any, str]]:
    return [(_("Task packs"), reverse("desk:packs")), (matter.number, address(matter)), *rest]


@pack_page
@require_GET
def page(request: HttpRequest, pack: Pack) -> HttpResponse:
    """Show a pack: who has it, until when, its files while it is out, and what became of it."""
    names = {one.no: one for one in tasks_of(pack.matter)}
    context = {
        "title": pack.typed,
        "crumbs": _crumbs(pack.matter, (pack.typed, "")),
        "pack": pack,
        "state": state_words(pack),
        "is_out": pack.state == Pack.State.OUT,
        "is_late": pack.is_late(today()),
        "is_over": pack.expires_on < today(),
        "carries": may_carry(viewer_in(request), pack.matter),
        "tasks": [(no, names.get(no), str(no) in pack.entered, no in pack.left_out) for no in pack.tasks],
        "rows": pack.rows,
    }
    return render(request, "desk/packs/pack.html", context)


@carrying
@require_GET
def sheets(request: HttpRequest, pack: Pack) -> HttpResponse:
    """Give the sheets of a pack that is out, with the proof that the journal says it left."""
    if _is_over(request, pack):
        return redirect(here(pack))
    made = sheets_pdf(blank_sheets(_contents(pack), leaving.proof_of(pack)))
    leaving.note_given(pack, "sheets", by=viewer_in(request))
    return sealed_response(
        io.BytesIO(made), name=f"qingfeng-{pack.code}.pdf", media_type="application/pdf", inline=True
    )


@carrying
@require_GET
def offline_form(request: HttpRequest, pack: Pack) -> HttpResponse:
    """Give the offline form of a pack that is out; it is saved, never opened here."""
    if _is_over(request, pack):
        return redirect(here(pack))
    made = form_html(_contents(pack))
    leaving.note_given(pack, "form", by=viewer_in(request))
    return sealed_response(io.BytesIO(made), name=f"qingfeng-{pack.code}.html", media_type="text/html")


def _is_over(request: HttpRequest, pack: Pack) -> bool:
    """Return whether the last day of a pack that is out has passed, and say so: no copy is given any more."""
    over = pack.state == Pack.State.OUT and pack.expires_on < today()
    if over:
        said = _(
            "Its last day has passed: no copy is given any more. What is outside is still taken, as late."
        )
        messages.warning(request, said)
    return over


def _contents(pack: Pack) -> Any:
    if pack.state != Pack.State.OUT:
        raise Http404
    return leaving.contents_of(pack)


@carrying
def bring_in(request: HttpRequest, pack: Pack) -> HttpResponse:
    """Take the sealed file of a pack in, and lead to what it says."""
    form = Sealed(request.POST, request.FILES) if request.method == "POST" else Sealed()

    def act(given: dict[str, Any]) -> HttpResponse:
        try:
            arriving.arrive(pack, given["file"].read(), by=viewer_in(request))
        except CannotTake as cannot:
            raise Problem(cannot.what, then=cannot.then) from cannot
        return redirect(here(pack, "pack_preview"))

    asked = Asked(
        title=_("Bring the sealed file in"),
        button=_("Open and look"),
        back=here(pack),
        crumbs=_crumbs(pack.matter, (pack.typed, here(pack)), (_("Bring in"), "")),
        lead=pack.typed,
        says=(_("It is opened with the office's key and checked; nothing is entered yet."),),
    )
    return ask(request, form, asked, act)


@carrying
def preview(request: HttpRequest, pack: Pack) -> HttpResponse:
    """Show what came back, and enter it."""
    if pack.state != Pack.State.OUT:
        return redirect(here(pack))
    if not pack.arrived:
        raise Http404
    try:
        returned = arriving.waiting(pack)
    except CannotTake as cannot:
        messages.warning(request, f"{cannot.what} {cannot.then}")
        return redirect(here(pack, "pack_return"))
    if request.method == "POST":
        outcomes = entering.enter(
            pack, leaving.contents_of(pack), returned.results, by=viewer_in(request), account=request.user
        )
        return _entered(request, pack, outcomes)
    context = {
        "title": _("What came back"),
        "crumbs": _crumbs(pack.matter, (pack.typed, here(pack)), (_("What came back"), "")),
        "pack": pack,
        "saved_at": returned.saved_at,
        "is_late": pack.is_late(today()),
        "results": [_shown(pack, one) for one in returned.results],
    }
    return render(request, "desk/packs/preview.html", context)


def _shown(pack: Pack, result: Result) -> dict[str, Any]:
    no, kind = result.task.no, kinds()[result.task.kind]
    return {
        "result": result,
        "name": spoken(kind.name),
        "lines": [
            [(spoken(ask.words), spoken(answer_words(ask, line.get(ask.key, "")))) for ask in kind.asks]
            for line in result.lines
        ],
        "photos": [(one, _thumbnail(one)) for one in result.photos],
        "is_entered": str(no) in pack.entered,
        "is_past": str(no) not in pack.entered and not is_open(pack.matter, no),
        "is_alone": result.is_done and len(result.present) < 2,
    }


def _thumbnail(photo: Photo) -> str:
    """Return a small picture as a data address; a picture that cannot be read shows none."""
    try:
        with Image.open(io.BytesIO(photo.data)) as picture:
            picture.thumbnail((THUMB, THUMB))
            out = io.BytesIO()
            picture.convert("RGB").save(out, "JPEG", quality=70)
    except (OSError, ValueError):
        return ""
    return f"data:image/jpeg;base64,{base64.b64encode(out.getvalue()).decode()}"


@carrying
def on_paper(request: HttpRequest, pack: Pack) -> HttpResponse:
    """Enter what stands on the signed sheets of a pack, with their scan."""
    contents = _contents(pack)
    data, problems = fields.sent(request)
    form = OnPaper(contents, pack, viewer_in(request).account_id, data)
    if data is not None:
        fields.put(form, problems)
    asked = Asked(
        title=_("Enter the signed sheets"),
        button=pgettext("pack", "Enter"),
        back=here(pack),
        crumbs=_crumbs(pack.matter, (pack.typed, here(pack)), (_("Signed sheets"), "")),
        lead=pack.typed,
        says=(_("The scan becomes a paper of the matter; what you write is entered as the task's result."),),
    )

    def act(given: dict[str, Any]) -> HttpResponse:
        outcomes = entering.enter(
            pack,
            contents,
            form.results(),
            by=viewer_in(request),
            account=request.user,
            scans=given["scan"],
        )
        return _entered(request, pack, outcomes)

    return ask(request, form, asked, act)


def _entered(request: HttpRequest, pack: Pack, outcomes: list[entering.Outcome]) -> HttpResponse:
    """Say what was entered, what waits for a second signature, and what was refused; then show the pack."""
    for one in outcomes:
        no = one.result.task.no
        if isinstance(one.answer, Refusal):
            said = "；".join(str(words) for each in one.answer.errors.values() for words in each)
            messages.error(
                request, _("Task %(no)s: %(why)s") % {"no": no, "why": f"{one.answer.reason} {said}"}
            )
        elif isinstance(one.answer, Waiting):
            messages.success(request, _("Task %(no)s waits for its second signature.") % {"no": no})
        elif one.answer is not None:
            messages.success(request, _("Task %(no)s is entered.") % {"no": no})
    return redirect(here(pack))


@carrying
def end(request: HttpRequest, pack: Pack) -> HttpResponse:
    """Declare a pack lost, or recall it."""
    if pack.state != Pack.State.OUT:
        raise Http404
    data, _problems = fields.sent(request)
    asked = Asked(
        title=_("Lost or recalled"),
        button=_("Declare it"),
        back=here(pack),
        crumbs=_crumbs(pack.matter, (pack.typed, here(pack)), (_("Lost or recalled"), "")),
        lead=pack.typed,
        says=(
            _("A lost pack is brought in no more, whoever has it."),
            _("Records of persons that are lost may have to be reported: tell the head of the room today."),
        ),
        done=_("It is declared; the journal keeps it."),
        is_danger=True,
        sure=lambda _form: (_("It cannot be taken back."),),
    )
    return ask(
        request,
        Ending(data),
        asked,
        lambda given: leaving.end(pack, given["state"], by=viewer_in(request), reason=given["reason"]),
    )
