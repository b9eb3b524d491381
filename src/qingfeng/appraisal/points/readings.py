"""What formulas may read of the house (读数), by name; there is nothing else they can read.

A reading is a share or a mean of the own work over a period: how well it was done, never how much of it
came. Counts
of leads, cases, people punished, petitions, repeated petitions, objections, satisfaction, sign-ins, clicks
and visits not made do not exist here, and no reading touches the rooms of petitions, reports or complaints
(`docs/decisions/0035`). A reading that finds nothing says nothing, rather than nought.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.appraisal.points import reading_evaluation, reading_work
from qingfeng.appraisal.points.reading_work import Rows
from qingfeng.appraisal.points.tables import PERSON, UNIT

FOUR = Decimal("0.0001")
SHARE, SCORE = "share", "score"


@dataclass(frozen=True)
class Reading:
    """One reading.

    Attributes:
        key: Its name in a formula.
        term: Its Chinese name, which a formula takes as well.
        words: What it is.
        unit: `share` 0 to 1, or `score` 0 to 100.
        of: Who has one: people, units.
        source: Where it comes from.
        reads: Mechanisms whose matters it looks at; empty for tables of this room.
        rows: Reads it: for keys of people or units, rows of key, value and evidence.
    """

    key: str
    term: str
    words: Any
    unit: str
    of: frozenset[str]
    source: Any
    reads: tuple[str, ...]
    rows: Callable[[reading_work.Asked], Rows]


@dataclass(frozen=True)
class Found:
    """What a reading found: its value, how many rows it rests on, and which."""

    value: Decimal
    count: int
    evidence: tuple[str, ...]


BOTH, PEOPLE = frozenset({PERSON, UNIT}), frozenset({PERSON})

READINGS: Mapping[str, Reading] = {
    one.key: one
    for one in (
        Reading("clocks_met", "按期率", _("Deadlines kept, of those that fell due"), SHARE, BOTH,
                _("Clocks of the own matters that ended or ran out in the period"),
                reading_work.TIMED, reading_work.clocks_met),
        Reading("tasks_on_time", "交办按期率", _("Assigned tasks done in time, of those due"), SHARE, BOTH,
                _("Clocks of directives, deployments and goals"), reading_work.ASSIGNED,
                reading_work.tasks_on_time),
        Reading("letters_passed", "建议书一次通过率", _("Letters that passed without being sent back"),
                SHARE, BOTH, _("Drafts of recommendations handed in in the period"), ("recommendation",),
                reading_work.letters_passed),
        Reading("letter_quality", "建议书质量分", _("Quality of the letters drafted, as reviewers scored it"),
                SCORE, BOTH, _("Score sheets of recommendations"), ("recommendation",),
                reading_work.letter_quality),
        Reading("case_quality", "案件质量分", _("Quality of the cases handled, as their review scored it"),
                SCORE, BOTH, _("Quality reviews of cases in the period"), ("case",),
                reading_work.case_quality),
        Reading("corrections_held", "整改巩固率", _("Corrections that held when they were looked at again"),
                SHARE, BOTH, _("Looks back at recommendations in the period"), ("recommendation",),
                reading_work.corrections_held),
        Reading("reports_accepted", "办结一次认可率", _("Reports for closing that were accepted at once"),
                SHARE, BOTH, _("Directives reported for closing in the period"), ("directive",),
                reading_work.reports_accepted),
        Reading("courses_useful", "授课有用率", _("Hearers who found the own courses useful"), SHARE, PEOPLE,
                _("Feedback sheets of courses taught, five at least"), ("course",),
                reading_work.courses_useful),
        Reading("evaluation", "五评得分", _("Result of the five-way evaluation"), SCORE, PEOPLE,
                _("The latest round with results in the period"), (), reading_evaluation.evaluation),
        Reading("daily_kept", "纪实连续率", _("Months with an entry of the daily record that was confirmed"),
                SHARE, PEOPLE, _("Daily record; one confirmed entry makes a month, more add nothing"), (),
                reading_evaluation.daily_kept),
        Reading("checks_in_time", "纪实审核及时率", _("Daily entries of others checked within seven days"),
                SHARE, PEOPLE, _("Daily records of the people in one's line"), (),
                reading_evaluation.checks_in_time),
    )
}  # fmt: skip

FORBIDDEN = (
    "lead", "finding", "clue", "punished", "petition", "repeat", "visit", "objection", "appeal",
    "satisfaction", "sign_in", "login", "click", "place", "location", "screen",
)  # fmt: skip
"""What no reading is named after or reads, word by word of its key."""

BY_TERM: Mapping[str, str] = {one.term: key for key, one in READINGS.items()}


def names_of(of: str) -> frozenset[str]:
    """Return what formulas of people, or of units, may name: keys and Chinese terms."""
    keys = {key for key, one in READINGS.items() if of in one.of}
    return frozenset(keys | {READINGS[key].term for key in keys})


def read(key: str, of: str, subjects: Iterable[int], since: date, until: date) -> dict[int, Found]:
    """Return what a reading finds for each of some people or units; who has nothing to read is not there.

    Args:
        key: Its name or Chinese term.
        of: `person` or `unit`.
        subjects: Their keys.
        since: First day, inclusive.
        until: Last day, inclusive.
    """
    known = READINGS[BY_TERM.get(key, key)]
    asked = reading_work.Asked(of, frozenset(subjects), since, until)
    found: dict[int, list[tuple[Decimal, str]]] = {}
    for subject, value, evidence in known.rows(asked):
        found.setdefault(subject, []).append((Decimal(value), evidence))
    return {subject: _mean(rows) for subject, rows in found.items()}


def _mean(rows: list[tuple[Decimal, str]]) -> Found:
    value = sum((value for value, _evidence in rows), Decimal(0)) / len(rows)
    evidence = tuple(sorted({evidence for _value, evidence in rows}))
    return Found(value.quantize(FOUR, ROUND_HALF_UP), len(rows), evidence)
