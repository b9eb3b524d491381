"""What a form asks, and its fields with controls that work on a page without a script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from qingfeng.desk.directory import PERSON, UNIT, Directory, ids_in
from qingfeng.desk.values import Names, say
from qingfeng.desk.widgets import Files, Line, Pick
from qingfeng.matters.forms import MatterForm
from qingfeng.matters.models import LedgerLine, Matter
from qingfeng.matters.vocabulary import Act, Field, Gate, Mechanism, Role

PICKED = {"unit": (UNIT, False), "units": (UNIT, True), "person": (PERSON, False), "persons": (PERSON, True)}
LONGEST_CHOICE = 60


@dataclass
class Asked:
    """What a form asks: the declaration of an act, or of opening.

    Attributes:
        declared: The mechanism.
        act: The act; None for opening.
        matter: The matter; None for opening.
        overridable: Gates that do not hold and that the viewer may pass with a reason.
        from_paper: Whether it is entered for somebody who signed on paper.
        lines: Ledger lines that the viewer may change.
    """

    declared: Mechanism
    act: Act | None = None
    matter: Matter | None = None
    overridable: Sequence[Gate] = ()
    from_paper: bool = False
    lines: Sequence[LedgerLine] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """Declared fields, without those that the house fills in."""
        if self.act is None:
            return self.declared.asks
        return tuple(one for one in self.act.asks if one.key not in self.act.finds)

    @property
    def roles(self) -> list[Role]:
        """Roles whose holders are named, without those whom the house names."""
        keys = self.act.names if self.act else self.declared.names
        found = self.act.finds if self.act else ()
        return [self.declared.role(key) for key in keys if key not in found]


class Picked(forms.Field):
    """Ids of people or units that were chosen; what is not on the list is told beside the field."""

    def clean(self, value: Any) -> list[int]:
        """Return ids."""
        given = value if isinstance(value, list) else [value] if value not in (None, "") else []
        if self.required and not given:
            raise forms.ValidationError(_("Choose from the list."))
        return ids_in(given)


@dataclass(frozen=True)
class Fitting:
    """What the controls of a form need.

    Attributes:
        directory: Who can be named.
        account: Who brings files.
        data: What was sent; None for a blank form.
        lines: Ledger lines that the act may change, as (number, words).
    """

    directory: Directory
    account: int | None
    data: QueryDict | None
    lines: list[tuple[int, str]]

    def boxes(self, name: str, *, least: int = 1) -> int:
        """Return how many boxes a control for several shows: the filled ones, one more if asked for."""
        if self.data is None:
            return least
        typed = [text for text in self.data.getlist(name) if text.strip()]
        return max(least, len(typed) + (self.data.get("add") == name))


def fit(form: MatterForm, declared: Iterable[Field], fitting: Fitting) -> None:
    """Give the fields of a form the controls that work on a page without a script."""
    said = _("Choose from the list.")
    for one in declared:
        made = form.fields.get(one.key)
        if made is None:
            continue
        if one.kind in PICKED:
            kind, many = PICKED[one.kind]
            boxes = fitting.boxes(form.add_prefix(one.key)) if many else 1
            made.widget = Pick(fitting.directory, kind, boxes=boxes, many=many, label=one.name)
            made.error_messages |= {"invalid_choice": said, "invalid_pk_value": said}
        elif one.kind in {"file", "files"}:
            made.widget = Files(fitting.account, most=1 if one.kind == "file" else one.most)
        elif one.kind == "line":
            made.widget = Line(fitting.lines)
        made.widget.is_required = made.required


def line_choices(asked: Asked) -> list[tuple[int, str]]:
    """Return the lines that an act may change, each with its number and first words."""
    entries = {entry.ledger: entry for entry in (asked.act.enters if asked.act else ()) if entry.from_}
    lines = [
        one
        for one in asked.lines
        if one.ledger in entries and entries[one.ledger].changes(one.state, one.facts)
    ]
    ledgers = {key: asked.declared.ledger(key) for key in entries}
    names = Names.of((one, line.facts.get(one.key)) for line in lines for one in ledgers[line.ledger].fields)
    found = []
    for line in lines:
        words = (
            say(one, line.facts.get(one.key), names) for one in ledgers[line.ledger].fields if not one.sealed
        )
        first = next((text for text in words if text), "")
        found.append((line.no, f"{line.no} · {first[:LONGEST_CHOICE]}"))
    return found


def long_text(label: Any, help_text: Any, *, needed: bool = True) -> forms.Field:
    """Return a field for a sentence or two."""
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, required=needed, max_length=2000, widget=widget)
