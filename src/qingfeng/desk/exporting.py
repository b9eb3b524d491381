"""Exports of matters with every field, as far as each is seen: facts, parts, stage, clocks, acts, ledgers.

Up to `DIRECT` matters are given at once, more are written by the worker (`large_exports`). A matter that is
not seen whole gives its card: number, kind, stage, office, days. Sealed fields are in no export;
confidential names only for those who are named on the matter.
"""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk import values
from qingfeng.desk.levels import views_of
from qingfeng.desk.lights import clock_of
from qingfeng.desk.listing import Wanted, mine_q, stage_name
from qingfeng.desk.workbook import Tables
from qingfeng.desk.working import in_words
from qingfeng.journal.errors import JournalProblem
from qingfeng.journal.store import append, folder_of
from qingfeng.look.outgoing import Outgoing
from qingfeng.matters.apart import closed_among
from qingfeng.matters.guarding import note_read
from qingfeng.matters.models import LEVELS, ClockRun, LedgerLine, Matter, Party, Performance
from qingfeng.matters.vocabulary import Field, Ledger, Mechanism, Role
from qingfeng.organization.viewer import Viewer

AT_ONCE = 500
DIRECT = 2_000
MOST = 50_000


@dataclass(frozen=True)
class Columns:
    """What is exported of one kind of matter."""

    declared: Mechanism
    fields: tuple[Field, ...]
    roles: tuple[Role, ...]

    @classmethod
    def of(cls, declared: Mechanism) -> Columns:
        """Return every field that is not sealed, and every role."""
        fields = tuple(
            one for one in values.fields_of(declared).values() if not one.sealed and one.kind != "line"
        )
        return cls(declared, fields, declared.parties)


@dataclass
class Exported:
    """What an export wrote.

    Attributes:
        tables: The file to be.
        card: Keys of matters of which it has the card only.
        whole: Keys of matters that it has with every field.
        own: Those of them whose confidential names are in it.
        entry: Its entry in the journal.
    """

    tables: Tables
    card: list[int] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    own: list[int] = field(default_factory=list)
    entry: int = 0


def export(
    viewer: Viewer,
    declared: Mechanism,
    matters: QuerySet[Matter],
    *,
    form: str,
    wanted: Wanted,
    step: Callable[[int], object] = lambda _done: None,
) -> Exported:
    """Write matters into a file and the export into the journal.

    Args:
        viewer: Who exports.
        declared: Kind of matter.
        matters: What the viewer may see, in the order of the file; at most `MOST`.
        form: `xlsx` or `csv`.
        wanted: What was asked for; it is noted without what was typed.
        step: Told how many matters are written, now and then.
    """
    outgoing = Outgoing(own=own_words(declared), names_sources=declared.names_sources)
    columns, made = Columns.of(declared), Exported(Tables(form, outgoing))
    _begin(made.tables, columns)
    for some in _chunks(matters):
        _write(made, columns, viewer, some)
        step(len(made.card) + len(made.whole))
    count = len(made.card) + len(made.whole)
    with transaction.atomic():
        entry = append(
            "matter.exported",
            subject=declared.key,
            by=f"person:{viewer.person_id}",
            facts={
                "form": form,
                "rows": count,
                "whole": len(made.whole),
                "sources": outgoing.count,
                **_asked(wanted),
            },
            personal={"text": wanted.text} if wanted.text else {},
        )
    made.entry = entry.pk
    _about(made.tables, viewer, count, made.entry)
    return made


def own_words(declared: Mechanism) -> frozenset[str]:
    """Return what the house itself says in cells of a kind: choices, stages, acts, offices of parts."""
    fields = (*values.fields_of(declared).values(), *(one for led in declared.ledgers for one in led.fields))
    said = [str(words) for one in fields if not callable(one.choices) for _key, words in one.choices]
    named: tuple[Any, ...] = (*declared.stages, *declared.acts, *declared.parties, *declared.clocks)
    said += [str(one.name) for one in named]
    said += [str(words) for led in declared.ledgers for _key, words in led.states]
    return frozenset((*said, *(one.term for one in declared.stages), declared.term))


def _asked(wanted: Wanted) -> dict[str, Any]:
    return {
        "stage": wanted.stage,
        "owner": wanted.owner,
        "light": wanted.light,
        "state": wanted.state,
        "mine": wanted.mine,
        "figure": wanted.figure,
    }


