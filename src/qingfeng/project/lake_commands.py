"""`delete` and `lake`: records that go for good, and what the lake holds."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.table import Table

from qingfeng.findings.rulebook import rules_of
from qingfeng.project.options import MADE_HOME
from qingfeng.project.terminal import tell
from qingfeng.screening.home import Home
from qingfeng.screening.lake import Lake
from qingfeng.screening.lake.deletion import check_asked
from qingfeng.screening.run.forgetting import forget, keep_extracts

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option("--table", default="", help="The table to delete from; its list items go with it.")
@click.option("--since", type=DAY, help="First day to go.")
@click.option("--until", type=DAY, help="Last day to go, inclusive.")
@click.option("--batch", default="", help="A whole import instead; `qingfeng lake batches` lists them.")
@click.option("--under", required=True, help="The list or order it is done under; kept in the record.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@MADE_HOME
def delete(
    table: str,
    since: datetime | None,
    until: datetime | None,
    batch: str,
    under: str,
    home: Path,
    *,
    yes: bool,
) -> None:
    """Delete records for good, in every snapshot.

    A record of the deletion stays: what, when, under which list.
    """
    check_asked(table, batch, under)
    place = Home(home)
    lake = Lake(place)
    if not yes:
        click.confirm("Deleted records cannot be brought back. Go on?", abort=True, err=True)
    keep_extracts(place, lake, rules_of(lake)[0])
    record = lake.delete(
        table=table,
        since=since.date() if since else None,
        until=until.date() if until else None,
        batch=batch,
        under=under,
    )
    forgotten = forget(place, lake)
    rows = ", ".join(f"{name} {count:,}" for name, count in sorted(record.rows.items())) or "no rows"
    tell(f"Deletion {record.id} under {record.under}: {rows}. Runs that cited them: {forgotten} removed.")


@click.group()
def lake() -> None:
    """What the lake holds."""


@lake.command()
@MADE_HOME
def show(home: Path) -> None:
    """Tables, rows and files of the newest snapshot."""
    snapshot = Lake(Home(home)).snapshot()
    table = Table(box=box.SIMPLE_HEAD, title=f"snapshot {snapshot.id}", title_justify="left")
    for name in ("table", "rows", "files"):
        table.add_column(name, justify="left" if name == "table" else "right")
    for name in snapshot.tables():
        table.add_row(name, f"{snapshot.rows(name):,}", f"{len(snapshot.files(name)):,}")
    Console(highlight=False).print(table)


@lake.command()
@MADE_HOME
def batches(home: Path) -> None:
    """Imports, oldest first: what each brought."""
    seen: dict[str, list[str]] = {}
    for sheet in Lake(Home(home)).snapshot().sheets():
        rows = sum(sheet.kept.values())
        seen.setdefault(f"{sheet.batch}  {sheet.imported_at}", []).append(f"  {sheet.path}: {rows:,} rows")
    for batch, sheets in seen.items():
        tell("\n".join([batch, *sheets]))
    if not seen:
        tell("Nothing has been imported yet.")


@lake.command()
@MADE_HOME
def deletions(home: Path) -> None:
    """What was deleted for good: when, under which list."""
    records = Lake(Home(home)).catalog.deletions()
    for record in records:
        rows = ", ".join(f"{name} {count:,}" for name, count in sorted(record.rows.items()))
        tell(f"{record.id}  {record.at}  {record.what}  under {record.under}: {rows}")
    if not records:
        tell("Nothing has been deleted.")
