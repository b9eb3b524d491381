"""Ask before what cannot be taken back, on a page of its own: it works without a script."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@dataclass(frozen=True)
class Question:
    """What is asked.

    Attributes:
        title: The question ("销号后不能再改，确定销号吗？").
        says: What will happen, one sentence each.
        act: The verb on the button.
        back: Address to go back to.
        is_danger: Whether it cannot be taken back.
        form: A form to be filled on the way (a reason), or None.
        hidden: Names and values that the answer carries along.
    """

    title: Any
    says: list[Any]
    act: Any
    back: str
    is_danger: bool = False
    form: Any = None
    hidden: dict[str, str] = field(default_factory=dict)


def is_confirmed(request: HttpRequest) -> bool:
    """Return whether the person said yes on the page that `ask` showed."""
    return request.method == "POST" and request.POST.get("confirmed") == "yes"


def ask(request: HttpRequest, question: Question) -> HttpResponse:
    """Return the page that asks; its answer comes back to the same address by POST.

    if not is_confirmed(request):
        return ask(request, Question(...))
    """
    return render(request, "look/confirm.html", {"question": question})
