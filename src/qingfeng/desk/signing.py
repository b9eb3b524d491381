"""What an act that waits for its second signer would enter, in words."""

from __future__ import annotations

from typing import Any

from qingfeng.desk import values
from qingfeng.desk.seen import Seen
from qingfeng.desk.shown import Said
from qingfeng.matters.models import Awaiting
from qingfeng.matters.vocabulary import Act, Field


def what_was_entered(seen: Seen, act: Act, waiting: Awaiting) -> list[Said]:
    """Return the facts, parts and ledger lines that were handed in; sealed values are left out."""
    facts = waiting.entered.get("facts", {})
    pairs: list[tuple[Field, Any]] = [(one, facts.get(one.key)) for one in act.asks if not one.sealed]
    for key, given in waiting.entered.get("parties", {}).items():
        role = seen.declared.role(key)
        pairs.append((Field(key, role.name, "units" if role.kind == "unit" else "persons"), given))
    for ledger, lines in waiting.entered.get("lines", {}).items():
        pairs += _line_pairs(seen, ledger, lines)
    for ledger, changes in waiting.entered.get("changes", {}).items():
        pairs += _line_pairs(seen, ledger, list(changes.values()))
    names = values.Names.of(pairs)
    told = [(one, values.say(one, value, names)) for one, value in pairs]
    return [Said(one, words, one.kind == "long") for one, words in told if words]


def _line_pairs(seen: Seen, ledger: str, lines: list[Any]) -> list[tuple[Field, Any]]:
    columns = [one for one in seen.declared.ledger(ledger).fields if not one.sealed]
    return [(one, line.get(one.key)) for line in lines for one in columns]
