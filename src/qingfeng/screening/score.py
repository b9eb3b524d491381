"""How good leads are, where the truth is known: precision and recall by rule and tier.

A violation is found if a finding of its rule shares an evidence row with it. A finding
is right if it shares a row with a violation of any rule. A twin (an innocent look-alike
that must not be found) is found if a finding of its rule shares a row with it. A rule
without findings has no precision and a rule without planted violations no recall: both
are then None and shown as "–", never as 0 or 1.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich import box
from rich.table import Table

from qingfeng.screening.errors import Problem

Place = tuple[str, str | None, int]  # file, sheet, row
KINDS = ("violation", "twin")
UNKNOWN_TIER = "?"


@dataclass(frozen=True)
class Tally:
    """What was found of what there was, for one rule or one tier.

    Attributes:
        name: Rule id, or tier, or "all".
        tier: Of the rule; "?" if neither leads nor rulebook know it.
        findings: Findings.
        right: Those that share a row with a violation of any rule.
        violations: Planted violations.
        found: Those that a finding of their rule shares a row with.
        twins: Planted twins.
        twins_found: Those that were found all the same.
    """

    name: str
    tier: str
    findings: int = 0
    right: int = 0
    violations: int = 0
    found: int = 0
    twins: int = 0
    twins_found: int = 0

    @property
    def precision(self) -> float | None:
        """Right findings among findings, or None without a finding."""
        return self.right / self.findings if self.findings else None

    @property
    def recall(self) -> float | None:
        """Found violations among violations, or None without a violation."""
        return self.found / self.violations if self.violations else None

    def plus(self, other: Tally) -> Tally:
        """Return both together under this one's name."""
        counts = {key: value for key, value in asdict(self).items() if key not in ("name", "tier")}
        return Tally(self.name, self.tier, **{key: n + getattr(other, key) for key, n in counts.items()})

    def as_json(self) -> dict[str, object]:
        """Return counts and shares."""
        return {**asdict(self), "precision": self.precision, "recall": self.recall}


@dataclass(frozen=True)
class Score:
    """Every rule's tally, and their sums.

    Attributes:
        rules: By rule id, sorted.
        tiers: By tier, sorted.
        total: All together.
    """

    rules: tuple[Tally, ...]
    tiers: tuple[Tally, ...]
    total: Tally

    def as_json(self) -> dict[str, object]:
        """Return what `qingfeng score --json` prints."""
        return {
            "rules": [tally.as_json() for tally in self.rules],
            "tiers": [tally.as_json() for tally in self.tiers],
            "total": self.total.as_json(),
        }

    def table(self) -> Table:
        """Return it for a terminal."""
        table = Table(box=box.SIMPLE_HEAD)
        for number, name in enumerate(_HEADINGS):
            table.add_column(name, justify="left" if number < 2 else "right", overflow="fold")
        for group in (self.rules, self.tiers, (self.total,)):
            for tally in group:
                table.add_row(*_cells(tally))
            table.add_section()
        return table

    def lines(self) -> Iterator[str]:
        """Yield it as plain lines, cells separated by tabs."""
        yield "\t".join(_HEADINGS)
        for tally in (*self.rules, *self.tiers, self.total):
            yield "\t".join(_cells(tally))


_HEADINGS = ("rule", "tier", "precision", "right/findings", "recall", "found/violations", "twins found")


def _cells(tally: Tally) -> tuple[str, ...]:
    return (
        tally.name,
        tally.tier,
        _share(tally.precision),
        f"{tally.right}/{tally.findings}",
        _share(tally.recall),
        f"{tally.found}/{tally.violations}",
        f"{tally.twins_found}/{tally.twins}",
    )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def score(leads: Path, truth: Path, *, tiers: Mapping[str, str] | None = None) -> Score:
    """Compare leads with what was planted.

    Args:
        leads: leads.jsonl.
        truth: truth.jsonl.
        tiers: Rule id to its tier, for rules that found nothing; those that did find
            something say their tier themselves.

    Raises:
        Problem: If a file cannot be read or a line of it has not the agreed form.
    """
    told = dict(tiers or {})
    findings: defaultdict[str, list[frozenset[Place]]] = defaultdict(list)
    for rule, tier, places in _findings(leads):
        findings[rule].append(places)
        told[rule] = tier
    planted: dict[str, defaultdict[str, list[frozenset[Place]]]] = {kind: defaultdict(list) for kind in KINDS}
    for rule, kind, places in _planted(truth):
        planted[kind][rule].append(places)
    violations, twins = planted["violation"], planted["twin"]
    guilty_rows = {place for listed in violations.values() for places in listed for place in places}
    rules = []
    for rule in sorted({*findings, *violations, *twins}):
        seen = {place for places in findings[rule] for place in places}
        rules.append(
            Tally(
                rule,
                told.get(rule, UNKNOWN_TIER),
                findings=len(findings[rule]),
                right=sum(not places.isdisjoint(guilty_rows) for places in findings[rule]),
                violations=len(violations[rule]),
                found=sum(not places.isdisjoint(seen) for places in violations[rule]),
                twins=len(twins[rule]),
                twins_found=sum(not places.isdisjoint(seen) for places in twins[rule]),
            )
        )
    by_tier = [_sum(tier, tier, rules) for tier in sorted({tally.tier for tally in rules})]
    return Score(tuple(rules), tuple(by_tier), _sum("all", "", rules))


def _sum(name: str, tier: str, rules: Iterable[Tally]) -> Tally:
    total = Tally(name, tier)
    for tally in rules:
        if tier in ("", tally.tier):
            total = total.plus(tally)
    return total


def _findings(file: Path) -> Iterator[tuple[str, str, frozenset[Place]]]:
    for number, lead in _lines(file):
        try:
            for finding in lead["findings"]:
                tier = finding.get("lowered_from") or finding.get("tier") or lead["tier"]
                yield finding["rule"], tier, _places(finding["evidence"])
        except (KeyError, TypeError, AttributeError) as error:
            raise _malformed(file, number, "a lead") from error


def _planted(file: Path) -> Iterator[tuple[str, str, frozenset[Place]]]:
    for number, told in _lines(file):
        try:
            rule, kind, places = told["rule"], told["kind"], _places(told["evidence"])
        except (KeyError, TypeError, AttributeError) as error:
            raise _malformed(file, number, "a planted act") from error
        if kind not in KINDS:
            raise Problem(
                f"There is no kind '{kind}'.", where=f"{file}:{number}", then="Write violation or twin."
            )
        yield rule, kind, places


def _places(evidence: Iterable[Mapping[str, Any]]) -> frozenset[Place]:
    return frozenset((row["file"], row.get("sheet"), int(row["row"])) for row in evidence)


def _lines(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, json.loads(line)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise Problem(
            f"The file cannot be read: {reason}.", where=str(file), then="Give leads.jsonl and truth.jsonl."
        ) from error
    except ValueError as error:
        raise _malformed(file, number, "JSON") from error


def _malformed(file: Path, line: int, wanted: str) -> Problem:
    return Problem(
        f"This line is not {wanted}.",
        where=f"{file}:{line}",
        then="See docs/leads.md for the form of a line.",
    )
