"""Forms out of declared fields: one validation for pages, the API, sheets and tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from qingfeng.matters.today import today
from qingfeng.matters.vocabulary import Field
from qingfeng.organization.district_settings import setting
from qingfeng.organization.models import Person, Unit

DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
LONG_TEXT = 20_000
SHORT_TEXT = 200


class FilesField(forms.Field):
    """Attachments that are stored already, by id; a page stores uploads first and passes their ids."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, most: int | None = None, **others: Any) -> None:
        self.most = most
        super().__init__(**others)

    def to_python(self, value: Any) -> list[int]:
        """Return ids, once each, in order."""
        if value in (None, ""):
            return []
        given: list[Any] = list(value) if isinstance(value, list | tuple) else [value]
        try:
            return list(dict.fromkeys(int(getattr(one, "pk", one)) for one in given))
        except (TypeError, ValueError):
            raise ValidationError(_("Attach the file again: it was not stored.")) from None

    def validate(self, value: list[int]) -> None:
        """Refuse too many files."""
        if self.required and not value:
            raise ValidationError(_("Attach the paper: a scan, a photograph or the file itself."))
        if self.most is not None and len(value) > self.most:
            raise ValidationError(
                ngettext("Attach at most %(most)s file.", "Attach at most %(most)s files.", self.most)
                % {"most": self.most}
            )


class DayField(forms.DateField):
    """A civil date, with a first and a last day that are allowed."""

    def __init__(self, *, least: int | None, most: int | None, **others: Any) -> None:
        self.least, self.most = least, most
        super().__init__(input_formats=DATES, widget=forms.DateInput(attrs={"type": "date"}), **others)

    def validate(self, value: date | None) -> None:
        """Refuse a day outside the period that makes sense."""
        super().validate(value)
        if value is None:
            return
        now = today()
        if self.least is not None and value < (first := now + timedelta(days=self.least)):
            raise ValidationError(_("Enter a day on or after %(day)s.") % {"day": first.isoformat()})
        if self.most is not None and value > (last := now + timedelta(days=self.most)):
            raise ValidationError(_("Enter a day on or before %(day)s.") % {"day": last.isoformat()})


class _Values:
    """Cleaned values of declared fields as they are stored."""

    declared: tuple[Field, ...] = ()
    cleaned_data: dict[str, Any]

    def facts(self) -> dict[str, Any]:
        """Return cleaned values as JSON data by key; empty ones as None, sealed ones left out."""
        return {
            one.key: stored(one, self.cleaned_data.get(one.key)) for one in self.declared if not one.sealed
        }

    def sealed(self) -> dict[str, str]:
        """Return the values of sealed fields that were entered."""
        return {
            one.key: str(self.cleaned_data[one.key])
            for one in self.declared
            if one.sealed and self.cleaned_data.get(one.key)
        }


class MatterForm(_Values, forms.Form):
    """A form made of declared fields; `facts()` gives what is stored."""

    def told(self) -> dict[str, tuple[str, ...]]:
        """Return what is wrong, by field key."""
        return {key: tuple(str(one) for one in errors) for key, errors in self.errors.items()}


def form_class(fields: Iterable[Field]) -> type[MatterForm]:
    """Return a form class for declared fields, in their order."""
    declared = tuple(one for one in fields if not one.setting or setting(one.setting))
    return type(
        "DeclaredForm", (MatterForm,), {"declared": declared, **{one.key: _field(one) for one in declared}}
    )


class Checked(_Values):
    """Values that were read against declared fields: what a bound form says, without composing one.

    Args:
        fields: Declared fields.
        data: Values by key: texts of a page, or Python values; persons, units and files by id or object.
        lenient: Whether needed fields may be empty.
    """

    def __init__(self, fields: Iterable[Field], data: Mapping[str, Any], *, lenient: bool = False) -> None:
        self.declared = tuple(one for one in fields if not one.setting or setting(one.setting))
        self.cleaned_data = {}
        self._told: dict[str, tuple[str, ...]] = {}
        given = _plain(data)
        for one in self.declared:
            field = _made(one, lenient=lenient)
            try:
                value = field.widget.value_from_datadict(given, {}, one.key)
                self.cleaned_data[one.key] = field.clean(value)
            except ValidationError as error:
                self._told[one.key] = tuple(str(said) for said in error.messages)

    def is_valid(self) -> bool:
        """Return whether nothing is wrong."""
        return not self._told

    def told(self) -> dict[str, tuple[str, ...]]:
        """Return what is wrong, by field key."""
        return dict(self._told)


