"""Writing matters that are taken over (接管), many at once: one statement a table, not one a matter.

What it writes is what opening a matter through the door would, with past dates: the matter under the number
it had, its line in the story and the journal, its parties, ledgers and clocks. Nothing is sent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.journal.entry import canonical
from qingfeng.journal.store import Draft, append_many
from qingfeng.journal.straight import insert, insert_keyless
from qingfeng.matters import clocks, heard
from qingfeng.matters.conditions import check_kept
from qingfeng.matters.models import ClockRun, LedgerLine, Matter, Party, Performance, TakeoverBatch
from qingfeng.matters.numbers import next_slugs
from qingfeng.matters.snapshot import PartyView, Snapshot
from qingfeng.matters.takeover_reading import clocks_owed
from qingfeng.matters.takeover_sheet import Row, day_of
from qingfeng.matters.vocabulary import Mechanism
from qingfeng.matters.walking import not_told
from qingfeng.organization.viewer import Viewer

MOST_NUMBER = 60  # signs
AT_ONCE = 500  # rows of a statement: both databases take so many values
PAST = ["yellow", "due", "overdue", *(f"escalated:{step}" for step in range(1, 10))]


def write_rows(declared: Mechanism, rows: Sequence[Row], batch: TakeoverBatch, by: Viewer) -> None:
    """Write what a sheet brings, in the caller's transaction.

    Args:
        declared: Kind of matter.
        rows: Read and checked; their numbers are in no matter yet.
        batch: To which they belong.
        by: Who brings them.
    """
    for at in range(0, len(rows), AT_ONCE):
        _write(declared, rows[at : at + AT_ONCE], batch, by)


def _write(declared: Mechanism, rows: Sequence[Row], batch: TakeoverBatch, by: Viewer) -> None:
    slugs = _slugs(declared, rows)
    matters = [_matter(declared, row, slug, batch, by) for row, slug in zip(rows, slugs, strict=True)]
    owed = {stage: clocks_owed(declared, stage) for stage in {row.stage for row in rows}}
    untold = {stage: not_told(declared, stage) for stage in owed}
    runs = [_runs(declared, row, matter, owed) for row, matter in zip(rows, matters, strict=True)]
    for matter, of_it in zip(matters, runs, strict=True):
        matter.due_on = min((one.due_on for one in of_it if one.due_on), default=None)
    insert(matters)
    pairs = list(zip(rows, matters, strict=True))
    _tell(declared, pairs, batch, by)
    for made in (
        [one for row, matter in pairs for one in _parties(declared, row, matter, untold)],
        [one for row, matter in pairs for one in _lines(declared, row, matter)],
        [_with_key(one) for of_it in runs for one in of_it],
    ):
        for at in range(0, len(made), AT_ONCE):
            insert_keyless(made[at : at + AT_ONCE])
    for matter in matters:
        check_kept(declared, matter)
        heard.let_hear(declared.key, matter.pk)


def _slugs(declared: Mechanism, rows: Sequence[Row]) -> list[str]:
    """Return a slug for each row, of the year in which it was opened, in the order of the rows."""
    years: dict[int, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        years[row.opened_on.year].append(place)
    slugs = [""] * len(rows)
    for year, places in sorted(years.items()):
        for place, slug in zip(places, next_slugs(declared, year, len(places)), strict=True):
            slugs[place] = slug
    return slugs


def _opened_at(row: Row) -> datetime:
    return timezone.make_aware(datetime.combine(row.opened_on, time(9)))


def _matter(declared: Mechanism, row: Row, slug: str, batch: TakeoverBatch, by: Viewer) -> Matter:
    is_open = declared.stage(row.stage).open
    return Matter(
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
        opened_at=_opened_at(row),
        opened_by_id=by.person_id,
        facts=row.facts,
        taken_over=True,
        closed_on=None if is_open else row.since,
        takeover_batch=batch,
    )


def _tell(declared: Mechanism, pairs: Sequence[tuple[Row, Matter]], batch: TakeoverBatch, by: Viewer) -> None:
    """Write each matter's first line in its story, with its entry in the journal."""
    reason, now = _("Taken over"), timezone.now()
    drafts = [
        Draft(
            "matter.kernel.take_over",
            f"{declared.key}/{matter.slug}",
            f"person:{by.person_id}",
            {
                "revision": 1, "from": "", "to": row.stage, "role": "taken_over", "for": "",
                "second": "", "paper": False, "overrides": [], "batch": batch.pk,
            },
            {"entered": canonical({"facts": row.facts}).decode(), "reason": reason},
            now,
        )
        for row, matter in pairs
    ]  # fmt: skip
    entries = append_many(drafts)
    insert_keyless(
        [
            Performance(
                matter=matter,
                no=1,
                act="kernel.take_over",
                by_id=by.person_id,
                as_role="taken_over",
                at=now,
                to_stage=row.stage,
                entered={"facts": row.facts},
                reason=reason,
                entry=entry,
            )
            for (row, matter), entry in zip(pairs, entries, strict=True)
        ]
    )


