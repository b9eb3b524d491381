"""What the plain forms of a hall ask: a zone, a scene with its view, a spot, a file, its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.culture.halls.reading import LENGTHS, MOST_ANSWERS
from qingfeng.culture.models import Medium
from qingfeng.desk.keeping import fields

SPOTS = ("text", "picture", "audio", "video", "link", "quiz", "scene")
ROWS = {"name": 1, "title": 1, "text": 5, "told": 5, "question": 2, "why": 2}


class Pairs(fields.Form):
    """A form with texts in both languages, one below the other in a pair."""

    def pair(self, name: str, label: str, *, needed: bool = False, help_text: str = "") -> None:
        """Ask a text in both languages; they may wait, but not in public."""
        for language, most, said in zip(
            ("zh", "en"),
            LENGTHS[name],
            (pgettext("language", "Chinese"), pgettext("language", "English")),
            strict=True,
        ):
            full = _("%(label)s, %(language)s") % {"label": label, "language": said}
            ask = fields.text if ROWS[name] == 1 else fields.long_text
            more = {} if ROWS[name] == 1 else {"rows": ROWS[name]}
            self.fields[f"{name}_{language}"] = ask(
                full, most=most, needed=needed and language == "zh", help_text=help_text, **more
            )

    def degrees(self, name: str, label: str, least: int, most: int, *, help_text: str = "") -> None:
        """Ask an angle."""
        self.fields[name] = forms.FloatField(
            label=label, min_value=least, max_value=most, help_text=help_text,
            widget=forms.NumberInput(attrs={"step": "any"}),
        )  # fmt: skip

    def chosen(
        self,
        name: str,
        label: str,
        choices: Iterable[tuple[str, str]],
        *,
        needed: bool = False,
        help_text: str = "",
    ) -> None:
        """Ask one of a list."""
        blank = [] if needed else [("", "—")]
        self.fields[name] = forms.ChoiceField(
            label=label, choices=[*blank, *choices], required=needed, help_text=help_text
        )


class ZoneForm(Pairs):
    """A zone: its name, and what one reads on entering it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pair("name", _("Name"), needed=True)
        self.pair("text", _("What it tells"))


