"""The left rail and the bell: higher floors register what is theirs, the layout shows it.

from qingfeng.look import rail

rail.register(rail.RailEntry("Awaiting me", "desk:tray", 10, icon="inbox", count=waiting))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest

from qingfeng.look import addresses

COUNTED = 2_000  # further than this nothing is counted beside an entry
FEW = 14  # a rail with no more entries than this is shown unfolded


@dataclass(frozen=True)
class RailEntry:
    """One line of the rail.

    Attributes:
        name: What is read, lazily translated.
        url_name: Name of the address; an entry whose address does not exist is left out.
        order: Place in the rail, smaller first; entries of one group stand together.
        count: Given the request, how many wait; nothing is shown for 0 or None. One more than `COUNTED` says
            that there are more.
        may_see: Given the request, whether the entry exists for this person.
        icon: A name of `frontend/site/icons.txt`.
        group: Heading that the entry stands under, lazily translated; none by default.
        url_kwargs: Arguments of the address.
        key: Letter that leads there after `g`; "" for none.
        covered: Name of another address: whoever sees this entry does without the entry there, whose pages
            count as lying under this one.
        covers: Arguments of that address.
    """

    name: Any
    url_name: str
    order: int
    count: Callable[[HttpRequest], int | None] | None = None
    may_see: Callable[[HttpRequest], bool] | None = None
    icon: str = "folder"
    group: Any = ""
    url_kwargs: dict[str, Any] = field(default_factory=dict)
    key: str = ""
    covered: str = ""
    covers: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Bell:
    """Where notices are read, and how many are unread."""

    url_name: str
    count: Callable[[HttpRequest], int | None]


@dataclass(frozen=True)
class Shown:
    """An entry as one person sees it on one page."""

    name: Any
    href: str
    icon: str
    count: int | None
    is_here: bool
    key: str = ""
    covers: str = ""

    @property
    def counted(self) -> int:
        """How many wait, no further than `COUNTED`."""
        return min(self.count or 0, COUNTED)

    @property
    def is_more(self) -> bool:
        """Whether more wait than are counted."""
        return (self.count or 0) > COUNTED


@dataclass(frozen=True)
class Group:
    """The entries under one heading as one person sees them on one page.

    Attributes:
        heading: Words; "" for the entries that stand on top.
        entries: In order.
        is_open: Whether it is shown unfolded: the page is one of it, or the whole rail is short.
    """

    heading: Any
    entries: list[Shown]
    is_open: bool

    @property
    def waiting(self) -> int:
        """How many wait in all of it, each counted no further than `COUNTED`."""
        return sum(one.counted for one in self.entries)


_entries: dict[tuple[str, str], RailEntry] = {}
_personal: dict[tuple[str, str], RailEntry] = {}
_bells: list[Bell] = []


def _key(entry: RailEntry) -> tuple[str, str]:
    return entry.url_name, repr(sorted(entry.url_kwargs.items()))


def register(entry: RailEntry) -> None:
    """Put an entry on the rail; the same address again replaces it."""
    _entries[_key(entry)] = entry


def register_personal(entry: RailEntry) -> None:
    """Put an entry into the menu under the person's name; the same address again replaces it."""
    _personal[_key(entry)] = entry


def hang_bell(bell: Bell) -> None:
    """Say where notices are; the last one said holds."""
    _bells[:] = [bell]


def address(url_name: str, url_kwargs: dict[str, Any] | None = None) -> str | None:
    """Return the address of a name, None if there is none; looked up once."""
    return addresses.address_or_none(url_name, url_kwargs or {})


def _shown(entry: RailEntry, request: HttpRequest) -> Shown | None:
    href = address(entry.url_name, entry.url_kwargs)
    if href is None or (entry.may_see and not entry.may_see(request)):
        return None
    count = entry.count(request) if entry.count else None
    covers = address(entry.covered, entry.covers) or "" if entry.covered else ""
    is_here = bool(_depth(href, request.path) or _depth(covers, request.path))
    return Shown(entry.name, href, entry.icon, count or None, is_here, entry.key, covers)


def _depth(href: str, path: str) -> int:
    """Return how long an address is that a page lies under, 0 where it does not."""
    return len(href) if href and (path == href or (href != "/" and path.startswith(href))) else 0


def entries_for(request: HttpRequest) -> list[Group]:
    """Return the rail as one person sees it, groups in the order of their first entry.

    Only the longest address that the page lies under is marked as here.
    """
    everything = [(one, _shown(one, request)) for one in sorted(_entries.values(), key=lambda one: one.order)]
    there = [(entry.group, shown) for entry, shown in everything if shown is not None]
    covered = {shown.covers for _group, shown in there if shown.covers}
    groups: dict[str, tuple[Any, list[Shown]]] = {}
    for heading, shown in there:
        if shown.href not in covered:
            groups.setdefault(str(heading), (heading, []))[1].append(shown)
    all_entries = [one for _, entries in groups.values() for one in entries]
    depths = {
        one.href: max(_depth(one.href, request.path), _depth(one.covers, request.path)) for one in all_entries
    }
    here = max(depths.values(), default=0)
    folded = []
    for heading, entries in groups.values():
        own = [one if depths[one.href] == here else replace(one, is_here=False) for one in entries]
        folded.append(Group(heading, own, len(all_entries) <= FEW or any(one.is_here for one in own)))
    return folded


def personal_for(request: HttpRequest) -> list[Shown]:
    """Return what stands in the menu under the person's name."""
    entries = sorted(_personal.values(), key=lambda one: one.order)
    return [shown for entry in entries if (shown := _shown(entry, request)) is not None]


def bell_for(request: HttpRequest) -> Shown | None:
    """Return the bell as one person sees it, None if nobody hung one."""
    if not _bells or (href := address(_bells[0].url_name)) is None:
        return None
    return Shown("", href, "bell", _bells[0].count(request) or None, is_here=request.path == href, key="n")
