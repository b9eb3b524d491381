"""Pages of sharing: whom the owner lets read what, who read it, and what a reader reads."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qingfeng.desk.growth.forms import ShareForm
from qingfeng.desk.growth.ground import handed, ours, own_file
from qingfeng.desk.views.ground import viewer_in
from qingfeng.growth import sharing, society
from qingfeng.growth.models import GrowthFile, Part
from qingfeng.matters.today import today
from qingfeng.organization.models import Person
from qingfeng.screening.errors import Problem


@own_file
@require_http_methods(["GET", "POST"])
def shares(request: HttpRequest, file: GrowthFile) -> HttpResponse:
    """Show whom the file is shared with and who read it, and share a part; whoever left shares no more."""
    part, is_ours = request.GET.get("part", ""), society.may_join(viewer_in(request))
    if request.method == "POST" and not is_ours:
        raise Http404
    form = ShareForm(file.person_id, request.POST or None, initial={"part": part}) if is_ours else None
    if form and request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        reader = Person.objects.get(number=held["reader"])
        try:
            sharing.share(file, Part(held["part"]), reader, until_on=held["until_on"])
        except Problem as problem:
            form.add_error("until_on", f"{problem}")
        else:
            messages.success(request, _("Shared; they were told."))
            return redirect("desk:growth_shares")
    context = {
        "title": _("Whom I share with"),
        "form": form,
        "shares": file.shares.filter(withdrawn_on=None, until_on__gte=today()).select_related("reader"),
        "readings": sharing.readings_of(file),
    }
    status = 422 if form and form.errors else 200
    return render(request, "desk/growth/shares.html", context, status=status)


@own_file
@require_POST
def withdraw(request: HttpRequest, file: GrowthFile, pk: int) -> HttpResponse:
    """Withdraw a part."""
    found = file.shares.filter(pk=pk, withdrawn_on=None).select_related("reader", "file").first()
    if found is None:
        raise Http404
    sharing.withdraw(found)
    messages.success(request, _("Withdrawn: from now on they read nothing of it."))
    return redirect("desk:growth_shares")


@ours
@require_http_methods(["GET"])
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody read what is shared with them; the owner is told."""
    found = sharing.read(viewer_in(request), pk)
    if found is None:
        raise Http404
    share, entries = found
    context = {"title": Part(share.part).label, "share": share, "entries": entries}
    response = render(request, "desk/growth/shared.html", context)
    response["Cache-Control"] = "no-store"
    return response


@ours
@require_http_methods(["GET"])
def read_attachment(request: HttpRequest, pk: int, attached: int) -> HttpResponse:
    """Give somebody an attachment of what is shared with them; the owner is told."""
    found = sharing.read_attachment(viewer_in(request), pk, attached)
    if found is None:
        raise Http404
    return handed(*found)
