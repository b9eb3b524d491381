"""What an act writes, once the door has let it through. Called inside the door's transaction only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from qingfeng.journal.straight import Question, change, insert_keyless, put
from qingfeng.matters import at_hand, clocks, following, leading_on, naming, notices, sealing, slips
from qingfeng.matters.answers import Done
from qingfeng.matters.counting import Extension
from qingfeng.matters.models import (
    Declaration,
    LedgerLine,
    Matter,
    MatterFile,
    MatterLink,
    Performance,
    RecusalDecision,
)
from qingfeng.matters.numbers import next_number
from qingfeng.matters.registry import mechanism
from qingfeng.matters.sheets import ReadLine, ReadSheet
from qingfeng.matters.story import Signed, Trace, record
from qingfeng.matters.vocabulary import OPEN, Act, Confidentiality, Mechanism, Opens
from qingfeng.organization.models import Person, Unit

Named = Mapping[str, list[Person | Unit]]


def write_opening(
    declared: Mechanism,
    signed: Signed,
    read: ReadSheet,
    named: Named,
    *,
    title: str,
    owner: Unit,
    confidentiality: str = "",
) -> Done:
    """Write a new matter with all that opening it brings."""
    keep_declaration(declared)
    number, slug = next_number(declared, signed.on)
    matter = put(
        Matter(
            mechanism=declared.key,
            version=declared.version,
            number=number,
            slug=slug,
            title=title,
            stage=declared.stages[0].key,
            confidentiality=confidentiality or declared.confidentiality.value,
            owner=owner,
            opened_on=signed.on,
            opened_at=signed.at,
            opened_by_id=signed.person_id,
            facts={key: value for key, value in read.facts.items() if value is not None},
        )
    )
    with at_hand.held(matter) as reading:
        reading.nothing_yet()
        return _opened(matter, declared, signed, read, named)


def _opened(matter: Matter, declared: Mechanism, signed: Signed, read: ReadSheet, named: Named) -> Done:
    """Write what opening a matter brings: story, parties, files, clocks, slips, notices."""
    first = matter.stage
    performance = record(matter, signed, Trace(OPEN, first, entered=read.facts))
    naming.write_parties(matter, declared, named, at=signed.at)
    keep_files(matter, performance, read.files)
    sealing.seal(matter, performance, declared.asks, read.sealed)
    for clock in declared.started_by(OPEN):
        clocks.start(matter, clock, on=signed.on, facts=matter.facts)
    clocks.note_next_due(matter)
    change(matter, "due_on")
    for slip in declared.prints:
        slips.print_slip(matter, declared, performance, slip)
    notices.tell_named(matter, named)
    return Done(matter, performance)


def write_act(
    matter: Matter,
    declared: Mechanism,
    act: Act,
    signed: Signed,
    read: ReadSheet,
    named: Named,
    *,
    wished: Sequence[str] = (),
) -> Done:
    """Write an act: facts, ledgers, parties, clocks, stage, slips, links, journal."""
    before, matter.stage = matter.stage, act.to or matter.stage
    kept = {key: value for key, value in matter.facts.items() if key not in read.facts}
    entered = {key: value for key, value in read.facts.items() if value is not None}
    matter.facts = kept | entered
    matter.revision += 1
    changed = [_line(matter, one, signed) for one in read.lines]
    if changed:
        entered["lines"] = [[line.ledger, line.no, line.state, line.facts] for line, _ in changed]
    if signed.overrides:
        entered["overrides"] = dict(signed.overrides)
    performance = record(matter, signed, Trace(act.key, matter.stage, before, entered))
    for line, files in changed:
        keep_files(matter, performance, {line.ledger: list(files)}, line=line)
    naming.write_parties(matter, declared, named, at=signed.at)
    naming.tell_units(matter, act.key, at=signed.at)
    keep_files(matter, performance, read.files)
    sealing.seal(matter, performance, act.asks, read.sealed)
    _move_clocks(matter, declared, act, signed, read)
    _end_or_go_on(matter, declared, signed)
    change(matter, "stage", "facts", "revision", "is_open", "closed_on", "due_on")
    for slip in leading_on.printed_by(act, matter, entered=entered, on=signed.on):
        slips.print_slip(matter, declared, performance, slip)
    opened = tuple(
        open_linked(matter, declared, signed, one, unit=unit)
        for one in list(leading_on.opened_by(act, matter, wished, entered=entered, on=signed.on))
        for unit in leading_on.units_of(one, entered)
    )
    notices.tell_acted(matter, declared, act, notices.tell_named(matter, named) | {signed.person_id})
    following.follow(act, matter, performance)
    return Done(matter, performance, opened)


def keep_declaration(declared: Mechanism) -> None:
    """Note the digest under which matters of this version are opened."""
    if not _DECLARED(declared.key, declared.version):
        Declaration.objects.get_or_create(
            mechanism=declared.key, version=declared.version, defaults={"digest": declared.digest}
        )


_DECLARED = Question(
    lambda key, version: Declaration.objects.filter(mechanism=key, version=version).values_list("pk"), "sy"
)


def keep_files(
    matter: Matter,
    performance: Performance,
    files: Mapping[str, Sequence[int]],
    *,
    line: LedgerLine | None = None,
) -> None:
    """Bind attachments to the act, and to the ledger line where they prove one."""
    insert_keyless(
        [
            MatterFile(matter=matter, performance=performance, line=line, field=key, attachment_id=one)
            for key, ids in files.items()
            for one in ids
        ]
    )


def _line(matter: Matter, read: ReadLine, signed: Signed) -> tuple[LedgerLine, tuple[int, ...]]:
    declared = mechanism(matter.mechanism, matter.version).ledger(read.entry.ledger)
    facts = {key: value for key, value in read.facts.items() if value is not None}
    line = read.line or LedgerLine(
        matter=matter,
        ledger=declared.key,
        no=at_hand.of(matter).next_line(declared.key),
        entered_at=signed.at,
    )
    line.state, line.facts, line.changed_at = read.entry.to, facts, signed.at
    line.due_on = (
        date.fromisoformat(facts[declared.due]) if declared.due and facts.get(declared.due) else None
    )
    line.is_done = read.entry.to in declared.done
    if line.pk:
        change(line, "state", "facts", "changed_at", "due_on", "is_done")
    elif read.files:
        put(line)
    else:
        insert_keyless([line])
    return line, read.files


def _move_clocks(matter: Matter, declared: Mechanism, act: Act, signed: Signed, read: ReadSheet) -> None:
    stopped = {
        clock.key for clock in declared.stopped_by(act.key) if clocks.end(matter, clock.key, on=signed.on)
    }
    for key in act.pauses:
        clocks.pause(matter, key, on=signed.on)
    for key in act.resumes:
        clocks.resume(matter, key, on=signed.on)
    if act.extends:
        _extend(matter, declared, act, signed, read)
    for clock in declared.started_by(act.key):
        clocks.start(matter, clock, on=signed.on, facts=matter.facts)
    clocks.restart_repeating(matter, declared, stopped, on=signed.on, facts=matter.facts)


def _extend(matter: Matter, declared: Mechanism, act: Act, signed: Signed, read: ReadSheet) -> None:
    until = read.facts.get("until")
    extension = Extension(
        int(read.facts.get("days") or 0), f"person:{signed.person_id}", signed.on, signed.reason
    )
    clocks.extend(
        matter, declared.clock(act.extends), extension, until=date.fromisoformat(until) if until else None
    )


def _end_or_go_on(matter: Matter, declared: Mechanism, signed: Signed) -> None:
    if declared.stage(matter.stage).open:
        matter.is_open, matter.closed_on = True, None
    else:
        clocks.stop_all(matter, on=signed.on)
        matter.is_open, matter.closed_on = False, signed.on
    clocks.note_next_due(matter)


def open_linked(
    matter: Matter, declared: Mechanism, signed: Signed, how: Opens, *, unit: Unit | None = None
) -> Matter:
    """Open a matter of another kind from this one and link the two.

    What both kinds ask for under the same key goes along; what is still missing the new matter's own
    first act asks for. Parties with the same role go along too.
    """
    other = mechanism(how.mechanism)
    facts = {one.key: matter.facts[one.key] for one in other.asks if one.key in matter.facts}
    read = ReadSheet(facts, {}, (), {})
    roles = {role.key: role for role in declared.parties}
    named: dict[str, list[Any]] = {}
    for party in matter.parties.filter(until_at=None).select_related("person", "unit"):
        alike = [one for one in other.parties if one.key == party.role and one.kind == roles[party.role].kind]
        if any(not one.anew for one in alike):
            named.setdefault(party.role, []).append(party.person or party.unit)
    by_house = Signed(signed.by, signed.role, signed.at, reason=signed.reason)
    if unit is not None:
        named[how.each_as] = [unit]
    level = other.confidentiality.value
    level = level if how.own_level else strictest(matter.confidentiality, level)
    title = f"{other.term}（{matter.number}）" if how.own_level else matter.title
    done = write_opening(other, by_house, read, named, title=title, owner=matter.owner, confidentiality=level)
    keep_away(matter, done.matter, at=signed.at)
    leading_on.keep_hands_away(matter, done.matter, how.keeps_away, by=signed.person_id, at=signed.at)
    join(matter, done.matter, how.link, at=signed.at)
    return done.matter


def strictest(*levels: str) -> str:
    """Return the level of confidentiality that lets the fewest near."""
    order = [one.value for one in Confidentiality]
    return max((str(one) for one in levels), key=order.index)


def keep_away(source: Matter, target: Matter, *, at: datetime) -> None:
    """Let people and rooms that were kept away from a matter stay away from one that carries it on."""
    there = set(target.recusals.filter(until_at=None).values_list("person_id", "unit_id"))
    RecusalDecision.objects.bulk_create(
        RecusalDecision(
            matter=target,
            person_id=one.person_id,
            unit_id=one.unit_id,
            ground=one.ground,
            decided_by_id=one.decided_by_id,
            at=at,
        )
        for one in source.recusals.filter(until_at=None)
        if (one.person_id, one.unit_id) not in there
    )


def join(source: Matter, target: Matter, kind: str, *, at: datetime) -> MatterLink:
    """Link two matters; the same link again is no change."""
    return MatterLink.objects.get_or_create(
        kind=kind, source=source, target=target, until_at=None, defaults={"since_at": at}
    )[0]
