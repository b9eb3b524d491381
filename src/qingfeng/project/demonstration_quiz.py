"""A quiz of the demonstration that people have answered: opened from a lesson, before and after.

The sheets come in by the door that everybody uses; which answer a sheet has is fixed, so that every
demonstration is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

Scene = Callable[[date], Any]
SHEETS = (("organ", 14), ("town", 9), ("institution", 3))
"""Kinds of office and how many of them answer; the last are too few to stand alone."""

RIGHT_BEFORE, RIGHT_AFTER = (1, 0, 1, 0), (1, 1, 1, 0)


def play(scene: Scene) -> None:
    """Let the quizzes that lessons have opened be written, reviewed and answered."""
    from qingfeng.matters.models import Matter  # noqa: PLC0415 - Django is started by now
    from qingfeng.mechanisms import sampling  # noqa: PLC0415

    steps = sampling.cases("quiz")["closed"]["steps"]
    places = {step["act"]: no for no, step in enumerate(steps)}
    stops = (places["open_after"], places["close"])
    for quiz in Matter.objects.filter(
        mechanism="quiz", stage="writing", links_in__kind="tested_by", links_in__source__mechanism="lesson"
    ):
        where = scene(quiz.opened_on + timedelta(days=1))
        sampling.go_on(quiz, steps[: stops[0]], where)
        _answer(quiz, RIGHT_BEFORE)
        sampling.go_on(quiz, steps[stops[0] : stops[1]], where)
        _answer(quiz, RIGHT_AFTER)
        sampling.go_on(quiz, steps[stops[1] :], where)


def _answer(quiz: Any, right: Sequence[int]) -> None:
    """Hand sheets in: sheet n answers question m right where the pattern says so."""
    from qingfeng.desk.quizzes import answering  # noqa: PLC0415 - Django is started by now

    quiz.refresh_from_db()
    questions = answering.questions_of(quiz)
    for kind, sheets in SHEETS:
        for sheet in range(sheets):
            answers = {one.no: _chosen(one, right[(sheet + one.no) % len(right)]) for one in questions}
            answering.hand_in(quiz, kind, answers)


def _chosen(question: Any, is_right: int) -> str:
    others = [key for key, _text in question.answers if key != question.right]
    return str(question.right if is_right else others[0])
