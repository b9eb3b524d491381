"""Answering without a name: the address of an open quiz, and what is added when a sheet comes in.

Nothing of a sheet is kept but that sums grow by it: no instant, no address, no account, no session, no order
of answers, no entry in the journal. A signed-in browser is not looked at.
"""

from __future__ import annotations

import hmac
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F

from qingfeng.desk.quizzes.models import Tally
from qingfeng.matters.models import LedgerLine, Matter
from qingfeng.mechanisms.quiz.fields import OPTIONS

QUIZ = "quiz"
OPEN = ("before", "after")
SIGNS = 12
SHEETS = 0  # number of the tally that counts the sheets themselves


@dataclass(frozen=True)
class Question:
    """A question as it is shown; `answers` are (key, text), in order."""

    no: int
    text: str
    answers: tuple[tuple[str, str], ...]
    right: str
    why: str
    source: str


def code_of(quiz: Matter, phase: str) -> str:
    """Return the code of a quiz in a phase: nobody can guess it, and it is stored nowhere."""
    told = f"quiz:{quiz.slug}:{phase}".encode()
    sealed = hmac.new(settings.SECRET_KEY.encode(), told, "sha256").digest()
    return b32encode(sealed).decode()[:SIGNS].lower()


def open_quiz(code: str) -> Matter | None:
    """Return the quiz that is being answered under a code, None where there is none."""
    standing = Matter.objects.filter(
        mechanism=QUIZ, stage__in=OPEN, is_open=True, standing=Matter.Standing.VALID
    )
    found = [one for one in standing if hmac.compare_digest(code_of(one, one.stage), code)]
    return found[0] if found else None


def questions_of(quiz: Matter) -> list[Question]:
    """Return the questions that stand, numbered from 1."""
    lines = LedgerLine.objects.filter(matter=quiz, ledger="questions", state="written").order_by("no")
    return [_question(no, line.facts) for no, line in enumerate(lines, start=1)]


def _question(no: int, facts: Mapping[str, str]) -> Question:
    answers = tuple((key, facts[f"option_{key}"]) for key in OPTIONS if facts.get(f"option_{key}"))
    return Question(no, facts["question"], answers, facts["right"], facts["why"], facts["source"])


def sheets_in(quiz: Matter, phase: str) -> int:
    """Return how many sheets have come in."""
    rows = Tally.objects.filter(matter=quiz, phase=phase, question_no=SHEETS)
    return sum(rows.values_list("asked", flat=True))


def invited(quiz: Matter) -> int:
    """Return how many are invited to answer now."""
    return int(quiz.facts.get(f"invited_{quiz.stage}") or 0)


def is_full(quiz: Matter) -> bool:
    """Return whether as many sheets have come in as people were invited."""
    return sheets_in(quiz, quiz.stage) >= invited(quiz)


@transaction.atomic
def hand_in(quiz: Matter, office_kind: str, answers: Mapping[int, str]) -> bool:
    """Add a sheet to the sums.

    Args:
        quiz: One that is being answered.
        office_kind: Kind of office of whoever answers.
        answers: Number of a question to the answer chosen.

    Returns:
        False, and nothing is added, where the quiz was closed meanwhile or as many sheets are in as people
        were invited.
    """
    locked = Matter.objects.select_for_update().get(pk=quiz.pk)
    if locked.stage != quiz.stage or is_full(locked):
        return False
    _add(locked, office_kind, SHEETS, is_right=False)
    for one in questions_of(locked):
        _add(locked, office_kind, one.no, is_right=answers.get(one.no) == one.right)
    return True


def _add(quiz: Matter, office_kind: str, no: int, *, is_right: bool) -> None:
    row, _made = Tally.objects.get_or_create(
        matter=quiz, phase=quiz.stage, office_kind=office_kind, question_no=no
    )
    Tally.objects.filter(pk=row.pk).update(asked=F("asked") + 1, right=F("right") + int(is_right))
