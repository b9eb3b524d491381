"""What a letter says of its rules and days; the kind of matter is a word here, for rooms lie above."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from qingfeng.matters.models import LedgerLine, Matter, MatterFile, Party
from qingfeng.matters.registry import mechanism
from qingfeng.organization.models import Unit

KIND = "recommendation"
HEAR, RECUR = "hear_records", "recur"
LEDGER = "records"
TOLERANCE = 30  # percent, where the letter does not say


@dataclass(frozen=True)
class LetterFacts:
    """What a letter says that records can be asked about.

    Attributes:
        unit: The receiving unit; None where no one unit is named.
        rules: Rules that show its problems; may be empty.
        neighbours: Rules into which the spending could move.
        tolerance: Share of the expected findings that may remain, 0 to 1.
        trigger_from: First day of what gave rise to the letter, or None.
        trigger_until: Last day of it, inclusive, or None.
        written_on: Civil date of service, or of opening: what lies after it is no "before".
        mend_by: Civil date by which the unit was to mend; None before it is set.
        came_back_on: Civil date on which the rule fired again after the letter was struck off, as long as no
            later day of correction is set; or None.
    """

    unit: Unit | None
    rules: tuple[str, ...]
    neighbours: tuple[str, ...]
    tolerance: float
    trigger_from: date | None
    trigger_until: date | None
    written_on: date
    mend_by: date | None
    came_back_on: date | None = None


def facts_of(matter: Matter) -> LetterFacts:
    """Return what a letter says."""
    return all_facts([matter])[matter.pk]


def all_facts(matters: Iterable[Matter]) -> dict[int, LetterFacts]:
    """Return what letters say, by their keys; one query for all."""
    matters = list(matters)
    units: dict[int, list[Unit]] = {one.pk: [] for one in matters}
    rows = Party.objects.filter(role="unit", until_at=None, matter__in=units).select_related("unit")
    for row in rows.order_by("pk"):
        if row.unit is not None:
            units[row.matter_id].append(row.unit)
    return {one.pk: _facts(one, units[one.pk]) for one in matters}


def _facts(matter: Matter, units: list[Unit]) -> LetterFacts:
    facts = matter.facts
    rules = _listed(facts.get("rules"))
    tolerance = facts.get("tolerance")
    mend_by, back = _day(facts.get("mend_by")), _day(facts.get("recurred_on"))
    return LetterFacts(
        unit=units[0] if len(units) == 1 else None,
        rules=rules,
        neighbours=tuple(one for one in _listed(facts.get("neighbours")) if one not in rules),
        tolerance=(TOLERANCE if tolerance is None else int(tolerance)) / 100,
        trigger_from=_day(facts.get("trigger_from")),
        trigger_until=_day(facts.get("trigger_until")),
        written_on=_day(facts.get("served_on")) or matter.opened_on,
        mend_by=mend_by,
        came_back_on=back if back and (mend_by is None or mend_by <= back) else None,
    )


def open_letters() -> Iterator[Matter]:
    """Yield the letters that stand in a stage in which the records are heard, in the order of opening."""
    return _standing_for(HEAR)


def struck_off_letters() -> Iterator[Matter]:
    """Yield the letters that were struck off and could be reopened."""
    return _standing_for(RECUR)


def may_hear(matter: Matter) -> bool:
    """Return whether the records are heard on a matter as it stands."""
    return matter.mechanism == KIND and _may(matter, HEAR)


def _standing_for(act: str) -> Iterator[Matter]:
    rows = Matter.objects.filter(mechanism=KIND, standing=Matter.Standing.VALID).order_by("opened_at", "pk")
    return (one for one in rows if _may(one, act))


def _may(matter: Matter, key: str) -> bool:
    try:
        declared = mechanism(matter.mechanism, matter.version)
        return declared.is_from(declared.act(key), matter.stage)
    except KeyError:  # an older version of the mechanism, or a house without it
        return False


def _listed(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list | tuple) else ()


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None


def papers_are_complete(matter: Matter) -> bool:
    """Return whether every measure of the unit is reported as done with its papers (for 纸面整改)."""
    return matter.pk in with_complete_papers([matter])


def with_complete_papers(matters: Iterable[Matter]) -> set[int]:
    """Return the keys of letters of which that holds; two queries for all."""
    lines = LedgerLine.objects.filter(ledger="items", matter__in=[one.pk for one in matters])
    standing = list(lines.exclude(state="struck").values_list("matter", "pk", "state"))
    kept = MatterFile.objects.filter(line__in=[pk for _matter, pk, _state in standing])
    proved = set(kept.values_list("line_id", flat=True))
    lacking = {matter for matter, pk, state in standing if state != "done" or pk not in proved}
    return {matter for matter, _pk, _state in standing} - lacking
