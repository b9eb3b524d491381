"""A sealed file arrives: opened and checked, kept as it came until it is entered or another replaces it."""

from __future__ import annotations

import hashlib
import os

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.desk.packs.leaving import contents_of, place_of
from qingfeng.desk.packs.models import Pack
from qingfeng.desk.packs.returning import CannotTake, Returned, open_returned
from qingfeng.journal import store
from qingfeng.organization.viewer import Viewer


def arrive(pack: Pack, data: bytes, *, by: Viewer) -> Returned:
    """Take a sealed file in, and return what it says; nothing of it is entered yet.

    Args:
        pack: The pack that it should answer.
        data: The file.
        by: Who brings it.

    Raises:
        CannotTake: If it cannot be opened, belongs elsewhere, or the pack came back before; the journal
            keeps the attempt.
    """
    try:
        _still_out(pack)
        returned = open_returned(data, contents_of(pack))
    except CannotTake:
        with transaction.atomic():
            _note(pack, "packs.refused", by, data)
        raise
    place = place_of(pack.code)
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_suffix(".incoming")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    with transaction.atomic():
        held = Pack.objects.select_for_update().get(pk=pack.pk)
        _still_out(held)
        beside.replace(place)
        held.arrived = hashlib.sha256(data).hexdigest()
        held.arrived_at, held.arrived_by_id = timezone.now(), by.person_id
        held.save(update_fields=["arrived", "arrived_at", "arrived_by"])
        _note(held, "packs.arrived", by, data)
    return returned


def waiting(pack: Pack) -> Returned:
    """Return what a file says that arrived and waits to be entered.

    Raises:
        CannotTake: If it is gone, or was changed where it lies.
    """
    try:
        data = place_of(pack.code).read_bytes()
    except FileNotFoundError:
        data = b""
    if not pack.arrived or hashlib.sha256(data).hexdigest() != pack.arrived:
        raise CannotTake(_("The file that came back is no longer here."), _("Bring it in once more."))
    return open_returned(data, contents_of(pack))


def _still_out(pack: Pack) -> None:
    """Refuse a file for a pack that is not out: it counts once."""
    if pack.state == Pack.State.OUT:
        return
    on = timezone.localtime(pack.ended_at).strftime("%Y-%m-%d %H:%M") if pack.ended_at else ""
    said = {
        Pack.State.BACK: _("This pack was brought in already, on %(on)s by %(who)s. It counts once."),
        Pack.State.LOST: _("This pack was declared lost on %(on)s by %(who)s."),
        Pack.State.RECALLED: _("This pack was recalled on %(on)s by %(who)s."),
    }[Pack.State(pack.state)]
    raise CannotTake(
        said % {"on": on, "who": pack.ended_by},
        _("What is new in it is entered on the matter's page by hand, with its papers."),
    )


def _note(pack: Pack, kind: str, by: Viewer, data: bytes) -> None:
    store.append(
        kind,
        subject=f"pack/{pack.code}",
        by=f"account:{by.account_id}",
        facts={"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)},
    )
