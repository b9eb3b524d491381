"""What a trial of a rule shows: findings by unit and month, labelled findings met, rows, time and memory.

The process ran the rule over the lake (`trying`); here its run is read, held against the verdicts of
verifiers, and kept with the version. What somebody is shown of it leaves out what they are recused from.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import pyarrow.parquet as pq
from django.db import transaction
from django.utils import timezone

from qingfeng.findings import access, own_cards
from qingfeng.findings.district import TRY_MOST, TRY_SECONDS
from qingfeng.findings.kept import kept_run
from qingfeng.findings.matching import Units, names_in, person_of
from qingfeng.findings.models import Job, LeadFinding, OwnRule, OwnVersion, Screening
from qingfeng.findings.precision import VERDICTS, labels_that_count
from qingfeng.findings.telling import tell
from qingfeng.organization.district_settings import setting
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.run.outcome import Run

KEPT_SAMPLES = 40
SHOWN_SAMPLES = 8
KEPT_ROWS = 6  # rows of evidence that a sample lists
Place = tuple[str, str, str, int]


def task_of(job: Job) -> dict[str, Any]:
    """Return what the process of a trial is told."""
    version = OwnVersion.objects.select_related("own").get(pk=job.asked["version"])
    newest = Screening.objects.filter(is_newest=True).first()
    return {
        "rule": version.own.rule,
        "text": version.text,
        "cases": version.cases,
        "base": version.own.base,
        "seconds": int(setting(TRY_SECONDS)),
        "as_of": newest.as_of.isoformat() if newest and newest.as_of else None,
    }


def keep(job: Job, result: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what a trial found with its version.

    Raises:
        Problem: If the record of the run cannot be read.
    """
    version = OwnVersion.objects.select_related("own__card").get(pk=job.asked["version"])
    run = kept_run(result["run"])
    told = told_of(run, version, result)
    with transaction.atomic():
        version.tried, version.tried_at = told, timezone.now()
        version.save(update_fields=["tried", "tried_at"])
        facts = {"rule": version.own.rule, "version": version.no, "run": run.id, "found": told["found"]}
        tell("findings.own_rule.tried", version, by=job.asked_by, facts=facts)
        own_cards.tried(version)
    return {"run": run.id, "found": told["found"], "trial": True, "version": version.pk}