def _chunks(rows: QuerySet[Matter]) -> Iterator[list[Matter]]:
    """Yield matters in order, some at a time; of the others only keys are held."""
    keys = list(rows.values_list("pk", flat=True)[:MOST])
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        found = Matter.objects.select_related("owner").in_bulk(some)
        yield [found[key] for key in some if key in found]


def _begin(tables: Tables, columns: Columns) -> None:
    own = [*(one.name for one in columns.fields), *(one.name for one in columns.roles)]
    tables.begin(_("Matters"), [*_card_heads(), *own])
    tables.begin(_("Clocks"), _clock_heads())
    tables.begin(_("Acts"), _act_heads())
    line = [_("Number"), pgettext("export", "Line"), pgettext("export", "State"), _("Due on")]
    for ledger in columns.declared.ledgers:
        tables.begin(_table_of(ledger), [*line, *(one.name for one in ledger.fields if not one.sealed)])


def _table_of(ledger: Ledger) -> str:
    """Return the name of a ledger's table; one that is called as a table of every export is told apart."""
    ours = {_("Matters"), _("Clocks"), _("Acts"), _("About this export"), _("Sources")}
    name = str(ledger.name)
    return f"{name} ({ledger.key})" if name in ours else name


def _card_heads() -> list[str]:
    return [
        _("Number"),
        pgettext("export", "Kind"),
        pgettext("export", "Stage"),
        pgettext("export", "Standing"),
        _("Confidentiality"),
        pgettext("export", "Owner"),
        _("Opened on"),
        _("Closed on"),
        _("Due on"),
        _("Version of the declaration"),
        _("Title"),
    ]


def _clock_heads() -> list[str]:
    return [
        _("Number"),
        pgettext("export", "Duty"),
        pgettext("export", "State"),
        _("Started on"),
        _("Due on"),
        _("Stopped on"),
        _("In time"),
        pgettext("export", "Working"),
    ]


def _act_heads() -> list[str]:
    return [
        _("Number"),
        pgettext("export", "No."),
        pgettext("export", "Act"),
        pgettext("export", "At"),
        pgettext("export", "By"),
        pgettext("export", "For"),
        _("Second signature"),
        _("Acting as"),
        _("From stage"),
        _("To stage"),
        _("On paper, signed on"),
        pgettext("export", "Reason"),
    ]


def _write(made: Exported, columns: Columns, viewer: Viewer, matters: list[Matter]) -> None:
    """Write some matters, each as far as it is seen. Queries do not grow with the rows."""
    views, tables = views_of(viewer, matters), made.tables
    whole = [matter for matter in matters if views[matter.pk] == "whole"]
    for matter in whole:
        note_read(viewer, matter, "export")
    closed = closed_among(columns.declared, [one.pk for one in whole], viewer.person_id)
    lines = [
        line
        for line in LedgerLine.objects.filter(matter__in=whole).order_by("matter_id", "ledger", "no")
        if (line.matter_id, (line.ledger, line.no)) not in closed
    ]
    names = values.Names.of(_pairs(columns, whole, lines))
    parties, own = _parties(viewer, columns.declared, whole)
    for matter in matters:
        row = _card(columns.declared, matter)
        if views[matter.pk] == "whole":
            row.append(matter.title)
            row += [values.plain(one, matter.facts.get(one.key), names) for one in columns.fields]
            row += [_named(role, parties[matter.pk], is_party=matter.pk in own) for role in columns.roles]
        tables.add(_("Matters"), row)
    numbers = {matter.pk: matter for matter in whole}
    _write_clocks(tables, numbers)
    _write_acts(tables, columns.declared, numbers, own)
    _write_lines(tables, columns.declared, numbers, lines, names=names)
    made.card += [matter.pk for matter in matters if matter.pk not in numbers]
    made.whole += list(numbers)
    made.own += sorted(own)


def _card(declared: Mechanism, matter: Matter) -> list[Any]:
    return [
        matter.number,
        declared.term,
        stage_name(declared, matter),
        str(matter.get_standing_display()),
        str(dict(LEVELS).get(matter.confidentiality, matter.confidentiality)),
        str(matter.owner),
        _iso(matter.opened_on),
        _iso(matter.closed_on),
        _iso(matter.due_on),
        matter.version,
    ]


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _pairs(columns: Columns, whole: list[Matter], lines: list[LedgerLine]) -> Iterator[tuple[Field, Any]]:
    for matter in whole:
        yield from ((one, matter.facts.get(one.key)) for one in columns.fields)
    ledgers = {ledger.key: ledger for ledger in columns.declared.ledgers}
    for line in lines:
        if line.ledger in ledgers:
            yield from (
                (one, line.facts.get(one.key)) for one in ledgers[line.ledger].fields if not one.sealed
            )


