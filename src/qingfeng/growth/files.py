"""A growth file: begun, written, filled from what the house knows, taken along, deleted; by its owner alone.

Law:
    个人信息保护法 Arts. 44, 45, 47 (to know, to take along, to have deleted)
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from nacl.secret import SecretBox

from qingfeng.growth import attaching, keys
from qingfeng.growth.models import Entry, GrowthFile, Part
from qingfeng.journal.store import append, erase
from qingfeng.matters.today import today
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.errors import Problem

FORMAT = "qingfeng.growth/1"


@dataclass(frozen=True)
class Said:
    """What an entry says.

    Attributes:
        title: In a line.
        text: The person's own words.
        until: Last day of something that took longer, ISO 8601, "" for none.
        hours: As the person counts them, None where nobody counts.
        source: What of the house it was picked from (`activity:行〔2026〕3号`), "" for own words.
        drawn: (name, words) pairs as the house knew them on the day they were picked.
    """

    title: str
    text: str = ""
    until: str = ""
    hours: float | None = None
    source: str = ""
    drawn: tuple[tuple[str, str], ...] = ()

    @property
    def until_on(self) -> date | None:
        """The last day, None for none."""
        return date.fromisoformat(self.until) if self.until else None


@dataclass(frozen=True)
class Known:
    """Something that the house knows of a person and the person may pick.

    Attributes:
        part: Where it would stand.
        on: Day of it.
        said: What the entry would say.
    """

    part: Part
    on: date
    said: Said


@dataclass(frozen=True)
class Told:
    """What somebody hands in for an entry: where it stands, its day, its words, what is attached."""

    part: Part
    on: date
    said: Said
    papers: tuple[attaching.Brought, ...] = ()


@dataclass(frozen=True)
class Shown:
    """An entry, opened for whoever may read it."""

    pk: int
    part: Part
    on: date
    said: Said
    attached: tuple[attaching.Attachment, ...] = ()


def file_of(viewer: Viewer) -> GrowthFile | None:
    """Return somebody's own growth file, None where they began none."""
    return GrowthFile.objects.filter(person=viewer.person_id).first() if viewer.person_id else None


def begin(viewer: Viewer) -> GrowthFile:
    """Begin a growth file; where there is one, it is that."""
    mine = {"begun_on": today(), "wrapped": keys.wrapped_anew(keys.fresh())}
    made: GrowthFile = GrowthFile.objects.get_or_create(person_id=viewer.person_id, defaults=mine)[0]
    keys.deposit(made)
    return made


def entries_of(file: GrowthFile, part: Part | None = None) -> list[Shown]:
    """Return the entries of a file, of one part where it is named: by part, newest first.

    Raises:
        keys.Closed: If this house cannot open it.
    """
    rows = file.entries.filter(part=part) if part else file.entries.all()
    order, key, attached = list(Part), keys.key_of(file), attaching.attached_of(file)
    found = (replace(_shown(row, key), attached=attached.get(row.pk, ())) for row in rows)
    return sorted(found, key=lambda one: order.index(one.part))


def shown(row: Entry) -> Shown:
    """Return an entry, opened.

    Raises:
        keys.Closed: If this house cannot open its file.
    """
    attached = attaching.attached_of(row.file).get(row.pk, ())
    return replace(_shown(row, keys.key_of(row.file)), attached=attached)


def _shown(row: Entry, key: bytes) -> Shown:
    held = json.loads(SecretBox(key).decrypt(bytes(row.sealed)))
    held["drawn"] = tuple((name, words) for name, words in held["drawn"])
    return Shown(row.pk, Part(row.part), row.on, Said(**held))


def _sealed(said: Said, key: bytes) -> bytes:
    return bytes(SecretBox(key).encrypt(json.dumps(asdict(said), ensure_ascii=False).encode()))


def write(file: GrowthFile, part: Part, on: date, *, said: Said) -> Entry:
    """Write an entry."""
    keys.deposit(file)
    return Entry.objects.create(file=file, part=part, on=on, sealed=_sealed(said, keys.key_of(file)))


def change(row: Entry, part: Part, on: date, *, said: Said) -> None:
    """Change an entry; what the house said in it stays as it was picked."""
    row.part, row.on, row.sealed = part, on, _sealed(said, keys.key_of(row.file))
    row.save(force_update=True)  # what was taken out meanwhile does not come back


