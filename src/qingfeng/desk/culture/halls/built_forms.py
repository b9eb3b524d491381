"""What a built hall asks: a room with its look, an exhibit, the doors, a list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.culture.halls.building import (
    FLOORS,
    HIGHEST,
    LIGHTS,
    LOWEST,
    NARROWEST,
    SIDES,
    SIZES,
    WALLS,
    WIDEST,
)
from qingfeng.desk.culture.halls import lists
from qingfeng.desk.keeping import fields


def palette() -> dict[str, dict[str, str]]:
    """Return the names of what a room can look like."""
    return {
        "wall": dict(
            zip(
                WALLS,
                (_("Plaster, white"), _("Celadon"), _("Grey brick"), _("Cinnabar"), _("Ink")),
                strict=True,
            )
        ),
        "floor": dict(zip(FLOORS, (_("Oak"), _("Slate"), _("Clay tile"), _("Terrazzo")), strict=True)),
        "light": dict(zip(LIGHTS, (_("Warm"), _("Neutral"), _("Daylight")), strict=True)),
    }


def sides() -> dict[str, str]:
    """Return the names of the walls."""
    return dict(zip(SIDES, (_("North wall"), _("East wall"), _("South wall"), _("West wall")), strict=True))


def sizes() -> dict[str, str]:
    """Return the names of the sizes."""
    return dict(zip(SIZES, (_("Small"), pgettext("size", "Medium"), _("Large")), strict=True))


class Paired(fields.Form):
    """A form with texts in both languages."""

    def pair(
        self, name: str, label: str, most: tuple[int, int], *, rows: int = 1, needed: bool = True
    ) -> None:
        """Ask a text in both languages."""
        names = (pgettext("language", "Chinese"), pgettext("language", "English"))
        for language, longest, said in zip(("zh", "en"), most, names, strict=True):
            full = _("%(label)s, %(language)s") % {"label": label, "language": said}
            self.fields[f"{name}_{language}"] = (
                fields.text(full, most=longest, needed=needed)
                if rows == 1
                else fields.long_text(full, most=longest, rows=rows, needed=needed)
            )

    def length(self, name: str, label: str, least: float, most: float, help_text: str) -> None:
        """Ask a length in metres; blank where the house finds it."""
        self.fields[name] = forms.FloatField(
            label=label, min_value=least, max_value=most, required=False, help_text=help_text,
            widget=forms.NumberInput(attrs={"step": "0.5"}),
        )  # fmt: skip

    def value(self) -> dict[str, Any]:
        """Return what was given as the list keeps it: nothing where the house decides."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


class RoomForm(Paired):
    """A room."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pair("name", _("Name"), (30, 60))
        self.pair("text", _("What it tells"), (400, 1500), rows=2, needed=False)
        names = (_("Walls"), _("Floor"), _("Light"))
        for (name, choices), label in zip(palette().items(), names, strict=True):
            self.fields[name] = forms.ChoiceField(label=label, choices=list(choices.items()))
        found = _("Metres; left blank, it is found from what hangs there.")
        self.length("width", _("From west to east"), NARROWEST, WIDEST, found)
        self.length("depth", _("From south to north"), NARROWEST, WIDEST, found)
        self.length("height", _("Height"), LOWEST, HIGHEST, _("Metres; 3.7 where it is left blank."))
        self.fields["benches"] = forms.BooleanField(label=_("Benches where there is room"), required=False)

    def value(self) -> dict[str, Any]:
        """Return the room as the list keeps it."""
        return super().value() | {"benches": self.cleaned_data["benches"]}


class ExhibitForm(Paired):
    """An exhibit: a picture with its plate, or a panel of words."""

    def __init__(self, *args: Any, pictures: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pair("title", _("Title"), (30, 70))
        self.pair("text", _("Text"), (600, 2400), rows=4, needed=False)
        self.fields["picture"] = forms.ChoiceField(
            label=_("Picture"), choices=[("", _("None: a panel of words")), *pictures], required=False
        )
        self.fields["size"] = forms.ChoiceField(
            label=_("Size"), choices=list(sizes().items()), initial="medium"
        )
        self.fields["wall"] = forms.ChoiceField(
            label=pgettext("hall", "Wall"),
            choices=[("", _("The house chooses")), *sides().items()],
            required=False,
        )


class DoorForm(fields.Form):
    """A door from a room to another."""

    def __init__(self, *args: Any, rooms: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["come_from"] = forms.ChoiceField(label=_("From"), choices=rooms)
        self.fields["wall"] = forms.ChoiceField(label=_("Through"), choices=list(sides().items()))
        self.fields["to"] = forms.ChoiceField(label=_("Into"), choices=rooms)


class ListForm(fields.Form):
    """A list: a file, or what was copied from a table."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = forms.FileField(
            label=_("XLSX or CSV"), required=False,
            help_text=lists.columns_wanted(),
        )  # fmt: skip
        self.fields["pasted"] = fields.long_text(
            _("Or copied from a table"), most=200_000, rows=8, needed=False,
            help_text=_("With the line of the columns."),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Want one of the two."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("file") and not given.get("pasted", "").strip():
            raise forms.ValidationError(_("Choose a file, or paste a table."))
        return given

    def data_given(self) -> bytes:
        """Return the bytes of the list."""
        file = self.cleaned_data.get("file")
        return bytes(file.read(lists.LARGEST + 1)) if file else str(self.cleaned_data["pasted"]).encode()
