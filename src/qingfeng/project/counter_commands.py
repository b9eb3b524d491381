"""`counter`: the public counter as a process of its own, on a machine outside."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

import click

from qingfeng.project import site
from qingfeng.project.exchange_telling import AGAIN, bring_in, send, show_card, status_lines
from qingfeng.project.options import HOME, PathType
from qingfeng.project.site_commands import HOST, PORT, ends_when_told, free_port, web_server
from qingfeng.project.terminal import tell
from qingfeng.screening.errors import Problem

END = "counter"
SETTINGS = "qingfeng.project.counter_settings"
ROUND_SECONDS = 60


@click.group()
def counter() -> None:
    """The public counter on a machine of its own.

    It keeps nothing that it could read.
    """


def _set_up(home: Path) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    site.set_up(home)


def _begun(home: Path) -> None:
    """Open the home of a counter that was made before.

    Raises:
        Problem: If there is none in this home.
    """
    _set_up(home)
    from django.db import connection  # noqa: PLC0415 - Django is started by now

    if not connection.introspection.table_names():
        raise Problem(
            "There is no counter in this home yet.",
            where=str(home),
            then="Say: qingfeng counter init --name NAME --home HOME",
        )


@counter.command()
@HOME
@click.option("--name", required=True, help="What this counter is called on its card.")
def init(home: Path, name: str) -> None:
    """Make tables, log and keys of a counter, and write its card."""
    _set_up(home)
    _migrate()
    from qingfeng.exchange import own  # noqa: PLC0415 - Django is started by now
    from qingfeng.journal.publisher import publish  # noqa: PLC0415

    publish(END, wait=True)
    if not own.has_keys(END):
        own.make(END, name, by="operator")
    show_card(own.newest(END), own.folder(END) / "card.qfk")


def _migrate() -> None:
    from django.core.management import call_command  # noqa: PLC0415 - Django is started by now

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False, clear=False)


@counter.command()
@HOME
@click.option("--office", type=PathType, help="The office's card, to be added.")
@click.option("--heard", default="", help="The office's fingerprint, as its people read it out.")
@click.option("--new", is_flag=True, help="Make new keys; the office must confirm the new card.")
def keys(home: Path, office: Path | None, heard: str, *, new: bool) -> None:
    """Write our card, add the office's, or let it count.

    --office adds the office's card; --heard lets it count.
    """
    _begun(home)
    from qingfeng.exchange import correspondents, own  # noqa: PLC0415 - Django is started by now
    from qingfeng.exchange.models import CorrespondentKeys  # noqa: PLC0415

    if not own.has_keys(END):
        raise Problem("There are no keys yet.", then="Say: qingfeng counter init --name NAME")
    if new:
        own.make(END, own.newest(END).card.name, by="operator")
    if office:
        card = correspondents.read(office.read_bytes())
        correspondents.add(card, kind="office", by="operator:adds", end=END)
        tell(f"Added: {card.name}.")
        tell("Let somebody else hear its fingerprint from the office, and give it with --heard.")
    if heard:
        waiting = CorrespondentKeys.objects.filter(
            correspondent__end=END, confirmed_at=None, ended_at=None
        ).last()
        if waiting is None:
            raise Problem("No card waits to be confirmed.", then="Add one with --office.")
        correspondents.confirm(waiting, by="operator:hears", heard=heard)
        tell(f"Confirmed: {waiting.correspondent}.")
    if not office and not heard:
        show_card(own.newest(END), own.folder(END) / "card.qfk")


@counter.command()
@AGAIN
@HOME
def export(home: Path, *, again: bool) -> None:
    """Pack what arrived, with the log, for the office."""
    _begun(home)
    send(END, again=again)


@counter.command(name="import")
@click.argument("files", type=PathType, nargs=-1, required=True)
@HOME
def import_(files: tuple[Path, ...], home: Path) -> None:
    """Take in packages of the office: answers, keys, receipts."""
    _begun(home)
    bring_in(files, END)


@counter.command()
@HOME
def status(home: Path) -> None:
    """Say how the counter stands with its office."""
    _begun(home)
    for line in status_lines(END):
        tell(line)


@counter.command()
@HOME
def limits(home: Path) -> None:
    """Say the published limits in force, and what each may be."""
    _set_up(home)
    from qingfeng.public.counter.limits import FILE, told  # noqa: PLC0415 - Django is started by now

    for line in told():
        tell(line)
    tell(f"Change them in {home / FILE}, a line each: busy_letters = 600. They count at once.")


@counter.command()
@HOST
@PORT
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 16), help="Web processes.")
@HOME
def serve(home: Path, host: str, port: int, workers: int) -> None:
    """Serve the counter; watch its folders, pack every minute."""
    _begun(home)
    _migrate()
    from qingfeng.public.counter.limits import said_limits  # noqa: PLC0415 - Django is started by now

    said_limits()
    port = free_port(host, port)
    stop = threading.Event()
    try:
        with ends_when_told(), web_server(host, port, workers=workers) as served:
            tell(f"The counter is at http://{host}:{port}/counter/   (Ctrl-C ends it)")
            threading.Thread(target=_rounds, args=(stop,), daemon=True).start()
            if served.wait() not in (0, -signal.SIGTERM):
                raise Problem(
                    "The web server ended by itself.", then="Look at what it printed; say it again."
                )
    finally:
        stop.set()


def _rounds(stop: threading.Event) -> None:
    """Do what the worker does in a whole house: packages out and in, what ran out deleted, the log signed."""
    from django.db import close_old_connections  # noqa: PLC0415 - Django is started by now

    from qingfeng.exchange.watching import go_round  # noqa: PLC0415
    from qingfeng.journal.publisher import publish  # noqa: PLC0415
    from qingfeng.public.counter import tickets, waiting_room  # noqa: PLC0415

    while not stop.is_set():
        close_old_connections()
        try:
            publish("internal", END)
            go_round(END)
            tickets.sweep()
            waiting_room.sweep()
        except Exception as error:  # noqa: BLE001 - one failure must not end the rounds; nothing of it is personal
            sys.stderr.write(f"counter: {type(error).__name__}\n")
        stop.wait(ROUND_SECONDS)
