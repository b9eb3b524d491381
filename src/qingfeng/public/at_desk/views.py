"""Pages for staff who take something in for somebody: it is sealed at once, and shown to them never again."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from qingfeng.desk.keeping.doors import is_staff, needs
from qingfeng.documents.refusal import Refused
from qingfeng.journal.store import append
from qingfeng.organization.viewer import Viewer
from qingfeng.public.at_desk.forms import Entry
from qingfeng.public.counter import codes, filing, house
from qingfeng.public.counter.in_memory import IntoMemory, judged
from qingfeng.public.counter.letters import Letter
from qingfeng.public.counter.limits import limits
from qingfeng.public.counter.steps import LINE_NAMES
from qingfeng.public.counter.views.writing import proof_parts
from qingfeng.sealing.envelope import canonical


@needs(is_staff)
@never_cache
def begin(request: HttpRequest) -> HttpResponse:
    """Ask what it is; what belongs above goes another way."""
    keys = house.house()
    lines = [(line, LINE_NAMES[line]) for line in house.LINES if house.is_open(keys, line)]
    return render(request, "at_desk/begin.html", {"title": _("Enter for somebody"), "lines": lines})


@needs(is_staff)
@never_cache
def above(request: HttpRequest) -> HttpResponse:
    """Show the way on paper."""
    viewer: Viewer = request.viewer
    way = reverse("desk:report_above") if viewer.has("custodian") else ""
    context = {"title": _("It belongs above: the paper route"), "way": way}
    return render(request, "at_desk/above.html", context)


@csrf_exempt
def enter(request: HttpRequest, line: str) -> HttpResponse:
    """Take files into memory before anything reads the form; then as every form of the desk."""
    request.upload_handlers = [IntoMemory(limits().file_mb << 20)]
    return _entered(request, line=line)


@csrf_protect
@needs(is_staff)
@never_cache
@sensitive_post_parameters()
def _entered(request: HttpRequest, line: str) -> HttpResponse:
    keys = house.house()
    if keys is None or not house.is_open(keys, line):
        raise Http404
    is_sent = request.method == "POST"
    form = Entry(line, keys, limits(), request.POST if is_sent else None, request.FILES or None)
    if is_sent and getattr(request.upload_handlers[0], "is_too_large", False):
        form.add_error("files", _("This file is larger than %(most)s MB.") % {"most": limits().file_mb})
    files = _files(form) if is_sent and form.is_valid() else []
    if is_sent and form.is_valid():
        to = house.receivers(keys, line, form.cleaned_data["excludes"])
        if to:
            once = form.cleaned_data["once"]
            return _sealed(request, _letter(line, form.cleaned_data, files), to, once=once)
        form.add_error("excludes", _("Then nobody is left who could read it. Leave out fewer people."))
    context = {"title": LINE_NAMES[line], "form": form, "line": line}
    return render(request, "at_desk/enter.html", context, status=422 if form.errors else 200)


def _files(form: Entry) -> list[tuple[str, bytes]]:
    """Judge the files of a form; what may not come in is said beside the field."""
    taken = []
    for one in form.cleaned_data["files"]:
        try:
            taken.append(judged(one.read(), one.name))
        except Refused as refusal:
            form.add_error("files", f"{refusal.what} {refusal.then}".strip())
    return taken


def _letter(line: str, given: dict[str, Any], files: list[tuple[str, bytes]]) -> Letter:
    return Letter(
        line=line,
        text=given["text"],
        about=given["about"],
        area=given.get("area", ""),
        name=given["name"],
        contact=given["contact"] if given["name"] else "",
        excludes=given["excludes"],
        files=tuple(files),
        source=given["source"],
        received_on=given["received_on"].isoformat(),
    )


def _code_of(letter: Letter, once: str) -> str:
    """Return the code of a form: the same form with the same content has one; "" where it has no name.

    Another content is another letter, though it was typed into the form that was sent before.
    """
    if not once:
        return ""
    files = [sha256(data).hexdigest() for _name, data in letter.files]
    return codes.code_from(canonical({"once": once, "said": letter.content(), "files": files}))


def _sealed(request: HttpRequest, letter: Letter, to: tuple[bytes, ...], *, once: str) -> HttpResponse:
    filed = filing.file_letter(letter, to, code=_code_of(letter, once))
    if filed.is_new:
        with transaction.atomic():
            append(
                "counter.entered_for_somebody",
                subject=f"arrival/{filed.arrival.number}",
                by=str(request.user.pk),
                facts={"source": letter.source},
            )
    context = {
        "title": _("It is sealed"),
        "code": codes.shown(filed.code),
        "arrival": filed.arrival,
        **proof_parts(filed.arrival),
    }
    return render(request, "at_desk/receipt.html", context)
