"""`sample`, `score` and `demo`: a fictional district, its answer key, and a look at both."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console

from qingfeng.project import demonstration, site
from qingfeng.project.options import HOME, PathType
from qingfeng.project.screen_commands import run_screening
from qingfeng.project.site_commands import HOST, PORT, run_site
from qingfeng.project.terminal import Terminal, tell
from qingfeng.screening.errors import Problem, WrongUse
from qingfeng.screening.rulebook import load_rules
from qingfeng.screening.sample import write_sample
from qingfeng.screening.score import score as score_leads

DEMO = "demo"
REPORT = "report.html"


@click.command()
@click.argument("folder", type=PathType, metavar="DIR")
@click.option("--seed", default=1, show_default=True, help="Another seed, another district.")
@click.option("--units", default=24, show_default=True, type=click.IntRange(8, 400), help="Units that spend.")
@click.option(
    "--days", default=365, show_default=True, type=click.IntRange(150, 1100), help="Days of records."
)
@click.option(
    "--messy", is_flag=True, help="As offices really export: old formats, sums, aliases, duplicates."
)
@click.option("--scale", default=1.0, show_default=True, type=click.FloatRange(0.1, 1000), help="Volume.")
@HOME
def sample(folder: Path, seed: int, units: int, days: int, scale: float, home: Path, *, messy: bool) -> None:
    """Write a fictional district with its answer keys.

    DIR/in is what offices export; truth.jsonl, letters.jsonl and areas.jsonl are the
    answer keys.
    """
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
    """Measure leads against an answer key.

    Precision and recall are told by rule and tier.
    """
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
@click.option("--serve/--no-serve", default=True, help="Serve the site afterwards.")
@HOST
@PORT
@HOME
def demo(home: Path, host: str, port: int, *, serve: bool) -> None:
    """Build the demonstration district, then serve it.

    Its records are screened, and matters stand in every stage; said again, what is there is served.
    """
    root = home / DEMO
    house = root / "home"
    with _alone(root):
        _build(root, house)
    site.check()
    if serve:
        tell("At the address below: sample sign-ins of every role under /demo/; for everybody")
        tell("/counter/, the integrity map under /culture/ and its online halls under /culture/halls/.")
        run_site(host, port)
    else:
        tell(f"The screening report: {house / REPORT}")


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Keep others from building there meanwhile: each would begin by taking away what the other has made.

    Raises:
        Problem: If another builds there, or the home cannot be written.
    """
    import fcntl  # noqa: PLC0415 - records are screened on machines that have none

    try:
        root.parent.mkdir(parents=True, exist_ok=True)
        held = (root.parent / f"{DEMO}.lock").open("w")
    except OSError as error:
        raise Problem(
            f"The home cannot be written: {error.strerror}.",
            where=str(root.parent),
            then="Give another folder with --home, or free space and rights there.",
        ) from error
    with held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Problem(
                "Another process is building the demonstration there.",
                where=str(root),
                then="Wait until it is done, or give another folder with --home.",
            ) from error
        yield


def _build(root: Path, house: Path) -> None:
    """Build the demonstration, or bring the tables of the one that is there up to date."""
    done = root / "done"
    if not done.exists():
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
        write_sample(root / "district", seed=1, messy=True, progress=Terminal())
        run_screening(
            [root / "district/in"],
            root / "leads.jsonl",
            rejects=root / "rejects.csv",
            report=house / REPORT,
            home=house,
        )
        demonstration.mark(house)
        site.set_up(house)
        site.migrate()
        matters = demonstration.build(tell, truth=root / "district/truth.jsonl")
        tell(f"{matters} matters.")
        done.write_text("", encoding="utf-8")
    else:
        tell(f"The demonstration was built before; remove {root} to begin anew.")
        site.set_up(house)
        site.migrate()
