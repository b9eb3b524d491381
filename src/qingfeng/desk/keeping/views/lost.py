"""A lost phrase: depositing one's key, asking for it back, and the ceremony of the two escrow holders.

Each of the two sits at their own desk, signed in as themselves, and enters their own phrase; who lost theirs
stands before them with their card. Neither holder sees the key.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from qingfeng.desk.keeping import fields
from qingfeng.desk.keeping.asking import Asked, ask
from qingfeng.desk.keeping.doors import is_person, needs
from qingfeng.desk.keeping.views.sealed import Phrase, Unlock
from qingfeng.desk.views.ground import viewer_in
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.matters import escrow
from qingfeng.matters.key_models import PersonKey, Recovery
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import Viewer


class Giving(fields.Form):
    """How the holder made sure who asks, and the holder's own phrase."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"] = fields.reason(
            _("How you made sure who asks, and why the key is needed"),
            help_text=_("Face to face, with their card; a call or a message is not enough."),
        )
        self.fields["phrase"] = fields.phrase(_("My unlock phrase"))


class Refusing(fields.Form):
    """Why a half is not given."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"] = fields.reason()


def holds_halves(viewer: Viewer) -> bool:
    """Whether an escrow holder looks."""
    return is_person(viewer) and viewer.has(escrow.ROLE)


def _asked(title: Any, button: Any, *says: Any, **others: Any) -> Asked:
    back = others.pop("back", reverse("desk:sealed_mine"))
    crumbs = ((_("What is sealed to me"), reverse("desk:sealed_mine")), (title, ""))
    return Asked(title=title, button=button, back=back, crumbs=crumbs, says=says, **others)


def _own_key(viewer: Viewer) -> PersonKey:
    key = PersonKey.objects.select_related("person").filter(person=viewer.person_id).first()
    if key is None:
        raise Http404
    return key


@needs(is_person)
@sensitive_post_parameters()
@never_cache
def deposit(request: HttpRequest) -> HttpResponse:
    """Deposit one's key with the two escrow holders of today."""
    key = _own_key(viewer_in(request))
    asked = _asked(
        _("Deposit my key in escrow"),
        _("Deposit it"),
        _("Your key is split in two halves: one for a holder of ours, one for a holder outside the command."),
        _("One half alone says nothing. Both together can give the key back to you, and to nobody else."),
        done=_("Both halves are deposited."),
    )
    data, _problems = fields.sent(request)
    return ask(request, Unlock(data), asked, lambda given: escrow.deposit(key, given["phrase"]))


@needs(is_person)
@sensitive_post_parameters()
@never_cache
def ask_back(request: HttpRequest) -> HttpResponse:
    """Ask for the own key back, or see how far it is."""
    viewer = viewer_in(request)
    _own_key(viewer)
    running = escrow.running(Person.objects.get(pk=viewer.person_id))
    if running is not None and request.method != "POST":
        return _how_far(request, running)
    asked = _asked(
        _("I lost my phrase"),
        _("Ask for my key"),
        _("Choose the phrase that is to open your key from then on, and remember it: it ends the ceremony."),
        _("Both holders and the auditor are told. Go to each holder with your card within seven days."),
        after=lambda _made: reverse("desk:key_lost"),
        done=_("Both holders have been told."),
    )
    data, _problems = fields.sent(request)
    person = Person.objects.get(pk=viewer.person_id)
    return ask(request, Phrase(data, has_key=False), asked, lambda given: escrow.ask(person, given["new"]))


def _how_far(request: HttpRequest, running: Recovery) -> HttpResponse:
    given = {one.holder_id: one.given_at for one in running.given.all()}
    rows = [(one.holder, given.get(one.holder_id)) for one in running.key.shares.select_related("holder")]
    title = _("I lost my phrase")
    columns = [
        Column(lambda row: str(row[0]), _("Holder"), is_head=True),
        Column(lambda row: _("half given") if row[1] else _("not given yet"), _("Half")),
    ]
    table = Table(columns, rows, title, empty=Empty(title, ""))
    context = {
        "title": title,
        "crumbs": ((_("What is sealed to me"), reverse("desk:sealed_mine")), (title, "")),
        "acts": [(_("Put both halves together"), reverse("desk:key_finish"))]
        if len(given) == len(rows)
        else [],
        "notes": [_("Go to each holder with your card. It runs out seven days after you asked.")],
        "tables": [(title, table, "rows")],
    }
    return render(request, "desk/keeping/table.html", context)


