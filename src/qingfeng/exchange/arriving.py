"""What arrived at the counter reaches its line: petitions are opened with our key, reports stay sealed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.exchange import own
from qingfeng.exchange.batches import ARRIVAL
from qingfeng.exchange.correspondents import stream_of
from qingfeng.exchange.kinds import PETITION, REPORT, Handler, NotTaken, Parcel, handler_of, register
from qingfeng.exchange.models import Asker, Correspondent
from qingfeng.exchange.opening import about_of
from qingfeng.sealing import envelope, streams
from qingfeng.sealing.errors import SealingError
from qingfeng.sealing.slots import key_id


def take(parcel: Parcel) -> Any:
    """Give an arrival to its line; which line it is shows in whom it is sealed to, and in nothing else.

    Raises:
        NotTaken: If it opens with no key of ours, or its line does not take it.
    """
    if ":arrival:" not in parcel.key:  # it came beside the batches, which alone are held against the log
        raise NotTaken(_("What arrived is no envelope of the counter."))
    stream, held = stream_of(parcel.sender), parcel.files[0][1].read_bytes()
    number = str(Asker.number_of(stream, parcel.content["number"]))
    blobs = [path for _name, path in parcel.files[1:]]
    try:
        names = envelope.receivers(held)
    except SealingError as error:
        raise NotTaken(_("What arrived is no envelope of the counter.")) from error
    secret = next((one for one, public in own.intake() if key_id(public).hex() in names), None)
    if secret is None:
        became = _handler(REPORT)(number, held, [path.read_bytes() for path in blobs])
    else:
        said = _said(parcel, held, secret) | {"number": number}
        if said.get("answers_to"):
            said["answers_to"] = str(Asker.number_of(stream, said["answers_to"]))
        with _opened(said, blobs, secret) as files:
            became = _handler(PETITION)(said, files)
    Asker.objects.filter(number=int(number)).update(about=about_of(became))
    return became


def _said(parcel: Parcel, held: bytes, secret: bytes) -> dict[str, Any]:
    try:
        said = envelope.open_envelope(held, secret)
    except SealingError as error:
        raise NotTaken(_("The envelope was changed: it does not open.")) from error
    on = timezone.localdate(datetime.fromisoformat(str(parcel.content["hour"]))).isoformat()
    return {"received_on": on, **said}


def _handler(line: str) -> Handler:
    handler = handler_of(line)
    if handler is None:
        raise NotTaken(_("No room of this house takes this line: it waits."))
    return handler


@contextmanager
def _opened(
    said: dict[str, Any], blobs: Sequence[Path], secret: bytes
) -> Iterator[list[tuple[str, IO[bytes]]]]:
    """Open enclosures into a folder that is gone afterwards."""
    names = [str(one["name"] if isinstance(one, dict) else one) for one in said.get("files") or ()]
    with TemporaryDirectory(dir=own.folder("office", "work")) as work, ExitStack() as stack:
        found: list[tuple[str, IO[bytes]]] = []
        for at, blob in enumerate(blobs):
            clear = Path(work) / str(at)
            try:
                streams.open_file(blob, clear, secret)
            except SealingError as error:
                raise NotTaken(_("An enclosure was changed: it does not open.")) from error
            name = names[at] if at < len(names) else str(at + 1)
            found.append((name, stack.enter_context(clear.open("rb"))))
        yield found


def join() -> None:
    """Let arrivals reach their lines."""
    register(ARRIVAL, take, senders=[str(Correspondent.Kind.COUNTER)])
