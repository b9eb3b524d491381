"""Values as words: what a message says, and what a fact may say at all."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from string import Formatter
from typing import TYPE_CHECKING

from qingfeng.screening.leads.subjects import HASH, SOMEBODY
from qingfeng.screening.rulebook.rule import Dated

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from qingfeng.screening.rulebook import Rule

NO_RECORD = "（无记录）"
LEFT_OUT = "（略）"

# Facts that name somebody, under the names that tables give them; left out of tier C.
NAMING = frozenset(
    {
        "applicant", "approved_by", "companion_names", "contact", "driver", "guest_names", "handler",
        "holder", "issuer_person", "legal_rep", "name", "names", "passengers", "payee", "people",
        "person", "persons", "preparer", "reviewer", "signed",
    }
)  # fmt: skip

_HASH = re.compile(f"(?<![0-9a-f]){HASH}(?![0-9a-f])")
_BETWEEN = re.compile(r"[、,，;；\s]+")
_INSTANT = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?:\+08:00)?)?")


@dataclass(frozen=True)
class Wording:
    """How one rule's findings are worded.

    Attributes:
        rule: The rule.
        types: Output column to the SQL type that the engine gave it.
        people: Names in the registers, which no finding of tier C may say.
    """

    rule: Rule
    types: Mapping[str, str] = field(default_factory=dict)
    people: Collection[str] = frozenset()

    def facts(self, told: str, tier: str) -> dict[str, str | None]:
        """Return the facts that may be shown.

        Args:
            told: JSON of fact to text, as the engine wrote it.
            tier: Of this finding; C leaves out whatever names a person.
        """
        facts: dict[str, str | None] = json.loads(told)
        if _HASH.search(told):
            facts = {name: value for name, value in facts.items() if value is None or not _HASH.search(value)}
        if tier != "C":
            return facts
        return {name: value for name, value in facts.items() if not self._names_somebody(name, value)}

    def _names_somebody(self, name: str, value: str | None) -> bool:
        if name in NAMING:
            return True
        return any(part in self.people for part in _BETWEEN.split(value or ""))

    def message(self, facts: Mapping[str, str | None], told: Mapping[str, str | None], tier: str) -> str:
        """Return the rule's sentence with its {names} filled in.

        Args:
            facts: Those that may be shown.
            told: What a finding has besides: at, amount, unit and its subject.
            tier: Of this finding.
        """
        words = []
        for before, name, kind in self._pieces:
            words.append(before)
            if name in told:
                words.append(friendly(told[name], kind))
            elif name in facts:
                words.append(friendly(facts[name], kind))
            elif name:
                words.append(SOMEBODY if tier == "C" and name in NAMING else LEFT_OUT)
        return "".join(words)

    @cached_property
    def _pieces(self) -> tuple[tuple[str, str, str], ...]:
        """The message cut at its {names}: text before, name or "", SQL type."""
        cut = Formatter().parse(self.rule.message)
        return tuple((before, name or "", self.types.get(name or "", "")) for before, name, _, _ in cut)


def friendly(value: str | None, kind: str) -> str:
    """Return a value as a person would write it: 2026年10月3日 12:01, 87, 612.50, 是.

    Args:
        value: As a fact has it.
        kind: Its SQL type; what is neither number, time nor flag stays as it is.
    """
    if value is None:
        return NO_RECORD
    if kind in ("DATE", "TIMESTAMP") and (hit := _INSTANT.fullmatch(value)):
        day = f"{hit[1]}年{int(hit[2])}月{int(hit[3])}日"
        return f"{day} {hit[4]}" if kind == "TIMESTAMP" and hit[4] else day
    if kind == "BOOLEAN":
        return "是" if value == "true" else "否"
    if kind.startswith(("DECIMAL", "DOUBLE", "FLOAT")):
        return plain_number(value)
    return value


def plain_number(value: str) -> str:
    """Return 87.00 as 87, 1.2500 as 1.25 and 612.50 as it is."""
    whole, dot, decimals = value.partition(".")
    if not dot or not decimals.isdigit():
        return value
    kept = decimals.rstrip("0")
    if not kept:
        return whole
    return f"{whole}.{kept.ljust(2, '0') if len(decimals) > 1 else kept}"


def jsonable(value: object) -> object:
    """Return a parameter's value as JSON has it: dated values as a list, decimals as numbers."""
    if isinstance(value, Decimal):
        return (
            int(value)
            if value == value.to_integral_value() and value.as_tuple().exponent == 0
            else float(value)
        )
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, list | tuple):
        return [jsonable(one) for one in value]
    if isinstance(value, Dated):
        return {"from": str(value.from_), "value": jsonable(value.value), "basis": value.basis}
    return str(value)
