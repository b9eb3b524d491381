"""The sheet: which kind of office one works in, and the questions; nothing else is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from qingfeng.desk.quizzes.answering import Question
from qingfeng.mechanisms.common import OFFICE_KINDS


class Sheet(forms.Form):
    """One sheet of a quiz."""

    use_required_attribute = False

    def __init__(self, questions: Sequence[Question], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        self.fields["office_kind"] = forms.ChoiceField(
            label=_("What kind of office do you work in"),
            choices=OFFICE_KINDS,
            widget=forms.RadioSelect,
            help_text=_("The kind only. No name, no office, no account goes along."),
            error_messages={"required": _("Choose a kind; it need not be exact.")},
        )
        for one in questions:
            self.fields[f"q{one.no}"] = forms.ChoiceField(
                label=f"{one.no}. {one.text}",
                choices=[(key, f"{key.upper()}. {text}") for key, text in one.answers],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose an answer; a guess is as good as any.")},
            )

    @property
    def answers(self) -> dict[int, str]:
        """Number of a question to the answer chosen."""
        return {one.no: self.cleaned_data[f"q{one.no}"] for one in self.questions}
