"""The page on which a quiz is answered: anybody who has its address, without signing in."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qingfeng.desk.quizzes import answering
from qingfeng.desk.quizzes.forms import Sheet

PAGE = "desk/quizzes/answer.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Show the sheet, take it in, and show what was right and why; nothing of it is kept but sums."""
    quiz = answering.open_quiz(code)
    if quiz is None:
        raise Http404
    questions = answering.questions_of(quiz)
    context: dict[str, Any] = {"title": quiz.facts.get("held_for") or _("Quiz"), "quiz": quiz}
    context |= {"is_after": quiz.stage == "after", "count": len(questions)}
    if request.method != "POST":
        return render(
            request, PAGE, {**context, "form": Sheet(questions), "is_full": answering.is_full(quiz)}
        )
    form = Sheet(questions, request.POST)
    if not form.is_valid():
        return render(request, PAGE, {**context, "form": form}, status=422)
    if not answering.hand_in(quiz, form.cleaned_data["office_kind"], form.answers):
        return render(request, PAGE, {**context, "form": form, "is_full": True}, status=409)
    told = [(one, form.answers[one.no] == one.right, _text(one, one.right)) for one in questions]
    return render(request, PAGE, {**context, "told": told})


def _text(question: answering.Question, key: str) -> str:
    return f"{key.upper()}. {dict(question.answers)[key]}"
