"""`exchange`: packages with other installations, by hand; the worker does the same by itself."""

from __future__ import annotations

import time
from pathlib import Path

import click

from qingfeng.project import site
from qingfeng.project.exchange_telling import AGAIN, bring_in, say, send, show_card, status_lines
from qingfeng.project.options import HOME, PathType
from qingfeng.project.terminal import tell
from qingfeng.screening.errors import Problem

END = "office"


@click.group()
def exchange() -> None:
    """Sealed packages with other installations."""


@exchange.command()
@HOME
@click.option(
    "--out", type=PathType, help="Where our card is written; the home's exchange folder by default."
)
@click.option("--name", default="", help="What this installation is called, when its first keys are made.")
@click.option("--new", is_flag=True, help="Make new keys; the old ones open what is still under way.")
def keys(home: Path, out: Path | None, name: str, *, new: bool) -> None:
    """Write our card for another installation, and say its fingerprint."""
    site.set_up(home)
    from qingfeng.exchange import own  # noqa: PLC0415 - Django is started by now

    if not own.has_keys(END) and not (name or _commission()):
        raise Problem("This installation has no name yet.", then="Give it with --name.")
    if new or not own.has_keys(END):
        own.make(END, name or _commission(), by="operator")
    show_card(own.newest(END), out or own.folder(END) / "card.qfk")


def _commission() -> str:
    from qingfeng.organization.models import Unit  # noqa: PLC0415 - Django is started by now

    ours = Unit.objects.filter(kind=Unit.Kind.COMMISSION, is_ours=True).order_by("pk").first()
    return ours.name if ours else ""


@exchange.command()
@AGAIN
@HOME
def export(home: Path, *, again: bool) -> None:
    """Pack what waits for everybody."""
    site.set_up(home)
    send(END, again=again)


@exchange.command(name="import")
@click.argument("files", type=PathType, nargs=-1, required=True)
@HOME
def import_(files: tuple[Path, ...], home: Path) -> None:
    """Take in packages that somebody brought."""
    site.set_up(home)
    bring_in(files, END)


@exchange.command()
@HOME
@click.option("--once", is_flag=True, help="Look once and end.")
@click.option(
    "--every", default=60, show_default=True, type=click.IntRange(5, 3600), help="Seconds between looks."
)
def watch(home: Path, every: int, *, once: bool) -> None:
    """Take in what lies in the watched folders, put out what waits."""
    site.set_up(home)
    from qingfeng.exchange import watching  # noqa: PLC0415 - Django is started by now

    while True:
        for brought in watching.look(END, still_seconds=0 if once else watching.STILL_SECONDS):
            say(str(brought.received.number or "?"), brought)
        watching.go_round(END)
        if once:
            return
        time.sleep(every)


@exchange.command()
@click.argument("name")
@HOME
@click.option("--reason", required=True, help="Why, as both sides agreed; it stays in the journal.")
def anew(home: Path, name: str, reason: str) -> None:
    """Begin a new row of packages with NAME, on both sides.

    Needed where one side was restored from an older backup.
    """
    site.set_up(home)
    from qingfeng.exchange.correspondents import begin_anew  # noqa: PLC0415 - Django is started by now
    from qingfeng.exchange.models import Correspondent  # noqa: PLC0415

    found = Correspondent.objects.filter(end=END, name=name, is_beside=False).first()
    if found is None:
        raise Problem(
            "We exchange with nobody of that name.", where=name, then="Say: qingfeng exchange status"
        )
    stream = begin_anew(found, by="operator", reason=reason)
    tell(f"{found}: the row {stream.name} begins with package 1. Let the other side say the same.")


@exchange.command()
@HOME
def status(home: Path) -> None:
    """Say how we stand with everybody."""
    site.set_up(home)
    for line in status_lines(END):
        tell(line)
