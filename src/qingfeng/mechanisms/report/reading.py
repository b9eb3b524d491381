"""Reading a report: in one request, in memory, with the custodian's phrase; nothing of it is kept."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.matters.key_models import SealedFile
from qingfeng.matters.models import Matter
from qingfeng.matters.sealing import opened_with
from qingfeng.matters.unsealing import open_many_noted
from qingfeng.organization.viewer import Viewer
from qingfeng.plain.source_words import names_in, source_words
from qingfeng.screening.errors import Problem
from qingfeng.sealing import envelope, streams
from qingfeng.sealing.errors import SealingError


@dataclass(frozen=True)
class Letter:
    """What somebody wrote or said; every part of it may be empty.

    Attributes:
        name: Who reported.
        reached: How they are reached.
        about: Whom or what it is about, in their words.
        text: What they say.
        excludes: Who of the office shall not read it, in their words.
        files: Names of the enclosures.
    """

    name: str = ""
    reached: str = ""
    about: str = ""
    text: str = ""
    excludes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Opened:
    """A report while it is read.

    Attributes:
        letters: In the order in which they came.
        extract: The extract for the handlers, "" before it is made.
        secret: The custodian's key, for enclosures; gone with the request.
    """

    letters: tuple[Letter, ...] = field(repr=False)
    extract: str = field(repr=False)
    secret: bytes = field(repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Names and numbers by which whoever reported could be known."""
        found = [part for one in self.letters for part in (one.name, one.reached) if part]
        return tuple(dict.fromkeys(found))

    @property
    def file_names(self) -> tuple[str, ...]:
        """Names of all enclosures, in the order in which they are kept."""
        return tuple(name for one in self.letters for name in one.files)


def read(matter: Matter, phrase: str, *, by: Viewer) -> Opened:
    """Open a report for one of its custodians; the opening is an entry in the journal.

    Args:
        matter: A report.
        phrase: The custodian's own; kept nowhere.
        by: The custodian.

    Raises:
        Problem: If it is not sealed to them, the phrase is wrong, or something was changed.
    """
    return _put_together(*open_many_noted(matter, phrase, by=by))


def read_with(matter: Matter, secret: bytes, *, by: Viewer) -> Opened:
    """Open a report with a key that is open in this request already; whoever calls notes it.

    Raises:
        Problem: If something was changed.
    """
    values: dict[str, list[str]] = {}
    for row in matter.sealed.filter(keys__has_key=str(by.person_id)).order_by("pk"):
        values.setdefault(row.field, []).append(opened_with(row, secret))
    return _put_together(secret, values)


def _put_together(secret: bytes, values: Mapping[str, list[str]]) -> Opened:
    letters = [_letter(_opened(one, secret)) for one in values.get("arrived", ())]
    if any(values.get(key) for key in ("reporter", "reporter_reached", "content")):
        said = {key: (values.get(key) or [""])[-1] for key in ("reporter", "reporter_reached", "content")}
        letters.append(Letter(said["reporter"], said["reporter_reached"], text=said["content"]))
    return Opened(tuple(letters), (values.get("extract") or [""])[-1], secret)


def enclosure(kept: SealedFile, opened: Opened) -> Iterator[bytes]:
    """Yield an enclosure, piece by piece; nothing of it touches a disk.

    Raises:
        Problem: If it was changed.
    """
    try:
        yield from streams.opened(BytesIO(bytes(kept.held)), opened.secret)
    except SealingError as error:
        raise Problem(_("The sealed value was changed or cut short.")) from error


def gives_away(text: str, opened: Opened) -> tuple[str, ...]:
    """Return what in a text would give the source away: words that say that somebody reported, and names."""
    return (*source_words(text), *names_in(text, opened.names))


def _opened(value: str, secret: bytes) -> dict[str, Any]:
    try:
        return envelope.open_envelope(b64decode(value), secret)
    except (SealingError, ValueError) as error:
        raise Problem(_("The sealed value was changed or cut short.")) from error


def _letter(said: Mapping[str, Any]) -> Letter:
    def text(key: str) -> str:
        return str(said.get(key) or "")

    def several(key: str) -> tuple[str, ...]:
        return tuple(str(one) for one in said.get(key) or ())

    return Letter(
        text("name"), text("contact"), text("about"), text("text"), several("excludes"), several("files")
    )
