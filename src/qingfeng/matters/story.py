"""One line of a matter's story, and its entry in the journal: written together, or neither."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from qingfeng.journal.entry import canonical
from qingfeng.journal.models import JournalEntry
from qingfeng.journal.store import append
from qingfeng.journal.straight import change, put
from qingfeng.matters import at_hand, heard, notices
from qingfeng.matters.models import Awaiting, Matter, Performance
from qingfeng.matters.sheets import Paper
from qingfeng.organization.viewer import Viewer


@dataclass(frozen=True)
class Signed:
    """Who acts and how; every line of a story names both hands where there are two.

    Attributes:
        by: Who is at the keyboard; None for the house itself.
        role: The part in which they act.
        at: Instant.
        key: Idempotency key.
        for_person_id: Whom they stand in for, or who signed on paper.
        second_id: The second signer.
        reason: In words.
        paper: The signed sheet.
        meeting_id: The meeting that decided it.
        overrides: Gate → reason, for gates that were passed with a reason.
    """

    by: Viewer | None
    role: str
    at: datetime
    key: str | None = None
    for_person_id: int | None = None
    second_id: int | None = None
    reason: str = ""
    paper: Paper | None = None
    meeting_id: int | None = None
    overrides: Mapping[str, str] = field(default_factory=dict)

    @property
    def on(self) -> date:
        """Civil date of the act in Asia/Shanghai; the day of the signature for an act on paper."""
        return self.paper.signed_on if self.paper else timezone.localdate(self.at)

    @property
    def whose(self) -> int | None:
        """Whose act it is where another is at the keyboard: who signed on paper, or is stood in for."""
        return self.paper.person_id if self.paper else self.for_person_id

    @property
    def person_id(self) -> int | None:
        """Who is at the keyboard."""
        return self.by.person_id if self.by else None


@dataclass(frozen=True)
class Trace:
    """One line for the story and the journal, before it is written."""

    act: str
    to_stage: str
    from_stage: str = ""
    entered: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)


def record(matter: Matter, signed: Signed, trace: Trace) -> Performance:
    """Write one line of the story and its entry in the journal.

    Everything entered is committed with a salt; nothing of it enters the log in clear.
    """
    _overtake(matter, signed)
    entry = _append(matter, signed, trace)
    heard.let_hear(matter.mechanism, matter.pk)
    return put(
        Performance(
            matter=matter,
            no=matter.revision,
            act=trace.act,
            by_id=signed.person_id,
            for_person_id=signed.whose,
            second_id=signed.second_id,
            as_role=signed.role,
            at=signed.at,
            from_stage=trace.from_stage,
            to_stage=trace.to_stage,
            entered=dict(trace.entered),
            reason=signed.reason,
            key=signed.key,
            on_paper=signed.paper is not None,
            paper_on=signed.paper.signed_on if signed.paper else None,
            meeting_id=signed.meeting_id,
            entry=entry,
        )
    )


def _append(matter: Matter, signed: Signed, trace: Trace) -> JournalEntry:
    committed = {"entered": _canonical(trace.entered), "reason": signed.reason}
    return append(
        f"matter.{trace.act}",
        subject=f"{matter.mechanism}/{matter.slug}",
        by=f"person:{signed.person_id}" if signed.person_id else "house",
        facts={
            "revision": matter.revision,
            "from": trace.from_stage,
            "to": trace.to_stage,
            "role": signed.role,
            "for": f"person:{signed.whose}" if signed.whose else "",
            "second": f"person:{signed.second_id}" if signed.second_id else "",
            "paper": signed.paper is not None,
            "overrides": sorted(signed.overrides),
            **trace.facts,
        },
        personal={key: value for key, value in committed.items() if value},
        at=signed.at,
    )


def _overtake(matter: Matter, signed: Signed) -> None:
    """End what waits for a second signer, for it stood on what is now past; its first signer is told."""
    for waiting in at_hand.of(matter).awaiting():
        waiting.ended = "overtaken"
        change(waiting, "ended")
        if waiting.by_id != signed.person_id:
            notices.tell([waiting.by_id], "overtaken", matter, {"act": waiting.act})


def note_signature(kind: str, waiting: Awaiting, person: int | None, *, reason: str = "") -> None:
    """Append a first signature, or a second one that was refused, to the journal: nothing else happened."""
    append(
        kind,
        subject=f"{waiting.matter.mechanism}/{waiting.matter.slug}",
        by=f"person:{person}",
        facts={"act": waiting.act, "revision": waiting.revision, "role": waiting.as_role},
        personal={"reason": reason} if reason else {},
    )


def _canonical(entered: Mapping[str, Any]) -> str:
    return canonical(dict(entered)).decode() if entered else ""
