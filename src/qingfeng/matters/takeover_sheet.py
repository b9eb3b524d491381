"""The sheet by which matters under way are taken over (接管): an empty one, and one read and checked."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font

from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.matters.sheets import bound
from qingfeng.matters.slips import every_field
from qingfeng.matters.vocabulary import Field, Mechanism
from qingfeng.organization.models import Person, Unit
from qingfeng.screening.errors import Problem

MAIN = "事项"
FIRST = ("number", "title", "owner", "stage", "opened_on", "in_stage_since")
MOST_ROWS = 20_000


@dataclass(frozen=True)
class Reject:
    """A row that cannot be taken over: sheet, row (from 1, as people see it), column and reason."""

    sheet: str
    row: int
    column: str
    reason: str


@dataclass
class Row:
    """A matter as the sheet has it, read and checked."""

    row: int
    number: str
    title: str
    owner: Unit
    stage: str
    opened_on: date
    since: date
    facts: dict[str, Any]
    parties: dict[str, list[Any]]
    clocks: dict[str, date]
    lines: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    """What a sheet would bring; nothing is written.

    Attributes:
        rows: Matters that fit.
        rejects: What does not, by row.
        sha256: Of the file.
    """

    rows: tuple[Row, ...]
    rejects: tuple[Reject, ...]
    sha256: str


def template_of(declared: Mechanism) -> bytes:
    """Return an empty workbook for a mechanism; headers carry their key, so both languages work."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = MAIN
    _head(sheet, [_header(words, key) for key, words in _columns(declared).items()])
    for ledger in declared.ledgers:
        one = book.create_sheet(ledger.key)
        columns = [_header(_("Number"), "number"), *(_header(f.name, f.key) for f in ledger.fields)]
        _head(one, [*columns, _header(_("State"), "state")])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _columns(declared: Mechanism) -> dict[str, Any]:
    first = dict(
        zip(
            FIRST,
            (
                _("Number so far"),
                _("Title"),
                _("Unit that answers for it"),
                _("Stage"),
                _("Opened on"),
                _("In this stage since"),
            ),
            strict=True,
        )
    )
    facts = {one.key: one.name for one in every_field(declared)}
    roles = {
        f"role.{role.key}": role.name for role in declared.parties if not role.office or role.kind == "unit"
    }
    days = {
        f"clock.{clock.key}": _("%(duty)s: counted from") % {"duty": clock.name} for clock in declared.clocks
    }
    return {**first, **facts, **roles, **days}


def _header(words: Any, key: str) -> str:
    return f"{words} [{key}]"


def _head(sheet: Any, headers: list[str]) -> None:
    for place, header in enumerate(headers, start=1):
        cell = sheet.cell(1, place, header)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[cell.column_letter].width = 18
    sheet.freeze_panes = "A2"


def preview(kind: str, data: bytes) -> Preview:
    """Read a sheet and say what fits and what does not.

    Raises:
        Problem: If the file is no workbook of this mechanism.
    """
    declared = mechanism(kind)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        main = book[MAIN]
    except Exception as error:
        raise Problem(
            _("This is not a workbook of this kind of matter."),
            then=_("Download the template and fill it in."),
        ) from error
    rejects: list[Reject] = []
    rows: dict[str, Row] = {}
    for number, cells in _lines(main):
        row = _read_row(declared, number, cells, rows, rejects)
        if row:
            rows[row.number] = row
    for ledger in declared.ledgers:
        if ledger.key in book.sheetnames:
            _read_ledger(declared, ledger.key, book[ledger.key], rows, rejects)
    bad = {reject.row for reject in rejects if reject.sheet == MAIN}
    kept = tuple(row for row in rows.values() if row.row not in bad)
    return Preview(kept, tuple(rejects), hashlib.sha256(data).hexdigest())


