"""Taking over matters already under way (接管): a sheet for every mechanism, with preview and rejects by row.

At any stage, with past dates, numbers, parties and ledgers. Clocks are counted from the past dates;
nothing is sent. A batch can be withdrawn for some days while nobody has acted on its matters.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font

from qingfeng.matters import access, clocks, naming
from qingfeng.matters.answers import Refusal
from qingfeng.matters.district import TAKEOVER_WITHDRAW_DAYS
from qingfeng.matters.models import ClockRun, LedgerLine, Matter, TakeoverBatch
from qingfeng.matters.numbers import next_number
from qingfeng.matters.registry import mechanism
from qingfeng.matters.sheets import bound
from qingfeng.matters.slips import every_field
from qingfeng.matters.vocabulary import Field, Mechanism
from qingfeng.matters.walking import clocks_running
from qingfeng.matters.writing import Signed, Trace, keep_declaration, record
from qingfeng.organization.district_settings import setting
from qingfeng.organization.models import Person, Unit
from qingfeng.organization.viewer import Viewer
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
    opened_on, since = _day(cells.get("opened_on")), _day(cells.get("in_stage_since"))
    if opened_on is None or opened_on > timezone.localdate():
        no("opened_on", _("Enter a day that has come."))
    facts = _facts(list(every_field(declared)), cells, no)
    parties = _parties(declared, cells, no)
    days = {
        key: day for key in (one.key for one in declared.clocks) if (day := _day(cells.get(f"clock.{key}")))
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


def _day(value: Any) -> date | None:
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


def take_over(kind: str, plan: Preview, *, by: Viewer, file_name: str) -> TakeoverBatch | Refusal:
    """Write what a preview showed, in one transaction; rejected rows are kept with the batch.

    Args:
        kind: Key of the mechanism.
        plan: From `preview`.
        by: Who may open matters of this kind.
        file_name: Shown with the batch.
    """
    declared = mechanism(kind)
    if by.person_id is None or not access.may_open(by, declared):
        return Refusal("role", _("Matters of this kind are opened by other roles."))
    if not plan.rows:
        return Refusal("facts", _("No row can be taken over: look at the list of rejected rows."))
    with transaction.atomic():
        keep_declaration(declared)
        batch = TakeoverBatch.objects.create(
            mechanism=kind,
            file_name=file_name[:200],
            sha256=plan.sha256,
            by_id=by.person_id,
            at=timezone.now(),
            rejects=[[one.sheet, one.row, one.column, one.reason] for one in plan.rejects],
        )
        for row in plan.rows:
            _write(declared, row, batch, by)
    return batch


def _write(declared: Mechanism, row: Row, batch: TakeoverBatch, by: Viewer) -> None:
    _number, slug = next_number(declared, row.opened_on)
    is_open = declared.stage(row.stage).open
    opened_at = timezone.make_aware(datetime.combine(row.opened_on, time(9)))
    matter = Matter.objects.create(
        mechanism=declared.key,
        version=declared.version,
        number=row.number,
        slug=slug,
        title=row.title[:200],
        stage=row.stage,
        is_open=is_open,
        confidentiality=declared.confidentiality.value,
        owner=row.owner,
        opened_on=row.opened_on,
        opened_at=opened_at,
        opened_by_id=by.person_id,
        facts=row.facts,
        taken_over=True,
        closed_on=None if is_open else row.since,
        takeover_batch=batch,
    )
    signed = Signed(by, "taken_over", timezone.now(), reason=_("Taken over"))
    record(
        matter, signed, Trace("kernel.take_over", row.stage, "", {"facts": row.facts}, {"batch": batch.pk})
    )
    naming.write_parties(matter, declared, row.parties, at=opened_at)
    for key, state, facts in row.lines:
        ledger = declared.ledger(key)
        LedgerLine.objects.create(
            matter=matter,
            ledger=key,
            no=matter.lines.filter(ledger=key).count() + 1,
            state=state,
            facts=facts,
            due_on=_day(facts.get(ledger.due)) if ledger.due else None,
            is_done=state in ledger.done,
            entered_at=opened_at,
            changed_at=opened_at,
        )
    if is_open:
        for key in clocks_owed(declared, row.stage) | set(row.clocks):
            clocks.start(matter, declared.clock(key), on=row.clocks.get(key, row.since), facts=row.facts)
        _tell_nobody(matter)
        clocks.note_next_due(matter)
        matter.save(update_fields=["due_on"])


def clocks_owed(declared: Mechanism, stage: str) -> set[str]:
    """Return the clocks that run in a stage whichever way it was reached, else those of the fewest."""
    sets = clocks_running(declared).get(stage, set())
    if not sets:
        return set()
    always: frozenset[str] = frozenset.intersection(*sets)
    fewest = min(sets, key=lambda one: (len(set(one)), sorted(one)))
    return set(always or fewest)


def _tell_nobody(matter: Matter) -> None:
    """Mark reminders that lie in the past as told: what was overdue before it came here is seen, not sent."""
    for run in matter.clocks.filter(state=ClockRun.State.RUNNING):
        run.told = ["yellow", "due", "overdue", *(f"escalated:{step}" for step in range(1, 10))]
        if run.due_on and run.due_on >= timezone.localdate():
            run.told = []
        run.save(update_fields=["told"])


def withdraw_batch(batch: TakeoverBatch, *, by: Viewer, reason: str) -> TakeoverBatch | Refusal:
    """Take a whole batch back while nobody has acted on it; numbers become free again."""
    until = batch.at + timedelta(days=int(setting(TAKEOVER_WITHDRAW_DAYS)))
    if by.person_id != batch.by_id and not by.has("dept_head", "deputy", "principal"):
        return Refusal("role", _("A batch is withdrawn by who brought it, or a leader."))
    if batch.withdrawn_at or timezone.now() > until:
        return Refusal("stage", _("This batch can no longer be withdrawn."))
    if not reason.strip():
        return Refusal("facts", _("Say why."), errors={"reason": (_("Say why."),)})
    with transaction.atomic():
        matters = list(Matter.objects.select_for_update().filter(takeover_batch=batch))
        acted = [one.number for one in matters if one.revision > 1]
        if acted:
            said = _("Somebody has acted on %(numbers)s: withdraw matters one by one.")
            return Refusal("conflict", said % {"numbers": "、".join(acted[:5])})
        for one in matters:
            one.revision += 1
            one.standing, one.is_open, one.closed_on = Matter.Standing.WITHDRAWN, False, timezone.localdate()
            one.number = f"{one.number}（撤回 {batch.pk}）"[:60]
            clocks.stop_all(one, on=timezone.localdate())
            one.due_on = None
            signed = Signed(by, "taken_over", timezone.now(), reason=reason.strip())
            record(one, signed, Trace("kernel.withdraw", one.stage, one.stage, {}, {"batch": batch.pk}))
            one.save()
        batch.withdrawn_at = timezone.now()
        batch.save(update_fields=["withdrawn_at"])
    return batch