def told_of(run: Run, version: OwnVersion, result: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept of a trial: plain values."""
    rule = version.own.rule
    mine = next(one for one in run.rules if one.rule == rule)
    found = list(_found(run, rule))
    own = {place for one in found for place in one.places}
    base = list(_found(run, version.own.base)) if version.own.base else []
    too_many = mine.found > int(setting(TRY_MOST))
    return {
        "state": "ran" if mine.state == "ran" else "not_run",
        "reason": {"en": mine.reason.en, "zh": mine.reason.zh},
        "read": mine.read,
        "applicable": mine.applicable,
        "excluded": dict(mine.excluded),
        "found": mine.found,
        "seconds": mine.seconds,
        "memory_mb": result["memory_mb"],
        "cases": result["cases"],
        "cells": [] if too_many else _cells(run, rule, found),
        "samples": [one.told() for one in _chosen(found)],
        "labels": _labels(version.own, mine.table, own),
        "base_found": sum(len(one.findings) for one in base),
        "both": sum(bool(own & set(places_of(finding))) for one in base for finding in one.findings),
        "too_many": too_many,
    }


@dataclass(frozen=True)
class _Found:
    """The findings of one rule in one lead.

    Attributes:
        lead: The lead's id.
        unit: Its unit, as the records spell it.
        named: Every name that they say of people, as "、甲、乙、", or "".
        subject: What it is about; "" for a statistic.
        findings: As `leads.jsonl` has them.
    """

    lead: str
    unit: str
    named: str
    subject: str
    findings: list[Mapping[str, Any]]

    @property
    def places(self) -> Iterator[Place]:
        """Every row that they rest on."""
        return (place for finding in self.findings for place in places_of(finding))

    def told(self) -> dict[str, Any]:
        """Return one of them as a sample."""
        first = self.findings[0]
        rows = [
            " ".join(filter(None, (row["file"], row.get("sheet") or "", f"第{row['row']}行")))
            for row in first["evidence"][:KEPT_ROWS]
        ]
        return {
            "unit": self.unit, "named": self.named, "subject": self.subject, "message": first["message"],
            "rows": rows,
        }  # fmt: skip


def _found(run: Run, rule: str) -> Iterator[_Found]:
    with run.file.open(encoding="utf-8") as lines:
        for line in lines:
            lead = json.loads(line)
            mine = [one for one in lead["findings"] if one["rule"] == rule]
            if mine:
                subject, tier = lead["subject"], lead["tier"]
                also = person_of(subject["key"], "").name if subject["kind"] == "person" else ""
                named = "" if tier == "C" else names_in(mine, also)
                shown = "" if tier == "C" else subject["key"]
                yield _Found(lead["id"], lead["unit"] or "", named, shown, mine)


def places_of(finding: Mapping[str, Any]) -> list[Place]:
    """Return the rows that a finding rests on."""
    return [
        (one["table"], one["file"], one.get("sheet") or "", int(one["row"])) for one in finding["evidence"]
    ]


def _cells(run: Run, rule: str, found: list[_Found]) -> list[list[Any]]:
    """Return findings by unit, month and whom they name: [unit, "2026-09", named, count]."""
    kept = pq.read_table(run.folder / "findings.parquet", columns=["lead", "rule", "moment"])
    by_lead = {one.lead: one for one in found}
    counted: Counter[tuple[str, str, str]] = Counter()
    for row in kept.to_pylist():
        if row["rule"] == rule and (one := by_lead.get(row["lead"])):
            month = f"{row['moment']:%Y-%m}" if row["moment"] else ""
            counted[one.unit, month, one.named] += 1
    return [[*key, count] for key, count in sorted(counted.items())]


def _chosen(found: list[_Found]) -> list[_Found]:
    """Return some by the hash of their lead: neither the worst nor the newest."""
    return sorted(found, key=lambda one: sha256(one.lead.encode()).digest())[:KEPT_SAMPLES]


def _labels(own: OwnRule, about: str, met: set[Place]) -> dict[str, list[int]]:
    """Return verdict to [labelled findings that the rule finds too, labelled findings in all].

    Of a variant those of the rule it varies count, and its own; of another rule all that rest on a row of
    the table that it is about.
    """
    lines = labels_that_count()
    if own.base:
        alike = OwnRule.objects.filter(base=own.base).values_list("rule", flat=True)
        lines = lines.filter(facts__rule__in=[own.base, *alike])
    counted = {verdict: [0, 0] for verdict in VERDICTS}
    for verdict, places in _labelled(lines):
        if own.base or any(table == about for table, *_rest in places):
            counted[verdict][1] += 1
            counted[verdict][0] += not met.isdisjoint(places)
    return counted


def _labelled(lines: Iterable[Any]) -> Iterator[tuple[str, list[Place]]]:
    """Yield the verdict and the rows of every labelled finding that the desk still has."""
    labels = [line for line in lines if line.facts.get("verdict") in VERDICTS]
    rows = LeadFinding.objects.filter(lead__matter__in={line.matter_id for line in labels})
    known: dict[tuple[int, str, str], list[Place]] = {}
    for matter, rule, message, evidence in rows.values_list("lead__matter", "rule", "message", "evidence"):
        known[matter, rule, message] = places_of({"evidence": evidence})
    for line in labels:
        places = known.get((line.matter_id, str(line.facts.get("rule")), str(line.facts.get("message"))))
        if places:
            yield str(line.facts["verdict"]), places


# --- for pages ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """What somebody is shown of a trial, without what they are recused from.

    Attributes:
        found: Findings that they may know of.
        by_unit: (unit, findings), most first.
        by_month: (first day of the month, findings), in order.
        samples: Findings, as `_Found.told` has them.
    """

    found: int
    by_unit: list[tuple[str, int]]
    by_month: list[tuple[date, int]]
    samples: list[Mapping[str, Any]]


def shown(viewer: Viewer, version: OwnVersion) -> Shown:
    """Return what somebody is shown of a version's trial."""
    units, names = _Kept(viewer), version.tried.get("cells", ())
    by_unit: Counter[str] = Counter()
    by_month: Counter[date] = Counter()
    for unit, month, named, count in names:
        if units.lets(unit, named):
            by_unit[unit] += count
            if month:
                by_month[date.fromisoformat(f"{month}-01")] += count
    samples = [one for one in version.tried.get("samples", ()) if units.lets(one["unit"], one["named"])]
    ordered = sorted(by_unit.items(), key=lambda pair: (-pair[1], pair[0]))
    return Shown(sum(by_unit.values()), ordered, sorted(by_month.items()), samples[:SHOWN_SAMPLES])


class _Kept:
    """What somebody is kept from: units and names that bind them (rights.md 9)."""

    def __init__(self, viewer: Viewer) -> None:
        self._units, _persons, self._names = access.bound_to(viewer)
        self._known = Units() if self._units else None

    def lets(self, unit: str, named: str) -> bool:
        """Return whether they may know of what stands under a unit and names these people."""
        if any(f"、{name}、" in named for name in self._names):
            return False
        return self._known is None or not (self._known.candidates(unit) & self._units)
