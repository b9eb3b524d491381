"""Who plays which part: naming, eligibility, and recusal at every assignment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfeng.journal.straight import change, insert
from qingfeng.matters import at_hand
from qingfeng.matters.answers import Refusal
from qingfeng.matters.models import Matter, Party
from qingfeng.matters.registry import every_version
from qingfeng.matters.vocabulary import Law, Mechanism, Role
from qingfeng.organization.conflicts import GROUNDS, Ground, Subjects, grounds
from qingfeng.organization.models import Person, Unit
from qingfeng.organization.viewer import posts_on

Named = Mapping[str, Iterable[Person | Unit | int]]


def resolved(mechanism: Mechanism, named: Named) -> dict[str, list[Person | Unit]] | Refusal:
    """Return named parties as rows, or a refusal that says which part is wrong.

    Args:
        mechanism: Declaration.
        named: Role key → persons or units, as rows or ids.
    """
    found: dict[str, list[Person | Unit]] = {}
    for key, given in named.items():
        role = mechanism.role(key)
        model = Unit if role.kind == "unit" else Person
        held = [one for one in given if one not in (None, "")]
        ids = list(dict.fromkeys(getattr(one, "pk", one) for one in held))
        rows = {one.pk: one for one in held if isinstance(one, model)}
        if len(rows) != len(ids):  # a page gives numbers
            rows = {row.pk: row for row in model.objects.filter(pk__in=ids)}
        if len(rows) != len(ids):
            return Refusal("facts", _("Choose from the list."), errors={key: (_("Choose from the list."),)})
        found[key] = [rows[one] for one in ids]
        problem = _number(role, len(ids))
        if problem:
            return Refusal("facts", problem, errors={key: (problem,)})
    return found


def _number(role: Role, given: int) -> str:
    if given < role.least:
        return ngettext(
            "%(role)s: name at least %(least)s.", "%(role)s: name at least %(least)s.", role.least
        ) % {"role": role.name, "least": role.least}
    if role.most is not None and given > role.most:
        return ngettext("%(role)s: name at most %(most)s.", "%(role)s: name at most %(most)s.", role.most) % {
            "role": role.name,
            "most": role.most,
        }
    return ""


RECUSAL_LAW = (Law("监察法", "Art. 67"), Law("信访工作条例", "Art. 28"))


def conflict(
    matter: Matter | None, mechanism: Mechanism, named: Mapping[str, list[Person | Unit]]
) -> Refusal | None:
    """Return a refusal if somebody who is named must be recused, else None.

    Whoever acts for a unit that the matter is about is not asked: only persons of our own part are.

    Law:
        监察法 Art. 67; 信访工作条例 Art. 28
    """
    about = subjects(matter, mechanism, named)
    on = timezone.localdate()
    for key, rows in named.items():
        role = mechanism.role(key)
        if role.subject:
            continue
        if role.kind == "unit":
            if away := [one for one in rows if matter and at_hand.of(matter).is_kept_away(one)]:
                said = _("%(unit)s is kept away from this matter: name another office.") % {"unit": away[0]}
                return Refusal("recusal", said, RECUSAL_LAW, errors={key: (said,)})
            continue
        for person in rows:
            why = _why(matter, person, about, on)
            if why:
                said = _("%(person)s cannot be named as %(role)s: %(why)s. Name somebody else.") % {
                    "person": person,
                    "role": role.name,
                    "why": why,
                }
                return Refusal("recusal", said, RECUSAL_LAW, errors={key: (said,)})
    return None


def _why(matter: Matter | None, person: Any, about: Subjects, on: date) -> str:
    found = [one for one in grounds(person, about, on=on) if one.is_certain]
    if found:
        return words_of(found[0])
    decided = matter and at_hand.of(matter).recused_by_decision(
        person.pk, lambda: posts_on([person.pk], on).get(person.pk, ())
    )
    return _("recused by decision") if decided else ""


def words_of(ground: Ground) -> str:
    """Return a ground for recusal in words."""
    return _(GROUNDS[ground.ground])


def subjects(
    matter: Matter | None, mechanism: Mechanism, named: Mapping[str, list[Person | Unit]]
) -> Subjects:
    """Return the units and persons that a matter is about, those about to be named included."""
    units: set[int] = set()
    persons: set[int] = set()
    if matter is not None:
        held = [one for one in at_hand.of(matter).parties() if one.is_subject]
        units |= {one.unit_id for one in held if one.unit_id}
        persons |= {one.person_id for one in held if one.person_id}
    for key, rows in named.items():
        role = mechanism.role(key)
        if role.subject:
            (units if role.kind == "unit" else persons).update(row.pk for row in rows)
    return Subjects(frozenset(units), frozenset(persons))


def write_parties(
    matter: Matter, mechanism: Mechanism, named: Mapping[str, list[Person | Unit]], *, at: datetime
) -> None:
    """Give roles to those who are named; whoever had them and is not named again leaves them."""
    reading = at_hand.of(matter)
    left, fresh = list[Party](), list[Party]()
    for key, rows in named.items():
        role = mechanism.role(key)
        column = "unit" if role.kind == "unit" else "person"
        there = {getattr(one, f"{column}_id"): one for one in reading.parties() if one.role == key}
        wanted = {row.pk: row for row in rows}
        for gone in set(there) - set(wanted):
            there[gone].until_at = at
            change(there[gone], "until_at")
            left.append(there[gone])
        told = {"told_at": told_since(matter, key, at), "is_subject": role.subject}
        fresh += [
            Party(matter=matter, role=key, since_at=at, **told, **{column: row})
            for pk, row in wanted.items()
            if pk not in there
        ]
    insert(fresh)
    reading.parties_changed(left, fresh)


def told_since(matter: Matter, role: str, at: datetime) -> datetime | None:
    """Return since when somebody who is given a role now knows of the matter; None while nobody was told.

    Args:
        matter: The matter, with its story up to now.
        role: Key of the role.
        at: When it is given.
    """
    acts = told_by(matter.mechanism, role)
    if not acts:
        return at
    return min((when for *_, act, when in at_hand.of(matter).story() if act in acts), default=None)


def tell_units(matter: Matter, act: str, *, at: datetime) -> None:
    """Let units know of a matter by an act, where it is one of those by which their role learns of it."""
    for one in at_hand.of(matter).parties():
        if one.told_at is None and act in told_by(matter.mechanism, one.role):
            one.told_at = at
            change(one, "told_at")


def told_by(kind: str, role: str) -> frozenset[str]:
    """Return the acts by which a unit in a role learns of a matter, in any version of its declaration."""
    held = (part for one in every_version() if one.key == kind for part in one.parties if part.key == role)
    return frozenset(act for part in held for act in part.told_by)
