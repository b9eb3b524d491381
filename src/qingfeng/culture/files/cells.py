"""What one cell of a file says: read from text as it was typed, or told what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.culture.booking import is_personal
from qingfeng.culture.files.tables import choices_of, plainly

Cell = Callable[[str], Any]
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
HOUR = re.compile(r"(\d{1,2})[:.](\d{2})(?::00)?")
REST_DAYS = re.compile(r"[1-7]{0,6}")
YES, NO = {"1", "true", "yes", "y", "是", "有"}, {"", "0", "false", "no", "n", "否", "无"}
LONGEST_SLUG = 60
OF_THE_DESK = frozenset({"base-map", "bookings", "bring", "checks", "counts", "new"})
"""Addresses that the desk has for itself: an entry of such a name could not be opened there."""


class NotRead(ValueError):  # noqa: N818 - says what it is
    """A cell that cannot be read; the message says what is expected."""


def text(most: int, *, is_office: bool = False) -> Cell:
    """Return what reads a text of so many signs; of an office, without private numbers."""

    def read(said: str) -> str:
        said = said.strip()
        if len(said) > most:
            raise NotRead(_("At most %(n)d signs; here are %(here)d.") % {"n": most, "here": len(said)})
        if is_office and is_personal(said):
            raise NotRead(_("Leave out telephone and identity numbers."))
        return said

    return read


def in_a_line(read: Cell) -> Cell:
    """Return what reads a text that a form shows in one line, its parts with a bar between."""
    return lambda said: read(" ".join(said.replace("|", "｜").split()))


def one_of(choices: Iterable[tuple[str, Any]], usual: str = "") -> Cell:
    """Return what reads one of several keys, also by its words; `usual` of an empty cell."""
    known = list(choices)
    called: dict[str, str] = {}

    def read(said: str) -> str:
        plain = plainly(said)
        if not plain:
            return usual
        if not called:  # words are there when the house has started
            called.update(choices_of(known))
        if found := called.get(plain.lower()):
            return found
        raise NotRead(_("It is one of %(kinds)s.") % {"kinds": ", ".join(key for key, _words in known)})

    return read


def number(least: float, most: float, usual: float | None = None) -> Cell:
    """Return what reads a number within bounds; `usual` of an empty cell."""

    def read(said: str) -> float | None:
        plain = plainly(said).replace("，", ".").replace(",", ".")
        if not plain:
            return usual
        try:
            found = float(plain)
        except ValueError:
            found = float("nan")
        if not least <= found <= most:
            raise NotRead(_bounds(least, most))
        return found

    return read


def whole(least: int, most: int, usual: int | None = None) -> Cell:
    """Return what reads a whole number within bounds; `usual` of an empty cell."""

    def read(said: str) -> int | None:
        plain = plainly(said).removesuffix(".0")
        if not plain:
            return usual
        if not re.fullmatch(r"[0-9]{1,6}", plain) or not least <= int(plain) <= most:
            raise NotRead(_bounds(least, most))
        return int(plain)

    return read


def hour(usual: str = "") -> Cell:
    """Return what reads an hour of the day; `usual` of an empty cell."""

    def read(said: str) -> str:
        plain = plainly(said)
        if not plain:
            return usual
        found = HOUR.fullmatch(plain)
        if not found or int(found[1]) > 23 or int(found[2]) > 59:
            raise NotRead(_("Hours are written 09:00."))
        return f"{int(found[1]):02d}:{found[2]}"

    return read


def flag(said: str) -> bool:
    """Read yes or no; an empty cell says no."""
    plain = plainly(said).lower()
    if plain not in YES | NO:
        raise NotRead(_("It is yes or no."))
    return plain in YES


def rest_days(said: str) -> str:
    """Read the days of the week on which something is closed."""
    plain = plainly(said)
    if not REST_DAYS.fullmatch(plain):
        raise NotRead(_("1 Monday to 7 Sunday: 12 is Monday and Tuesday."))
    return plain


def slug(said: str) -> str:
    """Read an address of a page."""
    plain = plainly(said)
    if not SLUG.fullmatch(plain) or len(plain) > LONGEST_SLUG:
        raise NotRead(_("An address is lower-case words with hyphens, 60 signs at most."))
    if plain in OF_THE_DESK:
        raise NotRead(_("There is such an address already: %(slug)s") % {"slug": plain})
    return plain


def file_name(said: str) -> str:
    """Read the name of a file, without the folders before it."""
    found = said.replace("\\", "/").rpartition("/")[2].strip()
    if len(found) > 100:
        raise NotRead(_("At most %(n)d signs; here are %(here)d.") % {"n": 100, "here": len(found)})
    return found


def read_cells(
    said: Mapping[str, Any], cells: Mapping[str, Cell], into: dict[str, Any], *, needed: Iterable[str] = ()
) -> list[str]:
    """Read the cells that are there into a draft; return what is wrong, each with its column.

    Args:
        said: Column to cell, of those that the file has.
        cells: Column to what reads it.
        into: Is changed.
        needed: Columns that may not end up empty.
    """
    wrong = []
    for name, read in cells.items():
        if name not in said:
            continue
        try:
            into[name] = read(_as_text(said[name]))
        except NotRead as error:
            wrong.append(f"{name}: {error}")
    if missing := [name for name in needed if into.get(name) in ("", None) and not _told(name, wrong)]:
        wrong.append(_("Nothing in %(columns)s.") % {"columns": ", ".join(missing)})
    return wrong


def _told(name: str, wrong: Iterable[str]) -> bool:
    return any(one.startswith(f"{name}:") for one in wrong)


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return "" if value is None else str(value).replace("\0", "").encode(errors="ignore").decode()


def _bounds(least: float, most: float) -> str:
    return _("A number from %(least)s to %(most)s is expected.") % {
        "least": f"{least:g}",
        "most": f"{most:g}",
    }