class SceneForm(Pairs):
    """A scene: zone, panorama, opening view, and what is seen there in words."""

    def __init__(self, *args: Any, zones: list[Any], panoramas: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pair("name", _("Name"), needed=True)
        self.chosen("zone", pgettext("hall", "Zone"), zones, needed=True)
        self.chosen("panorama", _("Panorama"), panoramas)
        self.pair(
            "told",
            _("What is seen here"),
            help_text=_("For who cannot see it; the page without pictures shows it."),
        )
        self.degrees(
            "yaw",
            _("Opening view: to the right, degrees"),
            -180,
            180,
            help_text=_("0 is the middle of the panorama."),
        )
        self.degrees("pitch", _("Opening view: upwards, degrees"), -90, 90)
        self.degrees("hfov", _("How wide one sees at first, degrees"), 30, 110)
        self.fields["is_first"] = forms.BooleanField(label=_("The visit begins here"), required=False)


class SpotForm(Pairs):
    """A spot of one kind, at an angle."""

    def __init__(
        self, kind: str, *args: Any, media: Mapping[str, list[Any]], scenes: list[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.pair("title", _("Title"), needed=True)
        self.degrees(
            "yaw", _("To the right, degrees"), -180, 180, help_text=_("0 is the middle of the panorama.")
        )
        self.degrees("pitch", _("Upwards, degrees"), -90, 90)
        if kind == "scene":
            self.chosen("to", _("Leads to"), scenes, needed=True)
            self.fields["way_back"] = forms.BooleanField(label=_("Make the way back as well"), required=False)
            return
        self.pair("text", _("Text"))
        if kind in media:
            self.chosen("medium", str(Medium.Kind(kind).label), media[kind])
        if kind in {"text", "link", "quiz"}:
            self.chosen("medium", _("Picture beside it"), media["picture"])
        if kind in {"picture", "audio", "video"}:
            self.pair("told", _("What is seen or said in it"), help_text=_("For who cannot see or hear it."))
        if kind in {"audio", "video"}:
            self.chosen("captions_zh", _("Captions, Chinese"), media["captions"])
            self.chosen("captions_en", _("Captions, English"), media["captions"])
        if kind == "link":
            self.fields["href"] = fields.text(
                _("Address"),
                most=300,
                needed=False,
                help_text=_("https://… or a page of this site: /culture/places/…/."),
            )
        if kind == "quiz":
            self._quiz()

    def _quiz(self) -> None:
        self.pair("question", _("Question"))
        self.fields["answers"] = fields.long_text(
            _("Answers, one a line"),
            rows=5,
            most=3000,
            help_text=_("Chinese | English; the right one begins with *."),
        )
        self.pair("why", _("Why it is right"))

    def clean_answers(self) -> dict[str, Any]:
        """Read the lines of the answers: two to six, one of them right."""
        lines = [one.strip() for one in self.cleaned_data["answers"].splitlines() if one.strip()]
        right = [no for no, one in enumerate(lines) if one.startswith("*")]
        if not 2 <= len(lines) <= MOST_ANSWERS or len(right) != 1:
            raise forms.ValidationError(
                _("Two to %(most)d answers, and exactly one of them begins with *.") % {"most": MOST_ANSWERS}
            )
        pairs = [one.lstrip("*").partition("|") for one in lines]
        return {
            "right": right[0],
            "answers": [{"zh": zh.strip(), "en": en.strip()} for zh, _bar, en in pairs],
        }

    def spot(self) -> dict[str, Any]:
        """Return the spot as the tour keeps it."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "way_back"}
        said: dict[str, Any] = {
            "kind": self.kind,
            **{name: value for name, value in given.items() if value != ""},
        }
        if self.kind == "quiz":
            parts = ("question_zh", "question_en", "why_zh", "why_en")
            said["quiz"] = {name: said.pop(name, "") for name in parts} | said.pop("answers")
        return said


def spot_initial(spot: Mapping[str, Any]) -> dict[str, Any]:
    """Return a spot as its form shows it."""
    quiz = spot.get("quiz") or {}
    lines = [
        f"{'*' if no == quiz.get('right') else ''}{one['zh']} | {one['en']}"
        for no, one in enumerate(quiz.get("answers", []))
    ]
    return {**spot, **quiz, "answers": "\n".join(lines)}


class Words(fields.Form):
    """Licence, author and words of a medium."""

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["licence"] = forms.ChoiceField(
            label=_("Licence"), choices=[("", "—"), *Medium.Licence.choices], required=False
        )
        self.fields["author"] = fields.text(_("Author"), most=80, needed=False)
        heard = kind in {"audio", "video"}
        shows = _("What it is called") if heard else _("What it shows")
        for language, most, said in (
            ("zh", 120, pgettext("language", "Chinese")),
            ("en", 300, pgettext("language", "English")),
        ):
            full = _("%(label)s, %(language)s") % {"label": shows, "language": said}
            self.fields[f"alt_{language}"] = fields.text(full, most=most, needed=False)
            if heard:
                full = _("%(label)s, %(language)s") % {
                    "label": _("What is seen or said in it"),
                    "language": said,
                }
                self.fields[f"told_{language}"] = fields.long_text(full, most=9000, rows=5, needed=False)
        self.fields["shows_living"] = forms.BooleanField(
            label=_("It shows somebody who lives"), required=False
        )


class File(fields.Form):
    """One file, for browsers without a script."""

    def __init__(self, label: str, help_text: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = forms.FileField(label=label, help_text=help_text)


class Archive(fields.Form):
    """An archive of a hall, for browsers without a script."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = forms.FileField(label=_("Hall as ZIP"))
