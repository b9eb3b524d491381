"""What somebody can do on a matter now: acts in their part, with the gates that do not hold yet in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.desk.holding import has_lines, on_matter, part_of
from qingfeng.desk.many import Held
from qingfeng.look.said import provision
from qingfeng.matters import access
from qingfeng.matters.conditions import counts_for, no_start
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.matters.vocabulary import Act, Gate, Law, Mechanism
from qingfeng.organization.viewer import Viewer


@dataclass(frozen=True)
class Missing:
    """What is missing before an act: a sentence and the provision behind it."""

    reason: Any
    law: str = ""


@dataclass(frozen=True)
class Offer:
    """An act that somebody may perform.

    Attributes:
        act: Its declaration.
        part: The part in which they act; None for one that is entered from paper only.
        missing: What does not hold yet, in words; empty where the act can be done.
        instead_of: Name of the person they stand in for, or "".
    """

    act: Act
    part: access.Part | None
    missing: tuple[Missing, ...] = ()
    instead_of: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether it moves the matter on; what does not, or only with a reason, is drawn quieter."""
        return bool(self.act.to) and not self.act.reason


def laws(law: tuple[Law, ...]) -> str:
    """Return provisions as one text; names of laws are data."""
    return _("; ").join(provision(one) for one in law)


def missing(gates: list[Gate]) -> tuple[Missing, ...]:
    """Return gates that do not hold, in words."""
    return tuple(Missing(gate.says, laws(gate.law)) for gate in gates)


def offers(viewer: Viewer, matter: Matter) -> list[Offer]:
    """Return what somebody can do now, in the order of the declaration; a fixed number of queries."""
    declared = mechanism(matter.mechanism, matter.version)
    if not any(counts_for(act, matter) for act in declared.acts):
        return []
    here, held = on_matter(matter, today=viewer.on, actor=viewer.person_id)
    found = []
    for act in declared.acts:
        if no_start(matter, declared, act) is not None:
            continue
        part = part_of(viewer, declared, act.by, here)
        stands = (act.when is None or act.when(here.snapshot)) and has_lines(act, here.snapshot)
        if part is not None and stands:
            found.append(_offer(declared, act, part, held=held, viewer=viewer))
    return found


def _offer(declared: Mechanism, act: Act, part: access.Part, *, held: Held, viewer: Viewer) -> Offer:
    names = {one.person_id: one.name for one in viewer.stands_in_for}
    not_met = missing([gate for gate in act.gates if not gate.holds(held.snapshot)])
    persons = {viewer.person_id, part.for_person_id}
    apart: tuple[Missing, ...] = ()
    if any((person, role) in held.acted for person in persons for role in act.not_by):
        roles = _("; ").join(str(declared.role(key).name) for key in act.not_by)
        said = _("Whoever acted as %(roles)s on this matter does not do this: ask a colleague.")
        apart = (Missing(said % {"roles": roles}),)
    return Offer(act, part, (*apart, *not_met), names.get(part.for_person_id or 0, ""))


def paper_acts(viewer: Viewer, matter: Matter, offered_already: list[Offer]) -> list[Act]:
    """Return the acts that somebody who sees the matter whole may enter from a sheet that another signed."""
    if not viewer.is_staff:
        return []
    declared = mechanism(matter.mechanism, matter.version)
    have = {one.act.key for one in offered_already}
    return [
        act
        for act in declared.acts
        if act.on_paper and no_start(matter, declared, act) is None and act.key not in have
    ]
