"""What somebody hands in with an act, and how it is read against the declaration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfeng.matters.answers import Refusal
from qingfeng.matters.forms import Checked
from qingfeng.matters.models import LedgerLine, Matter
from qingfeng.matters.vocabulary import Act, Entry, Field, Ledger, Mechanism

Given = Mapping[str, Any]


@dataclass(frozen=True)
class Paper:
    """An act on paper: who signed the sheet and when; the scan is among the files under `paper`."""

    person_id: int
    signed_on: date


@dataclass(frozen=True)
class Sheet:
    """What is handed in.

    Attributes:
        facts: Values of the act's fields, by key; a page's own mapping, or Python values.
        parties: Role → persons or units, as rows or ids.
        lines: Ledger → new lines, each a mapping of its fields.
        changes: Ledger → number of a line → changed fields.
        files: Field key → ids of attachments; for a line: `<ledger>.<number or place>.<field>`.
        reason: Why, in words.
        opens: Mechanisms of matters to be opened with it.
        overrides: Gate → reason, where the declaration lets somebody pass it.
    """

    facts: Given = field(default_factory=dict)
    parties: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    lines: Mapping[str, Sequence[Given]] = field(default_factory=dict)
    changes: Mapping[str, Mapping[int, Given]] = field(default_factory=dict)
    files: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    reason: str = ""
    opens: tuple[str, ...] = ()
    overrides: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadLine:
    """A ledger line that has been read: a new one, or a change to an existing one."""

    entry: Entry
    facts: dict[str, Any]
    line: LedgerLine | None = None
    files: tuple[int, ...] = ()


@dataclass(frozen=True)
class ReadSheet:
    """A sheet that fits the declaration.

    Attributes:
        facts: JSON data by key.
        sealed: Values of sealed fields.
        lines: New and changed lines.
        files: Field key → attachment ids.
    """

    facts: dict[str, Any]
    sealed: dict[str, str]
    lines: tuple[ReadLine, ...]
    files: dict[str, list[int]]

    @property
    def by_ledger(self) -> dict[str, list[dict[str, Any]]]:
        """Facts of the lines by ledger, in order, as gates look at them."""
        found: dict[str, list[dict[str, Any]]] = {}
        for one in self.lines:
            found.setdefault(one.entry.ledger, []).append(one.facts)
        return found

    def write_authors(self, person: int | None) -> None:
        """Write into new lines whose they are, where the declaration names a column for it."""
        for one in self.lines:
            if one.entry.author and one.line is None:
                one.facts[one.entry.author] = person


def read_sheet(
    matter: Matter | None, declared: Mechanism, act: Act | None, sheet: Sheet, *, lenient: bool = False
) -> ReadSheet | Refusal:
    """Read a sheet against the fields of an act, or of opening where the act is None.

    Args:
        matter: The matter, or None while it is opened.
        declared: Its declaration.
        act: The act.
        sheet: What was handed in.
        lenient: Needed fields may be empty (a matter that another one opens, one that is taken over).
    """
    fields = act.asks if act else declared.asks
    form = bound(fields, sheet.facts, lenient=lenient)
    errors = {} if form.is_valid() else form.told()
    if act and act.reason and not sheet.reason.strip():
        errors["reason"] = (_("Say why, in a sentence others will understand."),)
    lines: list[ReadLine] = []
    sheet = _with_own_lines(declared, act, sheet) if act else sheet
    for entry in act.enters if act else ():
        found = _read_lines(matter, declared.ledger(entry.ledger), entry, sheet)
        if isinstance(found, dict):
            errors |= found
        else:
            lines += found
    if errors:
        return Refusal("facts", _("Some fields need another look; nothing was changed."), errors=errors)
    facts = form.facts()
    attached = {
        one.key: facts[one.key] for one in fields if one.kind in {"file", "files"} and facts.get(one.key)
    }
    extra = {
        key: [getattr(one, "pk", one) for one in given]
        for key, given in sheet.files.items()
        if "." not in key
    }
    return ReadSheet(facts, form.sealed(), tuple(lines), attached | extra)


def _with_own_lines(declared: Mechanism, act: Act, sheet: Sheet) -> Sheet:
    """Let the act's own facts be the line, where nothing else was handed in for its ledger."""
    lines, changes = dict(sheet.lines), dict(sheet.changes)
    number = next((one.key for one in act.asks if one.kind == "line"), "")
    asked = {one.key for one in act.asks}
    for entry in act.enters:
        columns = [one for one in entry.asks(declared.ledger(entry.ledger)) if one.key in asked]
        own = {one.key: _value(sheet.facts, one) for one in columns}
        if entry.from_ and number and sheet.facts.get(number) and not changes.get(entry.ledger):
            changes[entry.ledger] = {int(sheet.facts[number]): own}
        elif not entry.from_ and columns and not lines.get(entry.ledger):
            lines[entry.ledger] = [own]
    return replace(sheet, lines=lines, changes=changes)


