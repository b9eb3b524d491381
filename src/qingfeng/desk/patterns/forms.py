"""Forms: a known rule with other thresholds, a query of one's own; both for a card, with a reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.leads.evidence import fact_name, rule_param_words
from qingfeng.findings.models import OwnRule, OwnVersion
from qingfeng.findings.own_cards import open_cards
from qingfeng.findings.own_rules import Draft
from qingfeng.matters.access import visible
from qingfeng.matters.models import Matter
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.rulebook import Rule, Value, variant_text

STAGES = ("filled", "ruled", "swept", "followed")
MOST_DIGITS = 18  # of a number that is entered; no rule has a larger one
_BETWEEN = re.compile(r"[、,，;；\n]+")


def cards_of(viewer: Viewer) -> list[Matter]:
    """Return the pattern cards that a rule can be written for, as far as somebody sees them."""
    seen = visible(viewer).values("pk")
    return list(open_cards().filter(pk__in=seen, stage__in=STAGES).order_by("-opened_on", "-pk")[:200])


class _Rule(forms.Form):
    """What both forms ask: a name, the card, why."""

    rule = forms.CharField(max_length=60)
    card = forms.ChoiceField(required=False)
    reason = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, viewer: Viewer, own: OwnRule | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cards = {str(one.pk): one for one in cards_of(viewer)}
        self.fields["rule"].label = _("Name of the rule")
        self.fields["rule"].help_text = _("a-z, 0-9 and _; it names the pattern, never guilt.")
        self.fields["card"].label = _("Pattern card it comes from")
        self.fields["card"].choices = [("", "—")] + [
            (key, f"{one.number} {one.title}") for key, one in self._cards.items()
        ]
        self.fields["reason"].label = pgettext("own rule", "Why it is needed")
        self.fields["reason"].help_text = _("Which trace it asks for; nothing about persons.")
        if own is not None:
            del self.fields["rule"], self.fields["card"]
        self._own = own

    def _named(self) -> dict[str, Any]:
        """Return what of a draft these fields say."""
        said = self.cleaned_data
        if self._own is not None:
            return {"rule": self._own.rule, "base": self._own.base, "card": self._own.card,
                    "reason": said["reason"]}  # fmt: skip
        return {"rule": said["rule"], "card": self._cards.get(said["card"]), "reason": said["reason"]}


class Write(_Rule):
    """A query of one's own, with its cases."""

    text = forms.CharField(
        strip=False, widget=forms.Textarea(attrs={"rows": 26, "class": "sql", "spellcheck": "false"})
    )
    cases = forms.CharField(
        strip=False, widget=forms.Textarea(attrs={"rows": 16, "class": "sql", "spellcheck": "false"})
    )
    field_order = ("rule", "card", "text", "cases", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("The rule: a header, then one SELECT")
        self.fields["text"].help_text = _("It is checked when you save; nothing runs before it was tried.")
        self.fields["cases"].label = _("Its cases")
        self.fields["cases"].help_text = _(
            "Two that must be found, two innocent twins that must not, and every boundary."
        )

    def draft(self) -> Draft:
        """Return what was written."""
        said = self.cleaned_data
        text, cases = (said[key].replace("\r\n", "\n") for key in ("text", "cases"))
        return Draft(text=text, cases=cases, **self._named())


class Vary(_Rule):
    """A known rule with other values of its parameters, each in a field of its own."""

    title = forms.CharField(max_length=80)

    def __init__(self, *args: Any, base: Rule, start: OwnVersion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._base = base
        self.fields["title"].label = _("Title of the variant")
        for name, value in base.params.items():
            if isinstance(value, tuple) or name in ("title", "rule", "card", "reason"):
                continue
            self.fields[f"p_{name}"] = self._parameter(name, value, start)
        params = [name for name in self.fields if name.startswith("p_")]
        self.order_fields(["title", "rule", *params, "card", "reason"])

    @staticmethod
    def _parameter(name: str, value: Value, start: OwnVersion | None) -> forms.Field:
        before = rule_param_words(value)
        told = start.params.get(name, before) if start else before
        words = fact_name(name)
        return forms.CharField(
            label=name if words == name else f"{words}（{name}）",
            initial=told,
            max_length=2000,
            help_text=_("Of the house: %(value)s") % {"value": before},
        )

    def clean(self) -> dict[str, Any]:
        """Read every value as the kind of the rule's own; one at least must differ."""
        said = super().clean() or {}
        params: dict[str, Value] = {}
        for name, value in self._base.params.items():
            if isinstance(value, tuple) or f"p_{name}" not in self.fields or f"p_{name}" not in said:
                continue
            try:
                given = read(said[f"p_{name}"], value)
            except (ValueError, KeyError, InvalidOperation):
                self.add_error(f"p_{name}", _("Enter a value like that of the house: %(value)s.")
                               % {"value": rule_param_words(value)})  # fmt: skip
                continue
            if given != value:
                params[name] = given
        if not params and not self.errors:
            self.add_error(None, _("Change one value at least: a variant with the same values is no rule."))
        said["params"] = params
        return said

    def draft(self) -> Draft:
        """Return the variant as a text of its own."""
        said = self.cleaned_data
        params: Mapping[str, Value] = said["params"]
        text = variant_text(self._base, title=said["title"], params=params)
        cases = self._base.cases.read_text(encoding="utf-8") if self._base.cases.exists() else ""
        shown = {name: rule_param_words(value) for name, value in params.items()}
        named = {**self._named(), "base": self._base.id}
        return Draft(text=text, cases=cases, params=shown, **named)


def read(text: str, like: Value) -> Value:
    """Return a value as entered, of the kind of another.

    Raises:
        ValueError: If it cannot be read so.
        InvalidOperation: If it is no number.
    """
    text = text.strip()
    if isinstance(like, bool):
        return {"true": True, "false": False, "yes": True, "no": False, "是": True, "否": False}[text.lower()]
    if isinstance(like, int | Decimal):
        number = Decimal(text)
        if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
            raise ValueError(text)
        return int(number) if number == number.to_integral_value() and isinstance(like, int) else number
    if isinstance(like, list):
        parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
        if not parts:
            raise ValueError(text)
        return [read(part, like[0]) for part in parts]  # type: ignore[return-value]
    if isinstance(like, str):
        if not text:
            raise ValueError(text)
        return text
    return type(like).fromisoformat(text)
