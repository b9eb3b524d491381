"""What `exchange` and `counter` have in common: packages in and out, and how things stand, in plain lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qingfeng.project.terminal import tell
from qingfeng.screening.errors import Problem

if TYPE_CHECKING:
    from qingfeng.exchange.incoming import Brought
    from qingfeng.exchange.own import Own
    from qingfeng.exchange.standing import Standing

NO_KEYS = "There are no keys yet."
AGAIN = click.option(
    "--again", is_flag=True, help="Put out anew what has no receipt: it was lost; twice does no harm."
)


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


def send(end: str, *, again: bool = False) -> None:
    """Pack what waits for everybody and say where the packages lie.

    Args:
        end: Which end.
        again: Whether packages without receipt are put out anew, too.
    """
    from qingfeng.exchange import own  # noqa: PLC0415 - Django is started by now
    from qingfeng.exchange.models import Correspondent  # noqa: PLC0415
    from qingfeng.exchange.outgoing import export, outbox, put_out_again, put_out_rest  # noqa: PLC0415

    if not own.has_keys(end):
        raise Problem(
            NO_KEYS, then=f"Say: qingfeng {'counter init' if end == 'counter' else 'exchange keys'}"
        )
    count = 0
    for old in put_out_again(end) if again else ():
        count += 1
        whom = old.stream.correspondent
        tell(f"{whom}: package {old.number} lies in {outbox(whom)} again")
    for one in Correspondent.objects.filter(end=end, ended_at=None, is_beside=False):
        sent = export(one)
        if sent:
            count += 1
            tell(f"{one}: package {sent.number} lies in {outbox(one)}")
    put_out_rest(end)
    if not count:
        tell("Nothing waits.")


def status_lines(end: str) -> Iterator[str]:
    """Yield how an end stands with everybody it knows, and what to do next."""
    from qingfeng.exchange import standing  # noqa: PLC0415 - Django is started by now
    from qingfeng.exchange.outgoing import outbox  # noqa: PLC0415

    for one in standing.standings(end):
        yield from _stands(one, str(outbox(one.correspondent)))
    for row in standing.refused(end):
        number = "" if row.number is None else f" {row.number}"
        yield f"Refused: package{number}, on {row.last_at:%Y-%m-%d %H:%M} UTC. {row.what} {row.then}"
    if failed := standing.failed(end):
        yield f"Things that came and could not be taken in: {failed}. They are tried every hour."


def _stands(one: Standing, folder: str) -> Iterator[str]:
    sent = max((mark.number or 0 for mark in one.out), default=0)
    taken = max((mark.number or 0 for mark in one.into if mark.state == "taken"), default=0)
    yield f"{one.correspondent}: sent up to {sent}, taken in up to {taken}."
    if not one.is_known:
        yield "  Its keys are not confirmed: nothing goes or is taken. Let somebody hear the fingerprint."
    if one.lying:
        numbers = ", ".join(str(each.number) for each in one.lying)
        yield f"  Ready to be carried: {numbers}, in {folder}."
    if one.owed and one.owed_since:
        numbers = ", ".join(str(each.number) for each in one.owed)
        since = f"{one.owed_since:%Y-%m-%d %H:%M} UTC"
        yield f"  Without receipt: {numbers}, since {since}. If lost: export --again."
    if one.missing and one.missing_since:
        first, last = one.missing
        span = str(first) if first == last else f"{first} to {last}"
        yield (
            f"  Missing from them: {span}, since {one.missing_since:%Y-%m-%d %H:%M} UTC; "
            f"{one.behind} later wait. Ask for it again."
        )
    if one.waits:
        yield f"  Waiting to be packed: {one.waits}."
