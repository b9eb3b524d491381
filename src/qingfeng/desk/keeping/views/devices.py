"""Key devices (密钥设备): registering one beside the phrase, those one has, taking one away.

The ceremony is WebAuthn's; what counts is what the device gives for its salt (PRF): it wraps the key. It
is asked on our own network only, and never at the counter.
"""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2b
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET
from fido2.server import Fido2Server
from fido2.webauthn import (
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    UserVerificationRequirement,
)

from qingfeng.desk.keeping import fields
from qingfeng.desk.keeping.asking import Asked, ask
from qingfeng.desk.keeping.doors import is_person, needs
from qingfeng.desk.views.ground import viewer_in
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.matters import sealing
from qingfeng.matters.key_models import KeyDevice, PersonKey
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.errors import Problem

SALT, MINUTES, SALT_BYTES = "qingfeng.desk.key-device", 10, 32
HEX_SIGNS = 64
UNREAD = (signing.BadSignature, ValueError, TypeError, LookupError, AttributeError, AssertionError)
"""What reading a device's answer raises where it is cut short, of another kind, or no answer at all."""


class Register(fields.Form):
    """What a device is called, one's own phrase, and what the script brings from the device."""

    def __init__(self, *args: Any, asked: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = fields.text(_("What the device is called"), most=60)
        self.fields["phrase"] = fields.phrase(_("My unlock phrase"))
        hidden = forms.HiddenInput
        self.fields["asked"] = forms.CharField(widget=hidden(), initial=asked, required=False)
        self.fields["made"] = forms.CharField(widget=hidden(), required=False, max_length=20_000)
        self.fields["output"] = forms.CharField(widget=hidden(), required=False, max_length=HEX_SIGNS)


@needs(is_person)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the devices that open the viewer's key."""
    rows = list(KeyDevice.objects.filter(key__person=viewer_in(request).person_id).order_by("pk"))
    columns = [
        Column(lambda row: row.name, _("Device"), is_head=True),
        Column(lambda row: timezone.localdate(row.made_at), _("Device added on"), "day"),
        Column(
            lambda _row: _("Remove the device"),
            _("Remove the device"),
            link=lambda row: reverse("desk:key_device_drop", args=[row.pk]),
        ),
    ]
    title = _("My key devices")
    empty = Empty(
        _("No device"), _("A device with a PIN (FIDO2 with PRF) can open your key beside the phrase.")
    )
    context = {
        "title": title,
        "crumbs": _crumbs((title, "")),
        "acts": [(_("Add a device"), reverse("desk:key_device_new"))],
        "notes": [_("The phrase opens your key as before. A device that is lost is taken away here.")],
        "tables": [(title, Table(columns, rows, title, empty=empty), "rows")],
    }
    return render(request, "desk/keeping/table.html", context)


@needs(is_person)
@require_GET
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """Give the script what it asks the viewer's devices with; none of it is a secret."""
    rows = KeyDevice.objects.filter(key__person=viewer_in(request).person_id).order_by("pk")
    told = [{"number": one.pk, "id": one.credential, "salt": _text(bytes(one.salt))} for one in rows]
    return JsonResponse({"devices": told})


@needs(is_person)
@sensitive_post_parameters()
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Register a device: the browser asks it, the phrase opens the key that it will open."""
    viewer = viewer_in(request)
    key = PersonKey.objects.filter(person=viewer.person_id).first()
    if key is None:
        raise Http404
    options, begun = _begin(request, viewer, key)
    back = reverse("desk:key_devices")
    asked = Asked(
        title=_("Add a key device"),
        button=_("Add it"),
        back=back,
        crumbs=_crumbs((_("My key devices"), back), (_("Add a key device"), "")),
        says=(
            _("The device gives a secret that wraps your key; the secret is kept nowhere."),
            _("The journal keeps that a device was added, and when."),
        ),
        done=_("The device opens your key from now on."),
        above="desk/keeping/device_new.html",
        more={"options": options},
    )
    data, _problems = fields.sent(request)

    form = Register(data, asked=begun)
    if data is not None:
        form.full_clean()
        for name, anew in (("made", ""), ("output", ""), ("asked", begun)):
            data[name] = anew  # a page that is shown again repeats nothing of what the device gave
    return ask(request, form, asked, lambda given: _register(request, viewer, key, given))


def _begin(request: HttpRequest, viewer: Viewer, key: PersonKey) -> tuple[dict[str, Any], str]:
    """Return what the browser asks the device, and the same signed, for the form."""
    salt = secrets.token_bytes(SALT_BYTES)
    known = [
        PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=_bytes(one.credential))
        for one in key.devices.all()
    ]
    user = PublicKeyCredentialUserEntity(
        name=_("Unlock key"), id=_handle(viewer), display_name=_("Unlock key")
    )
    options, state = _server(request).register_begin(
        user, known, user_verification=UserVerificationRequirement.REQUIRED
    )
    told = {**dict(options), "salt": _text(salt)}
    begun = {"state": state, "salt": _text(salt), "person": viewer.person_id}
    return told, signing.dumps(begun, salt=SALT)


def _register(request: HttpRequest, viewer: Viewer, key: PersonKey, given: dict[str, Any]) -> Any:
    again = _("Press the button once more, and touch the device.")
    try:
        begun = signing.loads(given["asked"], salt=SALT, max_age=MINUTES * 60)
        output = bytes.fromhex(given["output"])
        made = RegistrationResponse.from_dict(json.loads(given["made"]))
        there = _server(request).register_complete(begun["state"], made).credential_data
    except UNREAD as error:
        raise Problem(_("The device was not read."), then=again) from error
    if begun["person"] != viewer.person_id or len(output) != SALT_BYTES or there is None:
        raise Problem(_("The device was not read."), then=again)
    return sealing.add_device(
        key,
        given["phrase"],
        credential=_text(there.credential_id),
        salt=_bytes(begun["salt"]),
        output=output,
        name=given["name"],
    )


@needs(is_person)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a device away: it opens nothing from now on."""
    held = KeyDevice.objects.filter(pk=pk, key__person=viewer_in(request).person_id).first()
    if held is None:
        raise Http404
    back = reverse("desk:key_devices")
    asked = Asked(
        title=_("Take a device away: %(name)s") % {"name": held.name},
        button=_("Remove the device"),
        back=back,
        crumbs=_crumbs((_("My key devices"), back), (held.name, "")),
        says=(_("It opens nothing from now on. The phrase and other devices stay."),),
        done=_("The device is taken away."),
        is_danger=True,
    )
    data, _problems = fields.sent(request)
    return ask(request, fields.Form(data), asked, lambda _given: sealing.drop_device(held))


def _crumbs(*rest: tuple[Any, str]) -> tuple[tuple[Any, str], ...]:
    return ((_("What is sealed to me"), reverse("desk:sealed_mine")), *rest)


def _server(request: HttpRequest) -> Fido2Server:
    """Return the ceremony for the name under which this site is reached."""
    host = request.get_host().rsplit(":", 1)[0]
    return Fido2Server(PublicKeyCredentialRpEntity(name=_("Qingfeng"), id=host))


def _handle(viewer: Viewer) -> bytes:
    """Return how devices know a person: a keyed hash that tells nobody who they are."""
    key = settings.SECRET_KEY.encode()[:64]
    return blake2b(
        str(viewer.person_id).encode(), key=key, digest_size=32, person=b"qingfeng-device"
    ).digest()


def _text(held: bytes) -> str:
    return urlsafe_b64encode(held).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
