"""Data requests as their holder sees them: the list, the days, what was handed over; and files taken in.

What is taken in is a delivery like any other (`findings/deliveries.py`), held against the list of its
request, and a line of the request: who handed over which file, with its SHA-256.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.findings import deliveries
from qingfeng.findings.asked import list_of
from qingfeng.findings.models import Delivery
from qingfeng.findings.receiving import Piece
from qingfeng.matters import access
from qingfeng.matters.answers import Refusal
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.errors import Problem

KIND, HOLDER, WAITING = "data_request", "holder", ("issued", "received")
BLOCK = 16 << 20  # bytes that are read and written at once


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


def take(matter: Matter, files: Iterable[UploadedFile], *, by: Viewer) -> Delivery:
    """Take files in as a delivery of a request, and record the handing over on it.

    Args:
        matter: A request that waits for data.
        files: What the form brought.
        by: The contact of the holder.

    Raises:
        Problem: If there is no file, one may not come in, or the act is refused; nothing is kept then.
    """
    given = list(files)
    if not given:
        raise Problem(_("There is no file yet."), then=_("Choose the files that were asked for."))
    person = Person.objects.get(pk=by.person_id)
    name = f"{matter.title} {timezone.localdate().isoformat()}"
    made = deliveries.begin(name, by=person, request=matter, listed=list_of(matter))
    try:
        hashes = [f"{_write(made, one, person)}  {one.name}" for one in given]
        _record(matter, given, hashes, by=by)
        deliveries.finish(made, by=person)
    except Problem:
        deliveries.discard(made, by=person)
        raise
    return made


def _write(made: Delivery, given: UploadedFile, person: Person) -> str:
    """Write one file where deliveries lie, and return its SHA-256."""
    file = deliveries.announce(made, given.name or "", given.size or 0, by=person)
    digest = hashlib.sha256()
    for block in given.chunks(BLOCK):
        digest.update(block)
    while file.received < file.size:
        given.seek(file.received)
        length = min(BLOCK, file.size - file.received)
        deliveries.take_piece(file, given, Piece(file.received, length))
    return digest.hexdigest()


def _record(matter: Matter, given: list[UploadedFile], hashes: list[str], *, by: Viewer) -> None:
    line = {
        "handed_on": timezone.localdate(),
        "files_sent": "\n".join(one.name or "" for one in given),
        "sent_sha256": "\n".join(hashes),
    }
    answer = perform("hand_over", matter, by=by, lines={"handovers": [line]})
    if isinstance(answer, Refusal):
        raise Problem(str(answer.reason), then=_("Open the request again to see what changed."))
