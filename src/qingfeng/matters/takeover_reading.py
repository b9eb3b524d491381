"""Reading a sheet of matters under way (接管), row by row: what fits, and why the rest does not."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from qingfeng.matters.conditions import Refused, check_kept
from qingfeng.matters.models import Matter
from qingfeng.matters.own_words import declared_words, own_word
from qingfeng.matters.registry import mechanism
from qingfeng.matters.sheets import bound
from qingfeng.matters.slips import every_field
from qingfeng.matters.takeover_sheet import (
    MAIN,
    Preview,
    Reject,
    Row,
    columns_of,
    day_of,
    text_in,
    unit_named,
)
from qingfeng.matters.vocabulary import Field, Mechanism, Stage
from qingfeng.matters.walking import clocks_running
from qingfeng.organization.models import Person, Unit
from qingfeng.screening.errors import Problem

MOST_ROWS = 2_000  # read and written while somebody waits
MOST_OF_MANY = 200_000  # read and written by the worker
AT_ONCE = 500


def preview(kind: str, data: bytes) -> Preview:
    """Read a sheet of at most `MOST_ROWS` rows and say what fits and what does not.

    Raises:
        Problem: If the file is no workbook of this mechanism, or has a column that is none of its own.
    """
    declared = mechanism(kind)
    book = _opened(io.BytesIO(data))
    if _rows_of(book) > MOST_ROWS:
        raise Problem(_("A sheet may have at most %(most)s rows.") % {"most": MOST_ROWS}, then=_("Split it."))
    rejects: list[Reject] = []
    rows: dict[str, Row] = {}
    for one in _read(declared, book):
        if isinstance(one, Reject):
            rejects.append(one)
        else:
            rows[one.number] = one
    for ledger in declared.ledgers:
        if ledger.key in book.sheetnames:
            _read_ledger(declared, ledger.key, book[ledger.key], rows, rejects)
    return Preview(tuple(rows.values()), tuple(rejects), hashlib.sha256(data).hexdigest())


def stream(kind: str, source: BinaryIO) -> Iterator[Row | Reject]:
    """Yield what a large workbook brings, row by row, held in memory some hundreds at a time.

    Ledgers are not read: who brings more rows than `MOST_ROWS` brings them without.

    Raises:
        Problem: As `preview`; or if a ledger has lines, or there are more than `MOST_OF_MANY` rows.
    """
    declared, book = mechanism(kind), _opened(source)
    for ledger in declared.ledgers:
        if ledger.key in book.sheetnames and next(_lines(book[ledger.key]), None) is not None:
            raise Problem(
                _("A workbook of more than %(most)s rows has no ledgers.") % {"most": MOST_ROWS},
                then=_("Split it, or take the ledgers out."),
            )
    yield from _read(declared, book)


def rows_in(source: BinaryIO) -> int:
    """Return about how many rows a workbook has, as it says itself.

    Raises:
        Problem: If it is no workbook of ours.
    """
    return _rows_of(_opened(source))


def _opened(source: BinaryIO) -> Any:
    try:
        book = load_workbook(source, read_only=True, data_only=True)
        book[MAIN]
    except Exception as error:
        raise Problem(
            _("This is not a workbook of this kind of matter."),
            then=_("Download the template and fill it in."),
        ) from error
    return book


def _rows_of(book: Any) -> int:
    return max(0, (book[MAIN].max_row or 0) - 1)


def _read(declared: Mechanism, book: Any) -> Iterator[Row | Reject]:
    """Yield rows that fit and rejects, in order; numbers are looked up many at a time."""
    reader, there = _Reader(declared), set[str]()
    lines = _lines(book[MAIN], reader.columns)
    while some := list(islice(lines, AT_ONCE)):
        numbers = [text_in(cells.get("number")) for _row, cells in some]
        known = set(Matter.objects.filter(number__in=numbers).values_list("number", flat=True))
        known |= there.intersection(numbers)
        for row, cells in some:
            if row > MOST_OF_MANY:
                raise Problem(
                    _("A sheet may have at most %(most)s rows.") % {"most": MOST_OF_MANY},
                    then=_("Split it."),
                )
            read, rejects = reader.read(row, cells, known)
            yield from rejects
            if read is not None:
                there.add(read.number)
                known.add(read.number)
                yield read


def _lines(sheet: Any, columns: Container[str] | None = None) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (row number, cell by key).

    Args:
        sheet: Of the workbook.
        columns: Keys that there are; a head of no key among them is refused, and the refusal names it.
    """
    rows = sheet.iter_rows(values_only=True)
    headers = [str(cell or "").strip() for cell in next(rows, ())]
    keys = [header.rpartition("[")[2].rstrip("]") if header.endswith("]") else "" for header in headers]
    strange = [
        head for head, key in zip(headers, keys, strict=True) if head and columns and key not in columns
    ]
    if strange:
        raise Problem(
            _("These columns are none of this kind of matter: %(columns)s.")
            % {"columns": "、".join(strange)},
            then=_("Take them out: only what stands in the template may be brought."),
        )
    for number, cells in enumerate(rows, start=2):
        if any(cell not in (None, "") for cell in cells):
            yield number, {key: cell for key, cell in zip(keys, cells, strict=False) if key}


