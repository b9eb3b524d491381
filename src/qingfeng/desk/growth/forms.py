"""Forms of growth files and of the youth society."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingfeng.desk.keeping.fields import phrase
from qingfeng.documents.names import clean_name
from qingfeng.documents.refusal import Refused
from qingfeng.growth.attaching import MOST, Brought, judged, no_room_for
from qingfeng.growth.files import Said
from qingfeng.growth.models import Entry, GrowthFile, Line, Member, Office, Part
from qingfeng.look import said
from qingfeng.matters.today import today
from qingfeng.organization.models import Account, Person, Post, PostRole
from qingfeng.organization.roles import NAMED_ONLY, ROLES

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _months() -> list[tuple[int, str]]:
    return [(no, said.month(date(2000, no, 1))) for no in range(1, 13)]


class _Several(forms.FileInput):
    """A control for several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """Return every file that was chosen."""
        del data
        return list(files.getlist(name)) if hasattr(files, "getlist") else []


class _Papers(forms.Field):
    """Files as they were judged: `cleaned_data` has `attaching.Brought`."""

    widget = _Several

    def clean(self, value: Any) -> list[Brought]:
        """Judge every file; each that may not come in is named with why, and what to do."""
        if (
            len(value or ()) > MOST
        ):  # before the first is opened: all of them lie in memory until they are kept
            raise forms.ValidationError(say("An entry has at most {most} attachments.").format(most=MOST))
        brought, wrong = [], []
        for one in value or ():
            try:
                brought.append(judged(one))
            except Refused as refusal:
                wrong.append(f"{clean_name(one.name)}：{refusal}")
        if wrong:
            raise forms.ValidationError([*wrong, say("Choose the files again; nothing of them was kept.")])
        return brought


class EntryForm(forms.Form):
    """One entry, in the person's own words."""

    part = forms.ChoiceField(label=pgettext_lazy("growth", "Part"), choices=Part.choices)
    title = forms.CharField(label=pgettext_lazy("growth", "In a line"), max_length=120)
    on = forms.DateField(label=pgettext_lazy("growth", "Day, or first day"), widget=DAY)
    until = forms.DateField(label=pgettext_lazy("growth", "Last day"), required=False, widget=DAY)
    hours = forms.DecimalField(
        label=pgettext_lazy("growth", "Hours"), required=False, min_value=0, max_value=9999, decimal_places=1,
        max_digits=6, help_text=_("As you count them yourself; nobody else does."),
    )  # fmt: skip
    text = forms.CharField(
        label=pgettext_lazy("growth", "In your own words"), required=False, max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    papers = _Papers(
        label=pgettext_lazy("growth", "Attachments"), required=False,
        help_text=_("Certificates, photos, papers: encrypted like the rest. At most 10 files of 10 MB each, "
                    "50 MB in the whole growth file."),
    )  # fmt: skip

    def __init__(self, file: GrowthFile, row: Entry | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._file, self._row = file, row

    def clean_papers(self) -> list[Brought]:
        """Refuse more than a file has room for."""
        brought: list[Brought] = self.cleaned_data["papers"]
        if brought and (why := no_room_for(self._file, self._row, brought)):
            raise forms.ValidationError(why)
        return brought

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        said = super().clean() or {}
        if said.get("on") and said.get("until") and said["until"] < said["on"]:
            self.add_error("until", say("Enter a last day that is not before the first one."))
        return said

    def said(self, before: Said | None = None) -> Said:
        """Return what the form says, with what the house said in the entry before."""
        held = self.cleaned_data
        return Said(
            title=held["title"].strip(),
            text=held["text"].strip(),
            until=held["until"].isoformat() if held["until"] else "",
            hours=float(held["hours"]) if held["hours"] is not None else None,
            source=before.source if before else "",
            drawn=before.drawn if before else (),
        )


class PhraseForm(forms.Form):
    """The own unlock phrase, for a file that a restore has closed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phrase"] = phrase(say("Your unlock phrase"))


class ShareForm(forms.Form):
    """Which part, with whom, until when."""

    part = forms.ChoiceField(
        label=pgettext_lazy("growth", "Part"), choices=Part.choices, help_text=_("With its attachments.")
    )
    reader = forms.ChoiceField(label=pgettext_lazy("growth", "With whom"))
    until_on = forms.DateField(
        label=pgettext_lazy("growth", "Until"), help_text=_("This day too."), widget=DAY
    )

    def __init__(self, owner: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(one.number, f"{one.name} · {one.number}") for one in _colleagues(owner)]
        self.fields["reader"].choices = [("", say("Choose somebody")), *people]
        self.fields["until_on"].initial = today() + timedelta(days=30)


def _colleagues(owner: int) -> Iterable[Person]:
    """Return the commission's own people with an account, but for the owner and who is lent; one query."""
    ours = [key for key, role in ROLES.items() if role.is_ours and key not in NAMED_ONLY]
    held = PostRole.objects.held_on(today()).filter(role__in=ours, post__in=Post.objects.held_on(today()))
    accounts = Account.objects.filter(is_active=True, person__isnull=False)
    rows = Person.objects.filter(pk__in=held.values("post__person")).filter(pk__in=accounts.values("person"))
    return rows.exclude(pk=owner).order_by("number")


class AimsForm(forms.Form):
    """The aims of a year."""

    aims = forms.CharField(
        label=pgettext_lazy("growth", "Aims of the year"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class PlannedForm(forms.Form):
    """One activity that a plan intends."""

    line = forms.ChoiceField(label=pgettext_lazy("growth", "Line of activity"), choices=Line.choices)
    month = forms.TypedChoiceField(label=pgettext_lazy("growth", "Month"), choices=_months, coerce=int)
    what = forms.CharField(label=pgettext_lazy("growth", "What is done"), max_length=120)
    hours = forms.IntegerField(
        label=pgettext_lazy("growth", "Hours of all together"), min_value=0, max_value=99999
    )
    cost = forms.DecimalField(
        label=pgettext_lazy("growth", "Cost in yuan"), min_value=0, max_digits=10, decimal_places=2
    )


class OfferForm(forms.Form):
    """A role, for a member."""

    member = forms.ModelChoiceField(Member.objects.none(), label=pgettext_lazy("growth", "Member"))
    key = forms.ChoiceField(label=pgettext_lazy("growth", "Role"), choices=Office.Key.choices)
    line = forms.ChoiceField(
        label=pgettext_lazy("growth", "Line, for who carries one"), required=False,
        choices=[("", "—"), *Line.choices],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = Member.objects.select_related("person")
        self.fields["member"].label_from_instance = lambda one: one.person.name


def read_year(text: str, otherwise: date) -> int:
    """Return the year that an address names, that of a day where it names none the house can know."""
    return int(text) if text.isdecimal() and 2000 <= int(text[:5]) <= 2199 else otherwise.year
