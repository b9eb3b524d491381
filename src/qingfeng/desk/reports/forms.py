"""What these pages ask for; every one that opens something asks for the phrase, each time."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from qingfeng.desk.directory import Directory
from qingfeng.desk.keeping import fields
from qingfeng.mechanisms.report.fields import CHANNELS, KINDS_OF_WORD, LEVELS

BY_HAND = frozenset({"letter", "visit", "phone", "handed_on"})


class Level(fields.Form):
    """First of all: whom is it about?"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"] = forms.ChoiceField(
            label=_("Whom is it about?"),
            choices=LEVELS,
            widget=forms.RadioSelect,
            help_text=_("Asked before anything else. What belongs above is not typed in at all."),
        )


class SentUp(fields.Form):
    """The one thing that is recorded of what belongs above."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sent_on"] = fields.day(_("Day on which the sealed item was sent"))


class Received(fields.Form):
    """What came in on paper or by word of mouth; all but day and way is sealed at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"] = fields.day(_("Received on"))
        self.fields["channel"] = forms.ChoiceField(
            label=_("How it came in"), choices=[one for one in CHANNELS if one[0] in BY_HAND]
        )
        self.fields["reporter"] = fields.text(_("Who reported"), needed=False)
        self.fields["reporter_reached"] = fields.text(_("How they are reached"), needed=False)
        self.fields["content"] = fields.long_text(_("What the report says"), most=20_000, rows=8)


class Phrase(fields.Form):
    """One's own phrase, last: what stands before it is sealed, read or compared with it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add()
        self.fields["phrase"] = fields.phrase(_("My unlock phrase"))

    def add(self) -> None:
        """Add what stands before the phrase."""


class Extract(Phrase):
    """The extract, in the custodian's own words."""

    def add(self) -> None:
        """Add the text."""
        self.fields["extract"] = fields.long_text(_("Extract for the handlers"), most=8000, rows=8)


class Word(fields.Form):
    """What is told to whoever reported."""

    def __init__(self, *args: Any, has_result: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(label=_("What is told"), choices=KINDS_OF_WORD)
        self.fields["text"] = fields.long_text(
            _("What is written to them"),
            most=4000,
            rows=6,
            help_text=_("Sealed to the code of their receipt; here only the day is kept."),
        )
        if has_result:
            yes = forms.BooleanField(label=_("An objection was raised"), required=False)
            self.fields["objection"] = yes
            self.fields["new_evidence"] = forms.BooleanField(
                label=_("What is new in it was looked at"), required=False
            )


class Document(fields.Form):
    """A document before it goes out; a custodian's phrase where names are to be looked for too."""

    def __init__(self, *args: Any, has_names: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = fields.long_text(_("Text of the document"), most=200_000, rows=10)
        if has_names:
            self.fields["phrase"] = fields.phrase(
                _("My unlock phrase"), help_text=_("Leave it empty to look for words only.")
            )
            self.fields["phrase"].required = False


class To(Phrase):
    """To whom an identity is released."""

    def __init__(self, directory: Directory, *args: Any, **kwargs: Any) -> None:
        self._directory = directory
        super().__init__(*args, **kwargs)

    def add(self) -> None:
        """Add the person."""
        self.fields["to"] = fields.person(
            self._directory, _("Who is let know"), help_text=_("They need an unlock phrase of their own.")
        )


class Acts(Phrase):
    """A list of personnel acts, pasted; it is kept nowhere."""

    def add(self) -> None:
        """Add the list."""
        self.fields["lines"] = fields.long_text(
            _("Personnel acts"),
            most=200_000,
            rows=8,
            help_text=_("One a line, the name first: name, comma or tab, then what was done and when."),
        )