class _Reader:
    """Reads rows of one kind; what many rows name alike is looked up once."""

    def __init__(self, declared: Mechanism) -> None:
        self.declared = declared
        self.fields = {one.key: one for one in every_field(declared)}
        self.roles = [one for one in declared.parties if not one.office or one.kind == "unit"]
        self.columns = set(columns_of(declared))
        self._units: dict[str, Unit | None] = {}
        self._people: dict[str, list[Person]] = {}
        self._stages = {spelt: one.key for one in declared.stages for spelt in _spelt(declared.key, one)}
        self._clocks: dict[str, frozenset[str]] = {}
        self._words: dict[str, dict[str, str]] = {}
        self._known = _Known(self.unit, self._choices, lambda name: _only(self._named("person", name)))
        self._today = timezone.localdate()

    def read(
        self, row: int, cells: Mapping[str, Any], there: Container[str]
    ) -> tuple[Row | None, list[Reject]]:
        """Return a row that fits, or None, and why it does not."""
        rejects: list[Reject] = []

        def no(column: str, reason: str) -> None:
            rejects.append(Reject(MAIN, row, column, reason))

        number, title = text_in(cells.get("number")), text_in(cells.get("title"))
        if not number or number in there:
            no("number", _("Every matter needs a number of its own that is not in the house yet."))
        if not title:
            no("title", _("Say in one line what it is about."))
        owner = self.unit(text_in(cells.get("owner")))
        if owner is None:
            no("owner", _("There is no unit of this name."))
        stage = self._stages.get(text_in(cells.get("stage")), "")
        if not stage:
            words = "、".join(str(one.term or one.name) for one in self.declared.stages)
            no("stage", _("Enter one of: %(stages)s.") % {"stages": words})
        opened_on, since = day_of(cells.get("opened_on")), day_of(cells.get("in_stage_since"))
        if opened_on is None or opened_on > self._today:
            no("opened_on", _("Enter a day that has come."))
        given = [one for key, one in self.fields.items() if cells.get(key) not in (None, "")]
        facts = _facts(given, cells, no, known=self._known)
        parties = self._parties(cells, no)
        clocks = self.declared.clocks
        days = {one.key: day for one in clocks if (day := day_of(cells.get(f"clock.{one.key}")))}
        self._startable(stage, days, facts, no)
        if stage and not rejects and (second := _is_second(self.declared, stage, facts)):
            no("number", second)
        if rejects or owner is None or opened_on is None:
            return None, rejects
        made = Row(row, number, title, owner, stage, opened_on, since or opened_on, facts, parties, days)
        return made, []

    def _startable(self, stage: str, days: Iterable[str], facts: Mapping[str, Any], no: Any) -> None:
        """Refuse a row whose clocks count from a day that it does not say."""
        if not stage or not self.declared.stage(stage).open:
            return
        for key in self._owed(stage) | set(days):
            day = self.declared.clock(key).from_fact
            if day and not facts.get(day):
                no(day, _("A deadline counts from this day: enter it."))

    def _owed(self, stage: str) -> frozenset[str]:
        if stage not in self._clocks:
            self._clocks[stage] = clocks_owed(self.declared, stage)
        return self._clocks[stage]

    def _choices(self, one: Field) -> Mapping[str, str]:
        if one.key not in self._words:
            self._words[one.key] = _choices(one)
        return self._words[one.key]

    def unit(self, name: str) -> Unit | None:
        """Return a unit by its name or short name."""
        if name not in self._units:
            self._units[name] = unit_named(name)
        return self._units[name]

    def _named(self, kind: str, name: str) -> list[Any]:
        if kind == "unit":
            return [self.unit(name)]
        if name not in self._people:
            self._people[name] = list(Person.objects.filter(name=name)[:2])
        return self._people[name]

    def _parties(self, cells: Mapping[str, Any], no: Any) -> dict[str, list[Any]]:
        named: dict[str, list[Any]] = {}
        for role in self.roles:
            text = text_in(cells.get(f"role.{role.key}"))
            for name in (part.strip() for part in text.replace("，", "、").replace(",", "、").split("、")):
                if not name:
                    continue
                rows = self._named(role.kind, name)
                if len(rows) != 1 or rows[0] is None:
                    no(f"role.{role.key}", _("“%(name)s” is not one known name.") % {"name": name})
                else:
                    named.setdefault(role.key, []).append(rows[0])
        return named


