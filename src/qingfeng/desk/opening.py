"""What opening a matter asks besides the declared fields: its title, the unit that answers, its level."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from qingfeng.desk.handing import Handed
from qingfeng.matters import access, door
from qingfeng.matters.answers import Answer
from qingfeng.matters.models import LEVELS
from qingfeng.matters.vocabulary import Mechanism
from qingfeng.organization.models import PostRole, Unit
from qingfeng.organization.viewer import Viewer

BEGUN = ("text", "long", "day", "whole", "choice")
"""Kinds of field that another page may begin."""


def fields(viewer: Viewer, declared: Mechanism) -> dict[str, forms.Field]:
    """Return the fields of every opening, before the declared ones."""
    return {
        "act-title": forms.CharField(
            label=_("Title"),
            max_length=200,
            help_text=_("What it is about, in one line; no names of private persons."),
        ),
        "act-owner": forms.ModelChoiceField(
            Unit.objects.filter(is_ours=True).open_on(viewer.on),
            label=_("Owner"),
            initial=first_owner(viewer),
            help_text=_("The unit that answers for it."),
            empty_label=None,
        ),
        "act-level": forms.ChoiceField(
            label=_("Confidentiality"),
            choices=levels(declared),
            initial=declared.confidentiality.value,
            help_text=_("Restricted: only those who are named on it read it."),
        ),
    }


def begun(declared: Mechanism, asked: QueryDict) -> dict[str, Any]:
    """Return what an address says of the declared fields: a form that another page has begun."""
    found: dict[str, Any] = {}
    for one in declared.asks:
        if one.kind == "choices":
            found[one.key] = asked.getlist(one.key)
        elif one.kind in BEGUN and one.key in asked:
            found[one.key] = asked[one.key]
    return found


def levels(declared: Mechanism) -> list[tuple[str, str]]:
    """Return the levels from the mechanism's own upwards on which its offices can carry a matter.

    A form never opens a matter to more people than its kind allows, nor to fewer than it needs.
    """
    keys = [key for key, _words in LEVELS]
    from_own = LEVELS[keys.index(declared.confidentiality.value) :]
    return [(key, str(words)) for key, words in from_own if declared.may_be(key)]


def first_owner(viewer: Viewer) -> int | None:
    """Return the unit that is proposed: the opener's own, for outsiders the first that registers."""
    own = next((post.unit_id for post in viewer.posts), None)
    if own and not access.is_outside(viewer):
        return own
    held = PostRole.objects.held_on(viewer.on).filter(role="registrar", post__unit__is_ours=True)
    return held.order_by("post__unit__path").values_list("post__unit", flat=True).first()


def open_from(handed: Handed, declared: Mechanism) -> Answer:
    """Hand a form that the page found right to the door."""
    cleaned = handed.form.cleaned_data
    sheet = handed.sheet()
    return door.open_matter(
        declared.key,
        by=handed.viewer,
        title=cleaned["act-title"],
        owner=cleaned["act-owner"],
        key=handed.key,
        confidentiality=cleaned["act-level"],
        facts=sheet["facts"],
        parties=sheet["parties"],
        files=sheet["files"],
    )
