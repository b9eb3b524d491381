"""Which functions a rule may call: the list and its reasons are data (`functions.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from sqlglot.tokenizer_core import Token, TokenType

from qingfeng.screening.rulebook.schema import did_you_mean

# Words of SQL that may stand before a bracket and are no functions.
SYNTAX = frozenset(
    """all and any as between by case cast cross cube decimal distinct else end except exclude exists
    filter from full group grouping having ilike in inner intersect interval is join lateral left like
    limit materialized not numeric offset on or order outer over partition qualify recursive rollup rows
    select sets some then try_cast union using values varchar when where window with""".split()  # noqa: SIM905 - forty quoted words say less
)
BARE = frozenset(
    {
        "current_date",
        "current_time",
        "current_timestamp",
        "current_user",
        "session_user",
        "localtime",
        "localtimestamp",
        "current_schema",
        "current_catalog",
    }
)


@cache
def allowed() -> frozenset[str]:
    """Return the names of the functions that a rule may call."""
    return frozenset(name for group in _told()["allowed"] for name in group["names"])


@cache
def refused() -> dict[str, tuple[str, str]]:
    """Return the functions that are refused by name: why, and what to write instead."""
    return {
        name: (str(group["why"]), str(group["instead"]))
        for group in _told()["refused"]
        for name in group["names"]
    }


@cache
def _told() -> dict[str, list[dict[str, list[str]]]]:
    return tomllib.loads(files(__package__).joinpath("functions.toml").read_text(encoding="utf-8"))


def calls(tokens: Sequence[Token], defined: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Yield every function that is called: its name in lower case, and where it starts.

    Args:
        tokens: Of one statement.
        defined: Names that the statement gives to tables; a bracket after one lists columns.
    """
    for number, token in enumerate(tokens):
        name = token.text.lower()
        before = tokens[number - 1].token_type if number else None
        if not name.replace("_", "a").isalnum() or name[0].isdigit() or token.token_type == TokenType.STRING:
            continue
        followed = number + 1 < len(tokens) and tokens[number + 1].token_type == TokenType.L_PAREN
        if name in BARE and before not in (TokenType.DOT, TokenType.ALIAS):
            yield name, token.start
        elif followed and before not in (TokenType.ALIAS, TokenType.DCOLON, TokenType.PARAMETER):
            quoted = token.token_type == TokenType.IDENTIFIER
            call_like = name in ("left", "right", "if", "replace") or name not in SYNTAX
            if (quoted or call_like) and name not in defined:
                yield name, token.start


def objection(name: str) -> tuple[str, str] | None:
    """Return what is wrong with calling a function and what to do, or None."""
    if name in refused():
        why, instead = refused()[name]
        return f"the function '{name}' {why}.", instead
    if name not in allowed():
        then = f"{did_you_mean(name, allowed())}Functions: {', '.join(sorted(allowed()))}."
        return f"the function '{name}' is not on the list of functions.", then
    return None
