"""What is wrong with each row: against the register, and against the other rows of the file."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from qingfeng.organization.models import Person, Post, PostRole, Unit
from qingfeng.organization.roles import ROLES, clashes, unknown
from qingfeng.organization.workbook.columns import (
    KIND_TERMS,
    LEVEL_TERMS,
    PEOPLE,
    POSTS,
    SHEETS,
    UNITS,
    YES_NO,
)

if TYPE_CHECKING:
    from qingfeng.organization.workbook.reading import Row

ROLE_TERMS = {role.term: role.key for role in ROLES.values()} | {key: key for key in ROLES}
SEPARATORS = re.compile(r"[、,，;；\s]+")
Period = tuple[date, date | None]


def check(rows: list[Row]) -> list[Row]:
    """Fill in `action` and `problems` of every row and return the rows; reads, never writes.

    A row that needs a rejected row is rejected too. A row that says what is on record already is
    `same`; one that contradicts the record is rejected: a change is made on the page of what changes.
    """
    for row in rows:
        row.problems = [
            _("%(header)s is empty.") % {"header": column.header}
            for column in SHEETS[row.sheet]
            if column.is_needed and not row.values.get(column.key)
        ]
        row.action = "add"
    _check_units([row for row in rows if row.sheet == UNITS])
    _check_people([row for row in rows if row.sheet == PEOPLE])
    _check_posts([row for row in rows if row.sheet == POSTS], rows)
    for row in rows:
        if row.problems:
            row.action = "rejected"
    return rows


def split(text: str) -> list[str]:
    """Return the parts of a cell that lists several."""
    return [part for part in SEPARATORS.split(text) if part]


def day_of(text: str) -> date | None:
    """Return a civil date, or None for what is none: 2026-1-4, 2026/1/4, 2026.1.4, 2026年1月4日."""
    parts = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text.strip())
    try:
        return date(*map(int, parts.groups())) if parts else None
    except ValueError:
        return None


def _twice(rows: list[Row], key: str, header: str) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        value = row.values.get(key)
        if value and value in seen:
            told = {"header": header, "row": seen[value]}
            row.problems.append(_("%(header)s stands in row %(row)s already.") % told)
        elif value:
            seen[value] = row.number


def _word(row: Row, key: str, words: dict[str, Any], header: str) -> None:
    value = row.values.get(key, "")
    if value and value not in words:
        told = {"header": header, "words": "、".join(word for word in words if word)}
        row.problems.append(_("%(header)s is one of %(words)s.") % told)


def _check_units(rows: list[Row]) -> None:
    _twice(rows, "name", "单位名称")
    _twice(rows, "credit_code", "统一社会信用代码")
    known = {unit.name: unit for unit in Unit.objects.select_related("parent")}
    codes = {unit.credit_code: unit.name for unit in known.values() if unit.credit_code}
    for row in rows:
        _word(row, "kind", KIND_TERMS, "类别")
        _word(row, "level", LEVEL_TERMS, "层级")
        _word(row, "is_ours", YES_NO, "本机关")
        code, name = row.values.get("credit_code", ""), row.values.get("name", "")
        if len(code) not in (0, 18):
            row.problems.append(_("A credit code has 18 characters."))
        if code in codes and codes[code] != name:
            row.problems.append(_("%(unit)s has this credit code.") % {"unit": codes[code]})
        if unit := known.get(name):
            row.action = "same"
            if unit.kind != KIND_TERMS.get(row.values.get("kind", "")) or _above(unit) != row.values.get(
                "parent", ""
            ):
                row.problems.append(_("This unit is on record with another kind or another unit above it."))
    _check_parents(rows, set(known))


def _above(unit: Unit) -> str:
    return unit.parent.name if unit.parent else ""


def _check_parents(rows: list[Row], known: set[str]) -> None:
    """Reject, until nothing changes, what stands below or is overseen by what is nowhere."""
    while True:
        placed = set(known)
        waiting = [row for row in rows if not row.problems and row.values["name"] not in known]
        while ready := [row for row in waiting if row.values.get("parent", "") in placed | {""}]:
            placed |= {row.values["name"] for row in ready}
            waiting = [row for row in waiting if row not in ready]
        for row in waiting:
            told = {"unit": row.values["parent"]}
            row.problems.append(_("The unit above, %(unit)s, is not on record and not accepted here.") % told)
        lost = [
            row for row in rows if not row.problems and row.values.get("overseen_by", "") not in placed | {""}
        ]
        for row in lost:
            told = {"unit": row.values["overseen_by"]}
            row.problems.append(_("The unit %(unit)s is not on record and not accepted here.") % told)
        if not lost:
            return


def _check_people(rows: list[Row]) -> None:
    _twice(rows, "number", "工号")
    _twice(rows, "id_hash", "身份证号")
    known = {person.number: person for person in Person.objects.all()}
    hashes = {person.id_hash: person.number for person in known.values() if person.id_hash}
    for row in rows:
        number, id_hash = row.values.get("number", ""), row.values.get("id_hash", "")
        if id_hash in hashes and hashes[id_hash] != number:
            told = {"number": hashes[id_hash]}
            row.problems.append(_("This ID number is on record for person number %(number)s.") % told)
        if person := known.get(number):
            row.action = "same"
            if person.name != row.values.get("name") or (
                id_hash and person.id_hash and id_hash != person.id_hash
            ):
                row.problems.append(_("This person number is on record for somebody else."))


def _check_posts(rows: list[Row], every: list[Row]) -> None:
    people = set(Person.objects.values_list("number", flat=True))
    people |= {row.values["number"] for row in every if row.sheet == PEOPLE and not row.problems}
    closed = dict(Unit.objects.values_list("name", "closed_on"))
    units = set(closed) | {row.values["name"] for row in every if row.sheet == UNITS and not row.problems}
    recorded = {
        (post.person.number, post.unit.name, post.title, post.from_on.isoformat())
        for post in Post.objects.select_related("person", "unit")
    }
    held = _roles_held()
    for row in rows:
        values = row.values
        _word(row, "is_second", YES_NO, "兼任")
        if values.get("number") and values["number"] not in people:
            row.problems.append(_("This person number is not on record and not accepted here."))
        if values.get("unit") and values["unit"] not in units:
            row.problems.append(
                _("The unit %(unit)s is not on record and not accepted here.") % {"unit": values["unit"]}
            )
        period = _period(row, closed.get(values.get("unit", "")))
        roles = _roles(row)
        if period and not row.problems:
            key = (values["number"], values["unit"], values["title"], period[0].isoformat())
            row.action = "same" if key in recorded else "add"
            if row.action == "add":
                recorded.add(key)
                _check_roles(row, roles, period, held)


def _period(row: Row, closed_on: date | None) -> Period | None:
    first, last = day_of(row.values.get("from_on", "")), day_of(row.values.get("until_on", ""))
    if row.values.get("from_on") and first is None:
        row.problems.append(_("%(header)s is no date.") % {"header": "任职日期"})
    if row.values.get("until_on") and last is None:
        row.problems.append(_("%(header)s is no date.") % {"header": "免职日期"})
    if first and last and last < first:
        row.problems.append(_("A post ends on the day it begins or later."))
    if closed_on and first and (last is None or last >= closed_on):
        row.problems.append(_("The unit is closed by then."))
    return (first, last) if first else None


def _roles(row: Row) -> list[str]:
    terms = split(row.values.get("roles", ""))
    strange = [term for term in terms if term not in ROLE_TERMS or unknown([ROLE_TERMS[term]])]
    if strange:
        row.problems.append(_("There is no role %(role)s.") % {"role": "、".join(strange)})
    return [ROLE_TERMS[term] for term in terms if term not in strange]


def _roles_held() -> dict[str, list[tuple[str, Period]]]:
    held: dict[str, list[tuple[str, Period]]] = {}
    for given in PostRole.objects.select_related("post__person"):
        held.setdefault(given.post.person.number, []).append((given.role, (given.from_on, given.until_on)))
    return held


def _check_roles(
    row: Row, roles: list[str], period: Period, held: dict[str, list[tuple[str, Period]]]
) -> None:
    mine = held.setdefault(row.values["number"], [])
    together = {role for role, other in mine if _meet(period, other)} | set(roles)
    if met := clashes(together):
        pairs = "; ".join(f"{ROLES[one].term} × {ROLES[two].term}" for one, two in met)
        row.problems.append(_("These roles may never meet in one person: %(pairs)s.") % {"pairs": pairs})
    else:
        mine.extend((role, period) for role in roles)


def _meet(one: Period, two: Period) -> bool:
    return (one[1] is None or two[0] <= one[1]) and (two[1] is None or one[0] <= two[1])
