"""What blocks an act on a quiz. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import entered_fit
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark
from qingfeng.screening.rulebook.somebody import identifies

PRACTICE = (Law("警示教育和业务培训工作惯例", mark=Mark.PROPOSAL),)
PRIVACY = (Law("个人信息保护法", "Art. 5, 6, 34"),)
LEAST_QUESTIONS = 3


def questions(seen: Snapshot) -> list[Mapping[str, Any]]:
    """Return the questions that stand, in order."""
    return [one.facts for one in seen.lines("questions") if one.state == "written"]


def _fits(one: Mapping[str, Any]) -> bool:
    """Return whether a right answer is among the answers, and no answer stands twice."""
    given = [str(one.get(f"option_{key}") or "").strip() for key in "abcd"]
    there = [text for text in given if text]
    chosen = str(one.get(f"option_{one.get('right')}") or "").strip()
    return bool(chosen) and len(there) == len(set(there))


def _says_nobody(one: Mapping[str, Any]) -> bool:
    said = (str(one.get(key) or "") for key in ("question", "why", *(f"option_{key}" for key in "abcd")))
    return not any(map(identifies, said))


def _entered(seen: Snapshot) -> list[Mapping[str, Any]]:
    return list(seen.entered.get("questions") or ())


ENOUGH = Gate(
    "enough_questions",
    _("A quiz has three questions at least: write the others."),
    lambda seen: len(questions(seen)) >= LEAST_QUESTIONS,
    PRACTICE,
)
ANSWERS_FIT = entered_fit(
    "answers_fit",
    "questions",
    _fits,
    says=_(
        "The right answer must be one that is given, and no answer may stand twice: correct the question."
    ),
    law=PRACTICE,
)
NAMES_NOBODY = Gate(
    "names_nobody",
    _("A question leads to somebody: take out names, plates and numbers of papers."),
    lambda seen: seen.entered.get("names_nobody", True) is True and all(map(_says_nobody, _entered(seen))),
    PRIVACY,
)
SOURCES_CHECKED = Gate(
    "sources_checked",
    _("Hold every answer against its source first: a wrong answer would be taught to everybody."),
    lambda seen: seen.entered.get("sources_checked", True) is True,
    PRACTICE,
)
