"""Pages of packages: whom we exchange with, what is missing or refused; by hand what the worker does."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from qingfeng.desk.exchange import history, needs, picture, shown
from qingfeng.desk.exchange.rail import AUDITOR, SECURITY, SYSTEM
from qingfeng.desk.keeping import fields
from qingfeng.desk.keeping.asking import Asked, ask
from qingfeng.exchange import correspondents as known
from qingfeng.exchange import own, standing
from qingfeng.exchange.incoming import Brought, take_in
from qingfeng.exchange.models import OFFICE, Correspondent, CorrespondentKeys, Incoming, Received, Sent
from qingfeng.exchange.opening import open_one, open_waiting
from qingfeng.exchange.outgoing import name_of
from qingfeng.organization.models import Unit
from qingfeng.organization.permissions import needs_role
from qingfeng.screening.errors import Problem

CARD_BYTES = 64 * 1024
OFFERED = ("superior", "subordinate", "partner", "counter")


def _by(request: HttpRequest) -> str:
    return f"account:{request.user.pk}"


def _crumbs(*rest: tuple[Any, str]) -> list[tuple[Any, str]]:
    return [(_("Packages"), reverse("desk:packages")), *rest]


@needs_role(SYSTEM, SECURITY, AUDITOR)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show what is to be done about packages, and how the line to everybody stands."""
    may_act = request.viewer.has(SYSTEM)
    found = standing.standings(OFFICE)
    acts = [
        (_("Bring in a package"), reverse("desk:packages_bring")),
        (_("Add a correspondent"), reverse("desk:packages_add")),
        (_("Our card"), reverse("desk:packages_card")),
    ]
    context = {
        "title": _("Packages"),
        "lead": _("Sealed, signed, each once and in order. Here stand numbers, kinds and digests only."),
        "acts": [*(acts if may_act else ()), (_("History of packages"), reverse("desk:packages_history"))],
        "needs": needs.needs(found, may_act=may_act),
        "lines": picture.lines(found),
        "legend": picture.legend(),
        "failed": shown.failed(may_act=may_act),
        "folders": shown.folders(),
    }
    return render(request, "desk/exchange/standing.html", context)


@needs_role(SYSTEM, SECURITY, AUDITOR)
@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one correspondent: what is to be done, the line, keys, what went out, what came in."""
    found = get_object_or_404(Correspondent, pk=pk, end=OFFICE)
    may_act = request.viewer.has(SYSTEM)
    stands = [standing.standing_with(found)]
    context = {
        "title": found.name,
        "lead": f"{found.get_kind_display()} {found.unit}".strip(),
        "crumbs": _crumbs((found.name, "")),
        "lines": picture.lines(stands),
        "tables": [
            (_("Keys"), shown.keys_of(found, may_act=request.viewer.has(SYSTEM, SECURITY)), "keys"),
            (_("Sent packages"), shown.sent_to(found, may_act=may_act), "sent"),
            (_("Received packages"), shown.received_from(found), "received"),
        ],
    }
    return render(request, "desk/exchange/one.html", context)


@needs_role(SYSTEM, SECURITY, AUDITOR)
@require_GET
def past(request: HttpRequest) -> HttpResponse:
    """Look through every package that ever went out or came in."""
    sought = history.Sought(request.GET or {})
    context = {
        "title": _("History of packages"),
        "crumbs": _crumbs((_("History of packages"), "")),
        "sought": sought,
        "is_asked": sought.is_valid() and history.is_asked(sought.cleaned_data),
        "table": history.table(history.page_of(sought, request.GET.get("page", "")))
        if sought.is_valid()
        else None,
    }
    return render(request, "desk/exchange/history.html", context, status=200 if sought.is_valid() else 422)


@needs_role(SYSTEM, SECURITY)
@require_GET
def card(_request: HttpRequest) -> HttpResponse:
    """Give our card; the first time the keys are made."""
    if not own.has_keys(OFFICE):
        ours = Unit.objects.filter(kind=Unit.Kind.COMMISSION, is_ours=True).order_by("pk").first()
        if ours is None:
            raise Http404
        own.make(OFFICE, ours.name, by="house")
    mine = own.newest(OFFICE)
    headers = {"Content-Disposition": f'attachment; filename="{mine.card.key_id}.qfk"'}
    return HttpResponse(
        mine.card.encoded(mine.seed), content_type="application/octet-stream", headers=headers
    )


class Package(fields.Form):
    """A package as a file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = forms.FileField(label=_("Package"), help_text=_("It ends in .qfp."))


