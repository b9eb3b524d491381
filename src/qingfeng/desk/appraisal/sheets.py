"""Forms by name, and ballots of paper that two enter."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from qingfeng.appraisal import defaults, doors, paper, sheets
from qingfeng.appraisal.models import ORGANISATION, Form, Rated, Round, Sheet, Slate
from qingfeng.desk.appraisal.forms import PaperForm, SecondForm, SheetForm
from qingfeng.desk.appraisal.ground import conducting, rated_or_404, round_page, slate_or_404
from qingfeng.organization.models import Account
from qingfeng.organization.viewer import viewer_of
from qingfeng.screening.errors import Problem


@round_page(lambda _viewer, round_: round_.is_open)
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, round_: Round, number: str, form: str) -> HttpResponse:
    """Fill in a form by name."""
    rated, declared = rated_or_404(round_, number), round_.forms.filter(key=form).first()
    if declared is None or not doors.writes_sheet(request.viewer, rated, form):
        return _to_agree(request, rated, declared)
    kept = _kept(rated, declared, request.viewer.person_id)
    initial = {**kept.scores, "text": kept.text} if kept else {}
    filled = SheetForm(declared, request.POST or None, initial=initial)
    if request.method == "POST" and filled.is_valid():
        try:
            sheets.hand_in(
                rated, declared, by=request.viewer.person_id,
                scores=filled.scores, text=filled.cleaned_data["text"],
            )  # fmt: skip
        except Problem as problem:
            filled.add_error(None, f"{problem}")
        else:
            messages.success(request, _("Handed in. You may change it until the last day."))
            return redirect("desk:appraisal")
    context = {
        "title": declared.get_key_display(),
        "declared": declared.key,
        "round": round_,
        "rated": rated,
        "form": filled,
        "kept": kept,
    }
    return render(request, "desk/appraisal/sheet.html", context, status=422 if filled.errors else 200)


def _kept(rated: Rated, form: Form, person: int) -> Sheet | None:
    rows = Sheet.objects.filter(rated=rated, form=form.key)
    return rows.first() if form.key == ORGANISATION else rows.filter(by=person).first()


def _to_agree(request: HttpRequest, rated: Rated, form: Form | None) -> HttpResponse:
    """Show the organisation's form to whoever may agree to it; to others it does not exist."""
    if form is None or form.key != ORGANISATION or not doors.seconds_sheets(request.viewer, rated):
        raise Http404
    kept = Sheet.objects.filter(rated=rated, form=form.key).first()
    if kept is None or request.method != "GET":
        raise Http404
    context = {"title": form.get_key_display(), "round": rated.round, "rated": rated, "kept": kept}
    context |= {
        "lines": [(defaults.said(one["name"]), kept.scores[one["key"]]) for one in form.dimensions],
        "may_agree": True,
    }
    return render(request, "desk/appraisal/sheet.html", context)


@round_page(lambda _viewer, round_: round_.is_open)
@require_POST
def agree(request: HttpRequest, round_: Round, number: str) -> HttpResponse:
    """Agree to the organisation's form as its second person."""
    rated = rated_or_404(round_, number)
    if not doors.seconds_sheets(request.viewer, rated):
        raise Http404
    kept = Sheet.objects.filter(rated=rated, form=ORGANISATION).select_related("rated__round").first()
    if kept is None:
        raise Http404
    try:
        sheets.agree(kept, by=request.viewer.person_id)
    except Problem as problem:
        messages.error(request, f"{problem}")
    else:
        messages.success(request, _("Agreed to."))
    return redirect("desk:appraisal")


@round_page(conducting)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, round_: Round, pk: int) -> HttpResponse:
    """Show a slate: on paper or not, who was handed a paper; and let two enter a ballot."""
    slate = slate_or_404(round_, pk)
    names = {one.person_id: one.person.name for one in round_.rated.select_related("person")}
    first = request.POST.get("first", "")
    form = PaperForm(slate, names, request.POST or None, prefix="second" if first else None)
    second = SecondForm(request.POST if first else None)
    if request.method == "POST" and form.is_valid() and (not first or second.is_valid()):
        try:
            if first:
                paper.enter(slate, first, form.said, by=_second(request, second))
                messages.success(request, _("Both agree; the ballot is in the box."))
                return redirect("desk:appraisal_paper", round_.code, pk)
            first = paper.sealed(slate, form.said, by=request.viewer.person_id)
            form, second = PaperForm(slate, names, prefix="second"), SecondForm()
        except Problem as problem:
            form.add_error(None, f"{problem}")
    context = {
        "title": _about(slate, names), "round": round_, "slate": slate, "form": form, "first": first,
        "second": second, "dues": slate.dues.select_related("person").order_by("person__number"),
        "left": paper.left_to_enter(slate) if slate.on_paper else 0,
    }  # fmt: skip
    return render(request, "desk/appraisal/paper.html", context, status=422 if form.errors else 200)


def _about(slate: Slate, names: dict[int, str]) -> str:
    return "、".join(names[person] for person in slate.people)


def _second(request: HttpRequest, form: SecondForm) -> int:
    """Return the second person, who has said the own name and password.

    Raises:
        Problem: If they are not those of one of the house's own people, or were wrong too often.
    """
    said = form.cleaned_data
    try:
        account = get_adapter().authenticate(request, username=said["username"], password=said["password"])
    except ValidationError as error:
        raise Problem(" ".join(error.messages)) from error
    if not isinstance(account, Account) or not viewer_of(account).is_staff:
        raise Problem(_("This is not the name and password of somebody of the house."))
    return int(account.person_id)
