"""A file that is put aside between the look and the second press, taken in as a batch, taken back as one."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from qingfeng.culture.brought_models import Batch, Line
from qingfeng.culture.coordinates import WGS84
from qingfeng.culture.drafts import (
    AT_ONCE,
    CAPTIONS,
    PLACE,
    Draft,
    digest_of,
    draft_of,
    file_names,
    loaded,
    write,
)
from qingfeng.culture.files.reading import Found, Unit, read
from qingfeng.culture.halls.naming import captions_in
from qingfeng.culture.models import Entry, Hall, Place, Route
from qingfeng.culture.storing import write_whole
from qingfeng.journal import store
from qingfeng.organization.models import Person

ENDED = ("refused", "cancelled")
"""Stages of an upload that brings nothing any more; with any other its file would go with the draft."""
TOKEN = re.compile(r"[0-9a-f]{64}\.(csv|geojson)")


class WroteMeanwhile(Exception):  # noqa: N818 - says what happened
    """Somebody wrote in a draft, or handed it in, since the file was read against it."""


def put_aside(data: bytes, name: str) -> str:
    """Keep a file between the look at it and the second press; return what names it."""
    form = "geojson" if name.lower().endswith((".geojson", ".json")) else "csv"
    token = f"{sha256(data).hexdigest()}.{form}"
    place = _aside(token)
    place.parent.mkdir(parents=True, exist_ok=True)
    write_whole(place, data)
    return token


def looked_at(token: str, *, datum: str = WGS84) -> Found | None:
    """Return what a file that was put aside says now; None where there is none, or a part of one."""
    if not TOKEN.fullmatch(token):
        return None
    try:
        data = _aside(token).read_bytes()
    except FileNotFoundError:
        return None
    return read(data, token, datum=datum) if token.startswith(sha256(data).hexdigest()) else None


def done_with(token: str) -> bool:
    """Remove a file that was put aside; return whether it was there, so that of two presses one counts."""
    try:
        _aside(token).unlink()
    except FileNotFoundError:
        return False
    return True


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
    units = [*found.new, *found.changed]
    _hold(found.changed)
    batch = Batch.objects.create(sha256=sha, name=name[:200], by=by)
    entries = write([(one.entry, one.draft) for one in units], by=by)
    after = _digests([one.pk for one in entries])
    Line.objects.bulk_create(
        (
            Line(batch=batch, entry=entry, before=_kept(unit), after=after[entry.pk])
            for entry, unit in zip(entries, units, strict=True)
        ),
        batch_size=AT_ONCE,
    )
    facts = {"sha256": sha, "new": len(found.new), "changed": len(found.changed)}
    store.append("culture.brought_in", subject="culture", by=f"person:{by.pk}", facts=facts)
    return batch


@transaction.atomic
def take_back(batch: Batch, *, by: Person) -> tuple[int, int]:
    """Undo what a file did to the drafts that nobody wrote in, handed in or built on since.

    Returns:
        How many drafts are as they were before it, and how many stay since something followed.
    """
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.taken_back_at:
        return 0, 0
    lines = list(batch.lines.select_related("entry"))
    keys = sorted(one.entry_id for one in lines)
    for begin in range(0, len(keys), AT_ONCE):
        _locked(keys[begin : begin + AT_ONCE])
    now = _digests(keys)
    still = [one for one in lines if now[one.entry_id] == one.after and not _followed(one, batch)]
    restored = [one for one in still if one.before is not None and _has_its_stops(one.before)]
    write([(one.entry, one.before) for one in restored], by=by)
    made = sorted((one for one in still if one.before is None), key=lambda one: one.entry.kind == PLACE)
    gone = sum(_removed(one.entry) for one in made)
    batch.taken_back_at = timezone.now()
    batch.save(update_fields=["taken_back_at"])
    count = len(restored) + gone
    facts = {"sha256": batch.sha256, "drafts": count}
    store.append("culture.brought_back", subject="culture", by=f"person:{by.pk}", facts=facts)
    return count, len(lines) - count


@transaction.atomic
def as_left(batch: Batch) -> None:
    """Note once more how a batch left its drafts, after files that were here before took their places."""
    lines = list(batch.lines.all())
    after = _digests([one.entry_id for one in lines])
    for one in lines:
        one.after = after[one.entry_id]
    Line.objects.bulk_update(lines, ["after"], batch_size=AT_ONCE)


def _kept(unit: Unit) -> Draft | None:
    """Return what is kept of a draft to take a batch back: captions, which have no row, with their hashes."""
    if unit.before is None or unit.entry is None or not hasattr(unit.entry, "hall"):
        return unit.before
    return {**unit.before, CAPTIONS: captions_in(unit.entry.hall.tour)}


def _hold(units: list[Unit]) -> None:
    """Lock the drafts that change, so that nobody writes in them between the reading and the writing."""
    read = {one.entry.pk: digest_of(one.before) for one in units if one.entry is not None}
    keys = sorted(read)
    for begin in range(0, len(keys), AT_ONCE):
        some = keys[begin : begin + AT_ONCE]
        states = _locked(some)
        now = {one.pk: digest_of(draft_of(one)) for one in loaded(Entry.objects.filter(pk__in=some))}
        if str(Entry.State.REVIEWING) in states or any(now.get(key) != read[key] for key in some):
            raise WroteMeanwhile


def _locked(keys: list[int]) -> list[str]:
    """Lock entries with what their pages write by itself, the quiz of a route and the tour of a hall."""
    rows = Entry.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    states = list(rows.values_list("state", flat=True))
    for table in (Route, Hall):
        list(table.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    return states


def _followed(line: Line, batch: Batch) -> bool:
    return (
        line.entry.state == Entry.State.REVIEWING
        or line.entry.versions.filter(made_at__gt=batch.at).exists()
        or (line.before is None and line.entry.brought.exclude(state__in=ENDED).exists())
    )


def _has_its_stops(draft: Draft) -> bool:
    """Return whether every place is there at which a route stopped: one may have been taken back since."""
    slugs = {one["place"] for one in draft.get("stops", ())}
    return Place.objects.filter(entry__slug__in=slugs).count() == len(slugs)


def _removed(entry: Entry) -> bool:
    try:
        with transaction.atomic():
            entry.delete()
    except ProtectedError:  # a route stops there, a group may come
        return False
    return True


def _digests(keys: list[int]) -> dict[int, str]:
    """Return the hash of each draft with what files do not say of it: what came to it since is a change.

    That is the files that are here, where a consent lies, and the list that a hall was built from.
    """
    found: dict[int, str] = {}
    for begin in range(0, len(keys), AT_ONCE):
        for one in loaded(Entry.objects.filter(pk__in=keys[begin : begin + AT_ONCE])):
            more = {"consent": one.consent, "built": one.hall.built if hasattr(one, "hall") else None}
            found[one.pk] = digest_of({"draft": draft_of(one), "here": sorted(file_names(one)), **more})
    return found


def _aside(token: str) -> Path:
    return Path(settings.HOME) / "culture" / "brought" / token
