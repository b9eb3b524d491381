"""Folders that packages are brought to and fetched from: looked at by the worker, or by `exchange watch`."""

from __future__ import annotations

import logging
import shutil
import time
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from qingfeng.exchange import incoming, own
from qingfeng.exchange.correspondents import counting
from qingfeng.exchange.incoming import Brought
from qingfeng.exchange.models import Correspondent, Received
from qingfeng.exchange.opening import open_waiting
from qingfeng.exchange.outgoing import export, put_out_rest
from qingfeng.journal.store import append
from qingfeng.sealing.packages import SUFFIX

STILL_SECONDS = 10
GAP_DAYS = 1


def inboxes(end: str) -> list[Path]:
    """Return the folders that packages to an end are brought to; the home's own first."""
    named = Correspondent.objects.filter(end=end, ended_at=None).exclude(inbox="")
    return [own.folder(end, "in"), *(Path(one.inbox) for one in named.order_by("pk"))]


def look(end: str, *, still_seconds: float = STILL_SECONDS) -> list[Brought]:
    """Take in what lies in the folders of an end and is whole; what was taken or refused is moved aside.

    Args:
        end: Which end.
        still_seconds: A file that was written to since is left for the next look.
    """
    found = []
    for folder in inboxes(end):
        if not folder.is_dir():
            continue
        for file in sorted(folder.glob(f"*{SUFFIX}")):
            try:
                if not _is_whole(file, still_seconds):
                    continue
                brought = incoming.take_in(file, end)
                found.append(brought)
                _put_aside(file, brought)
            except Exception as error:  # noqa: BLE001 - whatever one file runs into, the rest goes on
                logging.getLogger("qingfeng").warning("exchange: %s in a folder", type(error).__name__)
    return found


def _is_whole(file: Path, still_seconds: float) -> bool:
    """Say whether something is a file, and nobody writes to it any more."""
    if file.name.startswith(".") or not file.is_file():
        return False
    return time.time() - file.stat().st_mtime >= still_seconds


def _put_aside(file: Path, brought: Brought) -> None:
    """Remove what was taken: what it carried is kept; put a refused package aside, to be looked at."""
    if brought.received.state == Received.State.REFUSED:
        aside = file.parent / "refused"
        aside.mkdir(exist_ok=True)
        shutil.move(file, aside / file.name)
    else:
        file.unlink(missing_ok=True)


def send_waiting(end: str) -> int:
    """Pack what waits for everybody whom an end knows; return how many packages went out."""
    count = 0
    for one in Correspondent.objects.filter(end=end, ended_at=None, is_beside=False):
        if counting(one):
            count += export(one, at_once=False) is not None
    put_out_rest(end)
    return count


def tell_gaps(end: str) -> list[Received]:
    """Write down, once, that a package has waited for an earlier one for a day; pages show it as a notice."""
    before = timezone.now() - timedelta(days=GAP_DAYS)
    late = Received.objects.filter(end=end, state=Received.State.WAITING, came_at__lt=before, told_at=None)
    told = list(late.select_related("stream"))
    for one in told:
        with transaction.atomic():
            one.told_at = timezone.now()
            one.save(update_fields=["told_at"])
            gap = incoming.gap_of(one.stream)
            facts = {"number": one.number, "missing": list(gap or ())}
            append(
                "exchange.gap",
                subject=f"correspondent/{one.stream.correspondent_id}",
                by="house",
                facts=facts,
            )
    return told


def go_round(end: str) -> int:
    """Do all of it once for an end: take in, give to handlers, send; return how much happened."""
    happened = len(look(end))
    incoming.take_waiting(end)
    happened += open_waiting(end)
    tell_gaps(end)
    return happened + send_waiting(end)
