"""A run as lines on a terminal: every rule, and why where it did not run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

if TYPE_CHECKING:
    from qingfeng.screening.run.outcome import RuleRun, Run


def rule_table(run: Run) -> Table:
    """Return the table of rules for a terminal: rows read, applicable, excluded, found."""
    table = Table(box=box.SIMPLE_HEAD, title=headline(run), title_justify="left")
    table.add_column("rule", overflow="fold")
    table.add_column("tier")
    for name in ("read", "applicable", "excluded", "found"):
        table.add_column(name, justify="right")
    table.add_column("", overflow="fold")
    for told in run.rules:
        if told.reason:
            table.add_row(told.rule, told.tier, "–", "–", "–", "–", "\n".join(notes(told)), style="dim")
        else:
            numbers = (told.read, told.applicable, sum(told.excluded.values()), told.found)
            table.add_row(told.rule, told.tier, *(f"{n:,}" for n in numbers), "\n".join(notes(told)))
    return table


def plain_lines(run: Run) -> list[str]:
    """Return the same as plain lines, for a log or a pipe."""
    lines = [headline(run)]
    for told in run.rules:
        if told.reason:
            lines.append(f"{told.rule} ({told.tier}): {'; '.join(notes(told))}")
        else:
            counted = (
                f"read {told.read}, applicable {told.applicable}, "
                f"excluded {sum(told.excluded.values())}, found {told.found}"
            )
            lines.append("; ".join([f"{told.rule} ({told.tier}): {counted}", *notes(told)]))
    return lines


def headline(run: Run) -> str:
    """Return the run in one sentence."""
    leads = ", ".join(f"{count:,} {tier}" for tier, count in sorted(run.leads.items())) or "none"
    ran = sum(not told.reason for told in run.rules)
    return (
        f"{ran} of {len(run.rules)} rules ran, {run.findings:,} findings, leads: {leads}; "
        f"last date in the data {run.until or 'none'}, today {run.as_of or 'the last date'}."
    )


def notes(told: RuleRun) -> list[str]:
    """Return what must be known of one rule's numbers, a line each."""
    if told.reason:
        return [f"not run: {told.reason.en}"]
    lines = [f"excluded {reason}: {count:,}" for reason, count in told.excluded.items() if count]
    lines += [
        f"condition on {one.column} skipped for {len(one.files)} of {one.of} files, which lack it"
        for one in told.skipped
    ]
    if told.without:
        lines.append(f"ran without {', '.join(told.without)}: the home has no rows of them")
    if told.unproven:
        lines.append(f"{told.unproven:,} rows named no evidence and are no findings")
    return lines
