"""Sums of a quiz that was answered: by kind of office and by question, small ones together or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from qingfeng.desk.quizzes.answering import OPEN, SHEETS
from qingfeng.desk.quizzes.models import Tally
from qingfeng.matters.computed import Found, find_with
from qingfeng.matters.following import follow_with
from qingfeng.matters.models import Matter, Performance
from qingfeng.matters.sheets import Sheet
from qingfeng.mechanisms.quiz.fields import TOGETHER

LEAST = 5  # sheets; fewer stand together with others
Groups = Mapping[str, tuple[str, ...]]


def sums_of(matter: Matter, _sheet: Sheet) -> Found:
    """Return the sums of the phase that an act ends; none where too few answered."""
    phase = matter.stage if matter.stage in OPEN else ""
    rows = list(Tally.objects.filter(matter=matter, phase=phase))
    sheets = Counter({row.office_kind: row.asked for row in rows if row.question_no == SHEETS})
    return Found(lines={
        "results": [_of_group(phase, key, kinds, rows) for key, kinds in sorted(groups(sheets).items())],
        "by_question": _by_question(phase, rows) if sheets.total() >= LEAST else [],
    })  # fmt: skip


def groups(sheets: Counter[str]) -> Groups:
    """Return which kinds of office stand together so that no sum has fewer than `LEAST` sheets.

    Small kinds stand together; where even that is small, the smallest of the others joins them, so that
    nobody can take the difference. Nothing where all together are too few.
    """
    small = [key for key, n in sheets.items() if n < LEAST]
    large = sorted((key for key, n in sheets.items() if n >= LEAST), key=lambda key: (sheets[key], key))
    while small and sum(sheets[key] for key in small) < LEAST:
        if not large:
            return {}
        small.append(large.pop(0))
    found = {key: (key,) for key in large}
    return {**found, TOGETHER: tuple(sorted(small))} if small else found


def _of_group(phase: str, key: str, kinds: tuple[str, ...], rows: list[Tally]) -> dict[str, Any]:
    here = [row for row in rows if row.office_kind in kinds]
    answered = [row for row in here if row.question_no != SHEETS]
    return {
        "phase": phase,
        "office_kind": key,
        "sheets": sum(row.asked for row in here if row.question_no == SHEETS),
        "answers": sum(row.asked for row in answered),
        "right_answers": sum(row.right for row in answered),
    }


def _by_question(phase: str, rows: list[Tally]) -> list[dict[str, Any]]:
    asked: Counter[int] = Counter()
    right: Counter[int] = Counter()
    for row in rows:
        if row.question_no != SHEETS:
            asked[row.question_no] += row.asked
            right[row.question_no] += row.right
    return [
        {"phase": phase, "question_no": no, "sheets": asked[no], "right_answers": right[no]}
        for no in sorted(asked)
    ]


def forget(matter: Matter, performance: Performance) -> None:
    """Delete the counters of the phase that has ended; the sums stand on the matter."""
    Tally.objects.filter(matter=matter, phase=performance.from_stage).delete()


def join() -> None:
    """Make both known; called once, at start-up."""
    find_with("quiz.sums", sums_of)
    follow_with("quiz.forget", forget)