@needs_role(SYSTEM)
def bring(request: HttpRequest) -> HttpResponse:
    """Take in a package that somebody brought."""
    form = Package(request.POST, request.FILES) if request.method == "POST" else Package()
    asked = Asked(
        _("Bring in a package"),
        _("Take it in"),
        reverse("desk:packages"),
        crumbs=_crumbs((_("Bring in a package"), "")),
        lead=_("The same one again says when it came; one that is too early waits."),
        done=_("The package was taken in."),
    )
    return ask(request, form, asked, lambda given: _taken(request, given["file"]))


def _taken(request: HttpRequest, upload: Any) -> Received | HttpResponse:
    """Take in an upload; one that is too early is kept, and the page says what it waits for.

    Raises:
        Problem: If nothing was kept: it was refused, or came before.
    """
    with NamedTemporaryFile(dir=own.folder(OFFICE, "work"), suffix=".qfp", delete=False) as held:
        for block in upload.chunks():
            held.write(block)
    try:
        brought = take_in(Path(held.name), OFFICE)
    finally:
        Path(held.name).unlink()
    open_waiting(OFFICE)
    said = _told(brought)
    if said is not None:
        raise said
    if brought.received.state == Received.State.WAITING:
        messages.warning(request, _("The package is kept. %(what)s") % {"what": brought.received.what})
        return redirect("desk:packages")
    return brought.received


def _told(brought: Brought) -> Problem | None:
    row = brought.received
    if brought.is_again:
        return Problem(
            _("This package came on %(day)s; nothing was done again.") % {"day": f"{row.came_at:%Y-%m-%d}"}
        )
    return Problem(row.what, then=row.then) if row.state == Received.State.REFUSED else None


class NewCard(fields.Form):
    """A card that was brought, and what its owner is to us."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(value, words) for value, words in Correspondent.Kind.choices if value in OFFERED]
        self.fields["card"] = forms.FileField(label=_("Card"), help_text=_("It ends in .qfk."))
        self.fields["kind"] = forms.ChoiceField(label=_("What it is to us"), choices=kinds)
        self.fields["unit"] = fields.text(
            _("Unit in this house that it stands for"),
            needed=False,
            help_text=_("Its full name among our units; empty for a counter."),
        )

    def clean_unit(self) -> str:
        """Ask for a unit that there is."""
        name: str = self.cleaned_data["unit"].strip()
        if name and not Unit.objects.filter(name=name).exists():
            raise forms.ValidationError(_("There is no unit of this name. Copy it from the list of units."))
        return name

    def clean(self) -> dict[str, Any]:
        """Ask for the unit where acts address one."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("kind") != "counter" and "unit" in given and not given["unit"]:
            self.add_error("unit", _("Name the unit: directives and referrals are addressed to it."))
        return given


@needs_role(SYSTEM)
def add(request: HttpRequest) -> HttpResponse:
    """Propose a correspondent, or new keys of one."""
    form = NewCard(request.POST, request.FILES) if request.method == "POST" else NewCard()
    asked = Asked(
        _("Add a correspondent"),
        _("Add"),
        reverse("desk:packages"),
        crumbs=_crumbs((_("Add a correspondent"), "")),
        says=(
            _("Its keys count once somebody else has heard the fingerprint from them and typed it."),
            _("A card of somebody known brings new keys: old ones end with the first package of the new."),
        ),
        done=_("Added. Now another administrator compares the fingerprint."),
        after=lambda keys: reverse("desk:packages_with", args=[keys.correspondent_id]),
    )

    def act(given: dict[str, Any]) -> CorrespondentKeys:
        found = known.read(given["card"].read(CARD_BYTES))
        return known.add(found, kind=given["kind"], unit=given["unit"], by=_by(request))

    return ask(request, form, asked, act)


