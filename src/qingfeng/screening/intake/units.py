"""Units by their spellings: an alias matches, a likeness is only suggested."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

SUGGESTIONS = 3
ALIKE = 0.5  # Dice coefficient of characters and pairs of characters
PART = 0.6  # one is a part of the other
VERY_ALIKE = 0.75  # enough to show a spelling that a private table withheld
_BRACKETS = str.maketrans("〔〕[]【】｛｝{}<>《》", "()()()()()()()")


def fold(spelling: str) -> str:
    """Return a spelling without width, case, spaces and kinds of brackets."""
    text = unicodedata.normalize("NFKC", spelling).translate(_BRACKETS).casefold()
    return "".join(character for character in text if not character.isspace() and character != "\u200b")


@dataclass
class UnitBook:
    """The register of units as names to be looked up.

    Attributes:
        ids: Folded name or alias to unit_id; None where two units claim it.
        names: unit_id to registered name.
        ours: Units under supervision.
    """

    ids: dict[str, str | None] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    ours: set[str] = field(default_factory=set)
    _bags: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, unit_id: str, name: str, others: Iterable[str | None], *, is_ours: bool) -> None:
        """Enter a unit under its name, id, short name, aliases and codes.

        Args:
            unit_id: The register's id, or the name.
            name: Registered name.
            others: Further spellings; None and "" are passed over.
            is_ours: Whether it is under supervision.
        """
        self.names[unit_id] = name
        (self.ours.add if is_ours else self.ours.discard)(unit_id)
        for spelling in {unit_id, name, *(other for other in others if other)}:
            key = fold(spelling)
            if not key:
                continue
            self.ids[key] = unit_id if self.ids.get(key, unit_id) == unit_id else None
        # A registered name belongs to its unit, whoever has it as an alias.
        self.ids[fold(name)] = unit_id

    def find(self, spelling: str) -> str | None:
        """Return the unit of a spelling; None if no unit, or more than one, has it."""
        return self.ids.get(fold(spelling))

    def suggest(self, spelling: str, *, at_least: float = ALIKE) -> tuple[str, ...]:
        """Return registered names that look like a spelling, best first."""
        folded = fold(spelling)
        bag = _bag(folded)
        best: dict[str, float] = {}
        for key, unit_id in self.ids.items():
            if key not in self._bags:
                self._bags[key] = _bag(key)
            likeness = _dice(bag, self._bags[key])
            if len(folded) > 1 and (folded in key or key in folded):
                likeness = max(likeness, PART)
            owners = [unit_id] if unit_id else []
            for owner in owners:
                if likeness >= at_least and likeness > best.get(owner, 0):
                    best[owner] = likeness
        if folded in self.ids and self.find(spelling) is None:
            best.update({u: 1.0 for u, name in self.names.items() if _dice(bag, _bag(fold(name))) > 0})
        ranked = sorted(best, key=lambda unit_id: (-best[unit_id], self.names[unit_id]))
        return tuple(self.names[unit_id] for unit_id in ranked[:SUGGESTIONS])


def book(rows: Iterable[Mapping[str, object]]) -> UnitBook:
    """Return the book of a register's rows, given oldest first.

    Args:
        rows: With unit_id, name, short_name, aliases, union_name, credit_code, is_ours.
    """
    made = UnitBook()
    for row in rows:
        name = str(row["name"] or row["unit_id"] or "")
        if not name:
            continue
        aliases = str(row["aliases"] or "").split("、")
        others = [
            _text(row["short_name"]),
            _text(row["union_name"]),
            _text(row["credit_code"]),
            *(a.strip() for a in aliases),
        ]
        made.add(str(row["unit_id"] or name), name, others, is_ours=row["is_ours"] is not False)
    return made


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _bag(text: str) -> Counter[str]:
    return Counter(text) + Counter(a + b for a, b in pairwise(text))


def _dice(one: Counter[str], other: Counter[str]) -> float:
    size = one.total() + other.total()
    return 2 * (one & other).total() / size if size else 0.0
