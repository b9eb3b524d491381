"""Putting the report together: figures, leads with their rows, charts, one file."""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup

from qingfeng import look
from qingfeng.screening.report.cells import evidence_cells, shown
from qingfeng.screening.report.words import COLOURS, STEPS, SUBJECTS, TIERS, WATCHES
from qingfeng.screening.tables import tables

if TYPE_CHECKING:
    import duckdb

    from qingfeng.screening.lake import Snapshot

PAGES = 1000  # leads with a page of their own; the rest stay in the list and in leads.jsonl
LISTED = 5000
UNITS_CHARTED = 15
ROWS_SHOWN = 30  # evidence rows of one finding


def write_report(
    path: Path,
    *,
    leads: Sequence[Mapping[str, Any]],
    rules: Sequence[Mapping[str, Any]],
    intake: Mapping[str, Any],
    facts: Mapping[str, Any],
    snapshot: Snapshot,
    con: duckdb.DuckDBPyConnection,
    needs: Mapping[str, Iterable[str]],
) -> None:
    """Write the report as one HTML file that needs nothing else.

    Args:
        path: Where; replaced whole or not at all.
        leads: As in `leads.jsonl`, in that order.
        rules: What every rule did: id, title, question, tier, watch, state, reason, read,
            applicable, excluded, found, skipped, prior.
        intake: What came in; see `intake.account`.
        facts: `as_of`, `snapshot`, `version`.
        snapshot: Where evidence rows are read from.
        con: A connection that may read the lake.
        needs: Rule to the columns it judges by, as "table.column": the cells that are marked.
    """
    pages = leads[:PAGES]
    evidence = [entry for lead in pages for found in lead["findings"] for entry in found["evidence"]]
    cells = evidence_cells(con, snapshot, evidence)
    page = _environment().get_template("report.html.j2")
    charts = _charts(leads)
    titles = {rule["id"]: rule for rule in rules}
    html = page.render(
        leads=leads[:LISTED],
        unlisted=max(0, len(leads) - LISTED),
        pages=[_lead_page(lead, cells, titles, needs) for lead in pages],
        rules=rules,
        intake=intake,
        facts=facts,
        counts=_counts(leads),
        data=_data(charts, pages),
        charts=charts,
        questions={rule["title"]: rule["question"] for rule in rules},
        style=Markup(look.built("report.css")),  # noqa: S704 - our own build
        script=Markup(look.built("report.js").replace("</script", "<\\/script")),  # noqa: S704 - our own build
    )
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(html, encoding="utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("qingfeng.screening.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        watches=WATCHES,
        colours=COLOURS,
        tiers=TIERS,
        subjects=SUBJECTS,
        steps=STEPS,
        tables=tables(),
        both=_both,
    )
    environment.filters.update(
        thousands=lambda n: f"{n:,}", shown=shown, money=_money, percent=lambda x: f"{100 * x:.0f}%"
    )
    return environment


def _both(zh: str, en: str) -> Markup:
    return Markup('<span class="zh">{}</span><span class="en" lang="en">{}</span>').format(zh, en)


def _money(value: str | None) -> str:
    return f"{float(value):,.2f}" if value is not None else ""


def _counts(leads: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "leads": sum(lead["tier"] != "C" for lead in leads),
        "signals": sum(lead["tier"] == "C" for lead in leads),
        "colour": Counter(lead["colour"] for lead in leads),
        "findings": sum(len(lead["findings"]) for lead in leads),
        "amount": sum(float(lead["amount"] or 0) for lead in leads),
        "units": len({lead["unit"] for lead in leads if lead["unit"]}),
    }


def _charts(leads: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    months = sorted(_chart(leads, lambda lead: lead["at"][:7]), key=lambda row: str(row["zh"]))
    return {
        "watch": _chart(leads, lambda lead: lead["watch"], WATCHES),
        "unit": _chart(leads, lambda lead: lead["unit"] or "未能对应单位")[:UNITS_CHARTED],
        "month": months,
        "peak": max(months, key=lambda row: row["total"], default={}),
    }


def _data(charts: Mapping[str, Any], pages: Sequence[Mapping[str, Any]]) -> Markup:
    """Return what the script reads, safe inside a script element."""
    told = {
        "title": {"zh": "疑点报告 · 清风", "en": "Leads · Qingfeng"},
        "charts": charts,
        "times": {lead["id"]: _times(lead) for lead in pages},
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - JSON without "<"


def _chart(
    leads: Sequence[Mapping[str, Any]],
    by: Callable[[Mapping[str, Any]], str],
    words: Mapping[str, tuple[str, str]] | None = None,
) -> list[dict[str, Any]]:
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for lead in leads:
        rows[by(lead)][lead["colour"]] += 1
    named = [
        {"zh": (words or {}).get(key, (key, key))[0], "en": (words or {}).get(key, (key, key))[1], "key": key,
         "total": colours.total(), **colours}
        for key, colours in rows.items()
    ]  # fmt: skip
    return sorted(named, key=lambda row: (-row["total"], row["zh"]))


def _times(lead: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        {"at": found["at"], "lane": found["title"], "says": found["message"]}
        for found in lead["findings"]
        if found.get("at")
    ]


def _lead_page(
    lead: Mapping[str, Any],
    cells: Mapping[Any, Any],
    rules: Mapping[str, Mapping[str, Any]],
    needs: Mapping[str, Iterable[str]],
) -> dict[str, Any]:
    findings = []
    for found in lead["findings"]:
        weighed = set(needs.get(found["rule"], ()))
        grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for entry in found["evidence"][:ROWS_SHOWN]:
            key = (entry["table"], entry["file"], entry["sheet"], entry["row"])
            grouped[entry["table"]].append({**entry, "cells": {c.column: c for c in cells.get(key, ())}})
        blocks = [
            {"table": table, "rows": rows, "columns": _columns(rows), "marked": _marked(table, weighed)}
            for table, rows in grouped.items()
        ]
        findings.append(
            {
                **found,
                "blocks": blocks,
                "about": rules[found["rule"]],
                "more": len(found["evidence"]) - ROWS_SHOWN,
            }
        )
    return {**lead, "findings": findings}


def _marked(table: str, weighed: set[str]) -> set[str]:
    return {need.partition(".")[2] for need in weighed if need.startswith(f"{table}.")}


def _columns(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return (column, label) of every column that some of the rows fill, in declared order."""
    columns: dict[str, str] = {}
    for row in rows:
        for cell in row["cells"].values():
            columns.setdefault(cell.column, cell.label)
    return list(columns.items())