def _value(facts: Given, one: Field) -> Any:
    many = one.kind in {"choices", "units", "persons", "files", "file"}
    return facts.getlist(one.key) if many and hasattr(facts, "getlist") else facts.get(one.key)


def bound(fields: Sequence[Field], data: Given, *, lenient: bool = False) -> Checked:
    """Return what was handed in, read against fields; a page that sent nothing at all is read too."""
    return Checked(fields, data if data is not None else {}, lenient=lenient)


def _read_lines(
    matter: Matter | None, ledger: Ledger, entry: Entry, sheet: Sheet
) -> list[ReadLine] | dict[str, tuple[str, ...]]:
    given = len(sheet.changes.get(ledger.key, {}) if entry.from_ else sheet.lines.get(ledger.key, ()))
    if given < entry.least:
        said = ngettext(
            "%(ledger)s: enter at least %(least)s line.",
            "%(ledger)s: enter at least %(least)s lines.",
            entry.least,
        )
        return {ledger.key: (said % {"ledger": ledger.name, "least": entry.least},)}
    return _changed_lines(matter, ledger, entry, sheet) if entry.from_ else _new_lines(ledger, entry, sheet)


def _new_lines(ledger: Ledger, entry: Entry, sheet: Sheet) -> list[ReadLine] | dict[str, tuple[str, ...]]:
    read: list[ReadLine] = []
    errors: dict[str, tuple[str, ...]] = {}
    for place, given in enumerate(sheet.lines.get(ledger.key, ()), start=1):
        form = bound(entry.asks(ledger), given)
        if form.is_valid():
            read.append(ReadLine(entry, form.facts(), None, _files(sheet, ledger, place, form.facts())))
        else:
            errors |= {f"{ledger.key}.{place}.{key}": said for key, said in form.told().items()}
    return errors or read


def _changed_lines(
    matter: Matter | None, ledger: Ledger, entry: Entry, sheet: Sheet
) -> list[ReadLine] | dict[str, tuple[str, ...]]:
    read: list[ReadLine] = []
    errors: dict[str, tuple[str, ...]] = {}
    there = {line.no: line for line in matter.lines.filter(ledger=ledger.key)} if matter else {}
    for no, given in sheet.changes.get(ledger.key, {}).items():
        line = there.get(int(no))
        if line is None or not entry.changes(line.state, line.facts):
            errors[f"{ledger.key}.{no}"] = (
                _("This line has been changed by somebody else: look at it again."),
            )
            continue
        form = bound(entry.asks(ledger), {**line.facts, **given}, lenient=not entry.columns)
        if form.is_valid():
            facts = {**line.facts, **form.facts()}
            read.append(ReadLine(entry, facts, line, _files(sheet, ledger, int(no), form.facts())))
        else:
            errors |= {f"{ledger.key}.{no}.{key}": said for key, said in form.told().items()}
    return errors or read


def _files(sheet: Sheet, ledger: Ledger, place: int, facts: Given) -> tuple[int, ...]:
    prefix = f"{ledger.key}.{place}."
    ids = [
        getattr(one, "pk", one)
        for key, given in sheet.files.items()
        if key.startswith(prefix)
        for one in given
    ]
    for one in ledger.fields:
        if one.kind in {"file", "files"}:
            ids += facts.get(one.key) or []
    return tuple(dict.fromkeys(int(one) for one in ids))