def _parties(
    declared: Mechanism, row: Row, matter: Matter, untold: Mapping[str, frozenset[str]]
) -> Iterator[Party]:
    for key, named in row.parties.items():
        role = declared.role(key)
        column = "unit" if role.kind == "unit" else "person"
        for one in {each.pk: each for each in named}.values():
            yield Party(
                matter=matter,
                role=key,
                since_at=_opened_at(row),
                told_at=None if key in untold[row.stage] else _opened_at(row),
                is_subject=role.subject,
                **{column: one},
            )


def _lines(declared: Mechanism, row: Row, matter: Matter) -> Iterator[LedgerLine]:
    numbers: dict[str, int] = defaultdict(int)
    at = _opened_at(row)
    for key, state, facts in row.lines:
        ledger = declared.ledger(key)
        numbers[key] += 1
        yield LedgerLine(
            matter=matter,
            ledger=key,
            no=numbers[key],
            state=state,
            facts=facts,
            due_on=day_of(facts.get(ledger.due)) if ledger.due else None,
            is_done=state in ledger.done,
            entered_at=at,
            changed_at=at,
        )


def _runs(
    declared: Mechanism, row: Row, matter: Matter, owed: Mapping[str, frozenset[str]]
) -> list[ClockRun]:
    """Return the clocks that run; what was overdue before it came here is seen, not sent."""
    if not matter.is_open:
        return []
    today, made = timezone.localdate(), list[ClockRun]()
    seen = _seen(row)
    for key in sorted(owed[row.stage] | set(row.clocks)):
        clock = declared.clock(key)
        if clocks.is_wanted(clock, row.facts, lambda: seen):
            run = clocks.fresh(matter, clock, on=row.clocks.get(key, row.since), facts=row.facts)
            run.told = PAST if run.due_on is None or run.due_on < today else []
            made.append(run)
    return made


def _seen(row: Row) -> Snapshot:
    """Return the matter as conditions of clocks look at it: nothing has been done on it here."""
    parties = tuple(
        PartyView(role, **{"unit" if type(one).__name__ == "Unit" else "person": one.pk})
        for role, named in row.parties.items()
        for one in named
    )
    return Snapshot(row.stage, row.facts, parties, today=row.since, entered=row.facts)


def _with_key(run: ClockRun) -> ClockRun:
    """Return a run whose matter has its key by now."""
    run.matter_id = run.matter.pk
    return run


def withdrawn_rows(matters: Sequence[Matter], batch: TakeoverBatch, by: Viewer, *, reason: str) -> None:
    """Take matters back on which nobody has acted, in the caller's transaction; their numbers are free."""
    today, now = timezone.localdate(), timezone.now()
    for at in range(0, len(matters), AT_ONCE):
        some = matters[at : at + AT_ONCE]
        _withdraw(some, today)
        _note_withdrawn(some, batch, by, (reason, now))


def _withdraw(some: Sequence[Matter], today: Any) -> None:
    going = ClockRun.objects.filter(matter__in=[one.pk for one in some]).exclude(state="stopped")
    going.filter(due_on__lt=today).update(state="stopped", stopped_on=today, met=False)
    going.update(state="stopped", stopped_on=today, met=True)
    for one in some:
        one.revision += 1
    gone = {"standing": Matter.Standing.WITHDRAWN, "is_open": False, "closed_on": today, "due_on": None}
    mark = Concat("number", Value(f"（撤回 {some[0].takeover_batch_id}）"))
    mine = Matter.objects.filter(pk__in=[one.pk for one in some])
    mine.update(revision=F("revision") + 1, number=Substr(mark, 1, MOST_NUMBER), **gone)


def _note_withdrawn(
    some: Sequence[Matter], batch: TakeoverBatch, by: Viewer, said: tuple[str, datetime]
) -> None:
    reason, now = said
    drafts = [
        Draft(
            "matter.kernel.withdraw",
            f"{one.mechanism}/{one.slug}",
            f"person:{by.person_id}",
            {
                "revision": one.revision, "from": one.stage, "to": one.stage, "role": "taken_over", "for": "",
                "second": "", "paper": False, "overrides": [], "batch": batch.pk,
            },
            {"reason": reason},
            now,
        )
        for one in some
    ]  # fmt: skip
    entries = append_many(drafts)
    insert_keyless(
        [
            Performance(
                matter=one,
                no=one.revision,
                act="kernel.withdraw",
                by_id=by.person_id,
                as_role="taken_over",
                at=now,
                from_stage=one.stage,
                to_stage=one.stage,
                reason=reason,
                entry=entry,
            )
            for one, entry in zip(some, entries, strict=True)
        ]
    )
    for one in some:
        heard.let_hear(one.mechanism, one.pk)
