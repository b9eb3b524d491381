"""What the lines of an assessment come to: who is graded, what is proposed, what is wrong. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from qingfeng.appraisal.points.grades import (
    EXCELLENT,
    UNDETERMINED,
    Assigned,
    Limits,
    Standing,
    assign,
    wrong,
)
from qingfeng.matters.snapshot import Line, Snapshot

ROUND, COUNTED = "take_round", "count_votes"


def people(seen: Snapshot) -> list[Line]:
    """Return the lines of who is assessed; those struck are not among them."""
    return [one for one in seen.lines("objects") if one.state != "struck"]


def limits(facts: Mapping[str, Any]) -> Limits:
    """Return the limits that the method has set."""
    return Limits(
        *(Decimal(str(facts.get(f"limit_{key}") or 0)) for key in ("excellent", "competent", "basic"))
    )


def quota(facts: Mapping[str, Any]) -> Fraction:
    """Return the share that may be excellent."""
    return Fraction(int(facts.get("quota") or 0), 100)


def as_they_will_be(seen: Snapshot) -> dict[str, Mapping[str, Any]]:
    """Return the facts of the table of grades by number of who is graded, as the act at hand leaves them."""
    there = {str(one.facts.get("graded_no")): one.facts for one in seen.lines("grades")}
    return there | {str(one.get("graded_no")): one for one in seen.entered.get("grades") or ()}


def standings(objects: Iterable[Line], graded: Mapping[str, Mapping[str, Any]]) -> list[Standing]:
    """Return who is graded, with points and vetoes, by number of their line."""
    rows = [(str(one.no), one) for one in objects]
    return [
        Standing(no, Decimal(str(graded[no].get("total") or 0)), bool(graded[no].get("vetoed")),
                 one.state == "special")
        for no, one in rows
        if no in graded
    ]  # fmt: skip


def proposed(facts: Mapping[str, Any], rows: list[Standing]) -> Assigned:
    """Return what the points propose under the method of the year."""
    return assign(rows, quota=quota(facts), limits=limits(facts))


def amiss(seen: Snapshot) -> dict[str, tuple[str, ...]]:
    """Return what is wrong with the grades as the act at hand leaves them, by kind, with numbers of lines."""
    graded = as_they_will_be(seen)
    rows = standings(people(seen), graded)
    chosen = {one.subject: str(graded[one.subject].get("grade") or "") for one in rows}
    return wrong(rows, chosen, quota=quota(seen.facts), limits=limits(seen.facts))


def is_complete(seen: Snapshot) -> bool:
    """Return whether everybody stands on the table of grades, once each."""
    counted = Counter(str(one.facts.get("graded_no")) for one in seen.lines("grades"))
    return bool(people(seen)) and counted == Counter(str(one.no) for one in people(seen))


def unreasoned(seen: Snapshot) -> list[str]:
    """Return who has another grade than points propose, or one chosen among equals, without a reason."""
    graded = as_they_will_be(seen)
    found = proposed(seen.facts, standings(people(seen), graded))
    return [
        no
        for no, grade in found.grades.items()
        if (graded[no].get("grade") or grade) != grade and not graded[no].get("grade_why")
    ]


def newest_results(lines: Iterable[Line]) -> dict[str, Line]:
    """Return the result that was told last for each line of the table of grades."""
    return {str(one.facts.get("told_no")): one for one in lines if one.state != "replaced"}


def differs(result: Line | None, grade: Line) -> bool:
    """Return whether what was told is no longer what stands; who gets no grade is told no points."""
    if result is None:
        return True
    now, told = str(grade.facts.get("grade") or ""), str(result.facts.get("told_grade") or "")
    if now != told or now == UNDETERMINED:
        return now != told
    return _points(grade.facts.get("total")) != _points(result.facts.get("told_total"))


def _points(value: Any) -> Decimal:
    return Decimal(str(value or 0))


def untold(seen: Snapshot) -> list[str]:
    """Return numbers of the lines of grades of which something else was told than stands now."""
    told = newest_results(seen.lines("results"))
    return [str(one.no) for one in seen.lines("grades") if differs(told.get(str(one.no)), one)]


def to_post(posted: Iterable[Line], table: Iterable[Line]) -> list[tuple[Line | None, Line]]:
    """Return whoever is posted otherwise than the table says now: what was posted, line of the table."""
    said = {str(one.facts.get("posted_no")): one for one in posted if one.state == "posted"}
    found = []
    for grade in table:
        before = said.get(str(grade.no))
        was = before is not None and before.facts.get("posted_grade") == EXCELLENT
        if was != (grade.facts.get("grade") == EXCELLENT):
            found.append((before, grade))
    return found


def unsigned(seen: Snapshot) -> list[int]:
    """Return the numbers of results that nobody handed over and whose person did not say they read them."""
    read = {(str(one.by), one.at.date().isoformat()) for one in seen.done if one.act == "sign_for"}
    return [one.no for one in seen.lines("results") if one.state == "told" and not _is_read(one, read)]


def _is_read(result: Line, read: set[tuple[str, str]]) -> bool:
    person, told_on = str(result.facts.get("told_person")), str(result.facts.get("told_on"))
    return any(by == person and on >= told_on for by, on in read)
