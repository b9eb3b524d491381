"""What came in and what rules did, in the words of the terminal and of the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import comb
from typing import Any

from qingfeng.screening.intake.account import WITHHELD, Intake, SheetAccount
from qingfeng.screening.leads.weights import PRIORS, Prior
from qingfeng.screening.rulebook import Rule
from qingfeng.screening.run import Run
from qingfeng.screening.run.summary import notes

TAIL = 0.05  # of each side of a 90 % interval
FLAGS_SHOWN = 6


def sums(came_in: Intake) -> dict[str, int]:
    """Return rows in, kept, rejected, duplicates and withheld over all sheets."""
    return {
        "rows_in": sum(sheet.rows_in for sheet in came_in.sheets),
        "kept": sum(sheet.rows_kept for sheet in came_in.sheets),
        "rejected": sum(sheet.rejected for sheet in came_in.sheets),
        "duplicates": sum(sheet.duplicates for sheet in came_in.sheets),
        "withheld": sum(sum(sheet.withheld.values()) for sheet in came_in.sheets),
    }


def intake_lines(came_in: Intake) -> Iterator[str]:
    """Yield what came in, for a terminal: one line a sheet, then the sum."""
    for sheet in came_in.sheets:
        name = sheet.path + (f" [{sheet.sheet}]" if sheet.sheet else "")
        yield (
            f"{name}: {sheet.table or 'not recognised'}: {sheet.rows_in:,} in = {sheet.rows_kept:,} kept "
            f"+ {sheet.rejected:,} rejected + {sheet.duplicates:,} duplicates "
            f"+ {sum(sheet.withheld.values()):,} withheld" + ("; already known" if sheet.known else "")
        )
        yield from (f"    {line}" for line in _notes(sheet))
    for file in came_in.refused:
        name = file.path + (f" [{file.sheet}]" if file.sheet else "")
        yield f"{name}: not read: {file.what} {file.then}"
    yield from (f"! {line}" for line in came_in.warnings)
    for unit in came_in.spellings:
        perhaps = f" Perhaps {', '.join(unit.suggestions)}?" if unit.suggestions else ""
        yield f"! {unit.column}: the register knows no unit {unit.spelling} ({unit.rows:,} rows).{perhaps}"
    if came_in.conflicts_found:
        yield f"! {came_in.conflicts_found:,} ids stand in rows that differ; all of them are kept."
    total = sums(came_in)
    yield (
        f"rows in {total['rows_in']:,} = kept {total['kept']:,} + rejected {total['rejected']:,} "
        f"+ duplicates {total['duplicates']:,} + withheld {total['withheld']:,}"
    )


def _notes(sheet: SheetAccount) -> Iterator[str]:
    for reason, rows in sheet.withheld.items():
        yield f"withheld {rows:,}: {WITHHELD.get(reason, reason)}"
    for total in sheet.totals:
        yield f"row {total.row} says {total.column} {total.said}, the rows add up to {total.summed}"
    if sheet.dropped_columns:
        yield f"columns on no list, dropped: {'、'.join(sheet.dropped_columns)}"


def report_intake(came_in: Intake) -> dict[str, Any]:
    """Return what the report shows of an intake."""
    return {
        "sums": sums(came_in),
        "warnings": list(came_in.warnings),
        "refused": [{"path": r.path, "reason": r.what, "then": r.then} for r in came_in.refused],
        "units": [
            {"spelling": s.spelling, "rows": s.rows, "suggestions": list(s.suggestions)}
            for s in came_in.spellings
        ],
        "totals": [
            {
                "where": f"{sheet.path} · 第 {total.row} 行",
                "column": total.column,
                "said": f"{total.said:,}",
                "summed": f"{total.summed:,}",
                "difference": f"{total.said - total.summed:,}",
            }
            for sheet in came_in.sheets
            for total in sheet.totals
        ],
        "conflicts": came_in.conflicts_found,
        "sheets": [
            {
                "file": sheet.path,
                "sheet": sheet.sheet,
                "table": sheet.table,
                "rows_in": sheet.rows_in,
                "kept": sheet.rows_kept,
                "rejected": sheet.rejected,
                "duplicates": sheet.duplicates,
                "withheld": sum(sheet.withheld.values()),
                "notes": list(_report_notes(sheet)),
            }
            for sheet in came_in.sheets
        ],
    }


OTHER_ROWS = {"blank": "空行", "total": "合计行", "header": "重复表头", "note": "脚注"}


def _report_notes(sheet: SheetAccount) -> Iterator[str]:
    if sheet.known:
        yield "以前读过，未再增加"
    for reason, rows in sheet.withheld.items():
        yield f"未入库 {rows:,}：{WITHHELD.get(reason, reason)}"
    other = [f"{OTHER_ROWS.get(kind, kind)} {rows:,}" for kind, rows in sheet.other_rows.items() if rows]
    if other:
        yield "不是数据：" + "，".join(other)
    if sheet.dropped_columns:
        yield "不在清单、未读的列：" + "、".join(sheet.dropped_columns)
    flags = sorted(sheet.flags.items(), key=lambda flag: -flag[1])[:FLAGS_SHOWN]
    if flags:
        yield "质量标记：" + "，".join(f"{name} {rows:,}" for name, rows in flags)


def report_rules(run: Run, rules: Mapping[str, Rule]) -> list[dict[str, Any]]:
    """Return what the report shows of every rule."""
    return [
        {
            "id": told.rule,
            "title": told.title,
            "question": rules[told.rule].question,
            "basis": list(rules[told.rule].basis),
            "tier": told.tier,
            "watch": told.watch,
            "state": told.state,
            "reason": told.reason.zh,
            "reason_en": told.reason.en,
            "read": told.read,
            "applicable": told.applicable,
            "excluded": dict(told.excluded),
            "found": told.found,
            "skipped": []
            if told.reason
            else [line for line in notes(told) if not line.startswith("excluded")],
            "prior": {
                "mean": float(PRIORS[told.tier].mean),
                "low": quantile(PRIORS[told.tier], TAIL),
                "high": quantile(PRIORS[told.tier], 1 - TAIL),
            },
        }
        for told in run.rules
    ]


def quantile(prior: Prior, share: float) -> float:
    """Return the quantile of a Beta prior with whole-number parameters, to 0.001.

    Beta(a, b) lies below x as often as a + b - 1 throws with chance x hit at least a times.
    """
    a, throws = prior.confirmed, prior.confirmed + prior.refuted - 1

    def below(x: float) -> float:
        return sum(comb(throws, hits) * x**hits * (1 - x) ** (throws - hits) for hits in range(a, throws + 1))

    low, high = 0.0, 1.0
    while high - low > 0.001:
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) < share else (low, middle)
    return round(high, 3)
