"""Which hall a page is about, and keeping its draft: the tour as JSON, and the list it is built from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.culture import life
from qingfeng.culture.halls.reading import NotATour, tour_of
from qingfeng.culture.halls.saying import say
from qingfeng.culture.models import Entry, Hall, Medium
from qingfeng.culture.storing import FORMS
from qingfeng.desk.culture.halls.cleaning import taken_words
from qingfeng.desk.culture.halls.models import Brought

KINDS = ("panorama", "picture", "audio", "video", "captions")


class NotKept(Exception):  # noqa: N818 - says what happened
    """A draft that was not kept; `wrongs` by place, `""` for all of it."""

    def __init__(self, wrongs: Mapping[str, str], *, is_conflict: bool = False) -> None:
        self.wrongs, self.is_conflict = dict(wrongs), is_conflict
        super().__init__("; ".join(wrongs.values()))


def hall_or_404(slug: str) -> Entry:
    """Return a hall by its address."""
    held = get_object_or_404(Entry.objects.select_related("hall"), slug=slug, kind=Entry.Kind.HALL)
    Hall.objects.get_or_create(entry=held)
    return held


def open_or_404(slug: str) -> Entry:
    """Return a hall whose draft can be changed now; while it is under review there is none."""
    held = hall_or_404(slug)
    if life.under_review(held):
        raise Http404
    return held


def digest_of(value: Any) -> str:
    """Return the SHA-256 of a draft, by which two people notice that they write at once."""
    return hashlib.sha256(rfc8785.dumps(value)).hexdigest()


def locked(entry: Entry) -> tuple[Entry, Hall]:
    """Lock a hall as whatever writes in it does: its entry first, else two wait for each other."""
    now = Entry.objects.select_for_update().get(pk=entry.pk)
    return now, Hall.objects.select_for_update().get(entry=now)


def changed_meanwhile() -> str:
    """Return what is said to the second of two who write at once."""
    return _("Somebody else kept a change meanwhile. Copy what you need, then reload the page.")


@transaction.atomic
def keep_tour(entry: Entry, tour: Any, *, base: str = "") -> str:
    """Keep the tour of a draft.

    Args:
        entry: The hall.
        tour: As JSON.
        base: Digest of the tour that was changed; "" where it is that of `entry.hall`, as it was read.

    Returns:
        The digest of what is kept.

    Raises:
        NotKept: If it cannot be read, names what the hall has not, is under review, or was changed meanwhile.
    """
    now, held = locked(entry)
    if digest_of(held.tour) != (base or digest_of(entry.hall.tour)):
        raise NotKept({"": changed_meanwhile()}, is_conflict=True)
    if life.under_review(now):
        raise NotKept({"": _("It is under review already. Take it back to change it.")})
    try:
        read = tour_of(tour)
    except NotATour as error:
        raise NotKept({one.where: say(one).partition(": ")[2] for one in error.faults}) from error
    known = set(entry.media.values_list("digest", flat=True)) | set(captions_of(entry))
    known |= tour_of(held.tour).digests()  # what stood there may stay; a gate tells where it is gone
    if lost := read.digests() - known:
        raise NotKept(dict.fromkeys(_where(tour, lost), _("This file is not among those of the hall.")))
    held.tour = tour
    held.save(update_fields=["tour"])
    entry.hall = held
    entry.save(update_fields=["changed_at"])
    return digest_of(tour)


def _where(tour: Any, lost: frozenset[str]) -> list[str]:
    found = []
    for no, scene in enumerate(tour["scenes"]):
        found += [f"scenes[{no}].panorama"] * (scene.get("panorama") in lost)
        for turn, spot in enumerate(scene.get("spots", [])):
            names = ("medium", "captions_zh", "captions_en")
            found += [f"scenes[{no}].spots[{turn}].{name}" for name in names if spot.get(name) in lost]
    return found


def captions_of(entry: Entry) -> dict[str, str]:
    """Return what captions of a hall are called, by their hash; of two of a name the older says its time."""
    found: dict[str, str] = {}
    kept = Brought.objects.filter(entry=entry, kind="captions", state=Brought.State.KEPT)
    for one in kept.order_by("-pk"):
        if one.digest not in found:
            at = timezone.localtime(one.at)
            found[one.digest] = (
                f"{one.name} ({at:%Y-%m-%d %H:%M:%S})" if one.name in found.values() else one.name
            )
    for digest in sorted(_captions_in(entry.hall.tour) - set(found)):
        found[digest] = f"{digest[:8]}.vtt"
    return found


def forms_of(entry: Entry, digest: str) -> dict[str, str]:
    """Return the form of each file of a draft, by hash; of its versions too where a hash is not there."""
    found = dict(entry.media.values_list("digest", "form")) | dict.fromkeys(captions_of(entry), "vtt")
    for version in entry.versions.all() if digest not in found else ():
        found |= dict.fromkeys(_captions_in(version.content["tour"]), "vtt")
        found |= {one["digest"]: one["form"] for one in version.content["media"]}
    return found


def taken_from(entry: Entry) -> dict[str, str]:
    """Return what was taken off each file of a hall, in words, by its hash."""
    kept = Brought.objects.filter(entry=entry, state=Brought.State.KEPT).exclude(taken="").order_by("pk")
    return {one.digest: taken_words(one.taken) for one in kept}


def _captions_in(tour: Any) -> set[str]:
    """Return the hashes of the captions that a tour names."""
    spots = [spot for scene in tour_of(tour).scenes for spot in scene.spots]
    return {one for spot in spots for one in (spot.captions.zh, spot.captions.en) if one}


def media_of(entry: Entry, kind: str) -> list[Medium]:
    """Return what a hall may show of a kind."""
    return list(entry.media.filter(kind=kind))


def lacks_words(medium: Medium) -> list[str]:
    """Return what a medium still lacks before the hall can be public."""
    wanted = [
        (medium.licence, _("licence")),
        (medium.author.strip(), _("author")),
        (medium.alt_zh.strip() and medium.alt_en.strip(), _("words in both languages")),
    ]
    if medium.kind in {Medium.Kind.AUDIO, Medium.Kind.VIDEO}:
        wanted.append((medium.told_zh.strip() and medium.told_en.strip(), _("transcript in both languages")))
    return [says for is_there, says in wanted if not is_there]


def type_of(form: str) -> str:
    """Return the media type of a form."""
    return FORMS[form]
