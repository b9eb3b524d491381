"""The page on which somebody chooses how they are told that something is new."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.desk import mailing
from qingfeng.desk.models import MailChoice
from qingfeng.desk.views.ground import desk_page, viewer_in
from qingfeng.matters.district import quiet_hours


class TellingForm(forms.Form):
    """How often, where to, and when not."""

    how = forms.ChoiceField(
        label=gettext_lazy("How often"), choices=MailChoice.How.choices, widget=forms.RadioSelect
    )
    address = forms.EmailField(
        label=gettext_lazy("Mail address"),
        required=False,
        help_text=gettext_lazy("A mail says how many new things there are and where, never what."),
        widget=forms.EmailInput(attrs={"class": "form-control", "autocomplete": "email"}),
    )
    quiet_from = forms.IntegerField(
        label=gettext_lazy("No mail from this hour"),
        min_value=0,
        max_value=23,
        widget=forms.NumberInput(attrs={"class": "form-control"}),
    )
    quiet_until = forms.IntegerField(
        label=gettext_lazy("Mail again from this hour"),
        min_value=0,
        max_value=23,
        widget=forms.NumberInput(attrs={"class": "form-control"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for an address where mails are wanted."""
        told = super().clean() or {}
        if (
            told.get("how") != MailChoice.How.NEVER
            and not told.get("address")
            and "address" not in self.errors
        ):
            self.add_error("address", _("Enter where the mails go, or choose no mail."))
        return told


@desk_page
def choose(request: HttpRequest) -> HttpResponse:
    """Show and keep somebody's choice about mail."""
    viewer = viewer_in(request)
    assert viewer.person_id is not None  # a desk is a person's
    choice = mailing.choice_of(viewer.person_id)
    shown = {name: getattr(choice, name) for name in ("how", "address", "quiet_from", "quiet_until")}
    form = TellingForm(request.POST if request.method == "POST" else None, initial=shown)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        quiet = (told["quiet_from"], told["quiet_until"])
        mailing.choose(choice, how=told["how"], address=told["address"], quiet=quiet)
        messages.success(request, _("Kept."))
        return redirect("desk:telling")
    since, until = quiet_hours()
    context = {
        "title": _("How I am told"),
        "form": form,
        "choice": choice,
        "has_server": mailing.has_server(),
        "since": since,
        "until": until,
    }
    return render(request, "desk/telling.html", context, status=422 if form.errors else 200)
