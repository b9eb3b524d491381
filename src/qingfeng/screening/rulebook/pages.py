"""The rulebook as pages: one a rule, and an index; everything on them comes from the rule itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from qingfeng.screening.rulebook.cases import Case, read_cases
from qingfeng.screening.rulebook.columns import columns_read
from qingfeng.screening.rulebook.rule import Parameter, Rule
from qingfeng.screening.rulebook.schema import WATCHES
from qingfeng.screening.tables import tables

TIERS = {
    "A": "A: records contradict each other",
    "B": "B: a rule or a threshold is exceeded",
    "C": "C: a statistical signal; names no person",
}
SCOPES = {
    "row": "each row alone",
    "key": "rows of the same subject",
    "table": "the whole table",
}
KINDS = {"violation": "Found", "twin": "Not found, though it looks alike", "boundary": "At the boundary"}
TERMS = {
    "vehicle": "盯公车",
    "letter": "盯公函",
    "card": "盯购卡",
    "scenic": "盯景区",
    "ledger": "发票/账目",
    "payroll": "人社/财政/工会",
    "cross": "叠加分析",
}
GENERATED = "<!-- Written by `qingfeng rules docs`; change the rule, not this page. -->"


def write_pages(rules: Mapping[str, Rule], folder: Path) -> list[Path]:
    """Write the index and a page a rule; return the files.

    Args:
        rules: By id.
        folder: Where; made if it is not there. Pages of rules that are gone are removed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pages = {"README.md": index(rules.values())}
    pages |= {f"{rule.id}.md": page(rule, read_cases(rule)[0]) for rule in rules.values()}
    for old in folder.glob("*.md"):
        if old.name not in pages and GENERATED in old.read_text(encoding="utf-8"):
            old.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in pages]


def index(rules: Iterable[Rule]) -> str:
    """Return the index in Markdown: a table for each watch."""
    lines = [GENERATED, "", "# Rules", ""]
    listed = list(rules)
    for watch in WATCHES:
        own = [rule for rule in listed if rule.watch == watch]
        if own:
            lines += [
                f"## {watch} {TERMS[watch]}",
                "",
                "| rule | tier | title | question |",
                "|---|---|---|---|",
            ]
            lines += [f"| [{r.id}]({r.id}.md) | {r.tier} | {r.title} | {r.question} |" for r in own]
            lines.append("")
    return "\n".join(lines)


def page(rule: Rule, cases: Iterable[Case]) -> str:
    """Return a rule's page in Markdown."""
    parts = [
        [GENERATED, "", f"# {rule.title}", "", f"`{rule.id}` · {rule.question}"],
        _facts(rule),
        ["## Reads", "", *_reads(rule)],
        ["## Parameters", "", *_parameters(rule)] if rule.params else [],
        ["## Finds", "", f"> {rule.message}", "", "```sql", rule.sql, "```"],
        ["## Rows it does not judge", "", *_not_judged(rule)] if rule.applies or rule.excluded else [],
        ["## Cases", "", *_cases(cases)],
        ["## Innocent explanations", "", *(f"- [ ] {one}" for one in rule.innocent)],
        ["## How to verify", "", *(f"- {one}" for one in rule.verify)],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _facts(rule: Rule) -> list[str]:
    look_back = f", {rule.look_back_days} days back" if rule.look_back_days else ""
    rows = [
        ("Watch", f"{rule.watch} {TERMS[rule.watch]}"),
        ("Tier", TIERS[rule.tier]),
        ("Subject", rule.subject),
        ("A new record can reach", SCOPES[rule.scope] + look_back),
        ("Basis", "; ".join(rule.basis)),
        ("Version", f"`{rule.version}`"),
    ]
    return ["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)]


def _reads(rule: Rule) -> list[str]:
    lines = []
    for table, columns in columns_read(rule).items():
        declared = tables().get(table)
        term = f" {declared.term}" if declared else ""
        how = (
            " (if the home has it)"
            if table in rule.uses
            else ""
            if table in rule.reads
            else " (one of a group)"
        )
        listed = ", ".join(f"`{column}`" for column in columns) or "its rows"
        lines.append(f"- `{table}`{term}{how}: {listed}")
    for group in rule.reads_any:
        lines += ["", f"Not run unless the home has one at least of {_codes(group)}."]
    if rule.needs:
        lines += ["", f"Not run unless a file gives {_codes(rule.needs)}."]
    lines += [
        line for group in rule.overlaps for line in ("", f"Not run unless {overlap_said(rule, group)}.")
    ]
    if rule.optional:
        lines += ["", f"Conditions on {_codes(rule.optional)} are skipped where a file lacks them."]
    return lines


def overlap_said(rule: Rule, group: Sequence[str]) -> str:
    """Return what must overlap, in words: of a group of `reads_any` one is enough."""
    free = [table for table in group if any(table in of for of in rule.reads_any)]
    fixed = [table for table in group if table not in free]
    if not free:
        return f"the periods of {_codes(fixed)} overlap"
    return f"the periods of {_codes(fixed)} overlap with that of one at least of {_codes(free)}"


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _parameters(rule: Rule) -> list[str]:
    lines = ["| name | value | from | basis |", "|---|---|---|---|"]
    for name, value in rule.params.items():
        if isinstance(value, tuple):
            lines += [f"| `{name}` | {written(one.value)} | {one.from_} | {one.basis} |" for one in value]
        else:
            lines.append(f"| `{name}` | {written(value)} | | |")
    return lines


def written(value: Parameter) -> str:
    """Return a parameter's value as a person reads it."""
    if isinstance(value, tuple):
        return "; ".join(f"{written(one.value)} from {one.from_}" for one in value)
    if isinstance(value, list):
        return "、".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _not_judged(rule: Rule) -> list[str]:
    main = rule.about
    lines = [f"It is about the rows of `{main}` where `{rule.applies}`.", ""] if rule.applies else []
    lines += [f"- {reason}: `{predicate}`" for reason, predicate in rule.excluded.items()]
    return lines


def _cases(cases: Iterable[Case]) -> list[str]:
    listed = list(cases)
    lines: list[str] = []
    for kind, heading in KINDS.items():
        own = [case.says for case in listed if case.kind == kind]
        if own:
            lines += [f"**{heading}**", "", *(f"- {says}" for says in own), ""]
    return lines[:-1] or ["None yet."]
