"""The quiz of a route: questions in both languages, what is right and why, and the look that visitors get."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingfeng.culture import life
from qingfeng.culture.models import Entry, Route
from qingfeng.desk.culture.forms import changed_meanwhile
from qingfeng.desk.culture.halls.ground import digest_of
from qingfeng.desk.culture.views import GETS, PAGES, writes

MOST, ANSWERS, FEWEST = 12, 4, 2
LONGEST = {"ask": 120, "answer": 80, "why": 300}
LANGUAGES = ("zh", "en")
Question = dict[str, Any]


@writes
@require_http_methods(GETS)
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the questions; a press looks at them as visitors will, another keeps them."""
    held = get_object_or_404(Entry, slug=slug, kind=Entry.Kind.ROUTE)
    if life.under_review(held):
        messages.warning(request, _("It is under review already. Take it back to change it."))
        return redirect("desk:culture_entry", slug=slug)
    questions, wrong = [_opened(one) for one in held.route.quiz], {}
    base = request.POST.get("base", "") or digest_of(held.route.quiz)
    if request.method == "POST":
        questions = read(request.POST)
        asked = [one for one in questions if _has_words(one)]
        wrong = {no: said for no, one in enumerate(asked) if (said := missing(one))}
        if "keep" in request.POST and not wrong:
            if _kept(held, [_closed(one) for one in asked], base=base):
                messages.success(request, _("The quiz is kept with the draft."))
                return redirect("desk:culture_entry", slug=slug)
            messages.error(request, changed_meanwhile())
        questions = asked
    is_more = "more" in request.POST or not questions
    if is_more and len(questions) < MOST:
        questions = [*questions, _opened({})]
    context = {
        "title": _("Quiz of the route"), "entry": held, "most": MOST, "longest": LONGEST, "base": base,
        "rows": [(no, one, wrong.get(no, "")) for no, one in enumerate(questions)],
        "shown": _shown(questions, wrong) if "look" in request.POST else [],
    }  # fmt: skip
    return render(request, PAGES + "quiz.html", context, status=422 if wrong else 200)


def read(given: Mapping[str, str]) -> list[Question]:
    """Return the questions of a form, those that were crossed out left away."""
    found = []
    for no in range(MOST):
        if f"ask_zh_{no}" not in given or given.get(f"drop_{no}"):
            continue
        said = {
            f"{part}_{language}": _text(given, f"{part}_{language}_{no}", LONGEST[part])
            for part in ("ask", "why")
            for language in LANGUAGES
        }
        answers = [
            [_text(given, f"a{at}_{language}_{no}", LONGEST["answer"]) for language in LANGUAGES]
            for at in range(ANSWERS)
        ]
        right = given.get(f"right_{no}", "")
        found.append({**said, "answers": answers, "right": int(right) if right in set("0123") else None})
    return found


def missing(one: Question) -> str:
    """Return what a question lacks before it can be asked, "" where nothing is."""
    if not (one["ask_zh"] and one["ask_en"]):
        return _("Ask the question in both languages.")
    given = [pair for pair in one["answers"] if any(pair)]
    if any(not all(pair) for pair in given):
        return _("Each answer is said in both languages.")
    if len(given) < FEWEST:
        return _("There are two answers at least.")
    if one["right"] is None or not all(one["answers"][one["right"]]):
        return _("Say which answer is right.")
    if not (one["why_zh"] and one["why_en"]):
        return _("Say why, in both languages: that is what a visitor takes along.")
    return ""


@transaction.atomic
def _kept(entry: Entry, questions: list[Question], *, base: str) -> bool:
    """Keep the questions, unless somebody else kept others since or handed the route in."""
    now = Entry.objects.select_for_update().get(pk=entry.pk)
    held = Route.objects.select_for_update().get(entry=entry)
    if life.under_review(now) or digest_of(held.quiz) != base:
        return False
    held.quiz = questions
    held.save(update_fields=["quiz"])
    now.save(update_fields=["changed_at"])
    return True


def _text(given: Mapping[str, str], name: str, most: int) -> str:
    return given.get(name, "").replace("\0", "").strip()[:most]


def _has_words(one: Question) -> bool:
    return any(one[key] for key in ("ask_zh", "ask_en", "why_zh", "why_en")) or any(map(any, one["answers"]))


def _opened(one: Question) -> Question:
    """Return a question with every box that a form has."""
    answers = [list(pair) for pair in one.get("answers", ())]
    answers += [["", ""]] * (ANSWERS - len(answers))
    words = {f"{part}_{language}": "" for part in ("ask", "why") for language in LANGUAGES}
    return {**words, **one, "answers": answers, "right": one.get("right")}


def _closed(one: Question) -> Question:
    """Return a question as it is kept: the answers that were given, and which of them is right."""
    kept = [(at, pair) for at, pair in enumerate(one["answers"]) if all(pair)]
    right = [at for at, _pair in kept].index(one["right"])
    return {**one, "answers": [pair for _at, pair in kept], "right": right}


def _shown(questions: list[Question], wrong: Mapping[int, str]) -> list[tuple[str, list[Question]]]:
    """Return the quiz as visitors see it, once in each language; what is not whole is left out."""
    whole = [_closed(one) for no, one in enumerate(questions) if no not in wrong and _has_words(one)]
    return [
        (
            language,
            [
                {
                    "ask": one[f"ask_{language}"],
                    "answers": [pair[side] for pair in one["answers"]],
                    "right": one["right"],
                    "why": one[f"why_{language}"],
                }
                for one in whole
            ],
        )
        for side, language in enumerate(LANGUAGES)
    ]
