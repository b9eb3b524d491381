"""A page that asks: one form, one act, and the way back; what the act refuses is said at the form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.organization.workbook.checking import day_of
from qingfeng.screening.errors import Problem


@dataclass(frozen=True)
class Question:
    """What a page asks.

    Attributes:
        title: Heading of the page.
        button: The verb on the button.
        back: Address to return to, and of the link that leaves without doing anything.
        done: What is said afterwards.
        note: One sentence above the form.
    """

    title: str
    button: str
    back: str
    done: str = ""
    note: str = ""


def ask(request: HttpRequest, form: forms.Form, question: Question, act: Callable[..., Any]) -> HttpResponse:
    """Show the form, or do the act with what was entered and return to where the person came from.

    Args:
        request: The request; POST acts.
        form: Bound for POST.
        question: Words and way back.
        act: Called with the cleaned fields as keywords; a `Problem` is shown above the form, an
            HTTP response is given back as it is.
    """
    if request.method == "POST" and form.is_valid():
        try:
            answer = act(**form.cleaned_data)
        except Problem as problem:
            form.add_error(None, " ".join(part for part in (problem.what, problem.then) if part))
        else:
            if isinstance(answer, HttpResponse):
                return answer
            messages.success(request, question.done or _("Saved."))
            return redirect(question.back)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "organization/form.html", {"form": form, "question": question}, status=status)


def data_of(request: HttpRequest) -> Any:
    """Return what was posted, None for a page that is only opened."""
    return request.POST if request.method == "POST" else None


def day_asked(request: HttpRequest) -> date:
    """Return the day of `?on=`, today where it is none."""
    return day_of(request.GET.get("on", "")) or timezone.localdate()
