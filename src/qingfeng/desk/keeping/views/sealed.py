"""Sealed fields: one's own unlock phrase, opening a value, sealing it to a successor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from qingfeng.desk.keeping import fields
from qingfeng.desk.keeping.asking import Asked, ask, crumbs_of
from qingfeng.desk.keeping.doors import is_person, needs, whole_or_404
from qingfeng.desk.kinds import address
from qingfeng.desk.views.ground import viewer_in
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.matters import access, escrow, sealing, unsealing
from qingfeng.matters.key_models import PersonKey, Sealed
from qingfeng.matters.models import Matter
from qingfeng.matters.vocabulary import Mechanism
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import Viewer

MOST = 500


class Phrase(fields.Form):
    """A new unlock phrase, twice; the old one first where there is one."""

    def __init__(self, *args: Any, has_key: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_key:
            self.fields["old"] = fields.phrase(_("Phrase so far"))
        self.fields["new"] = fields.phrase(
            _("New phrase"),
            is_new=True,
            help_text=_("At least %(least)s signs; not the password of signing in.")
            % {"least": sealing.LEAST_PHRASE},
        )
        self.fields["again"] = fields.phrase(_("New phrase once more"), is_new=True)

    def clean(self) -> dict[str, Any]:
        """Refuse two different phrases."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("new") and given.get("again") and given["new"] != given["again"]:
            self.add_error("again", _("The two are not the same."))
        return given


@needs(is_person)
@sensitive_post_parameters()
@never_cache
def phrase(request: HttpRequest) -> HttpResponse:
    """Set or change the phrase that opens what is sealed to the viewer."""
    viewer = viewer_in(request)
    key = PersonKey.objects.filter(person=viewer.person_id).first()
    asked = Asked(
        title=_("My unlock phrase"),
        button=_("Change the phrase") if key else _("Set the phrase"),
        back=reverse("desk:sealed_mine"),
        crumbs=((_("What is sealed to me"), reverse("desk:sealed_mine")), (_("My unlock phrase"), "")),
        says=(
            _("Sealed fields are encrypted to named people; your phrase opens what is sealed to you."),
            _("The phrase is kept nowhere. If you deposit your key, two holders together can give it back."),
        ),
        done=_("The phrase is changed.") if key else _("The phrase is set."),
    )
    data, _problems = fields.sent(request)
    return ask(request, Phrase(data, has_key=key is not None), asked, lambda given: _set(viewer, key, given))


def _set(viewer: Viewer, key: PersonKey | None, given: dict[str, Any]) -> Any:
    if key is None:
        return sealing.make_key(Person.objects.get(pk=viewer.person_id), given["new"])
    return sealing.change_phrase(key, given["old"], given["new"])


def _held(viewer: Viewer) -> list[Sealed]:
    """Return the values of open matters that are sealed to somebody."""
    rows = Sealed.objects.filter(keys__has_key=str(viewer.person_id), matter__is_open=True)
    return list(rows.select_related("matter").order_by("-pk")[:MOST])


@needs(is_person)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """List what is sealed to the viewer, by number; the way to seal it to a successor."""
    viewer = viewer_in(request)
    seen = set(
        access.visible(viewer)
        .filter(pk__in=[one.matter_id for one in _held(viewer)])
        .values_list("pk", flat=True)
    )
    columns = [
        Column(
            "matter.number",
            _("Number"),
            "exact",
            link=lambda row: _sealed_page(row.matter) if row.matter_id in seen else None,
            is_head=True,
        ),
        Column(lambda row: getattr(unsealing.field_of(row), "name", row.field), _("Field")),
        Column(
            lambda _row: _("Seal to a successor"),
            _("Handover"),
            link=lambda row: reverse("desk:sealed_share", args=[row.pk]),
        ),
    ]
    empty = Empty(
        _("Nothing is sealed to you"),
        _("Sealed fields of matters on which you hold the part that may open them stand here."),
    )
    title = _("What is sealed to me")
    has_key = PersonKey.objects.filter(person=viewer.person_id).exists()
    context = {
        "title": title,
        "acts": _acts(viewer, has_key=has_key),
        "notes": _notes(viewer, has_key=has_key),
        "tables": [(title, Table(columns, _held(viewer), title, empty=empty), "rows")],
    }
    return render(request, "desk/keeping/table.html", context)


def _acts(viewer: Viewer, *, has_key: bool) -> list[tuple[str, str]]:
    """Return the ways from the list: the phrase, its escrow, a lost one, the halves of others."""
    acts = [(_("Change my phrase") if has_key else _("Set my phrase"), reverse("desk:phrase"))]
    if has_key:
        acts.append((_("My key devices"), reverse("desk:key_devices")))
        acts.append((_("Deposit my key in escrow"), reverse("desk:key_deposit")))
        acts.append((_("I lost my phrase"), reverse("desk:key_lost")))
    if viewer.has(escrow.ROLE):
        acts.append((_("Halves I hold"), reverse("desk:key_halves")))
    return acts