@needs(is_person)
@sensitive_post_parameters()
@never_cache
def finish(request: HttpRequest) -> HttpResponse:
    """Put both halves together under the new phrase."""
    running = escrow.running(Person.objects.get(pk=viewer_in(request).person_id))
    if running is None:
        raise Http404
    asked = _asked(
        _("Put both halves together"),
        _("Take my key back"),
        _("Enter the phrase that you chose when you asked."),
        done=_("Your key opens with the new phrase."),
    )
    data, _problems = fields.sent(request)
    return ask(request, Unlock(data), asked, lambda given: escrow.finish(running, given["phrase"]))


@needs(holds_halves)
@require_GET
def halves(request: HttpRequest) -> HttpResponse:
    """List who asks for a key of which the viewer holds a half."""
    holder = Person.objects.get(pk=viewer_in(request).person_id)
    title = _("Halves I hold")
    columns = [
        Column(lambda row: str(row.key.person), _("Who asks"), is_head=True),
        Column("asked_at", _("Asked at"), "moment"),
        Column(
            lambda _row: _("Give my half"),
            _("Ceremony"),
            link=lambda row: reverse("desk:key_give", args=[row.pk]),
        ),
        Column(lambda _row: _("Refuse"), _("Or"), link=lambda row: reverse("desk:key_refuse", args=[row.pk])),
    ]
    empty = Empty(_("Nobody asks for a key"), _("Who lost a phrase stands here, after they have asked."))
    count = holder.shares_held.count()
    context = {
        "title": title,
        "crumbs": ((_("What is sealed to me"), reverse("desk:sealed_mine")), (title, "")),
        "notes": [_("You hold halves of %(count)s keys. One half alone opens nothing.") % {"count": count}],
        "tables": [(title, Table(columns, escrow.open_for(holder), title, empty=empty), "rows")],
    }
    return render(request, "desk/keeping/table.html", context)


def _asking(request: HttpRequest, pk: int) -> Recovery:
    holder = Person.objects.get(pk=viewer_in(request).person_id)
    found = next((one for one in escrow.open_for(holder) if one.pk == pk), None)
    if found is None:
        raise Http404
    return found


@needs(holds_halves)
@sensitive_post_parameters()
@never_cache
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one's half, after seeing who asks."""
    recovery = _asking(request, pk)
    asked = _asked(
        _("Give my half: %(person)s") % {"person": recovery.key.person},
        _("Give my half"),
        _("They must stand before you, with their card. The other holder does the same, at their own desk."),
        _("Your half is sealed to them; you see neither it nor the key. It stands in the journal."),
        back=reverse("desk:key_halves"),
        done=_("Your half is given."),
    )
    data, _problems = fields.sent(request)
    viewer = viewer_in(request)
    return ask(
        request,
        Giving(data),
        asked,
        lambda given: escrow.give(recovery, by=viewer, phrase=given["phrase"], ground=given["ground"]),
    )


@needs(holds_halves)
@never_cache
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse a recovery, with a reason."""
    recovery = _asking(request, pk)
    asked = _asked(
        _("Refuse: %(person)s") % {"person": recovery.key.person},
        _("Refuse"),
        _("It is over then; they can ask again. The auditor is told."),
        back=reverse("desk:key_halves"),
        done=_("It is refused."),
    )
    data, _problems = fields.sent(request)
    viewer = viewer_in(request)
    return ask(
        request,
        Refusing(data),
        asked,
        lambda given: escrow.refuse(recovery, by=viewer, ground=given["ground"]),
    )
