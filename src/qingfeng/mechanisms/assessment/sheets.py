"""The 100-point assessment as this room reads it: its scheme, who is of a class, settled points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from qingfeng.appraisal.apart import parted_from
from qingfeng.appraisal.points import reviews
from qingfeng.appraisal.points.appeals import recalculate, scorers
from qingfeng.appraisal.points.schemes import in_force
from qingfeng.appraisal.points.tables import YEAR, Part, ScoreSheet
from qingfeng.appraisal.rosters import HEADS, Held, Office, office_on, rated_in
from qingfeng.matters.models import Matter
from qingfeng.matters.today import today
from qingfeng.mechanisms.assessment.fields import OF_PEOPLE, PLATFORM
from qingfeng.organization.models import Person, Unit
from qingfeng.screening.errors import Problem

LIMITS = ("excellent", "competent", "basic")


@dataclass(frozen=True)
class Listed:
    """Somebody for the list: who is assessed or heads what is, the name on the table, the post."""

    person: int
    name: str
    post: str


def same_year(facts: Mapping[str, Any]) -> QuerySet[Matter]:
    """Return the valid assessments of the same year and class that share a room or team, dropped ones apart.

    The rooms and teams are locked until the transaction ends: of two that begin at the same moment the later
    finds the first.

    Args:
        facts: Year, class and units, as they are entered or kept.
    """
    held = Unit.objects.select_for_update(no_key=True).filter(pk__in=facts.get("units") or ())
    list(held.order_by("pk").values_list("pk"))
    year, whose = (str(facts.get(key) or "") for key in ("year", "objects_class"))
    rows = Matter.objects.filter(mechanism="assessment", standing=Matter.Standing.VALID)
    rows = rows.exclude(stage="dropped").filter(facts__objects_class=whose)
    units = {str(one) for one in facts.get("units") or ()}
    met = [
        pk
        for pk, other in rows.values_list("pk", "facts")
        if str(other.get("year")) == year and units & {str(one) for one in other.get("units") or ()}
    ]
    return Matter.objects.filter(pk__in=met)


def is_of_people(matter: Matter) -> bool:
    """Return whether people are assessed, and not rooms and teams."""
    return matter.facts.get("objects_class") in OF_PEOPLE


def last_day(matter: Matter) -> date:
    """Return the day whose posts count: the last one of the year, or today while it lasts."""
    return min(date(int(matter.facts["year"]), 12, 31), today())


def of_class(matter: Matter) -> list[Listed]:
    """Return whoever is of the class in the rooms and teams that were chosen, by the posts of the day."""
    office = office_on(last_day(matter))
    units = [int(one) for one in matter.facts.get("units") or ()]
    if not is_of_people(matter):
        return _of_units(office, units, str(matter.facts["objects_class"]))
    found = [one for one in rated_in(office, units) if one.level == matter.facts["objects_class"]]
    people = Person.objects.in_bulk([one.person for one in found])
    ordered = sorted(found, key=lambda one: people[one.person].number)
    return [Listed(one.person, people[one.person].name, _post(office, one)) for one in ordered]


def _of_units(office: Office, units: list[int], kind: str) -> list[Listed]:
    found = []
    for key in units:
        unit = office.units.get(key)
        head = next((one for one in office.of_unit(key) if HEADS in one.roles), None)
        if unit is not None and unit.kind == kind and head is not None:
            found.append(Listed(head.person, unit.short_name or unit.name, head.title))
    return found


def _post(office: Office, held: Held) -> str:
    unit = office.units[held.unit]
    return f"{unit.short_name or unit.name} {held.title}"


def fits(matter: Matter, given: Mapping[str, Any]) -> bool:
    """Return whether a scheme of the year is in force and says the same quota and limits as the method."""
    scheme = in_force(int(matter.facts["year"]))
    if scheme is None:
        return False
    if str(given.get("quota") or "") != str(scheme.quota):
        return False
    return all(
        Decimal(str(given.get(f"limit_{key}") or 0)) == Decimal(str(scheme.limits.get(key, 0)))
        for key in LIMITS
    )


def _sheets(matter: Matter) -> QuerySet[ScoreSheet]:
    return ScoreSheet.objects.filter(
        scheme=in_force(int(matter.facts["year"])), kind=str(matter.facts["objects_class"])
    )


def _by_line(matter: Matter) -> dict[str, ScoreSheet | None]:
    """Return the sheet of each line of the list, by its number; None where there is none."""
    rows = list(_sheets(matter).select_related("unit"))
    people = {one.person_id: one for one in rows if one.person_id}
    units = {name: one for one in rows if not one.person_id for name in (one.unit.short_name, one.unit.name)}
    lines = matter.lines.filter(ledger="objects").exclude(state="struck")
    if is_of_people(matter):
        return {str(one.no): people.get(int(one.facts["object"])) for one in lines}
    return {str(one.no): units.get(one.facts["object_name"]) for one in lines}


def without_statement(matter: Matter) -> int:
    """Return of how many, who have to, the sheet holds no statement of the year and no reason for it."""
    if matter.facts.get("points_from") != PLATFORM:
        return 0
    owed = {str(one.no) for one in matter.lines.filter(ledger="objects", state="listed")}
    there = {no: one for no, one in _by_line(matter).items() if no in owed}
    said = Part.objects.filter(sheet__in=[one for one in there.values() if one], period=YEAR)
    whose = {one.sheet_id for one in said if one.handed_on or one.unsaid_because}
    return sum(one is None or one.pk not in whose for one in there.values())


def settled(matter: Matter) -> tuple[dict[str, dict[str, Any]], int]:
    """Return a line of the table of grades for each line of the list, and how many sheets are not settled.

    Who gets no grade this year needs no settled sheet.
    """
    names = {str(one.no): one for one in matter.lines.filter(ledger="objects").exclude(state="struck")}
    found: dict[str, dict[str, Any]] = {}
    missing = 0
    for no, sheet in _by_line(matter).items():
        newest = sheet.settled.order_by("version").last() if sheet else None
        if newest is None and names[no].state != "special":
            missing += 1
            continue
        told = newest.total if newest else {"value": "0", "vetoes": []}
        found[no] = {
            "graded_no": int(no),
            "graded": names[no].facts["object_name"],
            "total": str(told["value"]),
            "points_version": newest.version if newest else 0,
            "vetoed": bool(told["vetoes"]),
            "proposed": "",
            "grade": "",
        }
    return found, missing


def who_gave_points(matter: Matter) -> set[int]:
    """Return who had a hand in the points of those on the list."""
    if matter.facts.get("points_from") != PLATFORM:
        return set()
    return {person for one in _by_line(matter).values() if one for person in scorers(one)}


def anew(
    matter: Matter, grade: Mapping[str, Any], appeal: Mapping[str, Any], *, by: int, second: int | None = None
) -> dict[str, Any]:
    """Return points and version after an appeal that was upheld.

    Of a sheet here its newest version where it was recalculated already, else a new one, decided by the
    examiners who answered; on paper what the examiners found.

    Args:
        matter: The assessment.
        grade: Facts of the line of the table of grades.
        appeal: Facts of the appeal.
        by: The examiner who answered.
        second: The examiner who signed the answer with them.

    Raises:
        Problem: If the sheet cannot be recalculated, or two have not signed what its examiners put down.
    """
    sheet = (
        _by_line(matter).get(str(grade["graded_no"])) if matter.facts.get("points_from") == PLATFORM else None
    )
    if sheet is not None:
        if reviews.open_of(sheet) is not None:
            raise Problem(_("Two have not signed yet what changes on the sheet."))
        if sheet.version <= int(grade.get("points_version") or 0):
            recalculate(sheet, because=str(appeal["appeal_answer"]), by=by, second=second)
        newest = sheet.settled.get(version=sheet.version)
        told = newest.total
        return {"total": str(told["value"]), "vetoed": bool(told["vetoes"]), "points_version": sheet.version}
    given = appeal.get("appeal_total")
    total = given if given not in (None, "") else grade.get("total")
    return {"total": total, "points_version": int(grade.get("points_version") or 1) + 1}


def who_answered(matter: Matter, no: int) -> tuple[int, int | None]:
    """Return the examiner who answered the appeal of a number, and the one who signed as the second.

    Raises:
        Problem: If nobody has answered it.
    """
    for one in matter.story.filter(act="answer_appeal", undone_by=None).order_by("-no"):
        if one.by_id and ["appeals", no] in [line[:2] for line in one.entered.get("lines", ())]:
            return int(one.by_id), one.second_id
    raise Problem(_("Nobody has answered the appeal."))


def barred(matter: Matter) -> set[int]:
    """Return who examines none of the appeals that wait: who made one, or is parted from who did (回避)."""
    waiting = matter.lines.filter(ledger="appeals", state="filed")
    whose = {int(one.facts["appellant"]) for one in waiting}
    return whose | parted_from(whose, today())


def value_of(result: Mapping[str, Any]) -> str:
    """Return what a round of evaluation gave somebody, with its interval and count; "" for nothing."""
    if "value" not in result:
        return ""
    if "low" not in result:
        return _("%(value)s, taken over from elsewhere") % {"value": result["value"]}
    return _("%(value)s (%(low)s to %(high)s, %(count)s ballots)") % {
        "value": result["value"],
        "low": result["low"],
        "high": result["high"],
        "count": result.get("ballots", 0),
    }