_MADE: dict[tuple[int, bool], tuple[Field, forms.Field]] = {}


def _made(one: Field, *, lenient: bool) -> forms.Field:
    """Return the field that reads a declared one; made once, as a declaration lives as long as the house."""
    if not isinstance(one.choices, tuple):  # looked up anew each time
        fresh = _field(one)
        fresh.required = fresh.required and not lenient
        return fresh
    known = _MADE.get((id(one), lenient))
    if known is None or known[0] is not one:
        made = _field(one)
        made.required = made.required and not lenient
        known = _MADE[id(one), lenient] = one, made
    return known[1]


def _plain(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return data as widgets read it: a page's own mapping stays, objects become their ids."""
    if hasattr(data, "getlist"):
        return data
    return {key: _id(value) for key, value in data.items()}


def _id(value: Any) -> Any:
    if isinstance(value, list | tuple | set):
        return [_id(one) for one in value]
    return getattr(value, "pk", value)


def _field(one: Field) -> forms.Field:
    common: dict[str, Any] = {"label": one.name, "required": one.needed, "help_text": one.help}
    makers = {
        "text": lambda: forms.CharField(max_length=one.most or SHORT_TEXT, **common),
        "long": lambda: forms.CharField(
            max_length=one.most or LONG_TEXT, widget=forms.Textarea(attrs={"rows": 4}), **common
        ),
        "day": lambda: DayField(least=one.least, most=one.most, **common),
        "moment": lambda: forms.DateTimeField(
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"), **common
        ),
        "money": lambda: forms.DecimalField(
            max_digits=14, decimal_places=2, min_value=one.least, max_value=one.most, **common
        ),
        "whole": lambda: forms.IntegerField(min_value=one.least, max_value=one.most, **common),
        "score": lambda: forms.DecimalField(
            max_digits=6, decimal_places=2, min_value=one.least or 0, max_value=one.most or 100, **common
        ),
        "choice": lambda: forms.ChoiceField(choices=[("", "—"), *one.choices], **common),
        "choices": lambda: forms.MultipleChoiceField(
            choices=one.choices, widget=forms.CheckboxSelectMultiple, **common
        ),
        "flag": lambda: forms.BooleanField(**{**common, "required": False}),
        "unit": lambda: forms.ModelChoiceField(Unit.objects.all(), **common),
        "units": lambda: forms.ModelMultipleChoiceField(Unit.objects.all(), **common),
        "person": lambda: forms.ModelChoiceField(Person.objects.all(), **common),
        "persons": lambda: forms.ModelMultipleChoiceField(Person.objects.all(), **common),
        "line": lambda: forms.IntegerField(min_value=1, **common),
        "file": lambda: FilesField(most=1, **common),
        "files": lambda: FilesField(most=one.most, **common),
    }
    made: forms.Field = makers[one.kind]()  # type: ignore[no-untyped-call]
    if not one.needed and one.kind in {"text", "long"}:
        made.empty_value = ""
    return made


def stored(one: Field, value: Any) -> Any:
    """Return a cleaned value of a field as it is stored; money with two decimals."""
    if one.kind == "money" and value is not None:
        return f"{value:.2f}"
    return as_json(value)


def as_json(value: Any) -> Any:
    """Return a cleaned value as it is stored: ids, ISO dates, amounts as text with two decimals."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if hasattr(value, "pk"):
        return value.pk
    if not isinstance(value, str | dict) and hasattr(value, "__iter__"):
        return [as_json(one) for one in value]
    return None if value == "" else value


def shown(one: Field, value: Any) -> str:
    """Return a stored value as people read it."""
    if value in (None, "", []):
        return ""
    if one.kind in {"choice", "choices"}:
        words = dict(one.choices)
        given = value if isinstance(value, list) else [value]
        return gettext("; ").join(str(words.get(each, each)) for each in given)
    if one.kind == "flag":
        return gettext("yes") if value else gettext("no")
    if one.kind in {"unit", "units", "person", "persons"}:
        model = Unit if one.kind.startswith("unit") else Person
        ids = value if isinstance(value, list) else [value]
        names = {line.pk: str(line) for line in model.objects.filter(pk__in=ids)}
        return "、".join(names.get(each, "") for each in ids)
    if one.kind == "money":
        return f"{Decimal(value):,.2f}"
    if one.kind in {"file", "files"}:
        return str(len(value) if isinstance(value, list) else 1)
    return str(value)
