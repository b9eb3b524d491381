"""Names in leads to units and persons on record: exactly one, or nobody.

A unit is known by its name, by its short name and by its other names. A name that fits several units,
or none, gives no unit: such leads are listed (`unmatched_units`), so that somebody adds the missing
name to the right unit; nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Count

from qingfeng.findings.models import Lead
from qingfeng.organization.models import Person, Post, Unit
from qingfeng.screening.leads.wording import NAMING

_LAST4 = re.compile(r"·([0-9Xx*]{4})$")
_BETWEEN = re.compile(r"[、,，;；\s]+")
NAME_MOST = 40  # longer words in a fact of names are no name


@dataclass(frozen=True)
class Named:
    """A person as a lead's subject names them.

    Attributes:
        unit: Unit of the register of people, as the lead spells it.
        name: The name, with its own middle dots.
        last4: Last four characters of the ID number, or "".
    """

    unit: str
    name: str
    last4: str = ""


@dataclass(frozen=True)
class Unmatched:
    """A name of a unit that leads have and no one unit on record has.

    Attributes:
        name: As the records spell it.
        leads: Current leads under it.
        why: `none` where no unit has the name, `several` where more than one has.
    """

    name: str
    leads: int
    why: Literal["none", "several"]


def folded(name: str) -> str:
    """Return a name as it is compared: full-width folded, no white space."""
    return "".join(unicodedata.normalize("NFKC", name).split())


class Units:
    """Units on record by every name they go by; read once, for many leads."""

    def __init__(self) -> None:
        self._full: dict[str, set[int]] = defaultdict(set)
        self._other: dict[str, set[int]] = defaultdict(set)
        for key, name, short, aliases in Unit.objects.values_list("pk", "name", "short_name", "aliases"):
            self._full[folded(name)].add(key)
            for one in (short, *aliases):
                if one:
                    self._other[folded(str(one))].add(key)

    def candidates(self, name: str) -> frozenset[int]:
        """Return keys of the units that go by a name; the one whose full name it is stands alone."""
        wanted = folded(name)
        return frozenset(self._full.get(wanted) or self._other.get(wanted) or ())

    def find(self, name: str) -> int | None:
        """Return the key of the one unit that goes by a name, or None."""
        found = self.candidates(name) if name else frozenset()
        return next(iter(found)) if len(found) == 1 else None


def person_of(key: str, unit: str) -> Named:
    """Return a person out of a lead's subject key: unit·name·last four.

    Args:
        key: The subject key.
        unit: The lead's unit, with which the key mostly begins; a name may have dots of its own.
    """
    end = _LAST4.search(key)
    rest = key[: end.start()] if end else key
    here, dot, name = (
        (unit, "·", rest[len(unit) + 1 :]) if unit and rest.startswith(f"{unit}·") else ("",) * 3
    )
    if not dot:
        here, dot, name = rest.partition("·")
    return Named(here, name, end[1].upper() if end else "") if dot else Named("", rest)


def names_in(findings: Iterable[Mapping[str, Any]], also: str = "") -> str:
    """Return every name that findings say of people, as "、甲、乙、", or "" for none.

    Args:
        findings: Of a lead, as `leads.jsonl` has them.
        also: The subject's own name, if it is a person.
    """
    found = {also} if also else set()
    for finding in findings:
        for fact in NAMING & finding["facts"].keys():
            told = finding["facts"][fact] or ""
            found |= {part for part in _BETWEEN.split(str(told)) if 0 < len(part) <= NAME_MOST}
    return f"、{'、'.join(sorted(found))}、" if found else ""


def match_persons(wanted: Iterable[Named], units: Units) -> dict[Named, int]:
    """Return the one person on record for each that is named, where exactly one fits.

    The last four characters of the ID number decide where both sides have them; otherwise the unit does.
    """
    wanted = set(wanted)
    by_name: dict[str, list[tuple[int, str]]] = defaultdict(list)
    rows = Person.objects.filter(name__in={one.name for one in wanted})
    for key, name, last4 in rows.values_list("pk", "name", "id_last4"):
        by_name[name].append((key, last4.upper()))
    served: dict[int, set[int]] = defaultdict(set)
    keys = [key for people in by_name.values() for key, _ in people]
    for person, unit in Post.objects.filter(person__in=keys).values_list("person", "unit"):
        served[person].add(unit)
    found = {one: _fits(one, by_name[one.name], served, units.find(one.unit)) for one in wanted}
    return {one: key for one, key in found.items() if key is not None}


def _fits(
    one: Named, people: list[tuple[int, str]], served: Mapping[int, set[int]], unit: int | None
) -> int | None:
    if one.last4:
        same = [key for key, last4 in people if last4 == one.last4]
        if same:
            return same[0] if len(same) == 1 else None
        people = [(key, last4) for key, last4 in people if not last4]
    here = [key for key, _ in people if unit in served.get(key, ())]
    return here[0] if len(here) == 1 else None


def match_units() -> int:
    """Give current leads the unit that their unit's name has now; return how many changed.

    For after a unit was added, renamed or given another name: recusal goes by it.
    """
    units, changed = Units(), 0
    leads = Lead.objects.filter(is_current=True).exclude(unit_name="").order_by()
    for name, held in list(leads.values_list("unit_name", "unit").distinct()):
        found = units.find(name)
        if found != held:
            changed += leads.filter(unit_name=name, unit=held).update(unit=found)
    return changed


def unmatched_units() -> list[Unmatched]:
    """Return the names of units that current leads have and no one unit has, most leads first."""
    units = Units()
    rows = (
        Lead.objects.filter(is_current=True, unit=None)
        .exclude(unit_name="")
        .order_by()
        .values_list("unit_name")
        .annotate(leads=Count("pk"))
    )
    found = [Unmatched(name, leads, "several" if units.candidates(name) else "none") for name, leads in rows]
    return sorted(found, key=lambda one: (-one.leads, one.name))
