"""Archives on their way in: sent in pieces like other files, and put aside until somebody has looked at them.

A parcel is a file in `HOME/culture/brought` with what is known of it beside it; nothing in the database knows
of it, and the daily sweep removes what nobody took in.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from qingfeng.culture.storing import write_whole
from qingfeng.desk.culture.halls.receiving import LARGEST_PIECE, OutOfPlace, Stream, append, held_open
from qingfeng.documents.names import clean_name
from qingfeng.organization.models import Person
from qingfeng.screening.errors import Problem

LARGEST = 2 * 1024**3
MOST = 5  # that one person may have put aside
NUMBER = re.compile(r"[1-9][0-9]{0,17}")


@dataclass(frozen=True)
class Parcel:
    """An archive that is put aside.

    Attributes:
        by: Key of whoever brings it; nobody else sees it.
        mark: What its sender knows the file by, so that the same one goes on; "" for one that never does.
    """

    no: int
    by: int
    name: str
    size: int
    mark: str = ""

    @property
    def place(self) -> Path:
        """Where it lies."""
        return _folder() / f"{self.no}.zip"

    @property
    def received(self) -> int:
        """Bytes that lie there."""
        try:
            return min(self.place.stat().st_size, self.size)
        except FileNotFoundError:
            return 0

    @property
    def is_whole(self) -> bool:
        """Whether all of it lies there."""
        return self.received == self.size


def parcels_of(person: Person) -> list[Parcel]:
    """Return what a person has put aside, newest first."""
    return sorted((one for one in _all() if one.by == person.pk), key=_age, reverse=True)


def parcel(no: object, person: Person) -> Parcel | None:
    """Return a person's parcel by its number; None where there is none."""
    return next((one for one in parcels_of(person) if str(one.no) == str(no)), None)


def announce(person: Person, *, name: str, size: int, mark: str = "") -> Parcel:
    """Make room for an archive; the same one goes on where it broke off.

    Raises:
        Problem: If it is no ZIP by its name, too large, or several wait already.
    """
    name = clean_name(name.replace("\\", "/").rpartition("/")[2])[:200]
    if not name.lower().endswith(".zip"):
        raise Problem(
            _("This kind of file is not taken here."), then=_("Bring the ZIP that a hall was packed in.")
        )
    if not 0 < size <= LARGEST:
        raise Problem(
            _("The archive is empty or has more than 2 GB."), then=_("Leave large films out of it.")
        )
    mine = parcels_of(person)
    if mark and (there := next((one for one in mine if (one.mark, one.size) == (mark, size)), None)):
        os.utime(_beside(there))  # the newest again: what is gone on with is looked at first
        return there
    if len(mine) >= MOST:
        raise Problem(_("Several archives wait already."), then=_("Take them in or put them away first."))
    made = Parcel(secrets.randbelow(10**15) + 1, person.pk, name, size, mark)
    _folder().mkdir(parents=True, exist_ok=True)
    write_whole(_beside(made), json.dumps(asdict(made)).encode())
    return made


def take_piece(one: Parcel, stream: Stream, *, offset: int, length: int, sha256: str = "") -> int:
    """Append a piece; return how many bytes lie there now.

    Raises:
        OutOfPlace: If the archive does not end where the piece begins.
        Problem: If the piece broke off, was damaged, or is more than was announced.
    """
    if not 0 <= length <= LARGEST_PIECE or offset + length > one.size:
        raise Problem(_("The file is not what was announced."), then=_("Choose it again from its start."))
    with held_open(one.place) as handle:
        received = os.fstat(handle).st_size
        if offset != received:
            raise OutOfPlace(received)
        try:
            append(handle, stream, length, sha256)
            os.utime(_beside(one))  # as young as what it tells of
        except BaseException:
            os.ftruncate(handle, received)
            raise
    return offset + length


def put_away(one: Parcel) -> bool:
    """Remove a parcel; return whether it was there, so that of two presses one counts."""
    one.place.unlink(missing_ok=True)
    try:
        _beside(one).unlink()
    except FileNotFoundError:
        return False
    return True


def _folder() -> Path:
    return Path(settings.HOME) / "culture" / "brought"


def _beside(one: Parcel) -> Path:
    return _folder() / f"{one.no}.json"


def _all() -> Iterator[Parcel]:
    for file in _folder().glob("*.json"):
        try:
            said = json.loads(file.read_text(encoding="utf-8"))
            one = Parcel(**said)
        except (OSError, ValueError, TypeError):  # put away meanwhile
            continue
        if NUMBER.fullmatch(file.stem) and one.no == int(file.stem):
            yield one


def _age(one: Parcel) -> float:
    try:
        return _beside(one).stat().st_mtime
    except FileNotFoundError:
        return 0.0
