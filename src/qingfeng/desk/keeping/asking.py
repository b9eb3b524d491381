"""A page that asks: what will happen in words, a form, where needed a second look, then the act.

A lawful no is shown on the form with everything that was typed; what happened is said on the next page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.desk import offers
from qingfeng.desk.keeping.fields import lists_of
from qingfeng.desk.kinds import address
from qingfeng.desk.seen import Seen
from qingfeng.desk.values import act_name
from qingfeng.matters.answers import Refusal
from qingfeng.screening.errors import Problem

Crumb = tuple[Any, str]
LEFT_OUT = frozenset({"csrfmiddlewaretoken", "confirmed"})


@dataclass(frozen=True)
class Asked:
    """What a page asks.

    Attributes:
        title: Heading.
        button: The verb on the button.
        back: Where the link leads that changes nothing, and the page after the act.
        crumbs: Where the page is: words and address, the last one without.
        lead: One sentence below the heading.
        says: What will happen, one sentence each.
        done: What is said afterwards.
        after: Where to go after the act, given what it returned; `back` by default.
        sure: Given the valid form, what a second page says before it happens; None for no second page.
        is_danger: Whether it cannot be taken back.
        above: A template that stands above the form, with `more` as its context.
        more: Further context.
    """

    title: Any
    button: Any
    back: str
    crumbs: Sequence[Crumb] = ()
    lead: Any = ""
    says: Sequence[Any] = ()
    done: Any = ""
    after: Callable[[Any], str] | None = None
    sure: Callable[[Any], Sequence[Any]] | None = None
    is_danger: bool = False
    above: str = ""
    more: dict[str, Any] = field(default_factory=dict)


def ask(
    request: HttpRequest, form: forms.BaseForm, asked: Asked, act: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    """Show the form, or do the act with what was entered.

    Args:
        request: POST acts; with a second page only after `confirmed` is yes, `change` leads back to the form.
        form: Bound for POST.
        asked: Words and ways.
        act: Given the cleaned fields: returns an answer of the kernel, anything that was made, or a response
            of its own; a `Problem` is shown above the form.

    Raises:
        Http404: If the act says that there is no such matter.
    """
    if request.method != "POST":
        return page(request, form, asked)
    if not form.is_valid():
        return page(request, form, asked, status=422)
    if asked.sure and request.POST.get("confirmed") == "change":
        return page(request, form, asked)
    if asked.sure and request.POST.get("confirmed") != "yes":
        return _second_look(request, form, asked)
    try:
        answer = act(form.cleaned_data)
    except Problem as problem:
        form.add_error(None, " ".join(str(part) for part in (problem.what, problem.then) if part))
        return page(request, form, asked, status=422)
    if isinstance(answer, HttpResponse):
        return answer
    if isinstance(answer, Refusal):
        return refused(request, form, asked, answer)
    messages.success(request, asked.done or _("Done."))
    return redirect(asked.after(answer) if asked.after else asked.back)


def refused(request: HttpRequest, form: forms.BaseForm, asked: Asked, answer: Refusal) -> HttpResponse:
    """Show a lawful no: beside the fields that it names, the rest above the form.

    Raises:
        Http404: If it says that there is no such matter.
    """
    if answer.why == "absent" and not answer.errors:
        raise Http404
    left = []
    for name, said in answer.errors.items():
        if name in form.fields:
            form.add_error(name, [str(one) for one in said])
        else:
            left += [str(one) for one in said if str(one) != str(answer.reason)]
    more = {"refusal": answer, "left": left, "laws": offers.laws(answer.law)}
    return page(request, form, asked, status=409 if answer.why == "conflict" else 422, **more)


def page(
    request: HttpRequest, form: forms.BaseForm, asked: Asked, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Return the page with its form."""
    context = {"asked": asked, "form": form, "title": asked.title, "lists": lists_of([form])}
    return render(request, "desk/keeping/ask.html", {**context, **asked.more, **more}, status=status)


def _second_look(request: HttpRequest, form: forms.BaseForm, asked: Asked) -> HttpResponse:
    """Say once more what will happen; everything entered goes along."""
    data = form.data
    pairs = [(name, value) for name in data for value in data.getlist(name)]
    context = {
        "asked": asked,
        "title": asked.title,
        "sent": [pair for pair in pairs if pair[0] not in LEFT_OUT],
        "says": asked.sure(form) if asked.sure else (),
    }
    return render(request, "desk/keeping/sure.html", context)


def crumbs_of(seen: Seen, *rest: Crumb) -> list[Crumb]:
    """Return where a page below a matter is."""
    kind = reverse("desk:list", kwargs={"kind": seen.matter.mechanism})
    return [(seen.declared.name, kind), (seen.matter.number, address(seen.matter)), *rest]


def story_name(seen: Seen, key: str) -> str:
    """Return what an act of a matter's story is called."""
    return act_name(seen.declared, key)
