"""What the page of own words shows: every name of a kind of matter, its own word, and what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from qingfeng.matters import deciding_words
from qingfeng.matters.own_words import Place, places
from qingfeng.matters.registry import mechanisms
from qingfeng.matters.vocabulary import Mechanism
from qingfeng.matters.word_models import OwnWords

LANGUAGES = {"zh": "zh-hans", "en": "en"}
Given = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Row:
    """One name with what the district calls it.

    Attributes:
        key: Its place.
        zh: Declared, Chinese.
        en: Declared, English.
        term: The law's term that is kept beside an own word.
        own_zh: Own word, "" for none.
        own_en: The same in English.
        wrong: What is wrong with what was typed.
    """

    key: str
    zh: str
    en: str
    term: str
    own_zh: str = ""
    own_en: str = ""
    wrong: str = ""

    @property
    def has_own(self) -> bool:
        """Whether there is an own word."""
        return bool(self.own_zh or self.own_en or self.wrong)


@dataclass(frozen=True)
class Group:
    """Names of one sort, with how many have an own word."""

    name: str
    rows: list[Row]

    @property
    def own(self) -> int:
        """How many have an own word."""
        return sum(1 for one in self.rows if one.has_own)


@dataclass(frozen=True)
class Change:
    """One name in a change: its declared word, what it was called, what it shall be called."""

    name: str
    group: str
    before: str
    after: str
    term: str


def _groups() -> dict[str, str]:
    return {
        "kind": pgettext("own words", "Kind of matter"),
        "stage": pgettext("own words", "Stages"),
        "act": pgettext("own words", "Acts"),
        "field": pgettext("own words", "Fields"),
        "ledger": pgettext("own words", "Ledgers"),
        "column": pgettext("own words", "Columns of ledgers"),
        "state": pgettext("own words", "States of ledger lines"),
        "role": pgettext("own words", "Parts"),
        "clock": pgettext("own words", "Clocks"),
    }


def said_in(words: Any, language: str) -> str:
    """Return words in a language, `zh` or `en`."""
    with override(LANGUAGES[language]):
        return str(words)


def row_of(place: Place, given: Given, wrong: Mapping[str, str]) -> Row:
    """Return one name with its own word."""
    own = given.get(place.key, {})
    return Row(
        place.key,
        said_in(place.declared, "zh"),
        said_in(place.declared, "en"),
        place.term,
        own.get("zh", ""),
        own.get("en", ""),
        wrong.get(place.key, ""),
    )


def groups_of(declared: Mechanism, given: Given, wrong: Mapping[str, str]) -> list[Group]:
    """Return every name of a kind in its group, with what is (or was typed as) its own word."""
    rows = [(one.group, row_of(one, given, wrong)) for one in places(declared)]
    groups = [Group(name, [row for group, row in rows if group == key]) for key, name in _groups().items()]
    return [one for one in groups if one.rows]


def typed(declared: Mechanism, data: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return what a form says: place → language → word; what the form lacks is left out."""
    found: dict[str, dict[str, str]] = {}
    for one in places(declared):
        words = {language: str(data.get(f"{language}-{one.key}", "")).strip() for language in LANGUAGES}
        if any(words.values()):
            found[one.key] = words
    return found


def changes_of(change: OwnWords) -> list[Change]:
    """Return what differs in a change, name by name."""
    names, known = _groups(), {one.key: one for one in places(deciding_words.kind_of(change))}
    told = []
    for key in [*known, *sorted(change.before.keys() - known.keys())]:
        old, new = change.before.get(key, {}), change.after.get(key, {})
        if old == new:
            continue
        place = known.get(key)
        said = f"{said_in(place.declared, 'zh')} · {said_in(place.declared, 'en')}" if place else key
        group = names.get(key.partition(":")[0], "")
        told.append(Change(said, group, _pair(old), _pair(new), place.term if place else ""))
    return told


def _pair(words: Mapping[str, str]) -> str:
    return f"{words['zh']} · {words['en']}" if words else _("as declared")


@dataclass(frozen=True)
class Kind:
    """A kind of matter in the list."""

    declared: Mechanism
    own: int
    waiting: OwnWords | None
    last: OwnWords | None


def kinds() -> list[Kind]:
    """Return every kind of matter with how many own words it has; two queries."""
    held = {one.kind: one for one in OwnWords.objects.filter(state=OwnWords.State.IN_FORCE)}
    asked = {one.kind: one for one in OwnWords.objects.filter(state=OwnWords.State.ASKED)}
    return [
        Kind(one, len(held[one.key].after) if one.key in held else 0, asked.get(one.key), held.get(one.key))
        for one in mechanisms()
    ]
