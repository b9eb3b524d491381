"""How the pages of a hall name and draw what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.culture.models import Entry
from qingfeng.desk.culture.halls.ground import KINDS
from qingfeng.desk.culture.halls.models import Brought


@dataclass(frozen=True)
class KindWords:
    """What a kind of file is called, and what is taken."""

    one: str
    many: str
    help: str


def kind_words(kind: str) -> KindWords:
    """Return the words for a kind of file."""
    return {
        "panorama": KindWords(
            _("Panorama"),
            _("Panoramas"),
            _(
                "JPEG, PNG or WebP, twice as wide as high, 2,000 to 13,000 pixels wide. Place, time and "
                "camera are taken off."
            ),
        ),
        "picture": KindWords(
            _("Picture"),
            _("Pictures"),
            _("JPEG, PNG or WebP; what it knows of place and time is taken off."),
        ),
        "audio": KindWords(_("Sound"), _("Sounds"), _("MP3, M4A or Ogg, 20 MB at most.")),
        "video": KindWords(
            _("Film"),
            _("Films"),
            _("MP4 or WebM, 80 MB at most; it needs captions in both languages."),
        ),
        "captions": KindWords(
            _("Captions"), _("Captions"), _("WebVTT (.vtt) in UTF-8, one file a language.")
        ),
    }[kind]


def tabs_of(entry: Entry, here: str) -> list[dict[str, Any]]:
    """Return the kinds as tabs, with how many there are of each."""
    counts = {kind: entry.media.filter(kind=kind).count() for kind in KINDS if kind != "captions"}
    return [
        {
            "words": kind_words(kind).many,
            "href": reverse("desk:hall_media", kwargs={"slug": entry.slug, "kind": kind}),
            "is_here": kind == here,
            "count": counts.get(kind),
        }
        for kind in KINDS
    ]


@dataclass(frozen=True)
class ShownBrought:
    """A file under way, as `{% progress %}` draws it."""

    file: Brought

    @property
    def ident(self) -> str:
        """Part of the element's id."""
        return f"brought-{self.file.pk}"

    @property
    def href(self) -> str:
        """Where a page asks how far it is."""
        return reverse("desk:hall_brought", kwargs={"slug": self.file.entry.slug, "no": self.file.pk})

    @property
    def words(self) -> str:
        """How far it is."""
        file = self.file
        told = {"name": file.name, "state": file.get_state_display()}
        if file.state == Brought.State.WORKING and file.of > 1:
            told |= {"done": str(file.done), "of": str(file.of)}
            return _("%(name)s: %(done)s of %(of)s tiles") % told
        return _("%(name)s: %(state)s") % told

    @property
    def share(self) -> float | None:
        """How much is done, None where it is not known."""
        file = self.file
        if file.state == Brought.State.RECEIVING:
            return file.received / file.size
        return file.done / file.of if file.of > 1 else None

    @property
    def is_done(self) -> bool:
        """Whether it has ended, well or not."""
        return self.file.state not in Brought.UNDER_WAY

    @property
    def problem(self) -> str:
        """Why it was not kept."""
        return self.file.problem
