"""The voter's page, tokens, and the box: two addresses that must know who asks, two that must not.

The page and the tokens ask for a session. Public keys and the box are asked for without one, and
`appraisal.nameless` has taken off whatever a browser says of itself before they are reached. The form
itself is drawn by the script: without one nothing could be blinded, and the page says what to do then.
"""

from __future__ import annotations

import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from qingfeng.appraisal import box, defaults, doors, tokens
from qingfeng.appraisal.models import PEER, Due, Form, Rated, Round, Slate
from qingfeng.desk.appraisal.ground import round_page
from qingfeng.matters.today import today
from qingfeng.screening.errors import Problem

MARK = 16


@round_page(doors.takes_part)
@never_cache
@require_GET
def vote(request: HttpRequest, round_: Round) -> HttpResponse:
    """Show the ballots of somebody; the script fills them in."""
    dues = doors.owed_ballots(round_, request.viewer.person_id)
    last = tokens.last_day(round_, request.viewer.person_id)
    context = {
        "title": _("My ballots"),
        "round": round_,
        "last": last,
        "is_open": round_.is_open and round_.from_on <= today() <= last,
        "count": len(dues),
        "on_paper": [_said(due.slate) for due in dues if due.slate.on_paper],
        "ballots": _ballots(request, round_, [due for due in dues if not due.slate.on_paper]),
    }
    return render(request, "desk/appraisal/vote.html", context)


def _said(slate: Slate) -> str:
    return _("people of %(unit)s") % {"unit": slate.unit} if slate.form != PEER else str(slate.unit)


def _ballots(request: HttpRequest, round_: Round, dues: list[Due]) -> dict[str, Any]:
    """Return what the script draws from: addresses, forms, slates."""
    forms = {form.key: form for form in round_.forms.all()}
    people = {
        one.person_id: one for one in Rated.objects.filter(round=round_).select_related("person", "unit")
    }
    return {
        "round": round_.code,
        "mark": mark_of(round_, request.viewer.person_id),
        "keys": reverse("desk:ballot_keys", args=[round_.code]),
        "tokens": reverse("desk:appraisal_tokens", args=[round_.code]),
        "box": reverse("desk:ballot_box"),
        "digest": round_.keys_digest,
        "forms": {
            key: {"dimensions": _dimensions(form)} for key, form in forms.items() if not form.is_by_name
        },
        "slates": [_slate(due, people) for due in dues],
        "words": _words(),
    }


def _dimensions(form: Form) -> list[dict[str, Any]]:
    """Return what is scored, in the reader's language."""
    return [
        {
            "key": one["key"], "name": defaults.said(one["name"]),
            "anchors": {at: defaults.said(words) for at, words in one["anchors"].items()},
        }
        for one in form.dimensions
    ]  # fmt: skip


def _slate(due: Due, people: Mapping[int, Rated]) -> dict[str, Any]:
    slate = due.slate
    rows = [people[pk] for pk in slate.people]
    return {
        "id": slate.pk,
        "form": slate.form,
        "title": rows[0].person.name if slate.form == PEER else str(slate.unit),
        "under": f"{slate.unit} · {rows[0].post}"
        if slate.form == PEER
        else _("%(count)d people") % {"count": len(rows)},
        "people": [{"id": one.person_id, "name": one.person.name, "post": one.post} for one in rows],
        "remark": slate.form == PEER,
        "taken": due.state == Due.State.TAKEN,
    }


def mark_of(round_: Round, person: int) -> str:
    """Return under which name a browser keeps somebody's drafts: one browser may serve two people."""
    told = f"ballots:{round_.code}:{person}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), told, "sha256").hexdigest()[:MARK]


def _words() -> dict[str, str]:
    return {
        "peer": _("Colleagues"),
        "democratic": _("People of other units"),
        "unknown": _("I do not know this person: leave out"),
        "remark": _(
            "In words, if you like (nobody will see who wrote it; write so that it can be said aloud)"
        ),
        "done": _("filled in"),
        "sent": _("in the box"),
        "elsewhere": _("taken on another device or browser: go on there"),
        "progress": _("%(done)s of %(all)s filled in, %(sent)s in the box"),
        "take": _("Take my ballots"),
        "taking": _("Taking the ballots …"),
        "send": _("Put what is filled in into the box"),
        "sending": _("Putting them into the box …"),
        "all_sent": _("All your ballots are in the box. Nothing of them is left in this browser."),
        "failed": _("That did not work: %(why)s What you filled in is kept in this browser."),
        "offline": _("There is no connection."),
        "other_keys": _("The keys are not those of the journal. Nothing was sent; tell the auditor."),
        "nothing": _("Fill in one of them first."),
    }


@round_page(doors.takes_part)
@require_POST
def take_tokens(request: HttpRequest, round_: Round) -> HttpResponse:
    """Sign blinded messages: `{slate: base64}` in, the same with signatures out."""
    try:
        asked = {
            int(slate): b64decode(text, validate=True) for slate, text in json.loads(request.body).items()
        }
        given = tokens.sign(round_, request.viewer.person_id, asked, on=today())
    except Problem as problem:
        return JsonResponse({"why": f"{problem}"}, status=409)
    except (ValueError, AttributeError, TypeError):
        return JsonResponse({"why": _("This cannot be read.")}, status=422)
    return JsonResponse({str(slate): b64encode(signed).decode() for slate, signed in given.items()})


@never_cache
@require_GET
def keys(request: HttpRequest, code: str) -> HttpResponse:
    """Return the public keys of a round, to whoever asks, for the house cannot know who does."""
    del request
    round_ = get_object_or_404(Round, code=code, state=Round.State.OPEN)
    return JsonResponse({str(pk): public for pk, public in round_.slates.values_list("pk", "public")})


@csrf_exempt
@never_cache
def drop(request: HttpRequest) -> HttpResponse:
    """Take a ballot in: `{slate, message, signature, scores, remarks}`; nothing is known of who brings it."""
    if request.method != "POST":
        raise Http404
    try:
        said = json.loads(request.body)
        slate = Slate.objects.select_related("round").get(pk=int(said["slate"]))
        message, signature = (b64decode(said[part], validate=True) for part in ("message", "signature"))
        ballot = {"scores": said["scores"], "remarks": said.get("remarks", {})}
    except (ValueError, KeyError, TypeError, AttributeError, Slate.DoesNotExist):
        return JsonResponse({"why": _("This ballot cannot be read.")}, status=422)
    try:
        box.take(slate, message, signature, said=ballot, on=today())
    except Problem as problem:
        return JsonResponse({"why": f"{problem}"}, status=409)
    return JsonResponse({"taken": True})
