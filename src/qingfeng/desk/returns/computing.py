"""Counting a return: its questions, asked once for the whole house by the worker, kept one by one.

A killed worker goes on after the last answer that it kept; a cancelled one stops before the next.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from qingfeng.desk.returns import definitions, periods
from qingfeng.desk.returns.definitions import Row, Said
from qingfeng.desk.returns.measures import Cell, Cells, Measure, Values, as_json, from_json, known
from qingfeng.desk.returns.models import Counted, Edition
from qingfeng.desk.returns.scope import Scope
from qingfeng.journal.store import append
from qingfeng.matters.statistics import Period
from qingfeng.matters.vocabulary import Confidentiality

Answers = Mapping[str, Cells]
MOST_BEHIND = 400  # cells of a sum or median of which it is asked how many stand behind


@dataclass(frozen=True)
class Question:
    """A measure, split, for a period."""

    measure: Measure
    by: Values
    which: str
    days: periods.Days

    @property
    def name(self) -> str:
        """By which its answer is kept."""
        return f"{self.measure.key}|{','.join(self.by)}|{self.which}"


def split_of(row: Row, said: Said, measure: Measure) -> Values:
    """Return by what a line is counted: what it is limited to, its own lines, the columns."""
    wanted = (*row.only[:1], row.each, said.split)
    return tuple(key for key in dict.fromkeys(wanted) if key and measure.dimension(key))


def splits(row: Row, said: Said, measure: Measure) -> Iterator[Values]:
    """Yield every split that must be asked: the finest, and totals that no sum gives."""
    full = split_of(row, said, measure)
    yield full
    rest = [key for key in full if key not in row.only[:1]]
    firm = tuple(key for key in full if key in row.only[:1])
    for size in range(1 << len(rest)):
        kept = (*firm, *(key for place, key in enumerate(rest) if size >> place & 1))
        gone = [key for key in full if key not in kept]
        if gone and not can_add(measure, gone):
            yield kept


def can_add(measure: Measure, gone: list[str]) -> bool:
    """Return whether a total is the sum over dimensions."""
    found = [measure.dimension(key) for key in gone]
    return measure.adds and all(one is not None and one.parts for one in found)


def questions(said: Said, since: date, until: date) -> list[Question]:
    """Return what must be asked, each once, in order; lines whose measure the house lacks ask nothing."""
    there = known()
    found: dict[str, Question] = {}
    for which in said.columns:
        days = periods.beside(said.period, periods.Days(since, until), which)
        for row in said.rows:
            measure = there.get(row.measure)
            for by in splits(row, said, measure) if measure else ():
                one = Question(measure, by, which, days) if measure else None
                if one is not None:
                    found.setdefault(one.name, one)
    return list(found.values())


def answer(question: Question, scope: Scope, *, behind: bool) -> Cells:
    """Ask one question.

    Args:
        question: What.
        scope: Over what; its period is the question's.
        behind: Whether to say of sums and medians how many stand behind them.
    """
    measure = question.measure
    asked = at(scope, question, is_whole=measure.is_whole(question.by))
    cells = measure.count(asked, question.by)
    if not behind or measure.kind not in {"sum", "median"} or len(cells) > MOST_BEHIND:
        return cells
    found: dict[Values, Cell] = {}
    for values, cell in cells.items():
        rows = measure.rows(asked, question.by, values)
        found[values] = Cell(cell.value, rows.count() if rows is not None else None)
    return found


def at(scope: Scope, question: Question, *, is_whole: bool) -> Scope:
    """Return a scope over the period of a question."""
    period = Period(question.days.since, question.days.until, scope.period.today)
    return replace(scope, period=period, is_whole=is_whole)


def scope_of(edition: Edition, **more: Any) -> Scope:
    """Return over what an edition is counted; `viewer` for what one reader sees of it."""
    period = Period(edition.since, edition.until, edition.as_of)
    return Scope(period, office=edition.office.path if edition.office else "", **more)


def said_of(edition: Edition) -> Said:
    """Return the definition that an edition stands on."""
    return definitions.from_json(edition.definition.said)


def answers_of(edition: Edition) -> dict[str, Cells]:
    """Return the kept answers by name."""
    return {row.question: from_json(row.cells) for row in edition.answers.all()}


def without_restricted(edition: Edition) -> dict[str, Cells]:
    """Return the kept answers as they are without restricted matters, where facts are told.

    A median without some of its matters is not known: such a cell says nothing.
    """
    found: dict[str, Cells] = {}
    for row in edition.answers.all():
        gone = from_json(row.restricted)
        found[row.question] = {
            values: _minus(cell, gone.get(values, Cell(None)))
            for values, cell in from_json(row.cells).items()
        }
    return found


def _minus(cell: Cell, gone: Cell) -> Cell:
    if not gone.value and not gone.of:
        return cell
    value = None if cell.value is None else cell.value - (gone.value or 0)
    return Cell(value, None if cell.of is None else cell.of - (gone.of or 0))


@task()
def count(key: int) -> None:
    """Count an edition; begun again after the last answer kept, however often a worker was killed."""
    states = Edition.State
    edition = Edition.objects.select_related("definition", "office").filter(pk=key).first()
    if edition is None or edition.state not in {states.ASKED, states.COUNTING}:
        return
    try:
        _count(edition)
    except Exception:
        _moved(edition, states.FAILED)
        raise


def _moved(edition: Edition, state: Any, **more: Any) -> bool:
    """Bring an edition that is under way to a state; return whether it still was."""
    under_way = Edition.objects.filter(pk=edition.pk, state__in=(Edition.State.ASKED, Edition.State.COUNTING))
    return bool(under_way.update(state=state, **more))


def _count(edition: Edition) -> None:
    wanted = questions(said_of(edition), edition.since, edition.until)
    kept = set(edition.answers.values_list("question", flat=True))
    if not _moved(edition, Edition.State.COUNTING, of=len(wanted), done=len(kept)):
        return
    scope = scope_of(edition)
    for place, one in enumerate(wanted):
        if one.name in kept:
            continue
        cells, restricted = answer(one, scope, behind=True), _restricted(one, scope)
        with transaction.atomic():
            if not _moved(edition, Edition.State.COUNTING, done=place + 1):
                return  # cancelled meanwhile
            Counted.objects.create(
                edition=edition,
                question=one.name,
                measure_digest=one.measure.digest,
                cells=as_json(cells),
                restricted=as_json(restricted),
            )
    _end(edition)


def _restricted(question: Question, scope: Scope) -> Cells:
    """Count restricted matters alone where a question tells facts: who knows their cards knows no facts."""
    measure = question.measure
    if measure.of == "leads" or not measure.is_whole(question.by):
        return {}
    level = Q(confidentiality=Confidentiality.RESTRICTED.value)
    return answer(question, replace(scope, only=level), behind=False)


def _end(edition: Edition) -> None:
    with transaction.atomic():
        digest = digest_of(edition)
        entry = append(
            "returns.counted",
            subject=f"return:{edition.key}/{edition.slug}",
            by="house",
            facts={"digest": digest, "definition": edition.definition.digest, "as_of": edition.as_of},
        )
        now = timezone.now()
        state = Edition.State.COUNTED
        if not _moved(
            edition, state, digest=digest, counted_at=now, entry=entry, done=edition.answers.count()
        ):
            transaction.set_rollback(True)


def digest_of(edition: Edition) -> str:
    """Return SHA-256 of all that an edition's numbers are: definition, measures, days, office, numbers."""
    told = {
        "definition": edition.definition.digest,
        "days": [str(edition.since), str(edition.until), str(edition.as_of)],
        "office": edition.office_id,
        "answers": [
            [row.question, row.measure_digest, row.cells] for row in edition.answers.order_by("question")
        ],
    }
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def is_intact(edition: Edition) -> bool:
    """Return whether the numbers are those of which the journal's entry tells."""
    if edition.entry is None:
        return False
    told = json.loads(bytes(edition.entry.body))["facts"]
    return bool(edition.digest == digest_of(edition) == told["digest"])
