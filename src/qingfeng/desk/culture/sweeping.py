"""Files that nothing refers to any more, removed after a time: of uploads, drafts, views and exports.

A file is referred to as long as its hash stands in a draft, a version (what was ever handed in is record and
stays), a publication, or among the captions that were brought. Bringing a file anew makes it young again, so
nothing goes that somebody is about to use. A sweep can break off anywhere: each thing is gone or there, and
the next one goes on.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from qingfeng.culture.brought_models import Writing
from qingfeng.culture.halls.looking import view_name
from qingfeng.culture.halls.reading import tour_of
from qingfeng.culture.models import Entry, Hall, Medium, Publication, Version
from qingfeng.desk.culture.halls.models import Brought
from qingfeng.journal import store

KEPT = timedelta(days=30)
"""How long a file stays that nothing refers to, counted from when it was brought or taken away."""
BROKEN = timedelta(days=7)
"""How long an upload waits to go on. What it left on the disk, and half-written files, stay for a day."""
DAY = timedelta(days=1)
DIGEST = re.compile(r"[0-9a-f]{64}")
State = Brought.State


@dataclass
class Swept:
    """What was removed: how many files by kind, and bytes."""

    counts: Counter[str] = field(default_factory=Counter)
    bytes: int = 0

    def __bool__(self) -> bool:
        return bool(self.counts)

    def __str__(self) -> str:
        said = ", ".join(f"{kind} {count}" for kind, count in sorted(self.counts.items()))
        return f"{said or 'nothing'} ({self.bytes / 1024**2:.1f} MB)"


def sweep(*, is_tried: bool = False, now: datetime | None = None) -> Swept:
    """Remove what nothing refers to, and note how much in the journal.

    Args:
        is_tried: Whether it is only counted.
        now: Instant from which times are counted; the present where none is said.

    Returns:
        What was removed, or would be.
    """
    made = Sweep(now or timezone.now(), is_tried=is_tried)
    made.uploads()
    made.half_written()
    made.media()
    made.views()
    if made.swept and not is_tried:
        with transaction.atomic():
            facts = {**made.swept.counts, "bytes": made.swept.bytes}
            store.append("culture.swept", subject="culture", facts=facts)
    return made.swept


def referred() -> set[str]:
    """Return the hash of every file that a draft, a version, a publication or a list of captions names."""
    found = set(Medium.objects.values_list("digest", flat=True))
    found |= set(Brought.objects.filter(kind="captions", state=State.KEPT).values_list("digest", flat=True))
    values: Iterable[object]
    for values in (
        Version.objects.values_list("content", flat=True).iterator(),
        Publication.objects.values_list("pictures", flat=True).iterator(),
        Hall.objects.values_list("tour", flat=True).iterator(),
        Hall.objects.values_list("built", flat=True).iterator(),
    ):
        for value in values:
            found.update(DIGEST.findall(str(value)))
    return found


class Sweep:
    """One sweep under way."""

    def __init__(self, now: datetime, *, is_tried: bool) -> None:
        self.now, self.is_tried, self.swept = now, is_tried, Swept()
        self.home = Path(settings.HOME) / "culture"

    def uploads(self) -> None:
        """Remove uploads that were cancelled or did not go on, and files that no upload knows."""
        ended = Brought.objects.filter(state=State.CANCELLED, at__lt=self.now - DAY)
        refused = Brought.objects.filter(state=State.REFUSED, at__lt=self.now - KEPT)
        broken = Brought.objects.filter(state=State.RECEIVING, at__lt=self.now - BROKEN)
        stale = [one for one in broken if not one.place.exists() or self._is_old(one.place, BROKEN)]
        for one in [*ended, *refused, *stale]:
            if not self.remove("uploads", one.place):
                self.swept.counts["uploads"] += 1  # of which only the line was left
            if not self.is_tried:
                one.delete()
        under_way = set(Brought.objects.filter(state__in=Brought.UNDER_WAY).values_list("pk", flat=True))
        for file in self.old("incoming/*", DAY):
            if not file.name.isdigit() or int(file.name) not in under_way:
                self.remove("uploads", file)
        waited_for = Writing.objects.exclude(doing="").values_list("pk", flat=True)
        needed = {f"batch-{pk}" for pk in waited_for}  # a worker that stood still for a day goes on with it
        for file in self.old("brought/*", DAY):  # what was looked at and not taken in
            if file.stem not in needed:
                self.remove("uploads", file)

    def half_written(self) -> None:
        """Remove what was being written when somebody stopped the house."""
        for pattern in ("*.new", "media/*/*.new", "tiles/*/*.new", "views/*.new"):
            for file in self.old(pattern, DAY):
                self.remove("half_written", file)

    def media(self) -> None:
        """Remove pictures, panoramas with their tiles, sounds, films and captions that nothing refers to."""
        known = referred()
        for kind, pattern in (("media", "media/*/*"), ("tiles", "tiles/*/*")):
            for file in self.old(pattern, KEPT):
                digest = file.name.partition(".")[0]
                if DIGEST.fullmatch(digest) and not file.name.endswith(".new") and digest not in known:
                    self.remove(kind, file)

    def views(self) -> None:
        """Remove opening views that no hall has; they are drawn again where one is wanted."""
        known = set(_views())
        for file in self.old("views/*.webp", DAY):
            if file.name not in known:
                self.remove("views", file)

    def old(self, pattern: str, age: timedelta) -> Iterator[Path]:
        """Yield what lies in the home under a pattern and was not touched for a time."""
        for file in sorted(self.home.glob(pattern)):
            if self._is_old(file, age):
                yield file

    def _is_old(self, file: Path, age: timedelta) -> bool:
        try:
            return file.stat().st_mtime < (self.now - age).timestamp()
        except FileNotFoundError:  # somebody else was faster
            return False

    def remove(self, kind: str, place: Path) -> bool:
        """Remove a file, or a folder so that it is never there in part; return whether it was there."""
        try:
            files = [one for one in place.rglob("*") if one.is_file()] if place.is_dir() else [place]
            size = sum(one.stat().st_size for one in files)
            if not self.is_tried:
                _remove(place)
        except FileNotFoundError:  # another sweep was faster
            return False
        self.swept.counts[kind] += 1
        self.swept.bytes += size
        return True


def _remove(place: Path) -> None:
    if place.is_dir():
        beside = place.with_name(f"{place.name}.{secrets.token_hex(4)}.new")
        place.rename(beside)
        shutil.rmtree(beside)
    else:
        place.unlink()


def _views() -> Iterator[str]:
    """Yield the names of the opening views that drafts and public halls have."""
    live = Publication.objects.filter(is_live=True, kind=Entry.Kind.HALL).select_related("version")
    tours = [one.version.content["tour"] for one in live]
    for tour in (*tours, *Hall.objects.values_list("tour", flat=True)):
        yield from (view_name(scene) for scene in tour_of(tour).scenes)
