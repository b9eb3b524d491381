"""What an entry of the journal says happened, to what, and with which facts, in the words of the desk.

Acts of matters, their stages, parts, clocks and fields are said in the words of their declaration, models in
their own names; what nobody declares has its words in `journal_words.toml`, in both languages.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from qingfeng.desk.keeping import journal_words
from qingfeng.desk.keeping.sought import people_of
from qingfeng.desk.values import act_name, fields_of
from qingfeng.journal.models import JournalEntry
from qingfeng.look import said
from qingfeng.matters.registry import is_known, mechanism
from qingfeng.matters.vocabulary import Mechanism
from qingfeng.organization.models import Unit
from qingfeng.organization.roles import ROLES

SHORT = 12  # signs of a digest that are shown
DIGEST = 40  # signs from which on hexadecimal text is a digest
UNITS = frozenset({"unit", "parent", "merged_into", "overseen_by", "owner"})
PEOPLE = frozenset({"person", "author", "rated", "second", "asked_by"})


def happened(entry: JournalEntry) -> str:
    """Return what happened: the words of the kind, or of the act by its declaration; else the kind itself."""
    if words := journal_words.kind_words(entry.kind):
        return words
    family, _dot, key = entry.kind.partition(".")
    if family != "matter":
        return entry.kind
    declared, _slug = _matter(entry)
    return act_name(declared, key) if declared else journal_words.any_act(key)


def people_in(entries: Iterable[JournalEntry]) -> dict[str, str]:
    """Return the people whom entries are by or about, by the journal's names for them; two queries."""
    return people_of(name for entry in entries for name in (entry.by, entry.subject))


def subject(entry: JournalEntry, people: Mapping[str, str] | None = None) -> str:
    """Return what it happened to: a matter by its kind and number, anything else by its name and number.

    Args:
        entry: The entry.
        people: `people_in` of all entries that are told together; asked for this one alone where it is None.
    """
    declared, slug = _matter(entry)
    if declared:
        return f"{declared.name} {slug}"
    name, rest = _parted(entry.subject)
    words = _model_name(name) or journal_words.said("subjects", name)
    if name in {"person", "account"}:
        known = people_of([entry.subject]) if people is None else people
        return known.get(entry.subject, f"{words} {rest}")
    return f"{words} {rest}".strip() if words else entry.subject


def _parted(text: str) -> tuple[str, str]:
    for sign in (":", "/"):
        name, found, rest = text.partition(sign)
        if found and name.replace("_", "").isalpha():
            return name, rest
    return (text, "") if text in journal_words.words()["subjects"] else ("", text)


@cache
def _models() -> dict[str, type[Model]]:
    return {str(one._meta.model_name): one for one in reversed(apps.get_models())}  # noqa: SLF001


def _model_name(name: str) -> str:
    found = _models().get(name)
    words = journal_words.said("subjects", name)
    return words or (str(found._meta.verbose_name) if found else "")  # noqa: SLF001


def _matter(entry: JournalEntry) -> tuple[Mechanism | None, str]:
    kind, _slash, slug = entry.subject.partition("/")
    return (mechanism(kind), slug) if is_known(kind) else (None, slug)


@dataclass(frozen=True)
class Fact:
    """One fact of an entry.

    Attributes:
        name: Its name in words.
        words: Its value in words.
        key: As the entry has it.
        raw: The value as the entry has it, "" where the words say the same.
    """

    name: str
    words: str
    key: str
    raw: str


def fact_name(key: str, declared: Mechanism | None = None) -> str:
    """Return what a fact is called: by the field of its mechanism, else by the list; "" where nobody says."""
    words = journal_words.said("facts", key)
    field = fields_of(declared).get(key) if declared and not words else None
    return str(field.name) if field else words


def facts_of(entry: JournalEntry, facts: Mapping[str, Any]) -> list[Fact]:
    """Return the facts of an entry in words, those that say nothing left out; two queries at most."""
    declared, _slug = _matter(entry)
    names = people_of(one for one in map(_person, facts.items()) if one)
    units = Unit.objects.in_bulk({value for key, value in facts.items() if _is_unit(key, value)})
    told = []
    for key, value in facts.items():
        if value in (None, "", [], {}) or (key in {"paper", "for", "second"} and not value):
            continue
        words = _value(key, value, declared)
        person = _person((key, value))
        if person:
            words = names.get(person, words)
        if _is_unit(key, value) and value in units:
            words = str(units[value])
        raw = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        told.append(Fact(fact_name(key, declared) or key, words, key, "" if raw == words else raw))
    return told


def _person(fact: tuple[str, Any]) -> str:
    key, value = fact
    if isinstance(value, str) and value.partition(":")[0] in {"person", "account"}:
        return value
    return f"person:{value}" if key in PEOPLE and isinstance(value, int) and value is not True else ""


def _is_unit(key: str, value: Any) -> bool:
    return key in UNITS and isinstance(value, int) and not isinstance(value, bool)


def _value(key: str, value: Any, declared: Mechanism | None) -> str:
    """Return a value in words: yes and no, days, and what the declaration calls it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return _("; ").join(_value(key, one, declared) for one in value)
    if isinstance(value, Mapping):
        return _("; ").join(
            f"{fact_name(str(k)) or k} {_value(str(k), v, declared)}" for k, v in value.items()
        )
    text = str(value)
    if named := _named(key, text, declared):
        return named
    if not isinstance(value, str):
        return text
    if moment := _moment(text):
        return moment
    is_digest = len(text) >= DIGEST and all(sign in "0123456789abcdef" for sign in text)
    return f"{text[:SHORT]}…" if is_digest else text


def _named(key: str, text: str, declared: Mechanism | None) -> str:
    """Return what a declaration calls a stage, part, act, clock, gate or kind, "" where it is none."""
    if key in {"role", "roles", "to"} and text in ROLES:
        return str(_(ROLES[text].name))
    if key in {"kind", "kinds", "mechanism"} and is_known(text):
        return str(mechanism(text).name)
    if declared is None:
        return ""
    if key == "act":
        return act_name(declared, text)
    groups: Mapping[str, Iterable[Any]] = {
        "from": declared.stages,
        "to": declared.stages,
        "role": declared.parties,
        "roles": declared.parties,
        "clock": declared.clocks,
        "field": fields_of(declared).values(),
    }
    return next((str(one.name) for one in groups.get(key, ()) if one.key == text), "")


def _moment(text: str) -> str:
    try:
        on = parse_date(text)
        at = None if on else parse_datetime(text)
    except ValueError:
        return ""
    if isinstance(on, date):
        return str(said.day(on))
    return str(said.moment(at)) if at else ""
