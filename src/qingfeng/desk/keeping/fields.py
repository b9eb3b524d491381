"""Fields that several of these forms ask for, with controls that work without a script."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from qingfeng.desk.directory import PERSON, Directory
from qingfeng.desk.storing import store_uploads
from qingfeng.desk.widgets import Files, Pick
from qingfeng.matters.forms import DATES


class Form(forms.Form):
    """A form of these pages: what is missing is said in words, by the server."""

    use_required_attribute = False

    @property
    def lists(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """The lists that its controls choose from, each once."""
        return lists_of([self])


def lists_of(shown: Iterable[forms.BaseForm]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return the lists that the controls of forms choose from, each once."""
    picks = [one.widget for form in shown for one in form.fields.values() if isinstance(one.widget, Pick)]
    found = {one.kind: one.directory for one in picks}
    return [(kind, directory.list_of(kind)) for kind, directory in sorted(found.items())]


class Chosen(forms.Field):
    """Somebody or several people of the list, as ids; who is not on it is told beside the field."""

    def clean(self, value: Any) -> Any:
        """Return an id, or a list of ids where several may be chosen."""
        wrong = getattr(self.widget, "wrong", ())
        if wrong:
            raise forms.ValidationError(list(wrong))
        given = value if isinstance(value, list) else [value] if value not in (None, "") else []
        if self.required and not given:
            raise forms.ValidationError(_("Choose from the list."))
        ids = [int(one) for one in given]
        return ids if self.widget.many else (ids[0] if ids else None)


def person(directory: Directory, label: Any, *, help_text: Any = "", needed: bool = True) -> Chosen:
    """Return a field for one person."""
    return Chosen(label=label, help_text=help_text, required=needed, widget=Pick(directory, PERSON))


def persons(directory: Directory, label: Any, *, boxes: int = 3, help_text: Any = "") -> Chosen:
    """Return a field for several people, with so many boxes at first."""
    control = Pick(directory, PERSON, boxes=boxes, many=True)
    return Chosen(label=label, help_text=help_text, required=False, widget=control)


def text(label: Any, *, help_text: Any = "", most: int = 200, needed: bool = True) -> forms.CharField:
    """Return a field for one line."""
    return forms.CharField(label=label, help_text=help_text, max_length=most, required=needed)


def long_text(
    label: Any, *, help_text: Any = "", most: int = 2000, rows: int = 3, needed: bool = True
) -> forms.CharField:
    """Return a field for several lines."""
    control = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=most, widget=control, required=needed)


def reason(label: Any = None, *, help_text: Any = None) -> forms.CharField:
    """Return the field for a reason, which is always needed."""
    said = help_text if help_text is not None else _("Say why, in a sentence others will understand.")
    return long_text(label or _("Reason"), help_text=said)


def day(label: Any, *, help_text: Any = "", initial: date | None = None) -> forms.DateField:
    """Return a field for a civil date."""
    control = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, help_text=help_text, initial=initial, widget=control, input_formats=DATES
    )


class PhraseInput(forms.PasswordInput):
    """An unlock phrase, or what a key device of the person gives in its place, where a script can ask it."""

    template_name = "desk/keeping/phrase.html"


def phrase(label: Any, *, help_text: Any = "", is_new: bool = False) -> forms.CharField:
    """Return a field for an unlock phrase; it is never shown again.

    Args:
        label: Of the field.
        help_text: Below it.
        is_new: Whether one is chosen here; then no device stands in for it.
    """
    attrs = {"autocomplete": "off"}
    control = forms.PasswordInput(attrs=attrs) if is_new else PhraseInput(attrs=attrs)
    return forms.CharField(label=label, help_text=help_text, max_length=200, strip=False, widget=control)


class FileIds(forms.Field):
    """Files that were stored when the form came, by id."""

    def clean(self, value: Any) -> list[int]:
        """Return ids."""
        ids = [int(one) for one in value or ()]
        if self.required and not ids:
            raise forms.ValidationError(_("Attach the paper: a scan, a photograph or the file itself."))
        return ids


def file(account: int | None, label: Any, *, help_text: Any = "", needed: bool = True) -> FileIds:
    """Return a field for one file."""
    return FileIds(label=label, help_text=help_text, required=needed, widget=Files(account, most=1))


def sent(request: HttpRequest) -> tuple[QueryDict | None, dict[str, str]]:
    """Return what was sent, None where a page is only opened, and what was wrong with its files by field."""
    if request.method != "POST":
        return None, {}
    data = request.POST.copy()
    return data, store_uploads(request, data) if request.FILES else {}


def put(form: forms.BaseForm, problems: dict[str, str]) -> None:
    """Put what was wrong with files beside their fields, in the place of what the field says itself."""
    for name, said in problems.items():
        if name in form.fields and form.errors is not None:
            form.errors.pop(name, None)
            form.add_error(name, said)