def _notes(viewer: Viewer, *, has_key: bool) -> list[str]:
    """Return what somebody should know of their key."""
    if not has_key:
        return [_("You have no unlock phrase yet: nothing can be sealed to you before.")]
    if viewer.has(escrow.ROLE):
        return []
    if escrow.is_in_escrow(PersonKey.objects.get(person=viewer.person_id)):
        return [_("Your key is in escrow: two holders together can give it back.")]
    return [_("Your key is not in escrow: if the phrase is lost, what is sealed to you alone is lost too.")]


def _sealed_page(matter: Matter) -> str:
    return address(matter, "sealed")


@needs(is_person)
@require_GET
def index(request: HttpRequest, kind: Mechanism, slug: str) -> HttpResponse:
    """List the sealed fields of a matter: which, and whether the viewer can open them; never a value."""
    seen = whole_or_404(request, kind, slug)
    me = str(seen.viewer.person_id)
    rows = [(row, field, me in row.keys, len(row.keys)) for row, field in seen.sealed]
    columns = [
        Column(lambda row: row[1].name, _("Field"), is_head=True),
        Column(lambda row: row[3], _("People who can open it"), "number"),
        Column(
            lambda row: pgettext("keeping", "Open") if row[2] else _("not sealed to me"),
            pgettext("keeping", "Open"),
            link=lambda row: address(seen.matter, "sealed_open", pk=row[0].pk) if row[2] else None,
        ),
    ]
    title = _("Sealed fields")
    empty = Empty(
        _("Nothing is sealed here"), _("Sealed fields of this matter stand here, without their content.")
    )
    context = {
        "title": title,
        "lead": seen.title,
        "crumbs": crumbs_of(seen, (title, "")),
        "tables": [(title, Table(columns, rows, title, empty=empty), "rows")],
    }
    return render(request, "desk/keeping/table.html", context)


class Unlock(fields.Form):
    """One's own phrase."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phrase"] = fields.phrase(_("My unlock phrase"))


@needs(is_person)
@sensitive_post_parameters()
@never_cache
def unlock(request: HttpRequest, kind: Mechanism, slug: str, pk: int) -> HttpResponse:
    """Open a sealed value with one's phrase: it is shown once, on this answer only, on the record."""
    seen = whole_or_404(request, kind, slug)
    found = next(((row, field) for row, field in seen.sealed if row.pk == pk), None)
    if found is None or str(seen.viewer.person_id) not in found[0].keys:
        raise Http404
    row, field = found
    row.matter = seen.matter
    asked = Asked(
        title=_("Open: %(field)s") % {"field": field.name},
        button=pgettext("keeping", "Open"),
        back=_sealed_page(seen.matter),
        crumbs=crumbs_of(seen, (_("Sealed fields"), _sealed_page(seen.matter)), (field.name, "")),
        lead=seen.title,
        says=(
            _("The value is shown once; the phrase is asked each time."),
            _("The journal keeps that you opened it, and when."),
        ),
    )
    data, _problems = fields.sent(request)

    def show(given: dict[str, Any]) -> HttpResponse:
        value = unsealing.open_noted(row, given["phrase"], by=seen.viewer)
        context = {
            "title": field.name,
            "lead": seen.title,
            "crumbs": asked.crumbs,
            "value": value,
            "back": asked.back,
        }
        return render(request, "desk/keeping/opened.html", context)

    return ask(request, Unlock(data), asked, show)


class Share(fields.Form):
    """To whom, and one's own phrase."""

    def __init__(self, people: list[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = forms.ChoiceField(
            label=_("To whom"),
            choices=[(one.pk, str(one)) for one in people],
            help_text=_("People who hold the part now and cannot open it yet."),
            error_messages={"required": _("Nobody else holds the part: hand it over first.")},
        )
        self.fields["phrase"] = fields.phrase(_("My unlock phrase"))


@needs(is_person)
@sensitive_post_parameters()
@never_cache
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Seal a value to somebody who holds the part now, as a handover asks; numbers only."""
    viewer = viewer_in(request)
    row = Sealed.objects.select_related("matter").filter(pk=pk, keys__has_key=str(viewer.person_id)).first()
    field = unsealing.field_of(row) if row else None
    if row is None or field is None:
        raise Http404
    named = sealing.holders(row.matter, [field])
    wanting = [one for one in named if str(one) not in row.keys]
    back = reverse("desk:sealed_mine")
    says = [_("The value itself is not shown.")]
    if viewer.person_id not in named:
        says.append(_("You hold no part that may open it any more: your own copy of the key goes away."))
    asked = Asked(
        title=_("Seal to a successor: %(field)s") % {"field": field.name},
        button=_("Seal"),
        back=back,
        crumbs=((_("What is sealed to me"), back), (row.matter.number, "")),
        lead=row.matter.number,
        says=says,
        done=_("It is sealed to the successor."),
    )
    data, _problems = fields.sent(request)
    form = Share(list(Person.objects.filter(pk__in=wanting)), data)
    return ask(
        request,
        form,
        asked,
        lambda given: unsealing.share_noted(
            row, given["phrase"], by=viewer, to=Person.objects.get(pk=given["to"])
        ),
    )
