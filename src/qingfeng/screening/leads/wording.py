"""Values as words: what a message says, and what a fact may say at all.

A rule may find a million rows, so the words are put together by the engine: everything
here is SQL over a rule's raw rows, which stand under the alias `q`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from string import Formatter
from typing import TYPE_CHECKING

from qingfeng.screening.leads.subjects import HASH, SOMEBODY
from qingfeng.screening.rulebook.rule import Dated

if TYPE_CHECKING:
    import duckdb

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

# Stand in a message for what is known only when subjects are: no record can hold them.
SUBJECT_HERE, UNIT_HERE = "chr(1)", "chr(2)"

# Types whose text holds neither a quotation mark nor a hash nor a name.
_PLAIN = re.compile(
    r"(DATE|TIMESTAMP|BOOLEAN|DECIMAL\(.*\)|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT)(\[\])*"
)
_BETWEEN = (
    r"[、,，;；\s\x0B\x1C-\x1F\x{85}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}]+"
)

_ESCAPES = {"\\": r"\\", '"': r"\"", "\b": r"\b", "\f": r"\f", "\n": r"\n", "\r": r"\r", "\t": r"\t"}


def macros() -> tuple[str, ...]:
    """Return SQL that defines the macros by which values become words.

    `qf_json(text)` is the text as JSON, quoted as Python's json module does it;
    `qf_number(text)` is 87 for 87.00, 1.25 for 1.2500, and 612.50 as it is.
    """
    escaped = "text"
    for character, told in {**_ESCAPES, **_controls()}.items():
        escaped = f"replace({escaped}, chr({ord(character)}), '{told}')"
    whole, decimals = "split_part(number, '.', 1)", "split_part(number, '.', 2)"
    kept = f"rtrim({decimals}, '0')"
    bodies = {
        "qf_json(text)": (
            rf"""'"' || CASE WHEN regexp_matches(text, '["\\\x00-\x1F]') THEN {escaped} """
            """ELSE text END || '"'"""
        ),
        "qf_number(number)": (
            rf"CASE WHEN NOT regexp_full_match(number, '[^.]*\.[0-9]+') THEN number "
            f"WHEN {kept} = '' THEN {whole} WHEN strlen({decimals}) = 1 THEN {whole} || '.' || {kept} "
            f"ELSE {whole} || '.' || rpad({kept}, greatest(2, CAST(strlen({kept}) AS INTEGER)), '0') END"
        ),
        "qf_is_hash(text)": (
            f"strlen(text) >= 32 AND regexp_matches(text, '(^|[^0-9a-f]){HASH}([^0-9a-f]|$)')"
        ),
    }
    return tuple(f"CREATE OR REPLACE MACRO {name} AS {body}" for name, body in bodies.items())


def _controls() -> dict[str, str]:
    return {chr(code): f"\\u{code:04x}" for code in range(32) if chr(code) not in _ESCAPES}


def told(message: str, spoken: str, unit: str) -> str:
    """Return SQL for a message with its subject and its unit filled in."""
    filled = f"replace({message}, {SUBJECT_HERE}, coalesce({spoken}, '{NO_RECORD}'))"
    return f"replace({filled}, {UNIT_HERE}, coalesce({unit}, '{NO_RECORD}'))"


@dataclass(frozen=True)
class Wording:
    """How one rule's findings are worded.

    Attributes:
        rule: The rule.
        types: Output column to the SQL type that the engine gave it.
    """

    rule: Rule
    types: Mapping[str, str] = field(default_factory=dict)

    @property
    def may_be_statistic(self) -> bool:
        """Whether a finding may be of tier C, which names nobody."""
        return self.rule.tier == "C" or "tier" in self.types

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """Facts that may be shown: a keyed hash is none, it would make the leads depend on the home's key."""
        return tuple(n for n in self.rule.facts if not n.endswith("_h") and n != "person_id")

    def naming(self, raw: str) -> str:
        """Return a SELECT of the values of facts that say a registered person's name; "" if none can.

        Args:
            raw: The table with the rule's rows.
        """
        telling = [
            as_text(f'q."{n}"', self.types[n]) for n in self.shown if self._tells(n) and n not in NAMING
        ]
        if not telling or not self.may_be_statistic:
            return ""
        return (
            f"SELECT DISTINCT v FROM (SELECT v, unnest(regexp_split_to_array(v, '{_BETWEEN}')) AS part "
            f"FROM (SELECT DISTINCT unnest([{', '.join(telling)}]) AS v FROM {raw} AS q)) "
            "WHERE part IN (SELECT name FROM person WHERE name IS NOT NULL)"
        )

    def values(self) -> str:
        """Return SQL for each shown fact's text, a column with a comma before it."""
        return "".join(f', {as_text(_raw(n), self.types[n])} AS "qf_fact_{n}"' for n in self.shown)

    def facts(self, tier: str) -> str:
        """Return SQL for the facts as JSON; `values` stand under the same alias.

        Args:
            tier: SQL of the finding's tier; C leaves out whatever names a person.
        """
        pairs = []
        for name in self.shown:
            value = f'q."qf_fact_{name}"'
            quoted = f"qf_json({value})" if self._tells(name) else f"'\"' || {value} || '\"'"
            pair = f"'\"{name}\": ' || coalesce({quoted}, 'null')"
            hidden = self._hidden(name, tier)
            pairs.append(f"CASE WHEN {hidden} THEN NULL ELSE {pair} END" if hidden else pair)
        return f"'{{' || concat_ws(', ', {', '.join(pairs)}) || '}}'" if pairs else "'{}'"

    def message(self, tier: str) -> str:
        """Return SQL for the rule's sentence with its {names} filled in, but for subject and unit."""
        words = []
        for before, name, _, _ in Formatter().parse(self.rule.message):
            if before:
                words.append(_literal(before))
            if name:
                words.append(self._word(name, tier))
        return " || ".join(words) or "''"

    def _word(self, name: str, tier: str) -> str:
        if name == self.rule.subject:
            return SUBJECT_HERE
        if name in ("unit", "unit_id"):
            return UNIT_HERE
        kind = self.types.get(name, "")
        if name == "at":
            return friendly(_raw(name), "''", kind if kind == "DATE" else "TIMESTAMP")
        if name == "amount":
            return friendly(_raw(name), f"CAST(CAST({_raw(name)} AS DECIMAL(18,2)) AS VARCHAR)", kind)
        if name not in self.shown:
            return f"'{LEFT_OUT}'"
        word = friendly(_raw(name), f'q."qf_fact_{name}"', kind)
        hidden = self._hidden(name, tier)
        if not hidden:
            return word
        instead = f"CASE WHEN {tier} = 'C' THEN '{SOMEBODY}' ELSE '{LEFT_OUT}' END"
        return f"CASE WHEN {hidden} THEN {instead if name in NAMING else _literal(LEFT_OUT)} ELSE {word} END"

    def _tells(self, name: str) -> bool:
        """Whether a fact is text, which may say anything."""
        return not _PLAIN.fullmatch(self.types[name])

    def _hidden(self, name: str, tier: str) -> str:
        """Return SQL for whether a fact is left out, or "" if it never is."""
        value = f'q."qf_fact_{name}"'
        hidden = [f"qf_is_hash({value})"] if self._tells(name) else []
        if self.may_be_statistic and name in NAMING:
            hidden.append(f"{tier} = 'C'")
        elif self.may_be_statistic and self._tells(name):
            hidden.append(f"({tier} = 'C' AND {value} IN (SELECT v FROM qf_named_by))")
        return f"({' OR '.join(hidden)})" if hidden else ""


