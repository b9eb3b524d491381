"""`serve`, `worker`, `migrate`, `backup`, `restore`: the site."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from qingfeng.project import site
from qingfeng.project.options import HOME, MADE_HOME, PathType
from qingfeng.project.terminal import tell
from qingfeng.screening.errors import Problem

PORTS_TRIED = 20
ADDRESS = "127.0.0.1"
ENDS_SECONDS = 25
"""How long what is at work may take to finish once somebody ends the site."""
HOST = click.option("--host", default=ADDRESS, show_default=True, help="Where the site listens.")
PORT = click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))


@click.command()
@HOST
@PORT
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Web processes.")
@click.option("--background/--no-background", default=True, help="Jobs, clocks, journal too.")
@HOME
def serve(home: Path, host: str, port: int, workers: int, *, background: bool) -> None:
    """Serve the site.

    With the embedded database everything runs from here.
    """
    site.set_up(home)
    site.migrate()
    site.check()
    run_site(host, port, workers=workers, background=background)


def run_site(host: str, port: int, *, workers: int = 1, background: bool = True) -> None:
    """Serve until Ctrl-C.

    Args:
        host: Address to listen on.
        port: The first port tried; the next free one of twenty is taken.
        workers: Web processes.
        background: Whether jobs, clocks and the journal's publisher run here too.

    Raises:
        Problem: If no port is free.
    """
    port = free_port(host, port)
    work = site.Background(_report)
    try:
        with ends_when_told(), web_server(host, port, workers=workers) as served:
            tell(f"The site is at http://{host}:{port}/   (Ctrl-C ends it)")
            sys.stdout.flush()
            if background:
                work.start()
            if served.wait():
                raise Problem(
                    "The web server ended by itself.", then="Say the same again; look at what it printed."
                )
    finally:
        work.stop(wait_seconds=ENDS_SECONDS)


@contextlib.contextmanager
def ends_when_told() -> Iterator[None]:
    """Leave the block in peace at SIGTERM or Ctrl-C, wherever in it they come."""
    with contextlib.suppress(KeyboardInterrupt):
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        yield


@contextlib.contextmanager
def web_server(host: str, port: int, *, workers: int) -> Iterator[subprocess.Popen[bytes]]:
    """Serve while the block lasts; what still answers when it is left is waited for, and not for ever.

    It is a process of its own: a database is never carried over a fork.

    Args:
        host: Address to listen on.
        port: A free one.
        workers: Web processes.
    """
    web = [sys.executable, "-m", "granian", "qingfeng.project.wsgi:application", "--interface", "wsgi"]
    web += ["--host", host, "--port", str(port), "--workers", str(workers), "--blocking-threads", "4"]
    web += ["--no-ws", "--no-log", "--no-access-log", "--workers-kill-timeout", str(ENDS_SECONDS)]
    served = subprocess.Popen(web)
    try:
        yield served
    finally:
        if served.poll() is None:
            served.terminate()  # where the shell ignores Ctrl-C for what it starts aside, SIGINT says nothing
        try:
            served.wait(ENDS_SECONDS + 10)
        except subprocess.TimeoutExpired:
            served.kill()
            served.wait()


def _report(name: str, said: str) -> None:
    logging.getLogger("qingfeng").warning("%s: %s", name, said)


def free_port(host: str, port: int) -> int:
    """Return the first free port of twenty.

    Raises:
        Problem: If none is free.
    """
    for tried in range(port, port + PORTS_TRIED):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, tried))
            return tried
    raise Problem(
        f"No port from {port} to {port + PORTS_TRIED - 1} is free.", then="Give another with --port."
    )


@click.command()
@HOME
def worker(home: Path) -> None:
    """Do background work: jobs, clocks, the journal.

    Several may run at once.
    """
    site.set_up(home)
    work = site.Background(_report)
    with ends_when_told():
        work.start()
        tell("Working; Ctrl-C ends it.")
        sys.stdout.flush()
        work.wait()
    work.stop(wait_seconds=ENDS_SECONDS)
    os._exit(0)  # what still waits for a database that is away is not waited for


@click.command()
@HOME
def migrate(home: Path) -> None:
    """Bring the tables up to date, and check every declaration."""
    site.set_up(home)
    site.migrate()
    site.check()
    tell("The tables are up to date.")


@click.command()
@click.argument("file", type=PathType)
@MADE_HOME
def backup(file: Path, home: Path) -> None:
    """Write everything into one FILE, while the site runs.

    It holds keys, so keep it as you keep them. Left out is keys/growth.key, which opens
    growth files: keep a copy of it elsewhere.
    """
    site.set_up(home)
    from qingfeng.project.backing_up import NEVER_ALONG, write_backup  # noqa: PLC0415 - Django is started by now

    told = write_backup(file)
    size = f"{told.size / 1_048_576:,.1f} MiB"
    tell(f"{file}: {told.files:,} files, {told.rows:,} rows, {size}. It holds the keys too.")
    if any((home / "keys").glob(NEVER_ALONG)):
        tell("Left out: keys/growth.key, which opens growth files. Keep a copy of it apart from backups.")


@click.command()
@click.argument("file", type=PathType)
@HOME
def restore(file: Path, home: Path) -> None:
    """Restore a backup into an empty home, then verify its journal."""
    from qingfeng.project.backing_up import check_backup, unpack  # noqa: PLC0415 - needs no Django yet

    manifest = check_backup(file)
    unpack(file, home, manifest)
    site.set_up(home)
    from qingfeng.project.backing_up import (  # noqa: PLC0415 - Django is started by now
        has_growth_files,
        load_rows,
        verify_restored,
    )

    load_rows(manifest)
    site.migrate()
    verify_restored(home)
    tell(f"Restored what was saved on {manifest['at']}; the journal was verified.")
    if has_growth_files():
        tell("Put keys/growth.key back from where you keep it; until then growth files open by phrase only.")
