"""Handover: every open part of one person to another, with a preview and a result said one by one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.directory import Directory
from qingfeng.desk.keeping import fields
from qingfeng.desk.keeping.asking import Asked, ask
from qingfeng.desk.keeping.doors import hands_over, needs
from qingfeng.desk.keeping.numbers import shown_title
from qingfeng.desk.views.ground import viewer_in
from qingfeng.matters import passing_on
from qingfeng.matters.answers import Refusal
from qingfeng.matters.passing_on import GIVERS
from qingfeng.matters.registry import mechanism
from qingfeng.organization.models import Person, Post
from qingfeng.organization.viewer import Viewer


def may_give(viewer: Viewer, giver: int) -> bool:
    """Return whether somebody may hand over what a person holds: their own, or those of units below them."""
    if viewer.person_id == giver or viewer.has("security_admin"):
        return True
    paths = Post.objects.filter(person=giver).values_list("unit__path", flat=True)
    return any(viewer.covers(role, path) for role in GIVERS for path in paths)


class Over(fields.Form):
    """Who gives, who takes over, and why."""

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        directory = Directory(viewer)
        if viewer.has(*GIVERS):
            self.fields["giver"] = fields.person(
                directory,
                _("Whose work is handed over"),
                help_text=_("Leave it empty for your own."),
                needed=viewer.has("security_admin"),
            )
        self.fields["to"] = fields.person(directory, _("Who takes over"))
        self.fields["reason"] = fields.reason(
            help_text=_("For example: leaves the post on 1 March; moves to another room.")
        )

    def clean_giver(self) -> int | None:
        """Return the giver, whom the viewer must be above."""
        giver: int | None = self.cleaned_data["giver"]
        if giver and not may_give(self.viewer, giver):
            raise forms.ValidationError(_("You hand over your own work and that of your units."))
        return giver

    @property
    def giver(self) -> Person:
        """Who gives: whoever was chosen, else the viewer."""
        return Person.objects.get(pk=self.cleaned_data.get("giver") or self.viewer.person_id)

    @property
    def receiver(self) -> Person:
        """Who takes over."""
        return Person.objects.get(pk=self.cleaned_data["to"])


@needs(hands_over)
def index(request: HttpRequest) -> HttpResponse:
    """Choose who gives and who takes over; see what it is; then hand it over."""
    viewer = viewer_in(request)
    data, _problems = fields.sent(request)
    form = Over(viewer, data)
    asked = Asked(
        title=_("Hand work over"),
        button=_("Hand work over"),
        back="/",
        says=(
            _("Every open part goes to the successor, matter by matter; each story says so."),
            _("Where a recusal or a part already played stands in the way, the part stays and you are told."),
            _("Standing in for an absence is another thing: the parts stay where they are."),
        ),
        sure=lambda form: _preview(viewer, form),
    )
    return ask(request, form, asked, lambda given: _hand_over(request, form, given))


def _preview(viewer: Viewer, form: Over) -> list[str]:
    """Return what would be handed over: number, parts; a title only where the viewer reads it."""
    lines = [_("%(giver)s → %(to)s") % {"giver": form.giver, "to": form.receiver}]
    by_matter: dict[Any, list[str]] = {}
    for part in passing_on.open_parts(form.giver):
        declared = mechanism(part.matter.mechanism, part.matter.version)
        by_matter.setdefault(part.matter, []).append(str(declared.role(part.role).name))
    for matter, roles in by_matter.items():
        shown = matter.number if viewer.is_administrator else shown_title(viewer, matter)
        lines.append(f"{shown} · {_('; ').join(roles)}")
    if not by_matter:
        lines.append(_("There is no open part to hand over."))
    return lines


def _hand_over(request: HttpRequest, form: Over, given: dict[str, Any]) -> HttpResponse | Refusal:
    giver, to = form.giver, form.receiver
    answer = passing_on.hand_over(giver, to, by=form.viewer, reason=given["reason"])
    if isinstance(answer, Refusal):
        return answer
    context = {
        "title": _("Handed over: %(giver)s → %(to)s") % {"giver": giver, "to": to},
        "crumbs": [(_("Hand work over"), reverse("desk:handover")), (pgettext("keeping", "result"), "")],
        "answer": answer,
        "is_own": giver.pk == form.viewer.person_id,
    }
    return render(request, "desk/keeping/handed_over.html", context)
