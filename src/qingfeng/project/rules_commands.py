"""`rules`: list, show, check, test and document the rulebook, and begin a rule."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console, Group
from rich.panel import Panel
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from qingfeng.project.options import HOME, PathType
from qingfeng.screening.errors import Problem
from qingfeng.screening.rulebook import (
    SHIPPED,
    CaseResult,
    Rule,
    begin_rule,
    check,
    columns_read,
    load_rules,
    read_cases,
    rules_problem,
    run_cases,
    write_pages,
)
from qingfeng.screening.rulebook.pages import KINDS, SCOPES, TERMS, TIERS, written

COLOURS = {"A": "red", "B": "yellow", "C": "blue"}
PLAIN_WIDTH = 140  # where nobody says how wide the paper is
RULES = click.option(
    "--rules",
    "folders",
    type=PathType,
    multiple=True,
    metavar="DIR",
    help="A folder with rules of your own; may be given again.",
)


@click.group()
def rules() -> None:
    """The rulebook: what is asked of the records."""


@rules.command("list")
@RULES
@HOME
def list_rules(folders: tuple[Path, ...], home: Path) -> None:
    """List every rule."""
    listed = load_rules(folders, params=_params(home))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("rule", "tier", "watch", "title"):
        table.add_column(name, no_wrap=True)
    for rule in sorted(listed.values(), key=lambda one: (list(TERMS).index(one.watch), one.id)):
        tier = Text(rule.tier, style=COLOURS[rule.tier])
        table.add_row(rule.id, tier, f"{rule.watch} {TERMS[rule.watch]}", rule.title)
    _console().print(table)
    _console().print(f"{len(listed)} rules. `qingfeng rules show ID` shows one.", highlight=False)


@rules.command("show")
@click.argument("rule_id", metavar="ID")
@RULES
@HOME
def show_rule(rule_id: str, folders: tuple[Path, ...], home: Path) -> None:
    """Show all of a rule: basis, parameters, SQL, cases, explanations."""
    rule = load_rules(folders, only=[rule_id], params=_params(home))[rule_id]
    cases, _ = read_cases(rule)
    console = _console()
    console.print(Text(rule.title, style="bold"), Text(rule.id, style="dim"))
    console.print(rule.question, highlight=False)
    console.print(_told(rule))
    sql = Syntax(rule.sql, "sql", word_wrap=True, background_color="default")
    console.print(Panel(sql, title="SQL", title_align="left") if console.is_terminal else rule.sql)
    for heading, lines in (
        ("Innocent explanations", rule.innocent),
        ("How to verify", rule.verify),
        *((name, [c.says for c in cases if c.kind == kind]) for kind, name in KINDS.items()),
    ):
        if lines:
            console.print(Group(Text(f"\n{heading}", style="bold"), *(Text(f"  · {line}") for line in lines)))


@rules.command("check")
@click.argument("folder", required=False, type=PathType, metavar="[DIR]")
@HOME
def check_rules(folder: Path | None, home: Path) -> None:
    """Check every rule and case, of the house or of a folder.

    The home's own values (params.toml) are checked too.
    """
    violations = check(folder)
    if violations:
        raise rules_problem(violations)
    load_rules([folder] if folder else [], params=_params(home))
    count = sum(1 for _ in (folder or SHIPPED).rglob("*.sql"))
    _console().print(f"{count} rules, nothing to mend.", highlight=False)


@rules.command("test")
@click.argument("folder", required=False, type=PathType, metavar="[DIR]")
@click.option("--only", multiple=True, metavar="ID", help="Only this rule; may be given again.")
@HOME
def test_rules(folder: Path | None, only: tuple[str, ...], home: Path) -> None:
    """Run the cases of every rule, and print each sentence with ✓ or ✗."""
    del home  # every command takes it; cases speak of a rule's own values, not of a home's
    if folder and not only:
        only = tuple(file.stem for file in folder.rglob("*.sql"))
    listed = load_rules([folder] if folder else [], only=only)
    console = _console()
    held = failed = 0
    for rule in listed.values():
        results = run_cases(rule)
        console.print(Text(rule.id, style="bold"), Text(rule.title, style="dim"))
        for result in results:
            console.print(_sentence(result))
        if not results:
            console.print(f"  no cases; write them in {rule.cases.name}", highlight=False)
        held += sum(result.holds for result in results)
        failed += sum(not result.holds for result in results)
    if failed:
        raise Problem(
            f"{failed} of {held + failed} cases do not hold.",
            then="Each ✗ above says what the rule did instead; mend the rule or the case.",
        )
    console.print(f"{len(listed)} rules, {held} cases hold.", highlight=False)


@rules.command("docs")
@click.argument("folder", type=PathType, metavar="DIR")
@RULES
@HOME
def document_rules(folder: Path, folders: tuple[Path, ...], home: Path) -> None:
    """Write a page a rule, and an index, in Markdown."""
    pages = write_pages(load_rules(folders, params=_params(home)), folder)
    _console().print(f"{len(pages)} pages: {folder}", highlight=False)


@rules.command("new")
@click.argument("rule_id", metavar="ID")
@click.option("--watch", required=True, type=click.Choice(list(TERMS)), help="Which watch it belongs to.")
@click.option("--into", type=PathType, metavar="DIR", help="Where; otherwise among the rules of the house.")
@HOME
def new_rule(rule_id: str, watch: str, into: Path | None, home: Path) -> None:
    """Begin a rule: a file that loads, and cases that fail until written."""
    del home  # every command takes it; a rule begins among those of the house, or where `--into` says
    if into is None:
        into = SHIPPED / watch
        check_command = f"qingfeng rules test --only {rule_id}"
    else:
        check_command = f"qingfeng rules test {into}"
    for file in begin_rule(rule_id, watch, into):
        _console().print(str(file), highlight=False, soft_wrap=True)
    _console().print(f"Write the condition and the cases, then say `{check_command}`.", highlight=False)


def _params(home: Path) -> Path | None:
    """Return the home's own values of parameters, if it has any."""
    file = home / "params.toml"
    return file if file.exists() else None


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH)


