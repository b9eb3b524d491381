"""The verification as packs know it: its open tasks, the rows of its lead, the act that records a result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qingfeng.desk.packs.kinds import MECHANISM, NUMBER, TASKS, kinds, spoken
from qingfeng.desk.packs.returning import Result
from qingfeng.findings.evidence import Row, evidence_of
from qingfeng.findings.verifying import lead_of
from qingfeng.matters.answers import Answer
from qingfeng.matters.door import perform
from qingfeng.matters.models import LedgerLine, Matter
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.leads.wording import NAMING

__all__ = ["MECHANISM", "VERIFIER", "Evidence", "TaskLine", "evidence_for", "is_open", "record", "tasks_of"]
VERIFIER = "verifier"
OPEN = "set"
KEYS_OF_ROWS = ("_id", "_class", "_key", "_no_raw")  # columns that serve joins and say nothing on paper


@dataclass(frozen=True)
class TaskLine:
    """A task in the matter's list.

    Attributes:
        no: Its number.
        kind: Key of its type.
        who: Keys of the persons to whom it was given.
        when: Day by which it is to be done, as ISO text.
        is_open: Whether it waits to be done.
    """

    no: int
    kind: str
    purpose: str
    authority: str
    who: tuple[int, ...]
    where: str
    when: str
    is_open: bool

    @property
    def words(self) -> str:
        """Type and purpose, in a line."""
        return f"{spoken(kinds()[self.kind].name)} · {self.purpose}"


@dataclass(frozen=True)
class Evidence:
    """A row that may be taken along.

    Attributes:
        key: Where it stands among the records, as one text.
        table: Lake table.
        term: What kind of record it is.
        file: Its file, as it was delivered.
        sheet: Its sheet, or "".
        row: The number that a person sees.
        cells: (column, head, value); what only serves joins is left out.
    """

    key: str
    table: str
    term: str
    file: str
    sheet: str
    row: int
    cells: tuple[tuple[str, str, str], ...]

    @property
    def words(self) -> str:
        """The row in a line: kind of record and its first cells."""
        return "　".join([self.term, *(value for _column, _head, value in self.cells[:6])])

    def for_task(self, kind: str) -> tuple[tuple[str, str], ...]:
        """Return (head, value) of the cells that a task of a type may take along."""
        names = kinds()[kind].names
        return tuple(
            (head, value)
            for column, head, value in self.cells
            if names or not (column in NAMING or column.endswith("_last4"))
        )


def tasks_of(matter: Matter) -> list[TaskLine]:
    """Return the tasks of a verification in order."""
    lines = matter.lines.filter(ledger=TASKS).order_by("no")
    return [_task(line) for line in lines if line.facts.get("kind") in kinds()]


def _task(line: LedgerLine) -> TaskLine:
    said = line.facts
    return TaskLine(
        no=line.no,
        kind=said["kind"],
        purpose=said.get("purpose") or "",
        authority=said.get("authority") or "",
        who=tuple(said.get("who") or ()),
        where=said.get("place") or "",
        when=said.get("due_on") or "",
        is_open=line.state == OPEN,
    )


def is_open(matter: Matter, no: int) -> bool:
    """Return whether a task still waits to be done."""
    return matter.lines.filter(ledger=TASKS, no=no, state=OPEN).exists()


def evidence_for(matter: Matter) -> list[Evidence]:
    """Return the rows that the doubt rests on, those whose cells are still to be had."""
    lead = lead_of(matter)
    return [_evidence(row) for row in evidence_of(lead) if row.cells] if lead else []


def _evidence(row: Row) -> Evidence:
    cells = tuple(
        (column, head, str(value))
        for column, (head, value) in zip(row.cells, row.headed(), strict=True)
        if not column.endswith(KEYS_OF_ROWS) and str(value).strip()
    )
    key = f"{row.table}:{row.row}:{row.sheet or ''}:{row.file}"
    return Evidence(key, row.table, row.term, row.file, row.sheet or "", row.row, cells)


def record(
    matter: Matter, result: Result, *, by: Viewer, key: str, files: Sequence[int], remark: str = ""
) -> Answer:
    """Record the result of a task through the kernel's door, with its record form and its papers.

    Args:
        matter: The verification.
        result: What was filled in.
        by: A verifier.
        key: Idempotency key.
        files: Attachments: record and photographs, or the scan of the signed sheet.
        remark: Added to the result, on a line of its own.
    """
    no, kind = result.task.no, kinds(matter.version)[result.task.kind]
    done_on = result.at.date().isoformat() if result.at else None
    told = "\n".join(filter(None, (result.told(), remark)))
    return perform(
        kind.act,
        matter,
        by=by,
        key=key,
        changes={TASKS: {no: {"done_on": done_on, "result": told, "papers": list(files)}}},
        lines={kind.ledger: [{NUMBER: no, **line} for line in result.lines]},
    )
