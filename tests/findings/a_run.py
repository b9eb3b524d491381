"""Runs for this floor's tests: leads as screening writes them, and the desk that has read them in."""

import json
from datetime import date

from qingfeng.findings.models import Lead
from qingfeng.findings.reading_in import read_in
from qingfeng.organization.models import Person, Unit
from qingfeng.organization.viewer import viewer_for
from qingfeng.screening.run.outcome import NOT_RUN, RAN, Reason, RuleRun, Run

RULES = {
    "fuel_over_tank_single": ("单次加油超油箱容积", "A"),
    "fuel_holiday": ("节假日加油", "B"),
    "fuel_small_frequent": ("小额频繁加油", "C"),
}


def a_finding(
    rule="fuel_holiday", *, row=1, message="苏M00001 于 2026年10月3日 加油，待核", facts=None, tier=None
):
    title, own = RULES[rule]
    return {
        "rule": rule,
        "version": f"sha256:{rule}",
        "title": title,
        "params": {"tolerance": 1.05, "slack_l": 2},
        "tier": tier or own,
        "at": "2026-10-03T12:01:00+08:00",
        "amount": "612.00",
        "message": message,
        "facts": facts or {"liters": "87.00", "tank_l": "60.00"},
        "evidence": [{"table": "fuel", "file": "加油/2026-10.csv", "sheet": None, "row": row}],
    }


def a_lead(key, *, findings=None, subject=("plate", "苏M00001"), unit="云水区教育局", **others):
    findings = findings or [a_finding()]
    first = findings[0]
    lead = {
        "id": key.ljust(16, "0"),
        "rank": 1,
        "score": 0.6,
        "points": 30,
        "colour": "grey" if first["tier"] == "C" else "blue",
        "tier": first["tier"],
        "watch": "vehicle",
        "title": first["title"],
        "subject": {"kind": subject[0], "key": subject[1]},
        "unit": unit,
        "at": "2026-10-03T12:01:00+08:00",
        "amount": "612.00",
        "findings": findings,
        "innocent": ["经批准值班"],
        "verify": ["查：值班表"],
        "snapshot": "5" * 64,
        "arithmetic": {"points": "B级30＋金额0＋重复0＝30"},
    }
    return lead | others


def a_person(unit, name, last4="1234"):
    return ("person", f"{unit}·{name}·{last4}")


def a_run(folder, *leads, key="a" * 16, not_run=(), only=()):
    """A run of all rules whose file has these leads."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in leads)
    (folder / "leads.jsonl").write_text("".join(lines), encoding="utf-8")
    rules = tuple(
        RuleRun(
            rule, title, "vehicle", tier, f"sha256:{rule}",
            state=NOT_RUN if rule in not_run else RAN,
            reason=Reason("no file gives fuel.liters", "没有文件给出加油量") if rule in not_run else Reason(),
            table="fuel", read=100, applicable=90, excluded={"车牌缺失": 3}, found=len(leads),
        )
        for rule, (title, tier) in RULES.items()
    )  # fmt: skip
    return Run(
        id=key, folder=folder, number=1, snapshot="5" * 64, lake_snapshot="1", as_of=None,
        until=date(2026, 10, 31), only=only, rules=rules, findings=len(leads), leads={"B": len(leads)},
    )  # fmt: skip


def on_the_desk(folder, *leads, **others):
    """Read a run in and return its leads by key."""
    read_in(a_run(folder, *leads, **others), by=None)
    return {lead.key.rstrip("0"): lead for lead in Lead.objects.all()}


def looking(number):
    """Somebody of the sample office, by person number, as they look today."""
    return viewer_for(Person.objects.get(number=number))


def unit(short):
    return Unit.objects.get(short_name=short)


ANALYST, HEAD, DEPUTY, PRINCIPAL = "Y0404", "Y0401", "Y0002", "Y0001"
HANDLER, OTHER_HANDLER, OTHER_HEAD = "Y0402", "Y0403", "Y0701"
