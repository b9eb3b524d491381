"""Data requests as their holder sees them: the list, the days, what was handed over; and files taken in.

What is taken in is a delivery like any other (`findings/deliveries.py`), held against the list of its
request, and a line of the request: who handed over which file, with its SHA-256.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.findings import deliveries
from qingfeng.findings.asked import list_of
from qingfeng.findings.models import Delivery
from qingfeng.findings.receiving import Piece, hash_of
from qingfeng.matters import access
from qingfeng.matters.answers import Refusal
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.errors import Problem

KIND, HOLDER, WAITING = "data_request", "holder", ("issued", "received")
BLOCK = 16 << 20  # bytes of a plain form's file that are written in one piece


@dataclass(frozen=True)
class Sent:
    """One handing over, as the holder reads it: day, files, their hashes."""

    on: str
    files: str
    sha256: str


def requests_of(viewer: Viewer) -> QuerySet[Matter]:
    """Return the open data requests whose holder somebody speaks for; to anybody else there are none."""
    units = access.units_spoken_for(viewer) if access.is_outside(viewer) else frozenset()
    here = access.visible(viewer).filter(mechanism=KIND, standing=Matter.Standing.VALID, stage__in=WAITING)
    named = here.filter(parties__role=HOLDER, parties__unit__in=units, parties__until_at=None)
    return named.distinct().order_by("-pk")


def due_of(matter: Matter) -> Any:
    """Return the day by which the next delivery is due, None where none is."""
    run = matter.clocks.filter(key__in=("deliver", "monthly"), state="running").last()
    return run.due_on if run else None


def sent_of(matter: Matter) -> list[Sent]:
    """Return what was handed over, the newest first."""
    lines = matter.lines.filter(ledger="handovers").order_by("-no")
    return [
        Sent(
            str(one.facts.get("handed_on", "")),
            str(one.facts.get("files_sent", "")),
            str(one.facts.get("sent_sha256", "")),
        )
        for one in lines
    ]


def receiving(matter: Matter, by: Viewer) -> Delivery | None:
    """Return the delivery that somebody is filling for a request, None where none is begun."""
    mine = Delivery.objects.filter(request=matter, by=by.person_id, state=Delivery.State.RECEIVING)
    return mine.order_by("pk").first()


def begin(matter: Matter, by: Viewer) -> Delivery:
    """Return the delivery that somebody is filling for a request, begun under its list if need be."""
    there = receiving(matter, by)
    if there is not None:
        return there
    person = Person.objects.get(pk=by.person_id)
    name = f"{matter.title} {timezone.localdate().isoformat()}"
    return deliveries.begin(name, by=person, request=matter, listed=list_of(matter))


def add(matter: Matter, files: Iterable[UploadedFile], *, by: Viewer) -> None:
    """Add the files of a plain form to what somebody is filling.

    Raises:
        Problem: If there is no file, or one may not come in; those before it lie there.
    """
    given = list(files)
    if not given:
        raise Problem(_("There is no file yet."), then=_("Choose the files that were asked for."))
    made, person = begin(matter, by), Person.objects.get(pk=by.person_id)
    for one in given:
        file = deliveries.announce(made, one.name or "", one.size or 0, by=person)
        while file.received < file.size:
            one.seek(file.received)
            length = min(BLOCK, file.size - file.received)
            deliveries.take_piece(file, one, Piece(file.received, length))


def hand_over(matter: Matter, *, by: Viewer) -> Delivery:
    """Hand over what somebody has filled: recorded on the request with its hashes, then looked at.

    Raises:
        Problem: If there is no file, one is not whole, or the act is refused; what was sent stays.
    """
    made = receiving(matter, by)
    if made is None or not made.files.exists():
        raise Problem(_("There is no file yet."), then=_("Choose the files that were asked for."))
    if missing := deliveries.unfinished(made).count():
        what = _("%(count)s files are not whole yet.") % {"count": missing}
        raise Problem(what, then=_("Choose them again to go on, or take them away."))
    hashes = [(file.path, hash_of(file)) for file in made.files.order_by("path")]
    with transaction.atomic():
        _record(matter, hashes, by=by)
        deliveries.finish(made, by=Person.objects.get(pk=by.person_id))
    return made


def _record(matter: Matter, hashes: list[tuple[str, str]], *, by: Viewer) -> None:
    line = {
        "handed_on": timezone.localdate(),
        "files_sent": "\n".join(path for path, _digest in hashes),
        "sent_sha256": "\n".join(f"{digest}  {path}" for path, digest in hashes),
    }
    answer = perform("hand_over", matter, by=by, lines={"handovers": [line]})
    if isinstance(answer, Refusal):
        raise Problem(str(answer.reason), then=_("Open the request again to see what changed."))
