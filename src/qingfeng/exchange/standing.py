"""How we stand with a correspondent: what waits, what is on its way, what came, what is missing, since when.

Numbers and days only; nothing of what a package says. The pages of packages and both command lines read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from qingfeng.exchange.correspondents import counting, stream_of
from qingfeng.exchange.incoming import gap_of
from qingfeng.exchange.models import Correspondent, Incoming, Received, Sent, Stream
from qingfeng.exchange.outgoing import name_of, outbox
from qingfeng.journal.store import append

SHOWN = 8
"""How many packages of each way the picture of the line shows, the newest."""
FORGOTTEN_DAYS = 30
"""After so long a refusal that nothing followed stands in the history alone."""


@dataclass(frozen=True)
class Mark:
    """One package on the line, or several that are missing.

    Attributes:
        number: Its number; None for what is not packed yet.
        last: The last of several that are missing, else the number.
        state: `receipted`, `on_way`, `gone` (asks for no receipt), `to_pack` on the way out; `taken`,
            `missing`, `waits` on the way in.
    """

    number: int | None
    last: int | None
    state: str


@dataclass(frozen=True)
class Standing:
    """How we stand with one correspondent.

    Attributes:
        is_known: Somebody confirmed keys of theirs that count.
        out, into: The newest packages of either way, the oldest first.
        waits: Things that wait to be packed, and since when.
        holds: Why some of them do not go yet.
        owed: Packages that went out and have no receipt, the oldest first; those of receipts alone have none.
        lying: Of all that is out, what still lies in the folder where it is fetched.
        missing: First and last number that is missing before one that came; with since when.
        behind: How many wait for it.
        came_at: When the newest package came; None where none did.
    """

    correspondent: Correspondent
    is_known: bool
    out: tuple[Mark, ...]
    into: tuple[Mark, ...]
    waits: int
    waits_since: datetime | None
    holds: tuple[str, ...]
    owed: tuple[Sent, ...]
    lying: tuple[Sent, ...]
    missing: tuple[int, int] | None
    missing_since: datetime | None
    behind: int
    came_at: datetime | None

    @property
    def owed_since(self) -> datetime | None:
        """When the oldest package without receipt was packed."""
        return self.owed[0].made_at if self.owed else None


def standings(end: str) -> list[Standing]:
    """Return how an end stands with everybody it exchanges with, by name."""
    known = Correspondent.objects.filter(end=end, ended_at=None).order_by("is_beside", "name")
    return [standing_with(one) for one in known]


def standing_with(correspondent: Correspondent) -> Standing:
    """Return how we stand with one correspondent."""
    stream = stream_of(correspondent)
    waiting = list(stream.received.filter(state=Received.State.WAITING).order_by("number"))
    to_pack = stream.outgoing.filter(sent=None)
    owed = tuple(stream.sent.filter(wants_receipt=True, receipt_at=None).order_by("number"))
    missing, lying = gap_of(stream), tuple(_lying(correspondent, stream))
    newest = stream.received.exclude(state=Received.State.REFUSED).order_by("-last_at").first()
    return Standing(
        correspondent,
        bool(counting(correspondent)),
        tuple(_out(stream, {one.pk for one in lying}, waits=to_pack.exists())),
        tuple(_into(stream, waiting, missing)),
        to_pack.count(),
        to_pack.order_by("queued_at").values_list("queued_at", flat=True).first(),
        tuple(dict.fromkeys(to_pack.exclude(held="").values_list("held", flat=True))),
        owed,
        lying,
        missing,
        min((one.came_at for one in waiting), default=None) if missing else None,
        len(waiting) if missing else 0,
        newest.last_at if newest else None,
    )


def _out(stream: Stream, lying: set[int], *, waits: bool) -> Iterator[Mark]:
    newest = list(stream.sent.order_by("-number")[:SHOWN])
    for one in reversed(newest):
        state = "on_way" if one.wants_receipt or one.pk in lying else "gone"
        yield Mark(one.number, one.number, "receipted" if one.receipt_at else state)
    if waits:
        yield Mark(None, None, "to_pack")


def _into(stream: Stream, waiting: Iterable[Received], missing: tuple[int, int] | None) -> Iterator[Mark]:
    last = stream.received_number
    for number in range(max(1, last - SHOWN + 1), last + 1):
        yield Mark(number, number, "taken")
    if missing:
        yield Mark(*missing, "missing")
    following = missing[1] if missing else last
    for one in waiting:
        number = one.number or 0
        if number > following + 1:  # a further gap behind the first one
            yield Mark(following + 1, number - 1, "missing")
        yield Mark(number, number, "waits")
        following = number


def _lying(correspondent: Correspondent, stream: Stream) -> Iterator[Sent]:
    """Yield packages whose file still lies where it is fetched."""
    if correspondent.is_beside:
        return
    folder = outbox(correspondent)
    there = {one.name for one in folder.glob("*.qfp")} if folder.is_dir() else set()
    if not there:
        return
    for one in stream.sent.filter(receipt_at=None).order_by("number"):
        try:
            if name_of(one) in there:
                yield one
        except FileNotFoundError:
            continue


def refused(end: str) -> list[Received]:
    """Return refused packages that somebody still has to do something about, the newest first.

    One is over once another of its number was taken, once somebody has said what became of it (`settle`), or
    a month after it was brought last.
    """
    return list(_refused(end).select_related("stream__correspondent").order_by("-last_at", "-pk"))


def _refused(end: str) -> QuerySet[Received]:
    since = timezone.now() - timedelta(days=FORGOTTEN_DAYS)
    same = {"stream": OuterRef("stream"), "number": OuterRef("number")}
    after = Received.objects.filter(state=Received.State.TAKEN, last_at__gte=OuterRef("last_at"), **same)
    rows = Received.objects.filter(end=end, state=Received.State.REFUSED, last_at__gte=since)
    return rows.exclude(then="").exclude(Exists(after))


def pressing(end: str) -> int:
    """Return how many things stop something: gaps, refused packages, things that could not be taken in."""
    waiting = Received.objects.filter(end=end, state=Received.State.WAITING)
    return waiting.values("stream").distinct().count() + _refused(end).count() + bool(failed(end))


def failed(end: str) -> int:
    """Return how many things came and could not be taken in."""
    return Incoming.objects.filter(received__end=end, state=Incoming.State.FAILED).count()


def settle(row: Received, *, by: str, reason: str) -> None:
    """Say what became of a refused package: nothing more is to be done about it; the journal keeps why.

    Args:
        row: The refused package.
        by: Number of the account.
        reason: What was found and done.
    """
    with transaction.atomic():
        held = Received.objects.select_for_update().get(pk=row.pk)
        if held.state != Received.State.REFUSED or not held.then:
            return
        held.then = ""
        held.save(update_fields=["then"])
        facts = {"number": held.number, "digest": held.digest, "reason": reason.strip()}
        append("exchange.refusal_settled", by=by, facts=facts)
