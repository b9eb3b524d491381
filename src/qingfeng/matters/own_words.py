"""Own words of the district (本区叫法) for what mechanisms declare: kinds, stages, acts, fields, ledgers.

A declaration says its names as lazily translated texts. When a mechanism is registered, each of them is put
behind a text that first looks for the district's own word; so whatever shows a name (pages, lists, exports,
documents, the API, the journal) shows the own word and needs to know nothing of it. Where the mechanism
rests on a law and declares the term of the field, it is kept beside the own word.

What is in force lies in the database (`word_models.OwnWords`) and, to be read without asking the database, in
`own_words.json` of the home, written anew with each decision.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.utils.functional import Promise, lazy
from django.utils.translation import get_language

from qingfeng.matters.vocabulary import Act, Field, Ledger, Mark, Mechanism

FILE = "own_words.json"
LOOK_EVERY = 1.0  # seconds between two looks at the file
Words = Mapping[str, Mapping[str, str]]  # place → language (`zh`, `en`) → word


@dataclass(frozen=True)
class Place:
    """One name of a declaration that may have an own word.

    Attributes:
        key: What kind of name and whose: `stage:issued`, `column:promises.what`.
        group: The part before the colon.
        declared: The words of the declaration.
        term: The field's term that is kept beside an own word, "" where no law names it.
    """

    key: str
    group: str
    declared: Any
    term: str = ""


class _Held:
    """What is in force, as this process read it last."""

    def __init__(self) -> None:
        self.words: Mapping[str, Words] = {}
        self.looked = 0.0
        self.home = ""
        self.stamp = 0

    def now(self) -> Mapping[str, Words]:
        """Return kind → words; the file is looked at once a second at most."""
        home, at = str(settings.HOME), monotonic()
        if home != self.home or at - self.looked > LOOK_EVERY:
            self.look(home, at)
        return self.words

    def look(self, home: str, at: float) -> None:
        """Read the file where it has changed."""
        file = Path(home) / FILE
        try:
            stamp = file.stat().st_mtime_ns
        except OSError:
            stamp = 0
        if stamp != self.stamp or home != self.home:
            self.words = _read(file) if stamp else {}
        self.home, self.stamp, self.looked = home, stamp, at


_HELD = _Held()


def _read(file: Path) -> Mapping[str, Words]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # half a file is never written; one that somebody spoilt says nothing
        return {}
    return found if isinstance(found, dict) else {}


@contextmanager
def turn() -> Iterator[None]:
    """Hold the turn to write: who reads what is in force within it writes the newest, and nobody's half."""
    home = Path(settings.HOME)
    home.mkdir(parents=True, exist_ok=True)
    handle = os.open(home, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def write(words: Mapping[str, Words]) -> None:
    """Write what is in force for every process of the home to read; they see it within a second."""
    file = Path(settings.HOME) / FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(words, ensure_ascii=False, sort_keys=True, indent=1), encoding="utf-8")
    fresh.replace(file)
    look_again()


def look_again() -> None:
    """Look at the file anew when the next name is said."""
    _HELD.home = ""


def own_word(kind: str, place: str) -> str:
    """Return the own word of a name in the reader's language, "" where the district has none."""
    said = _HELD.now().get(kind, {}).get(place)
    if not said:
        return ""
    return said.get("en" if (get_language() or "").startswith("en") else "zh", "")


def _said(kind: str, place: str, term: str, declared: Any) -> str:
    word = own_word(kind, place)
    if not word:
        return str(declared)
    return f"{word}（{term}）" if term and term != word else word


_lazily = lazy(_said, str)
_OWN = type(_lazily("", "", "", ""))


def _name(kind: str, place: str, declared: Any, term: str = "") -> Any:
    """Return a name that looks for its own word first; of such a name its declared words stay beneath."""
    return _lazily(kind, place, term, declared_words(declared))


