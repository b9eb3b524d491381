"""An archive taken in: its hall as a draft, its files on their way through the same checks as any other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from qingfeng.culture.archives.comparing import found_in, lacking
from qingfeng.culture.archives.opening import Member, Opened, opened, without_folder
from qingfeng.culture.archives.unzipping import NotAnArchive, copied, unzipped
from qingfeng.culture.brought_models import Batch
from qingfeng.culture.files import batches
from qingfeng.culture.files.reading import Found
from qingfeng.culture.models import Entry
from qingfeng.desk.culture.halls.bringing import cancel
from qingfeng.desk.culture.halls.models import Brought
from qingfeng.desk.culture.halls.parcels import Parcel
from qingfeng.desk.culture.halls.receiving import whole
from qingfeng.organization.models import Person


@dataclass
class Look:
    """What an archive would do here.

    Attributes:
        files: Those that come along and are not here yet.
    """

    archive: Opened
    found: Found
    files: list[Member]

    @property
    def does_something(self) -> bool:
        """Whether taking it in would change anything."""
        return bool(self.found.new or self.found.changed or self.files)

    @property
    def bytes(self) -> int:
        """How large the files are that would come."""
        return sum(one.bytes for one in self.files)


def look(parcel: Parcel) -> Look:
    """Read an archive against what is here.

    Raises:
        NotAnArchive: If it is none of ours, or harms.
        ValueError: If its lists cannot be read.
    """
    try:
        archive = opened(parcel.place)
        entry = Entry.objects.filter(slug=archive.slug).first()
        found = found_in(archive, entry, _came_as(entry))
    except RecursionError as error:
        raise NotAnArchive(_("This is no archive of a hall: another program packed it.")) from error
    files = [one for unit in found.units for one in lacking(archive, unit.draft, entry)]
    return Look(archive, found, files)


def take_in(seen: Look, parcel: Parcel, *, by: Person) -> Batch:
    """Write the draft, and send the files that it lacks to the worker.

    Raises:
        IntegrityError: If its address was taken since; nothing is written then.
        WroteMeanwhile: If the draft is another one than was read; nothing is written then.
    """
    with parcel.place.open("rb") as held:
        sha = hashlib.file_digest(held, "sha256").hexdigest()
    rows: list[tuple[Brought, Member]] = []
    try:
        with transaction.atomic():
            batch = _begun(seen, sha) or batches.take_in(seen.found, by=by, sha=sha, name=parcel.name)
            entry = Entry.objects.get(slug=seen.archive.slug)
            on_their_way = _on_their_way(batch)
            rows += [
                (_announced(entry, one, batch), one) for one in seen.files if one.sha256 not in on_their_way
            ]
        _unpack(parcel, rows)
    except BaseException:
        for file, _member in rows:
            cancel(file)
        raise
    return batch


def _unpack(parcel: Parcel, rows: list[tuple[Brought, Member]]) -> None:
    """Copy files out of an archive, each to the worker; outside of a transaction, for others may write."""
    with unzipped(parcel.place) as (held, every):
        there = without_folder(every)
        for file, member in rows:
            file.place.parent.mkdir(parents=True, exist_ok=True)
            with file.place.open("wb") as out:
                if copied(held, there[member.path], out) != member.sha256:
                    raise NotAnArchive(member.path)  # it was changed since it was looked at
            Brought.objects.filter(pk=file.pk).update(received=member.bytes)
            whole(file)


def _begun(seen: Look, sha: str) -> Batch | None:
    """Return the batch of an archive whose draft is written and whose files did not all come; it goes on."""
    if seen.found.new or seen.found.changed:
        return None
    stands = Batch.objects.filter(sha256=sha, taken_back_at=None, lines__entry__slug=seen.archive.slug)
    return stands.order_by("-pk").first()


def _on_their_way(batch: Batch) -> set[str]:
    """Return hashes of the files of a batch that the worker has; what broke off before is cancelled."""
    mine = Brought.objects.filter(told__batch=batch.pk)
    for file in mine.filter(state=Brought.State.RECEIVING):
        cancel(file)
    return {one.told["sha256"] for one in mine.filter(state__in=Brought.UNDER_WAY)}


def _announced(entry: Entry, one: Member, batch: Batch) -> Brought:
    told = {"batch": batch.pk, "sha256": one.sha256, "type": one.type, **one.sizes}
    return Brought.objects.create(
        entry=entry, kind=one.kind, name=one.name, size=one.bytes, by=batch.by, told=told,
        language=translation.get_language() or "zh-hans",
    )  # fmt: skip


def _came_as(entry: Entry | None) -> dict[str, str]:
    """Return what files of earlier archives are kept as: their hash there to their hash here."""
    kept = Brought.objects.filter(entry=entry, state=Brought.State.KEPT) if entry else Brought.objects.none()
    return {
        one.told["sha256"]: one.digest for one in kept if one.told.get("sha256", one.digest) != one.digest
    }
