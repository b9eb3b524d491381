"""A variant of a rule: the same SELECT under another name, with other values of its parameters."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from qingfeng.screening.errors import WrongUse
from qingfeng.screening.rulebook.header import parse_toml
from qingfeng.screening.rulebook.rule import Rule, Value

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def variant_text(rule: Rule, *, title: str, params: Mapping[str, Value]) -> str:
    """Return the text of a rule that asks the same with other values.

    Args:
        rule: The rule; its file is read again.
        title: Of the variant.
        params: Values by name; the others stay as the rule's file has them.

    Raises:
        WrongUse: If the rule has no such parameter.
    """
    unknown = sorted(set(params) - set(rule.params))
    if unknown:
        then = f"Parameters: {', '.join(rule.params) or 'none'}."
        raise WrongUse(f"The rule {rule.id} has no parameter '{unknown[0]}'.", then=then)
    text = rule.path.read_text(encoding="utf-8").replace("\r\n", "\n")
    comment, _end, body = text.partition("*/")
    told = parse_toml(comment.partition("/*")[2], rule.path, 1, []) or {}
    told = {**told, "title": title, "params": {**told.get("params", {}), **params}}
    return f"/*\n{header_text(told)}*/\n{body.strip()}\n"


def header_text(told: Mapping[str, Any]) -> str:
    """Return a header as TOML: plain keys first, then its tables."""
    plain = [f"{key} = {_written(value)}" for key, value in told.items() if not isinstance(value, Mapping)]
    parts = ["\n".join(plain)]
    for key, value in told.items():
        if isinstance(value, Mapping) and value:
            lines = "\n".join(f"{_key(name)} = {_written(one)}" for name, one in value.items())
            parts.append(f"[{key}]\n{lines}")
    return "\n\n".join(parts) + "\n"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return _decimal(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(name)} = {_written(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_written, value)) + "]"
    return json.dumps(str(value), ensure_ascii=False)


def _decimal(value: Decimal) -> str:
    """Return a decimal that TOML reads as one: a whole number keeps its point."""
    text = format(value, "f")
    return text if "." in text else f"{text}.0"
