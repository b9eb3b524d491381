"""Forms: what a round is to be, a form by name, a ballot of paper, more time, a talk, a suggestion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from qingfeng.appraisal import defaults, rosters, rounds
from qingfeng.appraisal.models import Form, Round, Slate
from qingfeng.organization.models import Unit

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
SCORES = [(score, str(score)) for score in range(defaults.LOWEST, defaults.HIGHEST + 1)]


class RoundForm(forms.Form):
    """What a round is to be: title, days, units, and for each of the five forms weight and dimensions."""

    use_required_attribute = False

    def __init__(self, *args: Any, round_: Round | None = None, **kwargs: Any) -> None:
        self.kinds = _kinds(round_)
        super().__init__(*args, initial=_initial(round_), **kwargs)
        self.fields["title"] = forms.CharField(label=_("Title"), max_length=80)
        self.fields["from_on"] = forms.DateField(label=_("First day"), widget=DATE)
        self.fields["until_on"] = forms.DateField(label=_("Last day"), widget=DATE)
        units = Unit.objects.filter(is_ours=True, closed_on=None, kind__in=rosters.WORKING)
        self.fields["units"] = forms.ModelMultipleChoiceField(
            queryset=units, widget=forms.CheckboxSelectMultiple,
            label=_("Whose people are evaluated"),
            help_text=_("The middle level and below. All of the commission's people vote."),
        )  # fmt: skip
        names = {key: defaults.said(one["name"]) for key, one in defaults.dimensions().items()}
        for one in self.kinds:
            key = one["key"]
            self.fields[f"{key}_weight"] = forms.IntegerField(
                label=_("Weight in per cent"), min_value=1, max_value=99
            )
            self.fields[f"{key}_dimensions"] = forms.MultipleChoiceField(
                label=_("What is scored"), choices=list(names.items()), widget=forms.CheckboxSelectMultiple
            )
        for key, one in self._anchors(round_).items():
            for at, words in one["anchors"].items():
                self.fields[f"anchor_{key}_{at}"] = forms.CharField(
                    label=f"{defaults.said(one['name'])} {at}", initial=words, max_length=60
                )

    def _anchors(self, round_: Round | None) -> dict[str, Any]:
        found = {key: dict(one) for key, one in defaults.dimensions().items()}
        for form in round_.forms.all() if round_ else ():
            found |= {one["key"]: one for one in form.dimensions}
        return found

    @property
    def fieldsets(self) -> list[tuple[Any, ...]]:
        """Groups of fields: the round, each form, the words of the scale."""
        labels = dict(Form.Key.choices)
        own = [(_("The round"), ["title", "from_on", "until_on", "units"])]
        each = [
            (labels[one["key"]], [f"{one['key']}_weight", f"{one['key']}_dimensions"]) for one in self.kinds
        ]
        words = [name for name in self.fields if name.startswith("anchor_")]
        return [
            *own,
            *each,
            (_("What scores mean"), words, _("Said beside the scale, so that all mean the same.")),
        ]

    def clean(self) -> dict[str, Any]:
        """Check that weights make a hundred and days run forwards."""
        said = super().clean() or {}
        weights = {one["key"]: said.get(f"{one['key']}_weight", 0) for one in self.kinds}
        if all(weights.values()) and (wrong := defaults.wrong_weights(weights)):
            self.add_error(f"{self.kinds[0]['key']}_weight", wrong)
        if said.get("from_on") and said.get("until_on") and said["until_on"] < said["from_on"]:
            self.add_error("until_on", _("The last day is before the first."))
        return said

    @property
    def planned(self) -> rounds.Planned:
        """What was entered."""
        said = self.cleaned_data
        return rounds.Planned(
            said["title"], said["from_on"], said["until_on"],
            tuple(unit.pk for unit in said["units"]), tuple(self._form(one["key"]) for one in self.kinds),
        )  # fmt: skip

    def _form(self, key: str) -> Mapping[str, Any]:
        said = self.cleaned_data
        known = defaults.dimensions()
        dimensions = [
            {
                "key": one, "name": known[one]["name"],
                "anchors": {at: said[f"anchor_{one}_{at}"] for at in known[one]["anchors"]},
            }
            for one in known
            if one in said[f"{key}_dimensions"]
        ]  # fmt: skip
        return {"key": key, "weight": said[f"{key}_weight"], "dimensions": dimensions}


def _kinds(round_: Round | None) -> list[dict[str, Any]]:
    if round_ is None:
        return defaults.forms()
    return [
        {"key": one.key, "weight": one.weight, "dimensions": one.dimensions} for one in round_.forms.all()
    ]


def _initial(round_: Round | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in _kinds(round_):
        found[f"{one['key']}_weight"] = one["weight"]
        found[f"{one['key']}_dimensions"] = [each["key"] for each in one["dimensions"]]
    if round_:
        found |= {"title": round_.title, "from_on": round_.from_on, "until_on": round_.until_on}
        found["units"] = list(round_.units.all())
    return found


class SheetForm(forms.Form):
    """A form by name: a score for each dimension, and words."""

    use_required_attribute = False

    def __init__(self, form: Form, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form = form
        for one in form.dimensions:
            self.fields[one["key"]] = _score(one)
        self.fields["text"] = forms.CharField(
            label=pgettext("appraisal", "In words"),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    @property
    def scores(self) -> dict[str, int]:
        """Dimension → score."""
        return {key: int(self.cleaned_data[key]) for key in self.form.keys}


def _score(dimension: Mapping[str, Any]) -> forms.ChoiceField:
    says = "；".join(f"{at} {defaults.said(words)}" for at, words in dimension["anchors"].items())
    return forms.ChoiceField(
        label=defaults.said(dimension["name"]),
        choices=SCORES,
        widget=forms.RadioSelect(attrs={"class": "in-a-row"}),
        help_text=says,
    )


class PaperForm(forms.Form):
    """A ballot of paper: a score for each person and dimension, nothing where the person was left out."""

    use_required_attribute = False

    def __init__(self, slate: Slate, names: Mapping[int, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slate, self.dimensions = slate, Form.objects.get(round=slate.round_id, key=slate.form).dimensions
        choices = [("", _("not scored")), *SCORES]
        for person in slate.people:
            for one in self.dimensions:
                self.fields[f"{person}_{one['key']}"] = forms.ChoiceField(
                    label=f"{names[person]} · {one['name']}", choices=choices, required=False
                )

    @property
    def said(self) -> dict[str, Any]:
        """The ballot as the box takes it."""
        scores: dict[str, dict[str, int]] = {}
        for person in self.slate.people:
            typed = {one["key"]: self.cleaned_data[f"{person}_{one['key']}"] for one in self.dimensions}
            if any(typed.values()):
                scores[str(person)] = {key: int(one) for key, one in typed.items() if one}
        return {"scores": scores, "remarks": {}}


class SecondForm(forms.Form):
    """Who types a ballot of paper the second time."""

    use_required_attribute = False
    username = forms.CharField(
        label=gettext_lazy("Sign-in name of the second"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password of the second"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        strip=False,
    )


class MoreTime(forms.Form):
    """More time for somebody."""

    use_required_attribute = False
    until_on = forms.DateField(label=gettext_lazy("Until"), widget=DATE)
    because = forms.CharField(label=gettext_lazy("Because"), max_length=200)

    def __init__(self, voters: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = forms.TypedChoiceField(
            label=pgettext("appraisal", "Who"), choices=[("", _("Choose somebody")), *voters], coerce=int
        )
        self.order_fields(["person", "until_on", "because"])


class AnswerForm(forms.Form):
    """What a person answers to the own result."""

    use_required_attribute = False
    text = forms.CharField(
        label=gettext_lazy("My answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Whoever reads your result reads it beside it; it changes no number."),
    )  # fmt: skip


class TalkForm(forms.Form):
    """The talk about a result."""

    use_required_attribute = False
    held_on = forms.DateField(label=pgettext_lazy("talk", "Held on"), widget=DATE)
    said = forms.CharField(
        label=gettext_lazy("What was said"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Strengths first. The person reads this record."),
    )  # fmt: skip
    agreed = forms.CharField(
        label=gettext_lazy("What was agreed"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SuggestForm(forms.Form):
    """What a result suggests for exchange."""

    use_required_attribute = False
    strengths = forms.CharField(
        label=gettext_lazy("Strengths"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    fits = forms.CharField(
        label=gettext_lazy("What the person would fit"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Suggested unit"), queryset=Unit.objects.none(), required=False,
        empty_label=gettext_lazy("none in particular"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(
            is_ours=True, closed_on=None, kind__in=rosters.WORKING
        )


class WhyForm(forms.Form):
    """Why a form by name is missing."""

    use_required_attribute = False
    because = forms.CharField(label=gettext_lazy("Because"), max_length=300)


class EarlierForm(forms.Form):
    """A file with results of earlier years."""

    use_required_attribute = False
    file = forms.FileField(label=gettext_lazy("Workbook (XLSX) or CSV"))
