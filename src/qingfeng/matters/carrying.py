"""What goes along when matters are merged or split: lines, parties, subjects, clocks with their workings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qingfeng.matters import naming
from qingfeng.matters.models import ClockRun, LedgerLine, Matter, MatterLink, Party, Performance
from qingfeng.matters.numbers import next_number
from qingfeng.matters.story import Signed
from qingfeng.matters.vocabulary import OPEN, Mechanism

SPLIT_OFF, BY_HOUSE = "kernel.split_off", "by_house"


def take_subjects(locked: Matter, target: Matter, signed: Signed) -> None:
    """Let the matter that takes another in be about the same persons and units too: they bind its people."""
    there = set(target.parties.filter(until_at=None).values_list("role", "person_id", "unit_id"))
    subjects = locked.parties.filter(until_at=None, is_subject=True)
    _name(target, [one for one in subjects if (one.role, one.person_id, one.unit_id) not in there], signed)


def _name(target: Matter, parties: Iterable[Party], signed: Signed) -> None:
    Party.objects.bulk_create(
        Party(
            matter=target,
            role=one.role,
            person_id=one.person_id,
            unit_id=one.unit_id,
            is_subject=one.is_subject,
            since_at=signed.at,
            told_at=naming.told_since(target, one.role, signed.at),
        )
        for one in parties
    )


def copy_line(line: LedgerLine, target: Matter) -> None:
    """Write a ledger line again at the end of the same ledger of another matter."""
    no = target.lines.filter(ledger=line.ledger).count() + 1
    LedgerLine.objects.create(
        matter=target,
        ledger=line.ledger,
        no=no,
        state=line.state,
        facts=line.facts,
        due_on=line.due_on,
        is_done=line.is_done,
        entered_at=line.entered_at,
        changed_at=line.changed_at,
    )


def twin(locked: Matter, declared: Mechanism, title: str, signed: Signed) -> Matter:
    """Open a matter like another: stage, facts, parties, and running clocks with their workings."""
    number, slug = next_number(declared, signed.on)
    new = Matter.objects.create(
        mechanism=locked.mechanism,
        version=locked.version,
        number=number,
        slug=slug,
        title=title,
        stage=locked.stage,
        confidentiality=locked.confidentiality,
        owner=locked.owner,
        opened_on=signed.on,
        opened_at=signed.at,
        opened_by_id=signed.person_id,
        facts=locked.facts,
        due_on=locked.due_on,
    )
    _name(new, locked.parties.filter(until_at=None), signed)
    ClockRun.objects.bulk_create(
        ClockRun(
            matter=new,
            key=one.key,
            state=one.state,
            started_on=one.started_on,
            due_on=one.due_on,
            working=one.working,
            earlier=one.earlier,
        )
        for one in locked.clocks.exclude(state=ClockRun.State.STOPPED)
    )
    return new


def split_from(matter: Matter) -> Matter | None:
    """Return what a matter was split from."""
    found = MatterLink.objects.filter(source=matter, kind="split_from").select_related("target").first()
    return found.target if found else None


def came_by_itself(matter: Matter) -> bool:
    """Return whether the house opened a matter, or what it was split from, and no person.

    What was split off before its story said so (`by_house`) is asked for what it was split from.
    """
    first = matter.story.order_by("no").first()
    if first is None or first.act == OPEN:
        return first is not None and first.by_id is None
    above = split_from(matter) if BY_HOUSE not in first.entered else None
    return bool(first.entered.get(BY_HOUSE)) if above is None else came_by_itself(above)


def began(pk: int, entered: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what was entered when a matter was split off, with `by_house` where it did not say so yet."""
    if BY_HOUSE in entered:
        return entered
    matter = Performance.objects.select_related("matter").get(pk=pk).matter
    return {**entered, BY_HOUSE: came_by_itself(matter)}
