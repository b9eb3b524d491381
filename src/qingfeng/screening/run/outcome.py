"""What a run says about every rule, and about itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

RAN, NOT_RUN = "ran", "not run"


@dataclass(frozen=True)
class Reason:
    """Why a rule did not run, in both languages; "" if it did.

    Attributes:
        en: One clause: "no file gives fuel.liters".
        zh: The same in Chinese.
    """

    en: str = ""
    zh: str = ""

    def __bool__(self) -> bool:
        return bool(self.en)


@dataclass(frozen=True)
class Skipped:
    """A condition that was skipped where a file lacks its column.

    Attributes:
        column: `table.column`, as files give it.
        files: The files without it, sorted; a sheet as "file#sheet".
        of: Number of files that the table has.
    """

    column: str
    files: tuple[str, ...]
    of: int


@dataclass(frozen=True)
class RuleRun:
    """One rule in one run.

    Attributes:
        rule: Its id.
        title: Its title.
        watch: Its watch.
        tier: Its tier.
        version: "sha256:…".
        state: "ran" or "not run"; never "nothing found" without having run.
        reason: Why it did not run; begins with "failed: " after an engine's error.
        table: The table it is about; rows read, applicable and excluded are its rows. Where that has
            none, another of its group, of which all rows apply.
        rows: Rows of every table it reads, by table.
        read: Rows of `table`.
        applicable: Those the rule is about.
        excluded: Reason to rows that apply and cannot be judged or are exempt.
        skipped: Conditions skipped for want of a column.
        without: Tables it can do without and had to, those of a group that has others among them.
        found: Findings.
        unproven: Rows it returned without any evidence row; they are no findings.
        seconds: Wall time of its SELECT.
    """

    rule: str
    title: str
    watch: str
    tier: str
    version: str
    state: str = NOT_RUN
    reason: Reason = field(default_factory=Reason)
    table: str = ""
    rows: Mapping[str, int] = field(default_factory=dict)
    read: int = 0
    applicable: int = 0
    excluded: Mapping[str, int] = field(default_factory=dict)
    skipped: tuple[Skipped, ...] = ()
    without: tuple[str, ...] = ()
    found: int = 0
    unproven: int = 0
    seconds: float = 0.0

    @property
    def judged(self) -> int:
        """Rows that apply and are not excluded."""
        return self.applicable - sum(self.excluded.values())

    @property
    def failed(self) -> bool:
        """Whether an engine's error stopped it."""
        return self.reason.en.startswith("failed: ")

    def told(self, **changes: Any) -> RuleRun:
        """Return a copy with some attributes changed."""
        return replace(self, **changes)


@dataclass(frozen=True)
class Run:
    """One screening, as it is kept.

    Attributes:
        id: First 16 hex digits of SHA-256 over what went in: the same question over the
            same records has the same id.
        folder: Where it is kept: run.json, leads.jsonl, findings.parquet.
        number: Counts up with every screening in this home.
        snapshot: SHA-256 over the content hashes of all the lake's tables.
        lake_snapshot: The lake's own id of it.
        as_of: The day that was asked for as today, or None.
        until: The last date in the tables that were read, or None without any.
        only: The rules asked for; empty for all.
        rules: Every rule of the run, by id.
        findings: Number of findings.
        leads: Number of leads by tier.
        previous: Id of the run whose leads this one's `replaces` names, or "".
    """

    id: str
    folder: Path
    number: int
    snapshot: str
    lake_snapshot: str
    as_of: date | None
    until: date | None
    only: tuple[str, ...]
    rules: tuple[RuleRun, ...]
    findings: int
    leads: Mapping[str, int]
    previous: str = ""

    @property
    def file(self) -> Path:
        """The run's leads."""
        return self.folder / "leads.jsonl"

    def as_json(self) -> dict[str, Any]:
        """Return what run.json holds."""
        told = asdict(self)
        del told["folder"]
        told["as_of"] = str(self.as_of) if self.as_of else None
        told["until"] = str(self.until) if self.until else None
        return told

    @classmethod
    def from_json(cls, told: Mapping[str, Any], folder: Path) -> Run:
        """Return a run as it was kept."""
        return cls(
            **{
                **told,
                "folder": folder,
                "as_of": date.fromisoformat(told["as_of"]) if told["as_of"] else None,
                "until": date.fromisoformat(told["until"]) if told["until"] else None,
                "only": tuple(told["only"]),
                "rules": tuple(map(_rule_run, told["rules"])),
            }
        )


def _rule_run(told: Mapping[str, Any]) -> RuleRun:
    skipped = tuple(Skipped(s["column"], tuple(s["files"]), s["of"]) for s in told["skipped"])
    fixed = {"reason": Reason(**told["reason"]), "skipped": skipped, "without": tuple(told["without"])}
    return RuleRun(**{**told, **fixed})