class Heard(fields.Form):
    """A fingerprint as it was heard."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heard"] = fields.text(
            _("Fingerprint, as the other side reads it to you"), help_text=_("Eight groups of four.")
        )


@needs_role(SYSTEM, SECURITY)
def confirm(request: HttpRequest, pk: int, keys: int) -> HttpResponse:
    """Let keys count: somebody else types the fingerprint that they heard."""
    held = get_object_or_404(CorrespondentKeys, pk=keys, correspondent=pk, correspondent__end=OFFICE)
    asked = Asked(
        _("Confirm the keys of %(name)s") % {"name": held.correspondent},
        _("Confirm"),
        reverse("desk:packages_with", args=[pk]),
        crumbs=_crumbs(
            (held.correspondent.name, reverse("desk:packages_with", args=[pk])), (_("Confirm"), "")
        ),
        says=(
            _("Telephone somebody there whom you know, and let them read their fingerprint to you."),
            _("Do not read ours first, and do not copy it from this house: it is not shown on this page."),
        ),
        done=_("The keys count now."),
    )
    form = Heard(request.POST) if request.method == "POST" else Heard()
    return ask(request, form, asked, lambda given: known.confirm(held, by=_by(request), heard=given["heard"]))


class Why(fields.Form):
    """A reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = fields.reason()


@needs_role(SYSTEM, SECURITY)
def end(request: HttpRequest, pk: int, keys: int) -> HttpResponse:
    """Let keys count no more."""
    held = get_object_or_404(CorrespondentKeys, pk=keys, correspondent=pk, correspondent__end=OFFICE)
    asked = Asked(
        _("End the keys of %(name)s") % {"name": held.correspondent},
        _("End them"),
        reverse("desk:packages_with", args=[pk]),
        crumbs=_crumbs(
            (held.correspondent.name, reverse("desk:packages_with", args=[pk])), (_("End them"), "")
        ),
        says=(_("Packages that these keys signed are refused from now on, and none is sealed to them."),),
        done=pgettext("keys", "Ended."),
        is_danger=True,
    )
    form = Why(request.POST) if request.method == "POST" else Why()
    return ask(
        request, form, asked, lambda given: known.end_keys(held, by=_by(request), reason=given["reason"])
    )


@needs_role(SYSTEM)
@require_GET
def sent(_request: HttpRequest, pk: int, number: int) -> FileResponse:
    """Give a package that went out and has no receipt yet, to be carried again."""
    found = get_object_or_404(
        Sent, stream__correspondent=pk, stream__correspondent__end=OFFICE, number=number, receipt_at=None
    )
    try:
        held = (own.home() / found.file).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        held, as_attachment=True, filename=name_of(found), content_type="application/octet-stream"
    )


@needs_role(SYSTEM)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Give something that could not be taken in to its handler once more."""
    found = get_object_or_404(Incoming, pk=pk, received__end=OFFICE)
    if found.state != Incoming.State.FAILED:
        return redirect("desk:packages")
    asked = Asked(
        _("Try again to take it in"),
        _("Try again"),
        reverse("desk:packages"),
        crumbs=_crumbs((_("Try again"), "")),
        says=(found.what,),
        done=_("It was taken in."),
    )

    def act(_given: dict[str, Any]) -> None:
        if not open_one(found):
            raise Problem(found.what)

    return ask(request, fields.Form(request.POST or None), asked, act)


class Became(fields.Form):
    """What became of a package that was refused."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = _("What you found and did; it stays in the journal. No names, nothing of what people wrote.")
        self.fields["reason"] = fields.reason(_("What became of it"), help_text=said)


@needs_role(SYSTEM)
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what became of a refused package, so that it no longer waits for anybody."""
    found = get_object_or_404(Received, pk=pk, end=OFFICE, state=Received.State.REFUSED)
    if not found.then:
        return redirect("desk:packages")
    asked = Asked(
        pgettext("packages", "Say what became of it"),
        _("Keep it"),
        reverse("desk:packages"),
        crumbs=_crumbs((pgettext("packages", "Say what became of it"), "")),
        says=(found.what, found.then, _("The package stays in the history. Nothing of it was taken.")),
        done=_("Kept. It stands in the history."),
    )
    form = Became(request.POST) if request.method == "POST" else Became()
    return ask(
        request,
        form,
        asked,
        lambda given: standing.settle(found, by=_by(request), reason=given["reason"]),
    )
