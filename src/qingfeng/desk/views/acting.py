"""The form of an act, the form that opens a matter, and the second signature."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfeng.desk import drafts, offers, opening
from qingfeng.desk.fitting import Asked
from qingfeng.desk.handing import Handed, unmet
from qingfeng.desk.kinds import address
from qingfeng.desk.seen import Seen
from qingfeng.desk.signing import what_was_entered
from qingfeng.desk.values import act_name
from qingfeng.desk.views.ground import desk_page, draft_of, seen_or_404, viewer_in, way_back
from qingfeng.look.tables import Empty
from qingfeng.matters import access, door
from qingfeng.matters.answers import Done, Refusal, Waiting
from qingfeng.matters.conditions import no_start, not_here
from qingfeng.matters.models import Awaiting
from qingfeng.matters.snapshotting import snapshot_of
from qingfeng.matters.vocabulary import Act, Mechanism

ENDS = ("absent",)


@desk_page
def act(request: HttpRequest, kind: Mechanism, slug: str, act: str) -> HttpResponse:
    """Show the form of an act and hand it in; whoever has no part in it finds no page."""
    seen = seen_or_404(request, kind, slug)
    asked, held = _asked(request, seen, act)
    if request.method != "POST":
        return _form(request, seen, Handed.blank(seen.viewer, asked), missing=list(held))
    handed = Handed.read(request, asked)
    if handed.is_growing:
        return _form(request, seen, handed, missing=list(held))
    if not handed.is_valid:
        return _form(request, seen, handed, missing=list(held), status=422)
    if _ends(seen, asked.act) and request.POST.get("confirmed") != "yes":
        return _confirm(request, seen, handed)
    return _perform(request, seen, handed)


def _asked(request: HttpRequest, seen: Seen, key: str) -> tuple[Asked, tuple[offers.Missing, ...]]:
    """Return what the form asks and what is missing before the act.

    Raises:
        Http404: If there is no such act, or no part in it.
    """
    viewer, matter = seen.viewer, seen.matter
    found = next((one for one in seen.declared.acts if one.key == key), None)
    on_paper = found is not None and found.on_paper and ("paper" in request.GET or "paper-on" in request.POST)
    part = access.part_in(viewer, matter, found, seen.declared) if found else None
    if (
        found is None
        or (seen.view == "card" and not found.names_self)
        or (part is None and not (on_paper and seen.is_whole and viewer.is_ours))
    ):
        raise Http404
    snapshot = snapshot_of(matter, today=viewer.on, actor=viewer.person_id)
    gates = [gate for gate in found.gates if not gate.holds(snapshot)]
    passable = [gate for gate in gates if gate.overridden_by and _may_pass(seen, gate.overridden_by)]
    held = offers.missing([gate for gate in gates if gate not in passable])
    why_not = no_start(matter, seen.declared, found)
    if why_not is None and found.when and not found.when(snapshot):
        why_not = not_here(matter, seen.declared, found)
    if why_not is not None:
        held = (offers.Missing(why_not.reason), *held)
    asked = Asked(seen.declared, found, matter, passable, from_paper=on_paper, lines=seen.lines)
    return asked, held


def _may_pass(seen: Seen, role: str) -> bool:
    return access.part_in(seen.viewer, seen.matter, Act("override", "", by=role), seen.declared) is not None


def _ends(seen: Seen, act: Act | None) -> bool:
    """Whether an act brings the matter to its end: asked about once more."""
    return bool(act and act.to and not seen.declared.stage(act.to).open)


def _form(
    request: HttpRequest,
    seen: Seen,
    handed: Handed,
    *,
    missing: list[Any] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    declared_act = handed.asked.act
    context = {
        "seen": seen,
        "matter": seen.matter,
        "handed": handed,
        "act": declared_act,
        "missing": missing or [],
        "title": declared_act.name if declared_act else "",
        "draft": draft_of(request, seen.declared),
        "to": seen.declared.stage(declared_act.to).name if declared_act and declared_act.to else "",
        "here": request.get_full_path(),
        "back": way_back(request) or address(seen.matter),
        **more,
    }
    grown = request.POST.get("add", "") if request.method == "POST" else ""
    if request.htmx and grown.startswith("lines-"):
        part = next((one for one in handed.ledgers if one.ident == grown), None)
        return render(request, "desk/act.html#lines", {**context, "part": part})
    template = "desk/act.html#sheet" if request.htmx else "desk/act.html"
    return render(request, template, {**context, "is_within": bool(request.htmx)}, status=status)


def _confirm(request: HttpRequest, seen: Seen, handed: Handed) -> HttpResponse:
    """Ask once more before an act that brings the matter to its end; everything entered goes along."""
    assert handed.data is not None
    sent = [(name, value) for name, values in handed.data.lists() for value in values]
    left_out = {"csrfmiddlewaretoken", "confirmed"}
    context = {
        "seen": seen,
        "matter": seen.matter,
        "act": handed.asked.act,
        "title": handed.asked.act.name if handed.asked.act else "",
        "sent": [(name, value) for name, value in sent if name not in left_out],
    }
    return render(request, "desk/confirm_act.html", context)


def _perform(request: HttpRequest, seen: Seen, handed: Handed) -> HttpResponse:
    act = handed.asked.act
    assert act is not None
    answer = door.perform(
        act.key, seen.matter, by=seen.viewer, key=handed.key, seen=handed.seen, **handed.sheet()
    )
    if isinstance(answer, Refusal):
        return _refused(request, seen, handed, answer)
    drafts.forget(seen.viewer.account_id, request.path)
    messages.success(request, _said(answer, str(act.name)))
    after = _after(request, seen)
    return HttpResponse(status=204, headers={"HX-Redirect": after}) if request.htmx else redirect(after)


def _after(request: HttpRequest, seen: Seen) -> str:
    """Return where an act leads: whence one came, or its matter; to the work where that is gone for them."""
    here = access.may_see(viewer_in(request), seen.matter)
    return (way_back(request) or address(seen.matter)) if here else "/"


def _said(answer: Done | Waiting, act: str) -> str:
    if isinstance(answer, Waiting):
        return _("%(act)s: it waits for the second signature; nothing has happened yet.") % {"act": act}
    if answer.again:
        return _("%(act)s: this had been done already; it has happened once.") % {"act": act}
    said = _("%(act)s: done.") % {"act": act}
    if answer.opened:
        numbers = _("; ").join(one.number for one in answer.opened)
        said += " " + ngettext(
            "Opened with it: %(numbers)s.", "Opened with it: %(numbers)s.", len(answer.opened)
        ) % {"numbers": numbers}
    return said


def _refused(request: HttpRequest, seen: Seen, handed: Handed, refusal: Refusal) -> HttpResponse:
    """Show a lawful no on the form, with everything that was typed."""
    if refusal.why in ENDS:
        raise Http404
    left = handed.put_back(refusal)
    act = handed.asked.act
    more: dict[str, Any] = {"refusal": refusal, "left": left, "laws": offers.laws(refusal.law)}
    if refusal.why == "gate" and act:
        more["missing"] = unmet(act.gates, refusal.gates)
        more["refusal"] = None
    if refusal.why == "conflict":
        seen.matter.refresh_from_db()
        handed.seen = seen.matter.revision
        more["changed"] = (
            [(one, act_name(seen.declared, one.act)) for one in refusal.changed] if seen.is_whole else []
        )
    return _form(request, seen, handed, status=409 if refusal.why == "conflict" else 422, **more)


@login_required
def new(request: HttpRequest, kind: Mechanism) -> HttpResponse:
    """Show the form that opens a matter and hand it in; whoever may not open one finds no page.

    What administrators may open too (a breach) is open to them here, and nothing else of the desk.
    """
    viewer = viewer_in(request)
    if not access.may_open(viewer, kind):
        raise Http404
    asked, extra = Asked(kind), opening.fields(viewer, kind)
    if request.method != "POST":
        begun = opening.begun(kind, request.GET)
        extra["act-title"].initial = request.GET.get("act-title", "")
        return _opening(request, kind, Handed.blank(viewer, asked, extra=extra, begun=begun))
    handed = Handed.read(request, asked, extra=extra)
    if handed.is_growing:
        return _opening(request, kind, handed)
    if not handed.is_valid:
        return _opening(request, kind, handed, status=422)
    answer = opening.open_from(handed, kind)
    if isinstance(answer, Refusal):
        left = handed.put_back(answer)
        return _opening(
            request, kind, handed, status=422, refusal=answer, left=left, laws=offers.laws(answer.law)
        )
    drafts.forget(viewer.account_id, request.path)
    number = answer.matter.number
    messages.success(request, _("%(number)s is opened.") % {"number": number})
    return redirect(address(answer.matter) if access.may_see(viewer, answer.matter) else "/")


def _opening(
    request: HttpRequest, kind: Mechanism, handed: Handed, *, status: int = 200, **more: Any
) -> HttpResponse:
    title = _("Open: %(kind)s") % {"kind": kind.name}
    draft = draft_of(request, kind)
    context = {"kind": kind, "handed": handed, "title": title, "draft": draft, **more}
    return render(request, "desk/new.html", context, status=status)


class Reason(forms.Form):
    """Why a second signature is refused."""

    reason = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why I do not sign")


@desk_page
def second(request: HttpRequest, kind: Mechanism, slug: str, pk: int) -> HttpResponse:
    """Show an act that waits for its second signer, and sign or refuse it (`sign`: yes or no)."""
    seen = seen_or_404(request, kind, slug)
    waiting = seen.matter.awaiting.filter(pk=pk).select_related("by").first()
    found = next((one for one in seen.declared.acts if waiting and one.key == waiting.act), None)
    if not seen.is_whole or waiting is None or found is None:
        raise Http404
    form = Reason(request.POST if request.POST.get("sign") == "no" else None)
    refusal = None
    if request.method == "POST":
        answer = _sign(request, seen, waiting, form)
        if isinstance(answer, HttpResponse):
            return answer
        refusal = answer
    mine = waiting.by_id == seen.viewer.person_id
    may_sign = (
        not waiting.ended
        and not mine
        and access.part_in(seen.viewer, seen.matter, found, seen.declared) is not None
    )
    context = {
        "seen": seen,
        "matter": seen.matter,
        "waiting": waiting,
        "act": found,
        "form": form,
        "refusal": refusal,
        "title": _("Second signature: %(act)s") % {"act": found.name},
        "may_sign": may_sign,
        "mine": mine,
        "entered": what_was_entered(seen, found, waiting),
        "ended": Empty(
            _("This was decided already"),
            _("Look at the matter to see what came of it."),
            _("Open the matter"),
            address(seen.matter),
        ),
    }
    return render(
        request, "desk/second.html", context, status=422 if refusal is not None or form.errors else 200
    )


def _sign(request: HttpRequest, seen: Seen, waiting: Awaiting, form: Reason) -> HttpResponse | Refusal | None:
    """Sign or refuse; return the way on, a refusal, or None where the reason is missing."""
    if request.POST.get("sign") == "no":
        if not form.is_valid():
            return None
        answer = door.decline(waiting, by=seen.viewer, reason=form.cleaned_data["reason"])
        said = _("You did not sign; the first signer is told.")
    else:
        answer = door.confirm(waiting, by=seen.viewer)
        said = _("Signed: the act has happened.")
    if isinstance(answer, Refusal):
        if answer.why in ENDS:
            raise Http404
        return answer
    messages.success(request, said)
    return redirect(_after(request, seen))
