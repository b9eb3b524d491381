"""Own words: an administrator asks for them, another one signs; the old ones are given back the same way."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.keeping import fields, own_words
from qingfeng.desk.keeping.asking import Asked, ask
from qingfeng.desk.keeping.doors import asks_own_words, needs, sees_own_words, signs_own_words
from qingfeng.desk.views.ground import viewer_in
from qingfeng.look.tables import Column, Table
from qingfeng.matters import deciding_words
from qingfeng.matters.vocabulary import Mechanism
from qingfeng.matters.word_models import OwnWords
from qingfeng.screening.errors import Problem

VERSIONS = 20


@needs(sees_own_words)
def index(request: HttpRequest) -> HttpResponse:
    """List the kinds of matter with how many own words each has, and what waits for a second signature."""
    kinds = own_words.kinds()
    columns = [
        Column(
            lambda row: row.declared.name,
            pgettext("own words", "Kind of matter"),
            link=lambda row: reverse("desk:own_words_kind", kwargs={"kind": row.declared.key}),
            is_head=True,
        ),
        Column(lambda row: row.declared.term, _("Chinese name")),
        Column(lambda row: row.own or "", _("Own words"), "number"),
        Column(lambda row: row.last and row.last.decided_at, _("In force since"), "moment"),
        Column(
            lambda row: row.waiting.get_state_display() if row.waiting else "",
            _("State"),
            "tag",
            link=lambda row: row.waiting and reverse("desk:own_words_change", args=[row.waiting.pk]),
        ),
    ]
    context = {
        "title": _("Own words"),
        "lead": _("What this office calls fields, stages and acts; shown everywhere, printed and exported."),
        "tables": [(_("Kinds of matter"), Table(columns, kinds, _("Kinds of matter")), "kinds")],
        "notes": (
            _(
                "One administrator asks, another one signs. "
                "Where a law names something, its term stays beside."
            ),
        ),
    }
    return render(request, "desk/keeping/table.html", context)


@needs(sees_own_words)
def kind(request: HttpRequest, kind: Mechanism) -> HttpResponse:
    """Show every name of a kind; who may asks for own words, as a whole, with a reason."""
    may_ask = asks_own_words(viewer_in(request))
    waits = deciding_words.waiting(kind.key)
    if request.method != "POST":
        return _kind_page(request, kind, deciding_words.in_force(kind.key), waits=waits, may_ask=may_ask)
    if not may_ask:
        raise Http404
    given = own_words.typed(kind, request.POST)
    reason = request.POST.get("reason", "").strip()[:200]
    wrong = deciding_words.wrong_words(kind, given)
    try:
        made = deciding_words.ask(kind, given, reason=reason, by=request.user)
    except Problem as problem:
        said = _("Some words need another look: see beside them. Nothing was changed.")
        told = {"waits": waits, "may_ask": True, "wrong": wrong, "reason": reason}
        return _kind_page(request, kind, given, status=422, said=said if wrong else problem.what, **told)
    messages.success(request, _("The words wait for the second signature; nothing has changed yet."))
    return redirect("desk:own_words_change", pk=made.pk)


def _kind_page(
    request: HttpRequest, kind: Mechanism, given: own_words.Given, *, status: int = 200, **more: Any
) -> HttpResponse:
    title = _("Own words: %(kind)s") % {"kind": kind.name}
    versions = OwnWords.objects.filter(kind=kind.key).select_related("asked_by__person", "decided_by__person")
    context = {
        "title": title,
        "crumbs": [(_("Own words"), reverse("desk:own_words")), (kind.name, "")],
        "kind": kind,
        "groups": own_words.groups_of(kind, given, more.get("wrong", {})),
        "longest": deciding_words.LONGEST,
        "versions": versions[:VERSIONS],
        **more,
    }
    return render(request, "desk/keeping/own_words.html", context, status=status)


class Why(fields.Form):
    """Why own words are not signed, or given back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = fields.text(_("Reason"), most=200)


def _change_or_404(pk: int) -> OwnWords:
    found = OwnWords.objects.filter(pk=pk).select_related("asked_by__person", "decided_by__person").first()
    if found is None:
        raise Http404
    return found


@needs(sees_own_words)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a change; sign it (`do=sign`), refuse it (`do=decline`) or take it back (`do=take_back`)."""
    found, viewer = _change_or_404(pk), viewer_in(request)
    is_mine = found.asked_by_id == request.user.pk
    may_sign = found.state == OwnWords.State.ASKED and not is_mine and signs_own_words(viewer)
    form = Why(request.POST if request.POST.get("do") == "decline" else None)
    said = ""
    if request.method == "POST":
        if not (may_sign or is_mine):
            raise Http404
        try:
            return _decided(request, found, form)
        except Problem as problem:
            said = problem.what
    declared = deciding_words.kind_of(found)
    context = {
        "title": _("Change of own words: %(kind)s") % {"kind": declared.name},
        "crumbs": [
            (_("Own words"), reverse("desk:own_words")),
            (declared.name, reverse("desk:own_words_kind", kwargs={"kind": declared.key})),
            (found.get_state_display(), ""),
        ],
        "change": found,
        "rows": own_words.changes_of(found),
        "may_sign": may_sign,
        "may_take_back": is_mine and found.state == OwnWords.State.ASKED,
        "may_give_back": found.state == OwnWords.State.IN_FORCE and asks_own_words(viewer),
        "form": form,
        "said": said,
    }
    status = 422 if said or form.errors else 200
    return render(request, "desk/keeping/own_words_change.html", context, status=status)


def _decided(request: HttpRequest, found: OwnWords, form: forms.Form) -> HttpResponse:
    do, account = request.POST.get("do"), request.user
    if do == "decline":
        if not form.is_valid():
            raise Problem(_("Say why, in a sentence others will understand."))
        deciding_words.decline(found, by=account, reason=form.cleaned_data["reason"])
        messages.success(request, _("You did not sign; the words stay as they are."))
    elif do == "take_back":
        deciding_words.take_back(found, by=account)
        messages.success(request, _("Taken back; the words stay as they are."))
    else:
        deciding_words.sign(found, by=account)
        messages.success(request, _("The words are in force, everywhere and at once."))
    return redirect("desk:own_words_kind", kind=found.kind)


@needs(asks_own_words)
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the words that held before a change that is in force; another administrator signs."""
    found = _change_or_404(pk)
    if found.state != OwnWords.State.IN_FORCE:
        raise Http404
    declared = deciding_words.kind_of(found)
    back = reverse("desk:own_words_change", args=[pk])
    asked = Asked(
        title=_("Give the old words back: %(kind)s") % {"kind": declared.name},
        button=_("Ask for the second signature"),
        back=back,
        crumbs=(
            (_("Own words"), reverse("desk:own_words")),
            (declared.name, reverse("desk:own_words_kind", kwargs={"kind": declared.key})),
            (_("Give back"), ""),
        ),
        says=[f"{row.name}: {row.after} → {row.before}" for row in own_words.changes_of(found)],
        done=_("The words wait for the second signature; nothing has changed yet."),
        after=lambda made: reverse("desk:own_words_change", args=[made.pk]),
    )
    data, _problems = fields.sent(request)

    def act(given: dict[str, Any]) -> OwnWords:
        before = deciding_words.undone(found)
        return deciding_words.ask(declared, before, reason=given["reason"], by=request.user)

    return ask(request, Why(data), asked, act)