def declared_words(words: Any) -> Any:
    """Return the words of the declaration behind a name."""
    return words._args[-1] if isinstance(words, _OWN) else words  # noqa: SLF001 - a lazy text has no other door


def let_own(mechanism: Mechanism) -> Mechanism:
    """Put every name of a declaration behind its own word, in place; its digest stays."""
    kind = mechanism.key
    terms = _terms(mechanism)

    def named(group: str, one: Any, owner: str = "") -> Any:
        place = f"{group}:{owner}{one.key}"
        return replace(one, name=_name(kind, place, one.name, terms.get(place, "")))

    def fields(asked: tuple[Field, ...]) -> tuple[Field, ...]:
        return tuple(named("field", one) for one in asked)

    def ledger(one: Ledger) -> Ledger:
        states = tuple(
            (key, _name(kind, f"state:{one.key}.{key}", words) if isinstance(words, Promise) else words)
            for key, words in one.states  # a plain text is part of the digest
        )
        columns = tuple(named("column", each, f"{one.key}.") for each in one.fields)
        return replace(named("ledger", one), states=states, fields=columns)

    def act(one: Act) -> Act:
        return replace(named("act", one), asks=fields(one.asks))

    changed = {
        "name": _name(kind, "kind:", mechanism.name, terms.get("kind:", "")),
        "stages": tuple(named("stage", one) for one in mechanism.stages),
        "parties": tuple(named("role", one) for one in mechanism.parties),
        "acts": tuple(act(one) for one in mechanism.acts),
        "clocks": tuple(named("clock", one) for one in mechanism.clocks),
        "asks": fields(mechanism.asks),
        "ledgers": tuple(ledger(one) for one in mechanism.ledgers),
    }
    for name, value in changed.items():
        object.__setattr__(mechanism, name, value)
    return mechanism


def _terms(mechanism: Mechanism) -> dict[str, str]:
    """Return place → term where the mechanism rests on a law."""
    if not any(law.mark == Mark.LAW for law in mechanism.law):
        return {}
    found = {"kind:": mechanism.term}
    groups: dict[str, tuple[Any, ...]] = {
        "stage": mechanism.stages,
        "role": mechanism.parties,
        "ledger": mechanism.ledgers,
    }
    found |= {f"{group}:{one.key}": one.term for group, ones in groups.items() for one in ones}
    asked = (*mechanism.asks, *(field for act in mechanism.acts for field in act.asks))
    found |= {f"field:{one.key}": one.term for one in asked}
    found |= {f"column:{each.key}.{one.key}": one.term for each in mechanism.ledgers for one in each.fields}
    return {place: term for place, term in found.items() if term}


def places(mechanism: Mechanism) -> list[Place]:
    """Return every name that may have an own word, each once, in the order of the page."""
    terms = _terms(mechanism)
    found: dict[str, Place] = {}
    for key, words in _places(mechanism):
        if isinstance(words, Promise):
            group = key.partition(":")[0]
            found.setdefault(key, Place(key, group, declared_words(words), terms.get(key, "")))
    return list(found.values())


def _places(mechanism: Mechanism) -> Iterator[tuple[str, Any]]:
    yield "kind:", mechanism.name
    for group, ones in (("stage", mechanism.stages), ("act", mechanism.acts)):
        yield from ((f"{group}:{one.key}", one.name) for one in ones)
    asked = (*mechanism.asks, *(field for act in mechanism.acts for field in act.asks))
    yield from ((f"field:{one.key}", one.name) for one in asked)
    for ledger in mechanism.ledgers:
        yield f"ledger:{ledger.key}", ledger.name
        yield from ((f"column:{ledger.key}.{one.key}", one.name) for one in ledger.fields)
        yield from ((f"state:{ledger.key}.{key}", words) for key, words in ledger.states)
    for group, more in (("role", mechanism.parties), ("clock", mechanism.clocks)):
        yield from ((f"{group}:{one.key}", one.name) for one in more)
