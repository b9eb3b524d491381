"""Who a unit is in the records, and which units are comparable to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from qingfeng.findings.matching import folded
from qingfeng.organization.models import Unit
from qingfeng.screening.correction import KeptCube, RegisteredUnit
from qingfeng.screening.correction.comparing import LEAST_UNITS


@dataclass(frozen=True)
class Peers:
    """Comparable units.

    Attributes:
        units: Their keys in the records, sorted.
        how: `kind` units of the same kind; `all` every unit, where too few are of its kind; `none` where
            there are fewer than three at all.
        kind: The kind, for `kind`.
        left_out: Units that would be comparable but for a letter of their own about one of these rules.
    """

    units: tuple[str, ...] = ()
    how: Literal["kind", "all", "none"] = "none"
    kind: str = ""
    left_out: int = 0


def names_of(unit: Unit) -> tuple[str, ...]:
    """Return every name that a unit on record goes by."""
    return tuple(dict.fromkeys(one for one in (unit.name, unit.short_name, *unit.aliases) if one))


def key_of(unit: Unit | None, kept: KeptCube) -> str:
    """Return the key of a unit in the records; "" where none or more than one fits."""
    if unit is None:
        return ""
    known = kept.units or {key: RegisteredUnit((key,)) for _rule, key, _month in kept.cube.cells}
    by_full = {key for key, one in known.items() if folded(unit.name) in _folded((*one.names[:1], key))}
    if len(by_full) == 1:
        return by_full.pop()
    wanted = _folded(names_of(unit))
    found = {key for key, one in known.items() if wanted & _folded((*one.names, key))}
    return found.pop() if len(found) == 1 else ""


def peers_of(
    key: str, rules: Collection[str], kept: KeptCube, *, written_to: Mapping[str, Collection[str]]
) -> Peers:
    """Return the comparable units of a unit.

    Args:
        key: The unit's key in the records.
        rules: Rules of the letter.
        kept: The cube.
        written_to: Rule to the keys of units that have a letter about it: they mend too, and are no
            measure of what happens without a letter.
    """
    treated = {one for rule in rules for one in written_to.get(rule, ())} - {key}
    there = {unit for rule, unit, _month in kept.cube.cells if rule in rules} - {key}
    kinds = {unit: one.kind for unit, one in kept.units.items()}
    kind = kinds.get(key, "")
    same = {unit for unit in there if kind and kinds.get(unit) == kind}
    for units, how in ((same, "kind"), (there, "all")):
        if len(units - treated) >= LEAST_UNITS:
            left_out = len(units & treated)
            return Peers(tuple(sorted(units - treated)), how, kind if how == "kind" else "", left_out)  # type: ignore[arg-type]
    return Peers(left_out=len(there & treated))


def _folded(names: Collection[str]) -> set[str]:
    return {folded(one) for one in names}
