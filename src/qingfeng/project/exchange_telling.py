"""What `exchange` and `counter` have in common: packages in and out, and how things stand, in plain lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from qingfeng.project.terminal import tell
from qingfeng.screening.errors import Problem

if TYPE_CHECKING:
    from qingfeng.exchange.incoming import Brought
    from qingfeng.exchange.own import Own

NO_KEYS = "There are no keys yet."


def show_card(mine: Own, file: Path) -> None:
    """Write our card to a file and say its fingerprint."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(mine.card.encoded(mine.seed))
    tell(f"{mine.card.name}: {mine.card.fingerprint}")
    tell(f"The card is in {file}. Give it to the other side, and read the fingerprint to them by telephone.")


def bring_in(files: Iterable[Path], end: str) -> None:
    """Take in packages and say what came of each.

    Raises:
        Problem: If one was refused.
    """
    from qingfeng.exchange.incoming import take_in  # noqa: PLC0415 - Django is started by now
    from qingfeng.exchange.opening import open_waiting  # noqa: PLC0415

    refused = 0
    for file in files:
        if not file.is_file():
            raise Problem("There is no such file.", where=str(file))
        brought = take_in(file, end)
        refused += say(file.name, brought)
    opened = open_waiting(end)
    if opened:
        tell(f"Taken in: {opened}.")
    if refused:
        raise Problem(f"Packages refused: {refused}.", then="Do what is said above, then bring them again.")


def say(name: str, brought: Brought) -> bool:
    """Say what came of a package; return whether it was refused."""
    row = brought.received
    if brought.is_again:
        tell(f"{name}: came before, on {row.came_at:%Y-%m-%d %H:%M}; nothing was done again.")
    elif row.state == "taken":
        tell(f"{name}: package {row.number} is taken.")
    elif row.state == "waiting":
        first, last = brought.missing or (row.number, row.number)
        tell(f"{name}: package {row.number} waits; {first} to {last} are missing.")
    else:
        tell(f"{name}: refused. {row.what} {row.then}")
    return str(row.state) == "refused"


def send(end: str) -> None:
    """Pack what waits for everybody and say where the packages lie."""
    from qingfeng.exchange import own  # noqa: PLC0415 - Django is started by now
    from qingfeng.exchange.models import Correspondent  # noqa: PLC0415
    from qingfeng.exchange.outgoing import export, outbox, put_out_rest  # noqa: PLC0415

    if not own.has_keys(end):
        raise Problem(
            NO_KEYS, then=f"Say: qingfeng {'counter init' if end == 'counter' else 'exchange keys'}"
        )
    count = 0
    for one in Correspondent.objects.filter(end=end, ended_at=None, is_beside=False):
        sent = export(one)
        if sent:
            count += 1
            tell(f"{one}: package {sent.number} lies in {outbox(one)}")
    put_out_rest(end)
    if not count:
        tell("Nothing waits.")


def status_lines(end: str) -> Iterator[str]:
    """Yield how an end stands with everybody it knows."""
    from qingfeng.exchange.correspondents import counting, stream_of  # noqa: PLC0415 - Django is started by now
    from qingfeng.exchange.incoming import gap_of  # noqa: PLC0415
    from qingfeng.exchange.models import Correspondent, Incoming, Received  # noqa: PLC0415

    for one in Correspondent.objects.filter(end=end).order_by("name"):
        stream = stream_of(one)
        waits = stream.outgoing.filter(sent=None).count()
        owed = stream.sent.filter(wants_receipt=True, receipt_at=None).count()
        state = "" if counting(one) else "no confirmed keys; "
        gap = gap_of(stream)
        missing = f"; missing from them: {gap[0]} to {gap[1]}" if gap else ""
        yield (
            f"{one}: {state}sent {stream.sent_number} ({owed} without receipt), "
            f"received {stream.received_number}, waiting to go: {waits}{missing}"
        )
    refused = Received.objects.filter(end=end, state="refused").count()
    failed = Incoming.objects.filter(received__end=end, state="failed").count()
    yield f"Refused packages: {refused}. Things that could not be taken in: {failed}."