def _spelt(kind: str, stage: Stage) -> Iterator[str]:
    """Yield how a stage may be written: its key, its term, its name as declared and as the district says."""
    words = (
        str(declared_words(stage.name)),
        str(stage.name),
        own_word(kind, f"stage:{stage.key}"),
        stage.term,
        stage.key,
    )
    yield from (one for one in words if one)


def _is_second(declared: Mechanism, stage: str, facts: Mapping[str, Any]) -> str:
    """Return why what a row says could not be opened beside the matters that are there, "" where it could."""
    if not declared.computes:
        return ""
    try:
        with transaction.atomic():
            check_kept(declared, Matter(mechanism=declared.key, stage=stage, facts=facts))
    except Refused as refused:
        return str(refused.refusal.reason)
    return ""


def clocks_owed(declared: Mechanism, stage: str) -> frozenset[str]:
    """Return the clocks that run in a stage whichever way it was reached, else those of the fewest."""
    sets = clocks_running(declared).get(stage, set())
    if not sets:
        return frozenset()
    always: frozenset[str] = frozenset.intersection(*sets)
    fewest = min(sets, key=lambda one: (len(set(one)), sorted(one)))
    return frozenset(always or fewest)


def _choices(one: Field) -> dict[str, str]:
    """Return the values of a choice by key and by words."""
    return {str(words): key for key, words in one.choices} | {key: key for key, _words in one.choices}


def _person_named(name: str) -> Person | None:
    return _only(Person.objects.filter(name=name)[:2])


def _only(found: Iterable[Person]) -> Person | None:
    """Return the one person of a name; None where two are called so: which is meant, nobody can see here."""
    people = list(found)
    return people[0] if len(people) == 1 else None


@dataclass(frozen=True)
class _Known:
    """How a cell's words become values: units and people by name, choices by words."""

    unit: Callable[[str], Unit | None]
    choices: Callable[[Field], Mapping[str, str]] = _choices
    person: Callable[[str], Person | None] = _person_named


def _facts(fields: list[Field], cells: Mapping[str, Any], no: Any, *, known: _Known) -> dict[str, Any]:
    given = {
        one.key: _cell(one, cells.get(one.key), known)
        for one in fields
        if cells.get(one.key) not in (None, "")
    }
    form = bound([one for one in fields if one.key in given], given, lenient=True)
    if not form.is_valid():
        for key, said in form.told().items():
            no(key, " ".join(str(one) for one in said))
        return {}
    return {key: value for key, value in form.facts().items() if value is not None}


def _cell(one: Field, value: Any, known: _Known) -> Any:
    if isinstance(value, datetime):
        return value.date().isoformat() if one.kind == "day" else value.isoformat()
    text = text_in(value)
    if one.kind in {"choice", "choices"}:
        by_words = known.choices(one)
        parts = [by_words.get(part, part) for part in text.replace("；", "、").split("、")]
        return parts if one.kind == "choices" else parts[0]
    if one.kind in {"persons", "units"}:
        find = known.unit if one.kind == "units" else known.person
        names = [part.strip() for part in text.replace("，", "、").replace("；", "、").split("、")]
        return [held.pk if (held := find(name)) else name for name in names if name]
    if one.kind in {"person", "unit"}:
        found = known.unit(text) if one.kind == "unit" else known.person(text)
        return found.pk if found else text
    if one.kind == "flag":
        return text in {"是", "有", "1", "true", "True", "yes"}
    return text


def _read_ledger(
    declared: Mechanism, key: str, sheet: Any, rows: Mapping[str, Row], rejects: list[Reject]
) -> None:
    ledger = declared.ledger(key)
    states = {str(words): state for state, words in ledger.states} | {
        state: state for state, _words in ledger.states
    }
    columns = {"number", "state", *(one.key for one in ledger.fields)}
    for number, cells in _lines(sheet, columns):
        row = rows.get(text_in(cells.get("number")))
        state = states.get(text_in(cells.get("state")))
        if row is None or state is None:
            column = "number" if row is None else "state"
            reason = (
                _("There is no such matter in the sheet.")
                if row is None
                else _("This is no state of the list.")
            )
            rejects.append(Reject(key, number, column, reason))
            continue
        wrong: list[tuple[str, str]] = []
        facts = _facts(
            list(ledger.fields),
            cells,
            lambda column, why, wrong=wrong: wrong.append((column, why)),
            known=_Known(unit_named),
        )
        rejects += [Reject(key, number, column, why) for column, why in wrong]
        if not wrong:
            row.lines.append((key, state, facts))