def _lines(sheet: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (row number, cell by key); headers without a key in brackets are passed over."""
    rows = sheet.iter_rows(values_only=True)
    headers = [str(cell or "") for cell in next(rows, ())]
    keys = [header.rpartition("[")[2].rstrip("]") if header.endswith("]") else "" for header in headers]
    for number, cells in enumerate(rows, start=2):
        if number > MOST_ROWS:
            raise Problem(
                _("A sheet may have at most %(most)s rows.") % {"most": MOST_ROWS}, then=_("Split it.")
            )
        if any(cell not in (None, "") for cell in cells):
            yield number, {key: cell for key, cell in zip(keys, cells, strict=False) if key}


def _read_row(
    declared: Mechanism, row: int, cells: Mapping[str, Any], there: Mapping[str, Row], rejects: list[Reject]
) -> Row | None:
    before = len(rejects)

    def no(column: str, reason: str) -> None:
        rejects.append(Reject(MAIN, row, column, reason))

    number, title = _text(cells.get("number")), _text(cells.get("title"))
    if not number or number in there or Matter.objects.filter(number=number).exists():
        no("number", _("Every matter needs a number of its own that is not in the house yet."))
    if not title:
        no("title", _("Say in one line what it is about."))
    owner = _unit(_text(cells.get("owner")))
    if owner is None:
        no("owner", _("There is no unit of this name."))
    stage = _stage(declared, _text(cells.get("stage")))
    if not stage:
        words = "、".join(str(one.term or one.name) for one in declared.stages)
        no("stage", _("Enter one of: %(stages)s.") % {"stages": words})
    opened_on, since = day_of(cells.get("opened_on")), day_of(cells.get("in_stage_since"))
    if opened_on is None or opened_on > timezone.localdate():
        no("opened_on", _("Enter a day that has come."))
    facts = _facts(list(every_field(declared)), cells, no)
    parties = _parties(declared, cells, no)
    days = {
        key: day for key in (one.key for one in declared.clocks) if (day := day_of(cells.get(f"clock.{key}")))
    }
    if len(rejects) > before or owner is None or opened_on is None:
        return None
    return Row(row, number, title, owner, stage, opened_on, since or opened_on, facts, parties, days)


def _facts(fields: list[Field], cells: Mapping[str, Any], no: Any) -> dict[str, Any]:
    given = {
        one.key: _cell(one, cells.get(one.key)) for one in fields if cells.get(one.key) not in (None, "")
    }
    form = bound(fields, given, lenient=True)
    if not form.is_valid():
        for key, said in form.told().items():
            no(key, " ".join(str(one) for one in said))
        return {}
    return {key: value for key, value in form.facts().items() if value is not None}


def _cell(one: Field, value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date().isoformat() if one.kind == "day" else value.isoformat()
    text = _text(value)
    if one.kind in {"choice", "choices"}:
        by_words = {str(words): key for key, words in one.choices} | {key: key for key, _words in one.choices}
        parts = [by_words.get(part, part) for part in text.replace("；", "、").split("、")]
        return parts if one.kind == "choices" else parts[0]
    if one.kind in {"person", "unit"}:
        found = _unit(text) if one.kind == "unit" else Person.objects.filter(name=text).first()
        return found.pk if found else text
    if one.kind == "flag":
        return text in {"是", "有", "1", "true", "True", "yes"}
    return text


def _parties(declared: Mechanism, cells: Mapping[str, Any], no: Any) -> dict[str, list[Any]]:
    named: dict[str, list[Any]] = {}
    for role in declared.parties:
        text = _text(cells.get(f"role.{role.key}"))
        for name in (part.strip() for part in text.replace("，", "、").replace(",", "、").split("、")):
            if not name:
                continue
            rows = [_unit(name)] if role.kind == "unit" else list(Person.objects.filter(name=name)[:2])
            if len(rows) != 1 or rows[0] is None:
                no(f"role.{role.key}", _("“%(name)s” is not one known name.") % {"name": name})
            else:
                named.setdefault(role.key, []).append(rows[0])
    return named


def _read_ledger(
    declared: Mechanism, key: str, sheet: Any, rows: Mapping[str, Row], rejects: list[Reject]
) -> None:
    ledger = declared.ledger(key)
    states = {str(words): state for state, words in ledger.states} | {
        state: state for state, _words in ledger.states
    }
    for number, cells in _lines(sheet):
        row = rows.get(_text(cells.get("number")))
        state = states.get(_text(cells.get("state")))
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
            list(ledger.fields), cells, lambda column, why, wrong=wrong: wrong.append((column, why))
        )
        rejects += [Reject(key, number, column, why) for column, why in wrong]
        if not wrong:
            row.lines.append((key, state, facts))


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def day_of(value: Any) -> date | None:
    """Return a cell as a civil date, or None."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(_text(value).replace("/", "-").replace(".", "-"))
    except ValueError:
        return None


def _unit(name: str) -> Unit | None:
    if not name:
        return None
    return Unit.objects.filter(name=name).first() or Unit.objects.filter(short_name=name).first()


def _stage(declared: Mechanism, text: str) -> str:
    words = {
        spelt: one.key for one in declared.stages for spelt in (one.key, str(one.name), one.term) if spelt
    }
    return words.get(text, "")
