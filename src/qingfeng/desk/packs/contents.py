"""What a task pack (外出任务包) says: the tasks taken along, with their own rows, and nothing else.

Pure. The text of `as_text` is what leaves the building; its hash comes back with the answers, so that
answers to other questions than ours are noticed.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

FORM = "qingfeng-pack/1"
Pair = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """A row of evidence on a sheet: what kind of record, and its cells as (head, value)."""

    table: str
    cells: tuple[Pair, ...]


@dataclass(frozen=True)
class Task:
    """A task as it leaves the building.

    Attributes:
        no: Number in the matter's list of tasks.
        kind: Key of its type, for example `invoice`.
        purpose: What is to be found out.
        authority: The provision that allows it.
        where: Place or office.
        when: Day or time that was set, as text.
        about_place: Whether the place of a photograph matters; otherwise it is removed.
        rows: The rows that this task needs.
        questions: Questions of this task alone, besides those of its record form.
    """

    no: int
    kind: str
    purpose: str
    authority: str
    where: str = ""
    when: str = ""
    about_place: bool = False
    rows: tuple[Row, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contents:
    """All that a pack says.

    Attributes:
        code: Of the pack.
        office: The office that sends.
        carriers: Who takes it along, at least two.
        made_on: Day it leaves.
        expires_on: Last day of its use, inclusive.
        key: Public key that the answers are sealed to, hex.
        tasks: In order.
    """

    code: str
    office: str
    carriers: tuple[str, ...]
    made_on: date
    expires_on: date
    key: str
    tasks: tuple[Task, ...] = field(default_factory=tuple)

    def as_text(self) -> str:
        """Return the contents as canonical JSON without `<`: the same contents, the same text in any page."""
        said = {"form": FORM, **asdict(self)}
        said |= {"made_on": self.made_on.isoformat(), "expires_on": self.expires_on.isoformat()}
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.replace("<", "\\u003c")

    def digest(self) -> str:
        """Return the SHA-256 of the text, hex."""
        return hashlib.sha256(self.as_text().encode()).hexdigest()


def from_text(text: str) -> Contents:
    """Return the contents that `as_text` wrote."""
    said: dict[str, Any] = json.loads(text)
    del said["form"]
    said["tasks"] = tuple(_task(one) for one in said["tasks"])
    said["carriers"] = tuple(said["carriers"])
    for name in ("made_on", "expires_on"):
        said[name] = date.fromisoformat(said[name])
    return Contents(**said)


def _task(said: dict[str, Any]) -> Task:
    rows = tuple(
        Row(one["table"], tuple((head, cell) for head, cell in one["cells"])) for one in said["rows"]
    )
    return Task(**{**said, "rows": rows, "questions": tuple(said["questions"])})
