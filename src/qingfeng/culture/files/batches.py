"""A file that is put aside between the look and the second press, taken in as a batch, taken back as one."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from hashlib import file_digest, sha256
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.db.models import Case, ProtectedError, When
from django.utils import timezone

from qingfeng.culture.brought_models import Batch, Line
from qingfeng.culture.coordinates import WGS84
from qingfeng.culture.drafts import (
    CAPTIONS,
    PLACE,
    Draft,
    digest_of,
    draft_of,
    file_names,
    loaded,
    name_of,
    write,
)
from qingfeng.culture.files.reading import Found, Unit, read
from qingfeng.culture.files.streams import CHUNK
from qingfeng.culture.halls.naming import captions_in
from qingfeng.culture.models import Entry, Hall, Place, Route
from qingfeng.culture.packing import AT_ONCE, parted
from qingfeng.journal import store
from qingfeng.organization.models import Person

ENDED = ("refused", "cancelled")
"""Stages of an upload that brings nothing any more; with any other its file would go with the draft."""
TOKEN = re.compile(r"[0-9a-f]{64}\.(csv|geojson)")


class WroteMeanwhile(Exception):  # noqa: N818 - says what happened
    """Somebody wrote in a draft, or handed it in, since the file was read against it."""


def put_aside(file: IO[bytes], name: str) -> str:
    """Keep a file between the look at it and the second press; return what names it."""
    form = "geojson" if name.lower().endswith((".geojson", ".json")) else "csv"
    folder = _aside("")
    folder.mkdir(parents=True, exist_ok=True)
    found, new = sha256(), folder / f"{secrets.token_hex(8)}.new"
    try:
        with new.open("wb") as held:
            while chunk := file.read(CHUNK):
                found.update(chunk)
                held.write(chunk)
        token = f"{found.hexdigest()}.{form}"
        new.replace(_aside(token))
    finally:
        new.unlink(missing_ok=True)
    return token


def looked_at(token: str, *, datum: str = WGS84) -> Found | None:
    """Return what a file that was put aside says now; None where there is none, or a part of one.

    Raises:
        ValueError: If it cannot be read; the message says what to do.
    """
    if not TOKEN.fullmatch(token):
        return None
    try:
        with _aside(token).open("rb") as file:
            digest = file_digest(file, sha256).hexdigest()
        return read(_aside(token), token, datum=datum) if token.startswith(digest) else None
    except FileNotFoundError:
        return None


def done_with(token: str) -> bool:
    """Remove a file that was put aside; return whether it was there, so that of two presses one counts."""
    try:
        _aside(token).unlink()
    except FileNotFoundError:
        return False
    return True


def given_to(token: str, batch: Batch) -> bool:
    """Leave a file to the worker; return whether it was there, so that of two presses one counts."""
    try:
        _aside(token).replace(_aside(f"batch-{batch.pk}.{token.rpartition('.')[2]}"))
    except FileNotFoundError:
        return False
    return True


def left_for(batch: Batch) -> Path | None:
    """Return where the file of a batch lies that the worker writes; None where it is gone."""
    return next(_aside("").glob(f"batch-{batch.pk}.*"), None)


@transaction.atomic
def take_in(found: Found, *, by: Person, sha: str, name: str = "") -> Batch:
    """Write what is new and what is changed as drafts; nothing becomes public, no version changes.

    Args:
        found: As `read` gives it.
        by: Who brings it.
        sha: SHA-256 of the file.
        name: Of the file.

    Raises:
        IntegrityError: If an address was taken since it was read; nothing is written then.
        WroteMeanwhile: If a draft is another one than was read, or under review; nothing is written then.
    """
    batch = Batch.objects.create(sha256=sha, name=name[:200], by=by)
    for some in parted([*found.new, *found.changed]):
        take_some(batch, some)
    note_taken(batch, new=len(found.new), changed=len(found.changed))
    return batch


def take_some(batch: Batch, units: list[Unit]) -> list[Line]:
    """Write some of the drafts of a batch, in a transaction of the caller; return their lines.

    Raises:
        IntegrityError: If an address was taken since it was read.
        WroteMeanwhile: If a draft is another one than was read, or under review.
    """
    there = _held(units)
    held = [None if one.key is None else there[one.key] for one in units]
    drafts = [one.draft for one in units]
    kept = [_kept(unit, entry) for unit, entry in zip(units, held, strict=True)]
    entries = write(list(zip(held, drafts, strict=True)), by=batch.by)
    after = _after(entries, drafts, held)
    return Line.objects.bulk_create(
        (
            Line(batch=batch, entry=entry, before=before, after=after[entry.pk])
            for entry, before in zip(entries, kept, strict=True)
        ),
        batch_size=AT_ONCE,
    )


def note_taken(batch: Batch, *, new: int, changed: int) -> None:
    """Say in the journal what a file brought."""
    facts = {"sha256": batch.sha256, "new": new, "changed": changed}
    store.append("culture.brought_in", subject="culture", by=f"person:{batch.by_id}", facts=facts)


@transaction.atomic
def take_back(batch: Batch, *, by: Person) -> tuple[int, int]:
    """Undo what a file did to the drafts that nobody wrote in, handed in or built on since.

    Returns:
        How many drafts are as they were before it, and how many stay since something followed.
    """
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.taken_back_at:
        return 0, 0
    keys = lines_of(batch)
    for some in parted(keys):
        back_some(batch, some)
    return note_back(batch, len(keys), by=by)


def lines_of(batch: Batch) -> list[int]:
    """Return the lines of a batch as they are taken back: what changed, then what is new, places last."""
    is_new = Case(
        When(before__isnull=True, then=1), default=0
    )  # a route is in the way of the places it stops at
    is_place = Case(When(entry__kind=PLACE, then=1), default=0)
    return list(batch.lines.order_by(is_new, is_place, "pk").values_list("pk", flat=True))


def back_some(batch: Batch, keys: list[int]) -> None:
    """Undo some lines of a batch, in a transaction of the caller; a line that is undone is gone."""
    lines = list(Line.objects.filter(pk__in=keys).select_related("entry").order_by("pk"))
    entries = sorted(one.entry_id for one in lines)
    _locked(entries)
    now, followed = _digests(entries), _followed(lines, batch)
    still = [one for one in lines if now[one.entry_id] == one.after and one.entry_id not in followed]
    restored = [one for one in still if one.before is not None and _has_its_stops(one.before)]
    write([(one.entry, one.before) for one in restored], by=batch.by)
    with_files = _with_files([one.entry_id for one in restored])
    for one in restored:
        if one.entry_id in with_files:
            _without_its_files(one)
    Line.objects.filter(pk__in=[one.pk for one in restored]).delete()
    made = [one.entry for one in still if one.before is None]
    for is_place in (False, True):
        _remove([one for one in made if (one.kind == PLACE) == is_place])


def note_back(batch: Batch, of: int, *, by: Person) -> tuple[int, int]:
    """Note that a batch of so many lines is taken back; return how many are undone, and how many stay."""
    stay = batch.lines.count()
    batch.taken_back_at = timezone.now()
    batch.save(update_fields=["taken_back_at"])
    facts = {"sha256": batch.sha256, "drafts": of - stay}
    store.append("culture.brought_back", subject="culture", by=f"person:{by.pk}", facts=facts)
    return of - stay, stay


def standing(key: object, entry: Entry) -> Line | None:
    """Return the line of a batch whose draft, which the caller holds locked, nobody changed since."""
    line = Line.objects.filter(batch=key, entry=entry).first() if isinstance(key, int) else None
    return line if line is not None and _digests([entry.pk])[entry.pk] == line.after else None


def grown(line: Line) -> None:
    """Note that a file which came with a batch has taken its place in the draft."""
    line.after = _digests([line.entry_id])[line.entry_id]
    line.save(update_fields=["after"])


@transaction.atomic
def as_left(batch: Batch, keys: Iterable[int]) -> None:
    """Note once more how a batch left some entries, after files that were here before took their places."""
    for some in parted(keys):
        after = _digests(some)
        lines = list(batch.lines.filter(entry__in=some))
        for one in lines:
            one.after = after[one.entry_id]
        Line.objects.bulk_update(lines, ["after"], batch_size=AT_ONCE)


def _kept(unit: Unit, entry: Entry | None) -> Draft | None:
    """Return what is kept of a draft to take a batch back: captions, which have no row, with their hashes."""
    before = unit.before
    if before is None or entry is None or not hasattr(entry, "hall"):
        return before
    return {**before, CAPTIONS: captions_in(entry.hall.tour)}


def _held(units: list[Unit]) -> dict[int, Entry]:
    """Lock the entries that change, so that nobody writes in them between the reading and the writing."""
    read = {one.key: one.digest_before for one in units if one.key is not None}
    states = _locked(sorted(read))
    there = {one.pk: one for one in loaded(Entry.objects.filter(pk__in=read))} if read else {}
    is_other = any(key not in there or digest_of(draft_of(there[key])) != read[key] for key in read)
    if str(Entry.State.REVIEWING) in states or is_other:
        raise WroteMeanwhile
    return there


def _locked(keys: list[int]) -> list[str]:
    """Lock entries with what their pages write by itself, the quiz of a route and the tour of a hall."""
    rows = Entry.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    states = list(rows.values_list("state", flat=True))
    for table in (Route, Hall):
        list(table.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    return states


def _followed(lines: list[Line], batch: Batch) -> set[int]:
    """Return the entries after which something came: a review, a version, a file of somebody else."""
    keys = [one.entry_id for one in lines]
    later = Entry.objects.filter(pk__in=keys, versions__made_at__gt=batch.at)
    found = {one.entry_id for one in lines if one.entry.state == Entry.State.REVIEWING}
    found |= set(later.values_list("pk", flat=True))
    with_files = _with_files([one.entry_id for one in lines if one.before is None])
    for one in lines:
        if one.entry_id in with_files and any(not _is_of(file, batch) for file in _brought(one.entry)):
            found.add(one.entry_id)
    return found


def _with_files(keys: list[int]) -> set[int]:
    """Return the entries for which files were brought one by one."""
    return set(Entry.objects.filter(pk__in=keys, brought__isnull=False).values_list("pk", flat=True))


def _brought(entry: Entry) -> list[Any]:
    return list(entry.brought.exclude(state__in=ENDED))


def _is_of(file: Any, batch: Batch) -> bool:
    """Return whether a file came in the archive of a batch, and goes with it."""
    return bool(file.told.get("batch") == batch.pk)


def _without_its_files(line: Line) -> None:
    """Take files that came with a batch out of a draft that is as it was before."""
    before = line.before or {}
    names = {one["name"] for one in before.get("media", [])}
    digests = {one.digest for one in _brought(line.entry) if _is_of(one, line.batch)}
    for one in line.entry.media.filter(digest__in=digests):
        if name_of(one) not in names:
            one.delete()


def _has_its_stops(draft: Draft) -> bool:
    """Return whether every place is there at which a route stopped: one may have been taken back since."""
    slugs = {one["place"] for one in draft.get("stops", ())}
    return Place.objects.filter(entry__slug__in=slugs).count() == len(slugs)


def _remove(entries: list[Entry]) -> None:
    """Remove entries that nothing stands on: at once, one by one where a route stops or a group may come."""
    try:
        with transaction.atomic():
            Entry.objects.filter(pk__in=[one.pk for one in entries]).delete()
    except ProtectedError:
        if len(entries) > 1:
            for one in entries:
                _remove([one])


def _after(entries: list[Entry], drafts: list[Draft], held: list[Entry | None]) -> dict[int, str]:
    """Return what `_digests` would; a place that has no file here says what was just written."""
    found: dict[int, str] = {}
    for one, draft, before in zip(entries, drafts, held, strict=True):
        if one.kind == PLACE and (before is None or not file_names(before)):
            found[one.pk] = _digest(draft, [], one.consent)
    return found | _digests([one.pk for one in entries if one.pk not in found])


def _digest(draft: Draft, here: list[str], consent: str) -> str:
    return digest_of({"draft": draft, "here": here, "consent": consent})


def _digests(keys: list[int]) -> dict[int, str]:
    """Return the hash of each draft with what files do not say of it: what came to it since is a change.

    That is the files that are here, and where a consent lies.
    """
    found: dict[int, str] = {}
    for some in parted(keys):
        for one in loaded(Entry.objects.filter(pk__in=some)):
            found[one.pk] = _digest(draft_of(one), sorted(file_names(one)), one.consent)
    return found


def _aside(token: str) -> Path:
    return Path(settings.HOME) / "culture" / "brought" / token
