"""Stored values as people read them, many at once: names of units, persons and files are fetched together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from qingfeng.desk.leads.rulebook import title_of
from qingfeng.documents.models import Attachment
from qingfeng.journal import composing
from qingfeng.look import said
from qingfeng.matters.vocabulary import Field, Mechanism
from qingfeng.organization.models import Person, Unit

MODELS: dict[str, Any] = {
    "unit": Unit,
    "units": Unit,
    "person": Person,
    "persons": Person,
    "file": Attachment,
    "files": Attachment,
}
RULE_KEY = re.compile(r"(?<![A-Za-z0-9_])[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![A-Za-z0-9_=])")
DIGEST = re.compile(r"\b(?:(sha256:[0-9a-f]{8})[0-9a-f]{56}|([0-9a-f]{12})[0-9a-f]{52})\b")
FIRST_YEAR, LAST_YEAR = 1900, 2200  # a whole number between these is a year


_FIELDS: dict[int, tuple[Mechanism, dict[str, Field]]] = {}


def fields_of(declared: Mechanism) -> dict[str, Field]:
    """Return every field that opening or an act asks for, by key, in the order of the declaration.

    Sealed ones too; put together once a declaration, and only to be read.
    """
    known = _FIELDS.get(id(declared))
    if known is None:
        found: dict[str, Field] = {}
        for one in (*declared.asks, *(field for act in declared.acts for field in act.asks)):
            found.setdefault(one.key, one)
        known = _FIELDS[id(declared)] = (declared, found)
    return known[1]


def as_list(value: Any) -> list[Any]:
    """Return a value that may be one or many as a list."""
    if value in (None, ""):
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


class Names:
    """Names of what values point to.

    Read from a fixed number of queries: `of` is told every (field, value) that will be shown.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[type, int], str] = {}

    @classmethod
    def of(cls, pairs: Iterable[tuple[Field, Any]]) -> Names:
        """Return the names that the values need; three queries at most."""
        wanted: dict[Any, set[int]] = {}
        for field, value in pairs:
            if field.kind in MODELS:
                wanted.setdefault(MODELS[field.kind], set()).update(
                    int(one) for one in as_list(value) if str(one).isdigit()
                )
        names = cls()
        for model, keys in wanted.items():
            there = composing.rows_of(
                ("named", model), keys, lambda marks, model=model: model.objects.filter(pk__in=marks)
            )
            names._found |= {(model, row.pk): str(row) for row in there}
        return names

    def get(self, model: type, key: Any) -> str:
        """Return a name, "" if there is no such row."""
        return self._found.get((model, int(key)), "") if str(key).isdigit() else ""


def say(field: Field, value: Any, names: Names) -> str:
    """Return a value as a person reads it; "" for nothing."""
    if value in (None, "", []):
        return ""
    if field.kind in MODELS:
        return _("; ").join(names.get(MODELS[field.kind], one) for one in as_list(value))
    if field.kind in {"choice", "choices"}:
        words = dict(field.choices)
        return _("; ").join(str(words.get(one, one)) for one in as_list(value))
    makers: dict[str, Callable[[], str]] = {
        "flag": lambda: _("yes") if value else _("no"),
        "money": lambda: said.money(value),
        "whole": lambda: str(value) if is_year(field) else said.number(value),
        "score": lambda: said.number(value),
        "day": lambda: said.day(as_day(value)),
        "moment": lambda: said.moment(as_moment(value)),
    }
    return makers.get(field.kind, lambda: readable(str(value)))()


def readable(text: str) -> str:
    """Return text with rules by their titles and digests short, for a page: files keep the whole."""
    if "_" in text:
        text = RULE_KEY.sub(lambda found: title_of(found[0]), text)
    return DIGEST.sub(lambda found: f"{found[1] or found[2]}…", text)


def is_year(field: Field) -> bool:
    """Return whether a whole number can only be a year: it is written without thousands."""
    if field.least is None or field.most is None:
        return False
    return FIRST_YEAR <= field.least <= field.most <= LAST_YEAR


def plain(field: Field, value: Any, names: Names) -> str | int | float | None:
    """Return a value for a cell of a file: days as ISO text, amounts as numbers, names as text."""
    if value in (None, "", []):
        return None
    if field.kind in {"money", "score"}:
        return float(value)
    if field.kind == "whole":
        return int(value)
    if field.kind in {"day", "moment"}:
        return str(value)
    return say(field, value, names) if field.kind in {*MODELS, "choice", "choices", "flag"} else str(value)


def as_day(value: Any) -> date | None:
    """Return a civil date from its ISO text, None if it is none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def as_moment(value: Any) -> datetime | None:
    """Return an instant from its ISO text, None if it is none."""
    return value if isinstance(value, datetime) else parse_datetime(str(value))


def act_name(declared: Mechanism, key: str) -> str:
    """Return what an act of a story is called."""
    if key == "open":
        return pgettext("act", "Opened")
    if key.startswith("kernel."):
        return str(KERNEL_ACTS.get(key, key))
    act = next((one for one in declared.acts if one.key == key), None)
    return str(act.name) if act else key


KERNEL_ACTS: Mapping[str, Any] = {
    "kernel.correct": gettext_lazy("Corrected"),
    "kernel.replace_slip": gettext_lazy("Slip replaced by a correction"),
    "kernel.void": gettext_lazy("Declared void"),
    "kernel.withdraw": gettext_lazy("Withdrawn"),
    "kernel.reopen": gettext_lazy("Opened again"),
    "kernel.merge": gettext_lazy("Merged into another matter"),
    "kernel.take_in": gettext_lazy("Took in a merged matter"),
    "kernel.split": gettext_lazy("Part split off"),
    "kernel.split_off": gettext_lazy("Split off from another matter"),
    "kernel.link": gettext_lazy("Linked"),
    "kernel.unlink": gettext_lazy("Link taken away"),
    "kernel.move": gettext_lazy("Moved to a newer declaration"),
    "kernel.hand_over": gettext_lazy("Handed over"),
    "kernel.leave": gettext_lazy("A part has ended"),
    "kernel.take_over": gettext_lazy("Taken over"),
}