def _parties(
    viewer: Viewer, declared: Mechanism, whole: list[Matter]
) -> tuple[dict[int, list[Party]], set[int]]:
    """Return everybody with a part by matter, and the matters in which the viewer has one."""
    found: dict[int, list[Party]] = defaultdict(list)
    rows = Party.objects.filter(matter__in=whole, until_at=None).select_related("person", "unit")
    for party in rows.order_by("pk"):
        found[party.matter_id].append(party)
    keys = [matter.pk for matter in whole]
    own = Matter.objects.filter(mine_q(viewer, declared), pk__in=keys).values_list("pk", flat=True)
    return found, set(own)


def _named(role: Role, parties: list[Party], *, is_party: bool) -> str | None:
    if role.confidential and not is_party:
        return None
    return _("; ").join(str(one.person or one.unit) for one in parties if one.role == role.key) or None


def _write_clocks(tables: Tables, matters: dict[int, Matter]) -> None:
    for run in ClockRun.objects.filter(matter__in=matters).order_by("matter_id", "pk"):
        matter = matters[run.matter_id]
        clock = clock_of(run, matter.mechanism, matter.version)
        met = None if run.met is None else _("yes") if run.met else _("no")
        tables.add(
            _("Clocks"),
            [
                matter.number,
                str(clock.name if clock else run.key),
                str(run.get_state_display()),
                _iso(run.started_on),
                _iso(run.due_on),
                _iso(run.stopped_on),
                met,
                " ".join(in_words(run, clock)),
            ],
        )


def _write_acts(tables: Tables, declared: Mechanism, matters: dict[int, Matter], own: set[int]) -> None:
    roles = {role.key: role for role in declared.parties}
    stages = {stage.key: str(stage.name) for stage in declared.stages}
    rows = Performance.objects.filter(matter__in=matters).select_related("by", "for_person", "second")
    for one in rows.order_by("matter_id", "no"):
        role = roles.get(one.as_role)
        hidden = bool(role and role.confidential and one.matter_id not in own)
        who = [
            None if hidden or person is None else str(person)
            for person in (one.by, one.for_person, one.second)
        ]
        tables.add(
            _("Acts"),
            [
                matters[one.matter_id].number,
                one.no,
                values.act_name(declared, one.act),
                timezone.localtime(one.at).isoformat(timespec="minutes"),
                *who,
                str(role.name) if role else None,
                stages.get(one.from_stage),
                stages.get(one.to_stage),
                _iso(one.paper_on),
                one.reason or None,
            ],
        )


def _write_lines(
    tables: Tables,
    declared: Mechanism,
    matters: dict[int, Matter],
    lines: Iterable[LedgerLine],
    *,
    names: values.Names,
) -> None:
    ledgers = {ledger.key: ledger for ledger in declared.ledgers}
    for line in lines:
        ledger = ledgers.get(line.ledger)
        if ledger:
            state = str(dict(ledger.states).get(line.state, line.state))
            cells = [
                values.plain(one, line.facts.get(one.key), names) for one in ledger.fields if not one.sealed
            ]
            tables.add(
                _table_of(ledger), [matters[line.matter_id].number, line.no, state, _iso(line.due_on), *cells]
            )


def _about(tables: Tables, viewer: Viewer, count: int, entry: int) -> None:
    """Say who exported what and when, and the newest checkpoint of the journal."""
    tables.begin(_("About this export"), [pgettext("export", "What"), pgettext("export", "Value")])
    rows = [
        (_("Exported by"), viewer.name),
        (_("Exported at"), timezone.localtime().isoformat(timespec="minutes")),
        (pgettext("export", "Rows"), count),
        (_("Entry in the journal"), entry),
        (_("Newest checkpoint"), checkpoint_in_words()),
    ]
    for row in rows:
        tables.add(_("About this export"), row)


def checkpoint_in_words() -> str | None:
    """Return the newest checkpoint in one line, None before the first is signed."""
    folder = folder_of("internal")
    try:
        newest = folder.checkpoint(folder.note())
    except JournalProblem:
        return None
    return f"{newest.origin} {newest.size} {b64encode(newest.root).decode()}"
