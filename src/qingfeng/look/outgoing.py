"""What leaves the house (外发): every file, table and pack is searched here for words that name a source.

A document is refused, as slips are. Of a table the cells are left out, and the file says which: one text
among two thousand rows keeps nobody from their work; what a program reads is such a file too. Rooms whose own
work is with those who write (`names_sources`) keep their cells, and the file says that it names sources. What
the house says by itself (heads, choices) is not searched. Words are found and nothing else: a detail that
gives somebody away cannot be seen here.

Law:
    信访工作条例 Art. 30; 检举控告工作规则 Art. 52(3) [reported]
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.plain.source_words import source_words

MOST_SAID = 200  # places that a file names
_PARTS = re.compile("；|; ")


class NamesSource(ValueError):  # noqa: N818 - says what was found
    """What was to leave would name a source; the message says by which words, and what to do."""


@dataclass
class Outgoing:
    """One file on its way out.

    Attributes:
        own: Texts that the house says by itself: choices of fields, names of stages.
        names_sources: Whether its room works with those who write: then cells stay, and the file says so.
        found: Table, row (its first cell) and words of each cell that names a source, the first `MOST_SAID`.
        count: How many such cells there are.
    """

    own: Collection[str] = ()
    names_sources: bool = False
    found: list[tuple[str, str, str]] = field(default_factory=list)
    count: int = 0

    def cells(self, row: Iterable[Any], *, table: str = "") -> list[Any]:
        """Return the cells of a row as they may leave."""
        cells = list(row)
        return [self._cell(one, table, cells) for one in cells]

    def _cell(self, cell: Any, table: str, row: list[Any]) -> Any:
        if not isinstance(cell, str) or cell in self.own:
            return cell
        if not source_words(cell):
            return cell
        words = source_words("；".join(one for one in _PARTS.split(cell) if one not in self.own))
        if not words:  # several choices in one cell, all of them ours
            return cell
        self.count += 1
        if len(self.found) < MOST_SAID:
            first = str(row[0]) if row and not source_words(str(row[0])) else ""
            self.found.append((table, first, "、".join(words)))
        return cell if self.names_sources else left_out()

    def values(self, said: Any) -> Any:
        """Return JSON data as it may leave; keys and what is no text stay."""
        if isinstance(said, dict):
            return {key: self.values(one) for key, one in said.items()}
        if isinstance(said, list | tuple):
            return [self.values(one) for one in said]
        return self._cell(said, "", [])

    @property
    def note(self) -> str:
        """What the file says of it; "" where nothing was found."""
        if not self.count:
            return ""
        if self.names_sources:
            said = _("%(count)s cells speak of those who wrote: this file stays where petitions are handled.")
        else:
            said = _("%(count)s cells were left out: they would name a source.")
        return said % {"count": self.count}


def left_out() -> str:
    """Return what stands in a cell that was left out."""
    return _("(left out: it would name a source)")


def named_in(texts: Iterable[str], own: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the words in texts that name a source, without those that the house says by itself.

    Args:
        texts: What would leave.
        own: What a wording or a form says whoever it is about.
    """
    theirs = set(source_words("\n".join(own)))
    return tuple(one for one in source_words("\n".join(texts)) if one not in theirs)


def refuse(texts: Iterable[str], own: Iterable[str] = ()) -> None:
    """Refuse a document or a pack that would name a source.

    Raises:
        NamesSource: If it would.
    """
    if found := named_in(texts, own):
        raise NamesSource(refusal_of(found))


def refusal_of(words: Iterable[str]) -> str:
    """Return why something does not leave."""
    said = _("This document would name a source: %(words)s. Say what is known, not from whom.")
    return said % {"words": "、".join(words)}


def texts_in(said: Any) -> Iterable[str]:
    """Yield every text in JSON data."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict):
        for one in said.values():
            yield from texts_in(one)
    elif isinstance(said, list | tuple):
        for one in said:
            yield from texts_in(one)
