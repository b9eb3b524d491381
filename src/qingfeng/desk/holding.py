"""The parts that somebody has on open matters, without asking matter by matter.

Two ways lead to a part: being named (few matters, by the index of parties), and an office (many matters,
so whoever asks limits them). Both for oneself and for everybody one stands in for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q

from qingfeng.desk.many import Held, snapshots_of
from qingfeng.desk.parts import hands, may_be_for
from qingfeng.journal import composing
from qingfeng.matters import access
from qingfeng.matters.models import Matter, Party
from qingfeng.matters.reach import own_roles
from qingfeng.matters.registry import every_version
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Act, Mechanism, Role
from qingfeng.organization.models import Unit
from qingfeng.organization.viewer import StandsFor, Viewer

MOST_NAMED = 2000
Keys = Callable[[Mechanism, str], Iterable[str]]


@dataclass(frozen=True)
class OnMatter:
    """A matter with its owner, its snapshot, and the lines of the units that are named on it."""

    matter: Matter
    snapshot: Snapshot
    paths: Mapping[int, str]


def unit_paths(snapshots: Iterable[Snapshot]) -> dict[int, str]:
    """Return the line from the root of every unit that is named on one of the matters; one query."""
    units = {party.unit for snapshot in snapshots for party in snapshot.parties if party.unit}
    return dict(
        composing.rows_of(
            "paths", units, lambda marks: Unit.objects.filter(pk__in=marks).values_list("pk", "path")
        )
    )


@dataclass
class Holding:
    """What one pair of hands holds: the viewer's own, or those of somebody they stand in for.

    Attributes:
        viewer: Whose parts these are.
        away: The standing in, None for the viewer themselves.
    """

    viewer: Viewer
    away: StandsFor | None = None

    @property
    def name(self) -> str:
        """Who is stood in for, "" for oneself."""
        return self.away.name if self.away else ""

    @cached_property
    def question(self) -> tuple[Any, ...]:
        """What tells the queries of these hands from those of others."""
        kinds = self.away.kinds if self.away else None
        return access.question_of(self.viewer), kinds

    @cached_property
    def kinds(self) -> list[Mechanism]:
        """Every version of the mechanisms that these hands reach."""
        return [one for one in every_version() if may_be_for(self.away, one)]

    @cached_property
    def named(self) -> dict[int, frozenset[str]]:
        """Roles by matter, where the person or a unit they speak for is named on an open matter."""
        units = access.units_spoken_for(self.viewer) if self.away is None else frozenset()
        here = Q(person=self.viewer.person_id) | Q(unit__in=units)
        reads = Q(is_subject=False) | Q(role__in=sorted(own_roles()))
        rows = Party.objects.filter(here & reads, until_at=None, matter__is_open=True)
        found: dict[int, set[str]] = defaultdict(set)
        for matter, role in composing.rows(
            ("named", self.viewer.person_id, units),
            lambda: rows.order_by("-pk").values_list("matter_id", "role")[:MOST_NAMED],
        ):
            found[matter].add(role)
        return {matter: frozenset(roles) for matter, roles in found.items()}

    def plays(self, role: Role, matter: int) -> bool:
        """Return whether being named gives the role.

        A unit's role asks for one of its offices where it has some.
        """
        if role.key not in self.named.get(matter, ()):
            return False
        return role.kind == "person" or not role.office or bool(self.viewer.roles.keys() & set(role.office))

    def role_on(self, declared: Mechanism, roles: Iterable[str], here: OnMatter) -> str:
        """Return the first of the roles that is played on a matter, named or by office, or "".

        Asks no table.
        """
        return next((key for key in roles if key != "clock" and self._plays_on(declared.role(key), here)), "")

    def plays_any(self, declared: Mechanism, roles: Iterable[str], here: OnMatter) -> bool:
        """Return whether one of the roles is played on a matter; asks no table."""
        return bool(self.role_on(declared, roles, here))

    def _plays_on(self, role: Role, here: OnMatter) -> bool:
        held = self.viewer.roles.keys() & set(role.office)
        if role.kind == "unit":
            spoken = access.units_spoken_for(self.viewer) if self.away is None else frozenset()
            return bool(spoken & set(here.snapshot.units(role.key))) and (bool(held) or not role.office)
        if self.viewer.person_id in here.snapshot.persons(role.key):
            return True
        if not held or role.within == "any":
            return bool(held)
        paths = [here.matter.owner.path]
        if role.within != "owner":
            paths = [here.paths[unit] for unit in here.snapshot.units(role.within)]
        return any(self.viewer.covers(name, path) for name in held for path in paths)

    def by_office(self, keys: Keys, prefix: str, column: str) -> Q | None:
        """Return the condition over rows of matters whose key is one of those that an office's role has.

        Args:
            keys: Given a mechanism and a role, the keys (of clocks, ledgers, stages) that the role has.
            prefix: Way from the rows to their matter, "" or `matter__`.
            column: Column of the rows that holds the key.

        Returns:
            None where no office gives anything.
        """
        found: Q | None = None
        for one in self.kinds:
            for role in one.parties:
                held = self.viewer.roles.keys() & set(role.office)
                wanted = list(keys(one, role.key)) if held and role.kind == "person" else []
                if wanted:
                    kind = Q(**{f"{prefix}mechanism": one.key, f"{prefix}version": one.version})
                    here = kind & Q(**{f"{column}__in": wanted}) & self._within(role, held, prefix)
                    found = here if found is None else found | here
        return found

    def _within(self, role: Role, held: Iterable[str], prefix: str) -> Q:
        if role.within == "any":
            return Q()
        units = self.viewer.units_under(*sorted(held))
        if role.within == "owner":
            return Q(**{f"{prefix}owner__in": units})
        outer = OuterRef("matter_id" if prefix else "pk")
        return Q(Exists(Party.objects.filter(matter=outer, role=role.within, unit__in=units, until_at=None)))


def part_of(viewer: Viewer, declared: Mechanism, roles: Iterable[str], here: OnMatter) -> access.Part | None:
    """Return the part in which somebody plays one of the roles on a matter, as `access.part_in` does.

    Only for somebody whom one stands in for a table is asked: nobody stands in across a recusal.
    """
    if viewer.person_id is None:
        return None
    if viewer.is_administrator:
        roles = [key for key in roles if key != "clock" and declared.role(key).by_everybody]
    for hand in holdings(viewer):
        if viewer.is_administrator and hand.away is not None:
            continue
        role = hand.role_on(declared, roles, here) if may_be_for(hand.away, declared) else ""
        if role and hand.away is None:
            return access.Part(role)
        if (
            role
            and not Matter.objects.filter(pk=here.matter.pk).filter(access.recused_q(hand.viewer)).exists()
        ):
            return access.Part(role, hand.viewer.person_id)
    return None


def has_lines(act: Act, snapshot: Snapshot) -> bool:
    """Return whether an act that changes ledger lines finds one to change.

    True for acts that change none, and for those that enter new lines and may do so alone.
    """
    changes = [entry for entry in act.enters if entry.from_]
    alone = len(changes) < len(act.enters) and not any(entry.least for entry in changes)
    return (
        not changes
        or alone
        or any(
            entry.changes(line.state, line.facts)
            for entry in changes
            for line in snapshot.lines(entry.ledger)
        )
    )


def on_matter(matter: Matter, *, today: date, actor: int | None) -> tuple[OnMatter, Held]:
    """Return one matter with its snapshot and the lines of its units."""
    held = snapshots_of([matter], today=today, actor=actor)[matter.pk]
    return OnMatter(matter, held.snapshot, unit_paths([held.snapshot])), held


def holdings(viewer: Viewer) -> list[Holding]:
    """Return what somebody holds: their own first, then for everybody they stand in for."""
    return [Holding(one, away) for one, away in hands(viewer)]


def open_matters() -> Q:
    """Return the condition that a matter counts and has not come to its end."""
    return Q(is_open=True, standing=Matter.Standing.VALID)