def _told(rule: Rule) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    look_back = f", {rule.look_back_days} days back" if rule.look_back_days else ""
    rows = [
        ("watch", f"{rule.watch} {TERMS[rule.watch]}"),
        ("tier", TIERS[rule.tier]),
        ("subject", rule.subject),
        ("reaches", SCOPES[rule.scope] + look_back),
        ("basis", "\n".join(rule.basis)),
        (
            "reads",
            "\n".join(f"{name}: {', '.join(c) or 'its rows'}" for name, c in columns_read(rule).items()),
        ),
        ("any of", "\n".join(", ".join(group) for group in rule.reads_any)),
        ("needs", ", ".join(rule.needs)),
        ("overlap", "; ".join(", ".join(group) for group in rule.overlaps)),
        ("optional", ", ".join(rule.optional)),
        ("about", rule.applies),
        ("not judged", "\n".join(f"{reason}: {predicate}" for reason, predicate in rule.excluded.items())),
        ("parameters", "\n".join(f"{name} = {written(value)}" for name, value in rule.params.items())),
        ("message", rule.message),
        ("version", rule.version),
        ("file", str(rule.path)),
    ]
    for name, value in rows:
        if value:
            table.add_row(name, Text(value))
    return table


def _sentence(result: CaseResult) -> Text:
    mark = Text("  ✓ " if result.holds else "  ✗ ", style="green" if result.holds else "red")
    line = mark + Text(f"{result.case.kind}: {result.says}", style="default")
    if not result.holds:
        line += Text(f"\n      {result.case.file.name}:{result.case.line}: {result.why}", style="red")
    return line
