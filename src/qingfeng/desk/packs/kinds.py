"""The seven task types as a sheet shows them: what the verification's record forms ask, in both languages."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import get_language, override

from qingfeng.matters.registry import mechanism
from qingfeng.matters.vocabulary import Field, Mechanism

MECHANISM = "verification"
TASKS = "tasks"  # its ledger of tasks
NUMBER = "task_no"  # column of a record form that says which task it reports on
CHINESE, ENGLISH = "zh-hans", "en"
Pair = tuple[str, str]  # Chinese, English


@dataclass(frozen=True)
class Ask:
    """One thing that a record form asks.

    Attributes:
        key: Column of the form's ledger.
        words: What it asks.
        help: One sentence beside it, or two empty texts.
        kind: `text`, `long`, `day`, `money`, `flag`, `choice`, as the vocabulary has them.
        needed: Whether it may be left out.
        most: Characters at most.
        choices: (value, words) pairs.
    """

    key: str
    words: Pair
    help: Pair
    kind: str
    needed: bool
    most: int
    choices: tuple[tuple[str, Pair], ...] = ()


@dataclass(frozen=True)
class Kind:
    """A task type.

    Attributes:
        key: For example `invoice`.
        name: Of the type.
        act: Key of the act that records its result.
        ledger: Key of the ledger of its record form.
        asks: What the record form asks.
        signs: Who signs besides the verifiers; two empty texts for nobody.
        names: Whether cells that name a person may leave with a row.
        papers: How many record forms have room on a printed sheet.
        rows: Tables whose rows such a task usually needs.
        reminds: What to heed.
    """

    key: str
    name: Pair
    act: str
    ledger: str
    asks: tuple[Ask, ...]
    signs: Pair
    names: bool
    papers: int
    rows: tuple[str, ...]
    reminds: tuple[Pair, ...]


def kinds(version: int | None = None) -> dict[str, Kind]:
    """Return the task types by key, in the order of the field, as a version of the declaration has them."""
    return _kinds(mechanism(MECHANISM, version).version)


@cache
def _kinds(version: int) -> dict[str, Kind]:
    declared = mechanism(MECHANISM, version)
    said = tomllib.loads(files(__package__).joinpath("sheets.toml").read_text(encoding="utf-8"))
    return {key: _kind(declared, key, one) for key, one in said.items()}


def _kind(declared: Mechanism, key: str, said: dict[str, Any]) -> Kind:
    act = declared.act(f"record_{key}")
    form = next(entry.ledger for entry in act.enters if entry.ledger != TASKS)
    return Kind(
        key=key,
        name=tuple(said["name"]),
        act=act.key,
        ledger=form,
        asks=tuple(_ask(one) for one in declared.ledger(form).fields if one.key != NUMBER),
        signs=tuple(said["signs"]),
        names=said["names"],
        papers=said["papers"],
        rows=tuple(said["rows"]),
        reminds=tuple((zh, en) for zh, en in said["reminds"]),
    )


def _ask(one: Field) -> Ask:
    return Ask(
        key=one.key,
        words=_pair(one.name),
        help=_pair(one.help),
        kind=one.kind,
        needed=one.needed and one.kind != "flag",
        most=one.most or (200 if one.kind == "text" else 5000),
        choices=tuple((value, _pair(words)) for value, words in one.choices),
    )


def spoken(pair: Pair) -> str:
    """Return the words of a pair in the reader's language."""
    return pair[(get_language() or CHINESE).startswith(ENGLISH)]


def _pair(words: Any) -> Pair:
    said = []
    for language in (CHINESE, ENGLISH):
        with override(language):
            said.append(str(words))
    return (said[0], said[1])
