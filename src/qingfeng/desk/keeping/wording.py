"""Templates of slips by kind of matter: which fields they may name, and sample values for looking at them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.documents.models import Template
from qingfeng.documents.templates import NoTemplate, Preview, current
from qingfeng.documents.wording import WrongTemplate
from qingfeng.matters.registry import mechanisms
from qingfeng.matters.slips import every_field, known_fields
from qingfeng.matters.vocabulary import Mechanism, Slip

SAMPLE_DAY = date(2026, 1, 1)
SAMPLE_LINES = 2


@dataclass(frozen=True)
class Worded:
    """The template of one slip.

    Attributes:
        kind: The kind of matter that prints it.
        slip: Its declaration.
    """

    kind: Mechanism
    slip: Slip

    @property
    def key(self) -> str:
        """Key of the template."""
        return f"{self.kind.key}.{self.slip.key}"

    @property
    def state(self) -> str:
        """Which version is in force, in words."""
        kept = Template.objects.filter(key=self.key, active=True).first()
        if kept:
            return _("version %(number)s") % {"number": kept.version}
        try:
            return _("as it came") if current(self.key) else ""
        except NoTemplate:
            return pgettext("keeping", "missing")
        except WrongTemplate:
            return _("cannot be read")

    @property
    def grammar(self) -> str:
        """How a text names fields, in words."""
        return _(
            "{field} stands for its value; {#list} … {/list} once for every line; {?field} … {/field} only if"
            " it has a value; {!field} … {/field} only if it has none; {@} counts the lines."
        )

    @cached_property
    def known(self) -> dict[str, list[str] | None]:
        """Names that the wording may use; a list's with the names of its columns."""
        return known_fields(self.kind)

    @cached_property
    def names(self) -> dict[str, str]:
        """What each name stands for, in words."""
        first = {
            "number": _("Number"),
            "title": _("Title"),
            "owner": _("Owner"),
            "opened_on": _("Opened on"),
            "reason": _("Reason of the act"),
            "second_signer": _("Second signer"),
            "signer": _("Who did the act"),
        }
        clocks = {f"{one.key}_due": _("%(clock)s: due") % {"clock": one.name} for one in self.kind.clocks}
        found: dict[str, Any] = {**first, **clocks}
        found |= {one.key: one.name for one in every_field(self.kind)}
        found |= {one.key: one.name for one in self.kind.parties}
        found |= {one.key: one.name for one in self.kind.ledgers}
        return {key: str(found.get(key, key)) for key in self.known}

    @cached_property
    def listed(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """The names with their words, and for lists the columns: what an editor looks up."""
        return [
            (key, self.names[key], [(one, self._column(key, one)) for one in columns or ()])
            for key, columns in self.known.items()
        ]

    def _column(self, ledger: str, key: str) -> str:
        if key == "state":
            return _("State")
        found = next((one for one in self.kind.ledger(ledger).fields if one.key == key), None)
        return str(found.name) if found else key

    @cached_property
    def sample(self) -> dict[str, Any]:
        """A value for every name: its words in brackets, days as a day, two lines a list."""
        days = {one.key for one in every_field(self.kind) if one.kind == "day"} | {"opened_on"}
        days |= {f"{one.key}_due" for one in self.kind.clocks}
        values: dict[str, Any] = {}
        for key, columns in self.known.items():
            if columns is not None:
                line = {one: f"〔{self._column(key, one)}〕" for one in columns}
                values[key] = [line] * SAMPLE_LINES
            else:
                values[key] = SAMPLE_DAY if key in days else f"〔{self.names[key]}〕"
        return values


def by_kind() -> Iterator[tuple[Mechanism, list[Worded]]]:
    """Yield the kinds that print something, with their templates."""
    for kind in mechanisms():
        rows = [Worded(kind, slip) for slip in kind.slips()]
        if rows:
            yield kind, rows


def of(key: str) -> Worded | None:
    """Return the template of a key, None if no slip has it."""
    return next((one for _kind, rows in by_kind() for one in rows if one.key == key), None)


def blocks_of(shown: Preview) -> list[dict[str, Any]]:
    """Return the blocks of a previewed text as a page draws them: their kind and what they hold."""
    return [{"kind": type(block).__name__.lower(), "block": block} for block in shown.body]
