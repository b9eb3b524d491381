"""Forms of the assessment: a daily entry, a statement, judgements, a mark, a scheme, a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from qingfeng.appraisal.points import schemes, sheets
from qingfeng.appraisal.points.dailies import Written
from qingfeng.appraisal.points.daily_tables import Daily
from qingfeng.appraisal.points.ground import plain
from qingfeng.appraisal.points.marks import Proposed
from qingfeng.appraisal.points.tables import Indicator, Kind, Mark, Scheme
from qingfeng.desk.points.names import of_indicator
from qingfeng.matters.today import today

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DailyForm(forms.Form):
    """An entry of the daily record; the first two fields are enough."""

    use_required_attribute = False
    work = forms.CharField(
        label=pgettext_lazy("daily", "What I did"), max_length=200, widget=_area(2),
        help_text=gettext_lazy("One sentence. No names of people outside, nothing secret."),
    )  # fmt: skip
    role = forms.ChoiceField(
        label=pgettext_lazy("daily", "My part"), choices=Daily.Role.choices, initial=Daily.Role.LEAD,
        widget=forms.RadioSelect(attrs={"class": "in-a-row"}),
    )  # fmt: skip
    result = forms.CharField(
        label=pgettext_lazy("daily", "What came of it"), max_length=200, required=False, widget=_area(2)
    )
    day = forms.DateField(label=pgettext_lazy("daily", "Day"), widget=DATE, initial=today)
    matter = forms.CharField(
        label=gettext_lazy("Number of a matter"), max_length=60, required=False,
        help_text=gettext_lazy("Where it belongs to one of yours."),
    )  # fmt: skip

    @property
    def written(self) -> Written:
        """What was entered."""
        return Written(**self.cleaned_data)


class StatementForm(forms.Form):
    """The own statement about a period."""

    use_required_attribute = False
    text = forms.CharField(
        label=gettext_lazy("My statement"), max_length=4000, widget=_area(10),
        help_text=gettext_lazy("What was to be done, what was done, what came of it, what did not go well."),
    )  # fmt: skip


class JudgeForm(forms.Form):
    """Judgements of one sheet in one period: points and a reason each, evidence for all of them."""

    use_required_attribute = False

    def __init__(
        self, indicators: Sequence[Indicator], entries: Sequence[Daily], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indicators = indicators
        for one in indicators:
            self.fields[f"{one.key}_value"] = forms.DecimalField(
                label=_("%(name)s, points from 0 to %(most)s")
                % {"name": of_indicator(one), "most": plain(one.most)},
                min_value=0, max_value=one.most, decimal_places=2, required=False, help_text=one.evidence,
            )  # fmt: skip
            self.fields[f"{one.key}_why"] = forms.CharField(
                label=_("Because"), max_length=300, required=False
            )
        if entries:
            self.fields["entries"] = _ticked(entries)
        self.fields["papers"] = forms.CharField(
            label=_("It rests on these documents or matters"), max_length=300, required=False,
            help_text=_("Numbers or titles, separated by semicolons. No points without evidence."),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Check that something was judged."""
        said = super().clean() or {}
        if not any(said.get(f"{one.key}_value") is not None for one in self.indicators):
            raise forms.ValidationError(_("Enter points for one indicator at least."))
        return said

    @property
    def given(self) -> list[tuple[Indicator, sheets.Given]]:
        """What was judged."""
        said = self.cleaned_data
        evidence = (*said.get("entries", ()), *_papers(said["papers"]))
        return [
            (one, sheets.Given(said[f"{one.key}_value"], evidence, said[f"{one.key}_why"]))
            for one in self.indicators
            if said[f"{one.key}_value"] is not None
        ]