def keep(file: GrowthFile, row: Entry | None, told: Told) -> Entry:
    """Write an entry, or change `row`, with what is attached to it; all of it or nothing.

    The file is locked while it is looked whether there is room: of two who come at the same moment the later
    finds what the first has brought.

    Raises:
        Problem: If there is no room for what is attached, or entry or file went meanwhile.
    """
    with transaction.atomic():
        held = locked(file)
        there = held.entries.select_for_update().filter(pk=row.pk).first() if row else None
        if row is not None and there is None:
            raise Problem(_("This entry was taken out meanwhile."), then=_("Write it as a new one."))
        if told.papers and (why := attaching.no_room_for(held, there, told.papers)):
            raise Problem(why, then=_("Choose the files again; nothing of them was kept."))
        if there is None:
            there = write(held, told.part, told.on, said=told.said)
        else:
            change(there, told.part, told.on, said=told.said)
        attaching.attach(there, told.papers)
    return there


def remove(file: GrowthFile, entry: int) -> None:
    """Take an entry out with what is attached to it; what comes to it at the same moment goes with it."""
    with transaction.atomic():
        list(GrowthFile.objects.select_for_update().filter(pk=file.pk))
        Entry.objects.filter(file=file, pk=entry).delete()


def locked(file: GrowthFile) -> GrowthFile:
    """Lock a file until the transaction ends, before anything of it is, and return it as it is now.

    Raises:
        Problem: If it was deleted meanwhile.
    """
    held = GrowthFile.objects.select_for_update().filter(pk=file.pk).first()
    if held is None:
        raise Problem(_("This growth file was deleted meanwhile."))
    return held


def pick(file: GrowthFile, known: Iterable[Known]) -> int:
    """Take what the house knows into a file, each once; return how many were new.

    Raises:
        Problem: If the file was deleted meanwhile.
    """
    with transaction.atomic():
        held = locked(file)
        keys.deposit(held)
        there, key = {(one.part, one.said.source) for one in entries_of(held)}, keys.key_of(held)
        new = [one for one in known if (one.part, one.said.source) not in there]
        Entry.objects.bulk_create(
            [Entry(file=held, part=one.part, on=one.on, sealed=_sealed(one.said, key)) for one in new]
        )
    return len(new)


def as_json(file: GrowthFile, name: str) -> dict[str, Any]:
    """Return a whole file to take along, as JSON says it.

    Args:
        file: The file.
        name: Whose it is.

    Returns:
        `{"format", "person", "begun_on", "taken_on", "entries": [{"part", "part_name", "on", …, "attached":
        [{"path", "kind", "size", "sha256"}]}]}`, days as ISO 8601, names of parts in the language of the
        request, paths of attachments as they lie in the package, bytes, hex.
    """
    entries = entries_of(file)
    paths = paths_in_package(entries)
    return {
        "format": FORMAT,
        "person": name,
        "begun_on": file.begun_on.isoformat(),
        "taken_on": today().isoformat(),
        "entries": [
            {
                "part": str(one.part),
                "part_name": str(one.part.label),
                "on": one.on.isoformat(),
                **asdict(one.said),
                "attached": [
                    {"path": paths[held.pk], "kind": held.kind, "size": held.size, "sha256": held.sha256}
                    for held in one.attached
                ],
            }
            for one in entries
        ],
    }


def paths_in_package(entries: Iterable[Shown]) -> dict[int, str]:
    """Return where each attachment lies in the package to take along: numbered, so that no two are one."""
    held = [attached for one in entries for attached in one.attached]
    return {one.pk: f"attachments/{no:02d}-{one.name}" for no, one in enumerate(held, start=1)}


def note_taken(file: GrowthFile, form: str) -> None:
    """Note in the journal that a file was taken along by its owner; not what it holds."""
    with transaction.atomic():
        append("growth.taken", by=f"person:{file.person_id}", facts={"form": form})


def delete(file: GrowthFile) -> None:
    """Delete a file wholly: entries, attachments, shares, readings, and who read it in the journal; once.

    Law:
        个人信息保护法 Art. 47
    """
    by = f"person:{file.person_id}"
    with transaction.atomic():
        list(file.shares.select_for_update())  # as whoever reads: the share first, then the file
        held = GrowthFile.objects.select_for_update().filter(pk=file.pk).first()
        if held is None:
            return
        erase(held.entries_of_journal, reason="个人信息保护法 Art. 47", by=by)
        append("growth.deleted", by=by)
        held.delete()
