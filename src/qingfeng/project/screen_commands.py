"""`screen`, `intake` and `explain`: records in, leads out, and each lead again."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from qingfeng.findings.rulebook import rules_of
from qingfeng.project.options import HOME, MADE_HOME, PathType
from qingfeng.project.reporting import intake_lines, report_intake, report_rules
from qingfeng.project.terminal import Terminal, tell
from qingfeng.screening.engines.duckdb_engine import connect
from qingfeng.screening.errors import Problem, RowsRejected, WrongUse
from qingfeng.screening.home import Home
from qingfeng.screening.intake.account import Intake
from qingfeng.screening.intake.explain import as_text
from qingfeng.screening.intake.load import import_inputs
from qingfeng.screening.intake.preview import preview
from qingfeng.screening.lake import Lake
from qingfeng.screening.report import write_report
from qingfeng.screening.rulebook import Rule, judged_by
from qingfeng.screening.run import Run, plain_lines, rule_table, write_leads
from qingfeng.screening.run import explain as explain_lead
from qingfeng.screening.run import screen as screen_lake

INPUTS = click.argument("inputs", nargs=-1, required=True, type=PathType, metavar="INPUT...")


@click.command()
@INPUTS
@click.option("--out", required=True, type=PathType, help="Where the leads go, one a line (JSON).")
@click.option("--rejects", type=PathType, help="Where rows that cannot be read go (CSV).")
@click.option("--report", type=PathType, help="Where the report goes (one HTML file).")
@click.option("--rules", "folders", multiple=True, type=PathType, help="A folder with rules of your own.")
@click.option("--only", multiple=True, metavar="ID", help="Only this rule; may be said several times.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.")
@click.option("--strict", is_flag=True, help="Leave with 3 if a row was rejected.")
@HOME
def screen(
    inputs: tuple[Path, ...],
    out: Path,
    rejects: Path | None,
    report: Path | None,
    folders: tuple[Path, ...],
    only: tuple[str, ...],
    as_of: datetime | None,
    home: Path,
    *,
    strict: bool,
) -> None:
    """Add INPUT to the lake, and report the leads of the whole lake.

    INPUT is a folder, a file or a zip archive, as offices export them. The same input
    again adds nothing and gives the same bytes.
    """
    check_outputs(out, rejects, report)
    run_screening(
        inputs, out, rejects=rejects, report=report, folders=folders, only=only,
        as_of=as_of.date() if as_of else None, home=home, strict=strict,
    )  # fmt: skip


def run_screening(
    inputs: Sequence[Path],
    out: Path,
    *,
    rejects: Path | None = None,
    report: Path | None = None,
    folders: Sequence[Path] = (),
    only: Sequence[str] = (),
    as_of: date | None = None,
    home: Path,
    strict: bool = False,
) -> Run:
    """Do what `qingfeng screen` does; see there.

    Raises:
        Problem: What happened, where, what to do next.
        RowsRejected: With `strict`, after everything was done.
    """
    progress = Terminal()
    place = Home(home)
    lake = Lake(place)
    _rulebook(lake, folders, only, tells=False)  # before any work is done
    came_in = import_inputs(inputs, place, lake, progress)
    _check_readable(came_in)
    tell("\n".join(intake_lines(came_in)))
    rules = _rulebook(lake, folders, only)  # the registers may have grown
    run = screen_lake(place, lake, rules, as_of=as_of, only=tuple(only), progress=progress)
    _tell_run(run)
    write_leads(run, out)
    if rejects:
        _write_rejects(came_in, rejects)
    if report:
        with progress.phase("报告"):
            _write_report(report, run, rules, came_in, place, lake)
    tell(f"{sum(run.leads.values()):,} leads: {out}" + (f"   report: {report}" if report else ""))
    if strict and came_in.rejected:
        raise RowsRejected(
            f"{came_in.rejected:,} rows could not be read.",
            where=str(rejects) if rejects else "",
            then="" if rejects else "Add --rejects rejects.csv to see them.",
        )
    return run


def _rulebook(
    lake: Lake, folders: Sequence[Path], only: Sequence[str], *, tells: bool = True
) -> dict[str, Rule]:
    """Load the rulebook, with the rules that the district has in use; none names anybody in the registers."""
    for folder in folders:
        if not folder.is_dir():
            raise WrongUse("There is no such folder of rules.", where=str(folder))
    rules, unfit = rules_of(lake, only, folders=folders)
    for why in unfit.values() if tells else ():
        click.echo(f"A rule of the district is left out: {why}", err=True)
    return rules


def _check_readable(came_in: Intake) -> None:
    if not any(sheet.table for sheet in came_in.sheets):
        raise Problem(
            "No readable table among the inputs. Nothing was changed.",
            where="\n".join(f"  {r.path}: {r.what}" for r in came_in.refused[:10]),
            then="Say `qingfeng intake INPUT --explain` to see how each file was understood.",
        )


def check_outputs(*files: Path | None) -> None:
    """Refuse an output that cannot be written before any work is done.

    Raises:
        WrongUse: If a folder is missing, or a file is a folder.
    """
    for file in files:
        if file is None:
            continue
        if file.is_dir():
            raise WrongUse("This is a folder; a file is wanted.", where=str(file))
        if not file.absolute().parent.is_dir():
            raise WrongUse("There is no such folder to write to.", where=str(file.absolute().parent))


def _tell_run(run: Run) -> None:
    console = Console(highlight=False)
    if console.is_terminal:
        console.print(rule_table(run))
    else:
        tell("\n".join(plain_lines(run)))


def _write_rejects(came_in: Intake, path: Path) -> None:
    """Write the cells that could not be read: file, sheet, row, column, value, reason."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8-sig", newline="") as out:
            lines = csv.writer(out)
            lines.writerow(["file", "sheet", "row", "column", "value", "reason"])
            for one in came_in.rejects:
                lines.writerow([one.file, one.sheet or "", one.row, one.column, one.value, one.reason])
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def leads_of(run: Run) -> Iterator[dict[str, Any]]:
    """Yield a run's leads in the order of rank."""
    with run.file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _write_report(
    path: Path, run: Run, rules: Mapping[str, Rule], came_in: Intake, home: Home, lake: Lake
) -> None:
    as_of = run.as_of or run.until
    with closing(connect(home)) as con:
        write_report(
            path,
            leads=list(leads_of(run)),
            rules=report_rules(run, rules),
            intake=report_intake(came_in),
            facts={
                "as_of": f"{as_of:%Y-%m-%d}" if as_of else "",
                "snapshot": run.snapshot,
                "version": version("qingfeng"),
            },
            snapshot=lake.snapshot(run.lake_snapshot),
            con=con,
            needs={rule.id: judged_by(rule) for rule in rules.values()},
        )


