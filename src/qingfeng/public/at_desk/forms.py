"""What is asked when staff enter something for somebody."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from qingfeng.desk.keeping import fields
from qingfeng.mechanisms.common import AREAS
from qingfeng.public.counter.house import REPORT
from qingfeng.public.counter.limits import Limits
from qingfeng.sealing.counter_keys import CounterKeys

SOURCES = (
    ("letter", pgettext_lazy("source", "Letter")),
    ("call", pgettext_lazy("source", "Telephone call")),
    ("visit", pgettext_lazy("source", "Visit")),
)


class Several(forms.ClearableFileInput):
    """A control for several files."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files, each judged by whoever takes them."""

    widget = Several

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files."""
        return [super(Files, self).clean(one, initial) for one in data or [] if one]


class Entry(fields.Form):
    """What somebody wrote or said, as they did."""

    def __init__(self, line: str, keys: CounterKeys, limits: Limits, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        sent = forms.CharField(widget=forms.HiddenInput, required=False, initial=secrets.token_hex(16))
        self.fields["once"] = sent  # the same form sent twice arrives once
        self.most_files = limits.files
        self.fields["source"] = forms.ChoiceField(label=_("How it came in"), choices=SOURCES)
        self.fields["received_on"] = fields.day(_("Received on"), initial=today)
        self.fields["about"] = fields.text(_("Who or what is it about?"), needed=False)
        if line != REPORT:
            choices = [("", "—"), *((key, str(name)) for key, name in AREAS)]
            self.fields["area"] = forms.ChoiceField(label=_("Field of work"), choices=choices, required=False)
        self.fields["text"] = fields.long_text(
            _("What they wrote or said"),
            help_text=_("In their words; nothing added."),
            most=limits.text_characters,
            rows=8,
        )
        said = _("Only if they give it.")
        self.fields["name"] = fields.text(_("Their name"), most=80, needed=False, help_text=said)
        self.fields["contact"] = fields.text(_("How can they be reached?"), needed=False)
        people = [one.name for one in keys.custodians] if line == REPORT else []
        self.fields["excludes"] = forms.MultipleChoiceField(
            label=_("Not to be read by"),
            choices=[(one, one) for one in dict.fromkeys((*people, *keys.rooms))],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        names = _("Names of people of this commission or of other offices, a line each.")
        self.fields["others"] = fields.long_text(
            _("Nor by these people and offices"), help_text=names, needed=False, rows=2
        )
        self.fields["files"] = Files(label=_("Scans and papers"), required=False)

    def clean_received_on(self) -> Any:
        """Take no day that has not come."""
        on = self.cleaned_data["received_on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("Enter a day that has come."))
        return on

    def clean(self) -> dict[str, Any]:
        """Put what was ticked and what was typed together."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        lines = [*given.get("excludes", ()), *given.get("others", "").splitlines()]
        return {**given, "excludes": tuple(dict.fromkeys(one.strip() for one in lines if one.strip()))}

    def clean_files(self) -> list[Any]:
        """Take no more files than a letter may have."""
        files: list[Any] = self.cleaned_data["files"]
        if len(files) > self.most_files:
            raise forms.ValidationError(_("At most %(most)s files.") % {"most": self.most_files})
        return files
