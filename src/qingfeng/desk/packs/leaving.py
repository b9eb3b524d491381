"""A pack leaves the building: tasks, their own rows, two people, a last day; and an entry that says so."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from qingfeng.desk.packs import keys
from qingfeng.desk.packs.contents import Contents, Task, from_text
from qingfeng.desk.packs.models import Pack
from qingfeng.documents.models import new_code
from qingfeng.documents.official import Proof
from qingfeng.journal import publisher, store
from qingfeng.journal.errors import JournalProblem
from qingfeng.journal.models import JournalEntry
from qingfeng.look.outgoing import refuse, texts_in
from qingfeng.matters.models import Matter
from qingfeng.matters.slips import issuer_of
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import Viewer

MOST_DAYS = 30
MOST_ROWS = 200


@dataclass(frozen=True)
class Source:
    """Where a row that leaves stands among the records: table, file, sheet, number of the row."""

    task: int
    table: str
    file: str
    sheet: str
    row: int

    def as_json(self) -> dict[str, Any]:
        """Return it as stored."""
        return {
            "task": self.task,
            "table": self.table,
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
        }


def take_along(
    matter: Matter,
    tasks: Sequence[Task],
    *,
    by: Viewer,
    carriers: tuple[Person, Person],
    expires_on: date,
    sources: Iterable[Source],
    at: datetime | None = None,
) -> Pack:
    """Make a pack; the journal says which rows left, with whom, until when.

    Args:
        matter: The verification.
        tasks: What is taken along, each with its rows.
        by: Who makes it.
        carriers: The two who go.
        expires_on: Last day of its use, inclusive.
        sources: Where the rows stand among the records.
        at: When it left; now where nothing is said.

    Raises:
        ValueError: If it has no task, too many rows, one carrier twice, or a last day out of reach; or
            `NamesSource`, if what it says would name a source.
    """
    if not tasks or carriers[0] == carriers[1] or not 0 <= (expires_on - by.on).days <= MOST_DAYS:
        raise ValueError("a pack has tasks, two carriers and a last day within thirty")
    if len(rows := [source.as_json() for source in sources]) > MOST_ROWS:
        raise ValueError(f"at most {MOST_ROWS} rows leave in one pack")
    contents = Contents(
        code=new_code(),
        office=issuer_of(matter.owner).name,
        carriers=(carriers[0].name, carriers[1].name),
        made_on=by.on,
        expires_on=expires_on,
        key=keys.public_hex(),
        tasks=tuple(tasks),
    )
    refuse(texts_in(json.loads(contents.as_text())["tasks"]))
    with transaction.atomic():
        entry = _note(matter, contents, rows, by=by)
        return Pack.objects.create(
            code=contents.code,
            matter=matter,
            carrier=carriers[0],
            companion=carriers[1],
            made_by_id=by.person_id,
            made_at=at or timezone.now(),
            expires_on=expires_on,
            tasks=[task.no for task in tasks],
            rows=rows,
            digest=contents.digest(),
            contents=keys.seal(contents.as_text().encode()),
            entry=entry,
        )


def _note(matter: Matter, contents: Contents, rows: list[dict[str, Any]], *, by: Viewer) -> JournalEntry:
    return store.append(
        "packs.left",
        subject=f"pack/{contents.code}",
        by=f"account:{by.account_id}",
        facts={
            "tasks": [task.no for task in contents.tasks],
            "rows": sorted({f"{one['table']} {one['row']}" for one in rows}),
            "expires_on": contents.expires_on,
            "sha256": contents.digest(),
        },
        personal={"matter": matter.number, "carriers": "、".join(contents.carriers)},
    )


def contents_of(pack: Pack) -> Contents:
    """Return what a pack that is out says.

    Raises:
        NotOurs: If the office's key was changed since.
        ValueError: If the pack is not out any more: its contents are gone.
    """
    if not pack.contents:
        raise ValueError(f"the contents of {pack.code} are gone: the pack is {pack.state}")
    return from_text(keys.unseal(bytes(pack.contents)).decode())


def note_given(pack: Pack, what: str, *, by: Viewer) -> None:
    """Keep that a copy was given out: of the `sheets`, or of the `form`."""
    with transaction.atomic():
        store.append(
            "packs.given", subject=f"pack/{pack.code}", by=f"account:{by.account_id}", facts={"what": what}
        )


def proof_of(pack: Pack) -> Proof | None:
    """Return the proof that the journal says the pack left; the journal is published first.

    None where the journal cannot be published now: its alarm stands on the journal's page.
    """
    if pack.entry_id is None:
        return None
    try:
        publisher.publish()
    except JournalProblem:
        return None
    entry = JournalEntry.objects.get(pk=pack.entry_id)
    if entry.index is None:
        return None
    folder = store.folder_of(entry.log)
    newest = folder.checkpoint(folder.note())
    line = f"{newest.origin} {newest.size} {b64encode(newest.root).decode()}"
    return Proof(qr=store.qr_text(entry), checkpoint=line, entry=str(entry.index))


def end(pack: Pack, state: str, *, by: Viewer, reason: str) -> None:
    """Declare a pack lost, or recall one that did not go; it can be brought in no more.

    Raises:
        ValueError: If it is not out, or there is no reason.
    """
    if not reason.strip() or state not in {str(Pack.State.LOST), str(Pack.State.RECALLED)}:
        raise ValueError("say why a pack ends")
    with transaction.atomic():
        held = Pack.objects.select_for_update().get(pk=pack.pk)
        if held.state != Pack.State.OUT:
            raise ValueError(f"{held.code} is not out")
        finish(held, state, by=by, reason=reason.strip())
        store.append(
            f"packs.{state}",
            subject=f"pack/{held.code}",
            by=f"account:{by.account_id}",
            facts={"tasks": held.tasks, "rows": len(held.rows)},
            personal={"reason": reason.strip()},
        )


def recall_from(person: int, matters: list[int], reason: str) -> None:
    """Recall what somebody carries of matters on which their part has ended; it can be brought in no more.

    Called by the kernel in the transaction that ends the part.
    """
    out = Pack.objects.select_for_update().filter(matter__in=matters, state=Pack.State.OUT)
    for pack in out.filter(Q(carrier=person) | Q(companion=person)).order_by("pk"):
        finish(pack, str(Pack.State.RECALLED), by=None, reason=reason)
        facts = {"tasks": pack.tasks, "rows": len(pack.rows), "person": person}
        store.append("packs.recalled", subject=f"pack/{pack.code}", by="house", facts=facts)


def finish(pack: Pack, state: str, *, by: Viewer | None, reason: str = "") -> None:
    """Close a pack under the caller's lock; nothing of its contents stays in the house."""
    pack.state, pack.reason, pack.contents = state, reason, b""
    pack.ended_at, pack.ended_by_id, pack.arrived = timezone.now(), by.person_id if by else None, ""
    pack.save()
    transaction.on_commit(lambda: place_of(pack.code).unlink(missing_ok=True))


def place_of(code: str) -> Path:
    """Return where a sealed file that came back waits to be entered."""
    return Path(settings.HOME) / "packs" / f"{code}.qfp"