@click.command()
@INPUTS
@click.option("--explain", is_flag=True, help="Which header became which column, and why.")
@click.option("--json", "as_json", is_flag=True, help="The same for programs.")
@HOME
def intake(inputs: tuple[Path, ...], home: Path, *, explain: bool, as_json: bool) -> None:
    """Say how files are understood, without importing them."""
    sheets, refused = preview(inputs, Home(home), Terminal())
    if as_json:
        files = [{"path": file.path, "what": file.what, "then": file.then} for file in refused]
        tell(json.dumps({"sheets": sheets, "refused": files}, ensure_ascii=False, indent=2))
        return
    for file in refused:
        tell(f"{file.path}: not read: {file.what} {file.then}")
    if explain:
        tell(as_text(sheets))
        return
    for sheet in sheets:
        name = sheet["file"] + (f" [{sheet['sheet']}]" if sheet["sheet"] else "")
        known = f"{sheet['table']} ({sheet['term']}), {len(sheet['columns'])} columns"
        tell(f"{name}: {known if sheet['table'] else 'not recognised'}")


@click.command()
@click.argument("lead")
@MADE_HOME
def explain(lead: str, home: Path) -> None:
    """Show a lead again, from the snapshot it was found in.

    It is asked anew, by the rule as it was then.
    """
    place = Home(home)
    lake = Lake(place)
    told = explain_lead(place, lake, lead, rules=_rulebook(lake, (), ()))
    tell("\n".join(told.lines()))
    if not told.same:
        raise Problem(
            "Not every finding was found again.",
            where=f"snapshot {told.lake_snapshot}",
            then="Records that it cites may have been deleted: see `qingfeng lake deletions`.",
        )
