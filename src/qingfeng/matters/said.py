"""What a matter says: its free texts, and of these who a private person is and how they are reached."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.matters.vocabulary import Field, Mechanism

TEXTS = ("text", "long")
LEAST = 2  # signs of a word that is looked for alone
NOBODY = frozenset((Path(__file__).parent / "nobody.txt").read_text(encoding="utf-8").split())
"""What is written in place of a name: it is nobody's, and stands in the texts of others too."""


@dataclass(frozen=True)
class Said:
    """What a matter says.

    Attributes:
        words: Whole texts, at least `LEAST` signs each.
        names: Of these, who a private person is and how they are reached: sought inside other texts too.
    """

    words: frozenset[str]
    names: frozenset[str] = frozenset()

    def __or__(self, other: Said) -> Said:
        return Said(self.words | other.words, self.names | other.names)


def words_of(matter: Matter, *, personal: bool = False, titled: bool = True) -> Said:
    """Return the free texts that a matter says or said: not what was chosen or counted.

    Args:
        matter: The matter. What was corrected since still stands in its story, and counts.
        personal: Only what private persons said and who they are, besides the title.
        titled: Whether the title counts as one of its texts.
    """
    declared = mechanism(matter.mechanism, matter.version)
    fields = [one for one in fields_of(declared) if one.kind in TEXTS and (one.personal or not personal)]
    short = {one.key for one in fields if one.personal and one.kind == "text"}
    told = [matter.facts, *matter.lines.values_list("facts", flat=True)]
    told += matter.story.values_list("entered", flat=True)
    said = {text for one in told for text in _texts(one, {field.key for field in fields})}
    said |= {matter.title} if titled else set()
    names = {text.strip() for one in told for text in _texts(one, short)}
    return Said(
        frozenset(one for one in said if len(one.strip()) >= LEAST),
        frozenset(one for one in names if len(one) >= LEAST and one.casefold() not in NOBODY),
    )


def fields_of(declared: Mechanism) -> Iterator[Field]:
    """Yield every field that a declaration asks for: at opening, with acts, in ledgers."""
    yield from declared.asks
    for act in declared.acts:
        yield from act.asks
    for ledger in declared.ledgers:
        yield from ledger.fields


def _texts(value: Any, keys: Collection[str]) -> Iterator[str]:
    """Yield the texts that stand under some keys of a stored value, however deep."""
    if isinstance(value, dict):
        for key, one in value.items():
            if isinstance(one, str) and key in keys:
                yield one
            else:
                yield from _texts(one, keys)
    if isinstance(value, list):
        for one in value:
            yield from _texts(one, keys)