def as_text(value: str, kind: str) -> str:
    """Return SQL for a value as a fact tells it.

    Args:
        value: SQL of the value.
        kind: Its SQL type.
    """
    if kind.endswith("[]"):
        return f"array_to_string(list_transform({value}, lambda v: {as_text('v', kind[:-2])}), '、')"
    if kind == "TIMESTAMP":
        return f"strftime({value}, '%Y-%m-%dT%H:%M:%S+08:00')"
    if kind in ("DOUBLE", "FLOAT"):
        return f"CAST(CAST({value} AS DECIMAL(18,6)) AS VARCHAR)"
    return f"CAST({value} AS VARCHAR)"


def friendly(value: str, text: str, kind: str) -> str:
    """Return SQL for a value as a person would write it: 2026年10月3日 12:01, 87, 612.50, 是.

    Args:
        value: SQL of the value.
        text: SQL of the same as `as_text` gives it.
        kind: Its SQL type; what is neither number, time nor flag stays as it is.
    """
    if kind == "DATE":
        word = f"strftime({value}, '%Y年%-m月%-d日')"
    elif kind == "TIMESTAMP":
        word = f"strftime({value}, '%Y年%-m月%-d日 %H:%M')"
    elif kind == "BOOLEAN":
        word = f"CASE {value} WHEN true THEN '是' WHEN false THEN '否' END"
    elif kind.startswith(("DECIMAL", "DOUBLE", "FLOAT")):
        word = f"qf_number({text})"
    else:
        word = text
    return f"coalesce({word}, '{NO_RECORD}')"


def name_people(con: duckdb.DuckDBPyConnection, wording: Wording, raw: str) -> None:
    """Fill `qf_named_by` with the values of a rule's facts that no finding of tier C may say."""
    if naming := wording.naming(raw):
        con.execute(f"CREATE OR REPLACE TEMP TABLE qf_named_by AS {naming}")


def _raw(name: str) -> str:
    return f'q."{name}"'


def _literal(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


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
