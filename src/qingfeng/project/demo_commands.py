"""`sample`, `score` and `demo`: a fictional district, its answer key, and a look at both."""

from __future__ import annotations

import contextlib
import json
import shutil
import socketserver
import sys
import webbrowser
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click
from rich.console import Console

from qingfeng.project.options import HOME, PathType
from qingfeng.project.screen_commands import run_screening
from qingfeng.project.terminal import Terminal, tell
from qingfeng.screening.errors import Problem, WrongUse
from qingfeng.screening.rulebook import load_rules
from qingfeng.screening.sample import write_sample
from qingfeng.screening.score import score as score_leads

ADDRESS = "127.0.0.1"
PORTS_TRIED = 20
DEMO = "demo"


@click.command()
@click.argument("folder", type=PathType, metavar="DIR")
@click.option("--seed", default=1, show_default=True, help="Another seed, another district.")
@click.option("--units", default=24, show_default=True, type=click.IntRange(8, 400))
@click.option("--days", default=365, show_default=True, type=click.IntRange(120, 1100))
@click.option(
    "--messy", is_flag=True, help="As offices really export: old formats, sums, aliases, duplicates."
)
@click.option("--scale", default=1.0, show_default=True, type=click.FloatRange(0.1, 1000), help="Volume.")
@HOME
def sample(folder: Path, seed: int, units: int, days: int, scale: float, home: Path, *, messy: bool) -> None:
    """Write a fictional district: DIR/in as exports, DIR/truth.jsonl as the answer key."""
    del home  # every command takes it; a sample keeps nothing there
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUse(
            "This folder is not empty. Nothing was written.", where=str(folder), then="Give a new folder."
        )
    beside = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        told = write_sample(
            beside, seed=seed, units=units, days=days, messy=messy, scale=scale, progress=Terminal()
        )
        if folder.exists():
            folder.rmdir()
        beside.replace(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    violations, twins = (sum(counts) for counts in zip(*told.planted.values(), strict=True))
    tell(
        f"{folder}: {sum(told.rows.values()):,} rows in {told.files} files, "
        f"{violations} violations and {twins} twins of {len(told.planted)} rules."
    )


@click.command()
@click.argument("leads", type=PathType)
@click.argument("truth", type=PathType)
@click.option("--json", "as_json", is_flag=True, help="The same for programs.")
@HOME
def score(leads: Path, truth: Path, home: Path, *, as_json: bool) -> None:
    """Measure leads against an answer key: precision and recall by rule and tier."""
    del home  # every command takes it; a score reads two files only
    told = score_leads(leads, truth, tiers={rule.id: rule.tier for rule in load_rules().values()})
    console = Console(highlight=False)
    if as_json:
        tell(json.dumps(told.as_json(), ensure_ascii=False, indent=2))
    elif console.is_terminal:
        console.print(told.table())
    else:
        tell("\n".join(told.lines()))


@click.command()
@click.option("--serve/--no-serve", default=True, help="Show the report at 127.0.0.1 afterwards.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1024, 65535))
@click.option("--browser", is_flag=True, help="Open it in the browser of this machine.")
@HOME
def demo(home: Path, port: int, *, serve: bool, browser: bool) -> None:
    """Write the sample district, screen it in a fresh home and show the report."""
    root = home / DEMO
    report = root / "report.html"
    done = root / "done"
    if not done.exists():
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
        write_sample(root / "district", seed=1, messy=True, progress=Terminal())
        run_screening(
            [root / "district/in"],
            root / "leads.jsonl",
            rejects=root / "rejects.csv",
            report=report,
            home=root / "home",
        )
        done.write_text("", encoding="utf-8")
    else:
        tell(f"The demonstration district was screened before; remove {root} to begin anew.")
    if serve:
        serve_folder(report, port, browser=browser)
    else:
        tell(f"The report: {report}")


class _Quiet(SimpleHTTPRequestHandler):
    """Serves one file, to this machine, without a log of who looked."""

    def __init__(self, *arguments: object, report: Path, **others: object) -> None:
        self.report = report
        super().__init__(*arguments, directory=str(report.parent), **others)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        """Answer with the report, whatever is asked: nothing else in the folder is for the eye."""
        return str(self.report if path.partition("?")[0] == "/" else self.report.parent / "no-such-page")

    def end_headers(self) -> None:
        """Let the page do nothing but show itself."""
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; "
                         "script-src 'unsafe-inline'; img-src data:")  # fmt: skip
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the library's name
        """Keep no log."""


def serve_folder(report: Path, port: int, *, browser: bool = False) -> None:
    """Serve the report at 127.0.0.1 until Ctrl-C.

    Args:
        report: The file shown at "/".
        port: The first port tried; the next free one of twenty is taken.
        browser: Whether to open this machine's browser.

    Raises:
        Problem: If no port is free.
    """
    server = _server(partial(_Quiet, report=report), port)
    address = f"http://{ADDRESS}:{server.server_address[1]}/"
    tell(f"The report is at {address}   (Ctrl-C ends it; the file is {report})")
    sys.stdout.flush()
    if browser:
        webbrowser.open(address)
    with server, contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()


def _server(handler: partial[_Quiet], port: int) -> ThreadingHTTPServer:
    socketserver.TCPServer.allow_reuse_address = True
    for tried in range(port, port + PORTS_TRIED):
        try:
            return ThreadingHTTPServer((ADDRESS, tried), handler)
        except OSError:
            continue
    raise Problem(
        f"No port from {port} to {port + PORTS_TRIED - 1} is free.", then="Give another with --port."
    )
