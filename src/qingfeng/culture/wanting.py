"""Files that a draft names and that come later: each is put where the draft wants it, with its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from qingfeng.culture.brought_models import Wanted
from qingfeng.culture.drafts import PICTURE, WORDS
from qingfeng.culture.halls.naming import is_open, put
from qingfeng.culture.models import Entry, Hall, Medium
from qingfeng.culture.storing import keep_picture

LONGEST_NAME = 100


def wanted_of(kinds: Iterable[str]) -> QuerySet[Wanted]:
    """Return what drafts that can be changed now still want, of some kinds."""
    open_ones = Wanted.objects.exclude(entry__state=Entry.State.REVIEWING)
    return open_ones.filter(kind__in=list(kinds)).select_related("entry").order_by("entry__slug", "no")


def called(entry: Entry, name: str, *, besides: int = 0, given: Iterable[str] = ()) -> str:
    """Return a name for a medium that no other of the entry has: `gate.jpg`, `gate-2.jpg`.

    Args:
        entry: Whose medium it is.
        name: As its owner calls it.
        besides: Key of the medium itself, where it is there.
        given: Names that others will have.
    """
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, f"{dot}{ending}") if dot else (name, "")
    stem = stem[: LONGEST_NAME - len(ending) - 4]
    taken = {*entry.media.exclude(pk=besides).values_list("name", flat=True), *given}
    found, no = f"{stem}{ending}", 2
    while found in taken:
        found, no = f"{stem}-{no}{ending}", no + 1
    return found


def bring_picture(entry: Entry, data: bytes, *, name: str, words: Mapping[str, Any]) -> Medium:
    """Keep a picture and add it to a draft, where the draft wants it or after the others.

    Args:
        entry: Not under review.
        data: Of the file.
        name: Of the file, as its owner calls it.
        words: Licence, author and what it shows.

    Raises:
        CannotKeep: If it is no picture, or too large.
    """
    digest, form = keep_picture(data)
    with transaction.atomic():
        entry = Entry.objects.select_for_update().get(pk=entry.pk)
        made = entry.media.filter(digest=digest).first() or entry.media.create(
            digest=digest, form=form, no=entry.media.count() + 1, name=called(entry, name), **words
        )
        settle(entry, name=name, kind=PICTURE, digest=digest)
        entry.save(update_fields=["changed_at"])
    return made


def settle(entry: Entry, *, name: str, kind: str, digest: str) -> bool:
    """Put a file that is kept now where the draft wants one of its name; return whether it does.

    Where somebody chose another file since, or made another spot under the same key, theirs stays.

    Args:
        entry: Its entry, locked.
        name: Of the file, as its owner calls it.
        kind: A kind of medium, or `captions`.
        digest: Under which it lies.
    """
    one = entry.wanted.filter(name__iexact=name, kind=kind).first()
    if one is None:
        return False
    medium = entry.media.filter(digest=digest).first()
    if medium is not None:
        _say(medium, one)
    if one.at:
        hall = Hall.objects.select_for_update().get(entry=entry)
        for at in one.at:
            if is_open(hall.tour, at, kind):
                put(hall.tour, at, digest)
        hall.save(update_fields=["tour"])
    one.delete()
    return True


def _say(medium: Medium, wanted: Wanted) -> None:
    """Give a medium the words that waited for it; what somebody wrote already stays."""
    medium.no, medium.name = wanted.no, wanted.name
    for name in WORDS:
        if value := wanted.words.get(name):
            setattr(medium, name, getattr(medium, name) or value)
    medium.save()