class ReplaceForm(forms.Form):
    """A judgement that is to stand in place of those that were given; every field is needed."""

    use_required_attribute = False

    def __init__(self, indicator: Indicator, entries: Sequence[Daily], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = forms.DecimalField(
            label=_("Points from 0 to %(most)s") % {"most": plain(indicator.most)},
            min_value=0, max_value=indicator.most, decimal_places=2,
        )  # fmt: skip
        self.fields["why"] = forms.CharField(label=_("Because"), max_length=300, widget=_area(2))
        self.fields["papers"] = forms.CharField(
            label=_("It rests on these documents or matters"), max_length=300, required=False,
            help_text=_("Numbers or titles, separated by semicolons. No points without evidence."),
        )  # fmt: skip
        if entries:
            self.fields["entries"] = _ticked(entries)

    @property
    def given(self) -> sheets.Given:
        """What was judged."""
        said = self.cleaned_data
        evidence = (*said.get("entries", ()), *_papers(said["papers"]))
        return sheets.Given(said["value"], evidence, said["why"])


def _ticked(entries: Sequence[Daily]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("It rests on these confirmed entries"), required=False,
        choices=[(f"daily:{one.pk}", f"{one.day:%m-%d} {one.work}") for one in entries],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


def _papers(text: str) -> list[str]:
    return [one.strip() for one in text.replace(";", "；").split("；") if one.strip()]


class MarkForm(forms.Form):
    """A bonus, a deduction or a veto."""

    use_required_attribute = False

    def __init__(self, scheme: Scheme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of"] = forms.ChoiceField(
            label=pgettext("points", "What it is"), choices=Mark.Of.choices,
            widget=forms.RadioSelect(attrs={"class": "in-a-row"}),
        )  # fmt: skip
        self.fields["points"] = forms.DecimalField(
            label=pgettext("points", "Points"), min_value=0, decimal_places=2, required=False,
            help_text=_("Bonuses %(bonus)s at most, deductions %(deduction)s at most, all together.")
            % {"bonus": scheme.bonus_max, "deduction": scheme.deduction_max},
        )  # fmt: skip
        self.fields["veto"] = forms.ChoiceField(
            label=_("Which veto"), required=False,
            choices=[("", _("none")), *((one["key"], one["words"]) for one in scheme.vetoes)],
        )  # fmt: skip
        self.fields["why"] = forms.CharField(label=_("Because"), max_length=300, widget=_area(2))
        self.fields["evidence"] = forms.CharField(
            label=_("A bonus rests on"), max_length=200, required=False,
            help_text=_("Number or title of the document or matter."),
        )  # fmt: skip
        self.fields["journal_seq"] = forms.IntegerField(
            label=_("A deduction or veto cites entry number"), min_value=0, required=False,
            help_text=_("The number in the journal; it stands beside every act in the story of a matter."),
        )  # fmt: skip

    @property
    def proposed(self) -> Proposed:
        """What is proposed."""
        said = self.cleaned_data
        return Proposed(
            said["of"], said["why"], said["points"] or Decimal(0), said["veto"], said["evidence"],
            said["journal_seq"],
        )  # fmt: skip


class AnswerForm(forms.Form):
    """What the person says to a mark."""

    use_required_attribute = False
    text = forms.CharField(label=gettext_lazy("My answer"), max_length=2000, widget=_area(5))


class NewScheme(forms.Form):
    """A new version."""

    use_required_attribute = False
    year = forms.IntegerField(label=pgettext_lazy("points", "Year"), min_value=2000, max_value=2100)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=80)


class SchemeForm(forms.Form):
    """What a draft says besides its indicators."""

    use_required_attribute = False
    title = forms.CharField(label=gettext_lazy("Title"), max_length=80)
    rule_made = forms.CharField(
        label=gettext_lazy("Number of the rule it carries out"), max_length=60, required=False
    )
    daily = forms.IntegerField(label=pgettext_lazy("points", "Daily record"), min_value=0, max_value=100)
    quarter = forms.IntegerField(label=gettext_lazy("Each quarter"), min_value=0, max_value=25)
    half = forms.IntegerField(label=gettext_lazy("Half-year summary"), min_value=0, max_value=100)
    year = forms.IntegerField(label=pgettext_lazy("points", "Year"), min_value=0, max_value=100)
    bonus_max = forms.IntegerField(label=gettext_lazy("Bonuses at most"), min_value=0, max_value=10)
    deduction_max = forms.IntegerField(label=gettext_lazy("Deductions at most"), min_value=0, max_value=20)
    excellent = forms.IntegerField(label=gettext_lazy("Excellent from"), min_value=1, max_value=110)
    competent = forms.IntegerField(label=gettext_lazy("Competent from"), min_value=1, max_value=100)
    basic = forms.IntegerField(label=gettext_lazy("Basically competent from"), min_value=1, max_value=100)
    quota = forms.IntegerField(label=gettext_lazy("Excellent at most, per cent"), min_value=0, max_value=100)
    vetoes = forms.CharField(
        label=gettext_lazy("Vetoes"), widget=_area(5), help_text=gettext_lazy("One a line: key, then words.")
    )

    fieldsets = (
        ("", ["title", "rule_made"]),
        (
            gettext_lazy("Points of the periods"), ["daily", "quarter", "half", "year"],
            gettext_lazy("Together 100; a quarter counts four times."),
        ),
        (gettext_lazy("Bonuses, deductions, vetoes"), ["bonus_max", "deduction_max", "vetoes"]),
        (pgettext_lazy("points", "Grades"), ["excellent", "competent", "basic", "quota"]),
    )  # fmt: skip

    @staticmethod
    def initial_of(scheme: Scheme) -> dict[str, Any]:
        """Return what stands there."""
        vetoes = "\n".join(f"{one['key']} {one['words']}" for one in scheme.vetoes)
        own = {name: getattr(scheme, name) for name in ("title", "rule_made", "bonus_max", "deduction_max")}
        return {**own, "quota": scheme.quota, **scheme.periods, **scheme.limits, "vetoes": vetoes}

    def clean(self) -> dict[str, Any]:
        """Check that the periods make a hundred and the vetoes can be read."""
        said = super().clean() or {}
        parts = [said[name] for name in ("daily", "quarter", "half", "year") if said.get(name) is not None]
        if len(parts) == len(Indicator.Each.values):
            total = sum(parts) + 3 * parts[1]
            if total != schemes.WHOLE:
                self.add_error(
                    "daily", _("The periods make %(total)s; they must make 100.") % {"total": total}
                )
        lines = [one.strip().partition(" ") for one in said.get("vetoes", "").splitlines() if one.strip()]
        if any(not key.isidentifier() or not words.strip() for key, _space, words in lines):
            self.add_error("vetoes", _("One a line: a key of Latin letters, a space, then the words."))
        self.vetoes = [{"key": key, "words": words.strip()} for key, _space, words in lines]
        return said

    @property
    def said(self) -> Mapping[str, Any]:
        """Columns of the scheme."""
        held = self.cleaned_data
        names = ("title", "rule_made", "bonus_max", "deduction_max", "quota")
        return {
            **{name: held[name] for name in names},
            "periods": {name: held[name] for name in ("daily", "quarter", "half", "year")},
            "limits": {name: held[name] for name in ("excellent", "competent", "basic")},
            "vetoes": self.vetoes,
        }


class IndicatorForm(forms.Form):
    """An indicator: with a formula, or judged."""

    use_required_attribute = False
    key = forms.SlugField(label=gettext_lazy("Key"), max_length=40)
    name_zh = forms.CharField(label=gettext_lazy("Name in Chinese"), max_length=60)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=80, required=False)
    of = forms.ChoiceField(
        label=pgettext_lazy("points", "Of whom"), choices=Indicator.Of.choices,
        widget=forms.RadioSelect(attrs={"class": "in-a-row"}),
    )  # fmt: skip
    classes = forms.MultipleChoiceField(
        label=gettext_lazy("Only for these classes"), choices=Kind.choices, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=gettext_lazy("None ticked: for all of them."),
    )  # fmt: skip
    period = forms.ChoiceField(label=pgettext_lazy("points", "Period"), choices=Indicator.Each.choices)
    most = forms.DecimalField(
        label=gettext_lazy("Points at most"), min_value=Decimal("0.5"), max_value=100, decimal_places=2
    )
    formula = forms.CharField(
        label=pgettext_lazy("points", "Formula"), max_length=200, required=False,
        help_text=gettext_lazy("Numbers, + − × ÷, min, max and readings. Empty: people judge it."),
    )  # fmt: skip
    evidence = forms.CharField(label=gettext_lazy("What must be shown"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Check that its classes fit."""
        said = super().clean() or {}
        if any(Kind(one).of != said.get("of") for one in said.get("classes", ())):
            self.add_error("classes", _("These classes are none of people, or none of units."))
        return said


class EarlierForm(forms.Form):
    """A file with results of earlier years."""

    use_required_attribute = False
    file = forms.FileField(label=gettext_lazy("Workbook (XLSX) or CSV"))
