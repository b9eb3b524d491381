"""One matter as it is read once, and who it is there for, computed from that: no question is asked twice.

What `access.visible` says of many matters in one condition is said here of one matter from its rows; a
test holds that both say the same for everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db.models import Max
from django.utils import timezone

from qingfeng.journal.straight import Question, Together
from qingfeng.matters import in_force
from qingfeng.matters.models import (
    Awaiting,
    BreakGlass,
    ClockRun,
    LedgerLine,
    Matter,
    Party,
    Performance,
    RecusalDecision,
)
from qingfeng.matters.reach import (
    OPEN_LEVELS,
    bound_by,
    everybodys_roles,
    is_outside,
    named_only,
    offices_in,
    own_roles,
    parties_on,
    quiet_roles,
    rooms_over,
    staffed,
    stood_for,
    under,
    units_spoken_for,
)
from qingfeng.matters.registry import UnknownMechanism, mechanism
from qingfeng.matters.vocabulary import Act, Confidentiality, Mechanism, Role
from qingfeng.organization.models import Unit
from qingfeng.organization.viewer import HeldPost, Viewer

View = Literal["whole", "card", "part", ""]
HELD = "_at_hand"

_PARTIES = Question(lambda matter: Party.objects.filter(matter=matter, until_at=None).order_by("pk"))
_RECUSED = Question(
    lambda matter: RecusalDecision.objects.filter(matter=matter, until_at=None).values_list("person", "unit")
)
_GLASSES = Question(
    lambda matter, person: BreakGlass.objects.filter(matter=matter, person=person).order_by("pk"), "nn"
)
_CLOCKS = Question(lambda matter: ClockRun.objects.filter(matter=matter).order_by("id"))
_AWAITING = Question(lambda matter: Awaiting.objects.filter(matter=matter, ended="").order_by("id"))
_LAST_LINES = Question(
    lambda matter: (
        LedgerLine.objects.filter(matter=matter)
        .order_by()
        .values("ledger")
        .annotate(last=Max("no"))
        .values_list("ledger", "last")
    )
)
AT_ONCE = Together(_PARTIES, _RECUSED, _AWAITING, _CLOCKS, _LAST_LINES, *in_force.BESIDE_A_MATTER)
"""What nearly every act asks of its matter, with what is in force, in one statement."""
_STORY = Question(
    lambda matter: (
        Performance.objects.filter(matter=matter, undone_by=None)
        .order_by()
        .values_list("as_role", "by", "for_person", "second", "act", "at")
    )
)


@dataclass(frozen=True)
class Part:
    """The part in which somebody acts.

    Attributes:
        role: Key of the role.
        for_person_id: Whom they stand in for, or None.
    """

    role: str
    for_person_id: int | None = None


class AtHand:
    """The parties, recusals and open emergency doors of one matter, each read at most once."""

    def __init__(self, matter: Matter) -> None:
        self.matter = matter
        self._parties: dict[date | None, list[Party]] = {}
        self._recused: frozenset[tuple[int | None, int | None]] | None = None
        self._glasses: dict[int | None, list[BreakGlass]] = {}
        self._story: list[Any] | None = None
        self._clocks: list[ClockRun] | None = None
        self._awaiting: list[Awaiting] | None = None
        self._last_lines: dict[str, int] | None = None

    def nothing_yet(self) -> None:
        """Know without asking that a matter which is being opened has nothing yet."""
        self._parties[None], self._clocks, self._awaiting = [], [], []
        self._recused, self._last_lines, self._story = frozenset(), {}, []

    @contextmanager
    def knowing(self, told: list[list[Any]]) -> Iterator[None]:
        """Know what `AT_ONCE` was answered with; the settings and the calendar in it stand inside."""
        self._parties[None], recused, self._awaiting, self._clocks, last, decided, newest = told
        self._recused = frozenset(recused)
        self._last_lines = dict(last)
        with in_force.standing(decided, newest):
            yield

    def parties(self, on: date | None = None) -> list[Party]:
        """Return the parts that are held now, or were held on a day gone by."""
        key = None if on is None or on >= timezone.localdate() else on
        if key not in self._parties:
            self._parties[key] = (
                _PARTIES(self.matter.pk) if key is None else list(parties_on(key).filter(matter=self.matter))
            )
        return self._parties[key]

    def clocks(self) -> list[ClockRun]:
        """Return every run of every clock, oldest first; whoever changes one or adds one does it here too."""
        if self._clocks is None:
            self._clocks = _CLOCKS(self.matter.pk)
        return self._clocks

    def awaiting(self) -> list[Awaiting]:
        """Return the acts that wait for their second signer; what was read with the rest, the first time."""
        known, self._awaiting = self._awaiting, None
        return _AWAITING(self.matter.pk) if known is None else known

    def next_line(self, ledger: str) -> int:
        """Return the number of the next line of a ledger, each time the one after."""
        if self._last_lines is None:
            self._last_lines = dict(_LAST_LINES(self.matter.pk))
        self._last_lines[ledger] = self._last_lines.get(ledger, 0) + 1
        return self._last_lines[ledger]

    def parties_changed(self, gone: Iterable[Party] = (), fresh: Iterable[Party] = ()) -> None:
        """Note who has left and who has come; the story is read anew, for an act was written."""
        left = {one.pk for one in gone}
        now = [one for one in self.parties() if one.pk not in left] + list(fresh)
        self._parties, self._story = {None: now}, None

    def recused_by_decision(self, person: int | None, posts: Callable[[], Iterable[HeldPost]]) -> bool:
        """Return whether somebody was recused from this matter by decision: themselves, or with their room.

        Args:
            person: Who.
            posts: Gives what they hold; asked only where a whole room stays away.
        """
        if (person, None) in self._away():
            return person is not None
        rooms = {unit for _person, unit in self._away() if unit is not None}
        return bool(rooms) and not rooms.isdisjoint(rooms_over(posts()))

    def _away(self) -> frozenset[tuple[int | None, int | None]]:
        if self._recused is None:
            self._recused = frozenset(_RECUSED(self.matter.pk))
        return self._recused

    def is_kept_away(self, unit: Unit) -> bool:
        """Return whether an office, or one above it, was recused from this matter by decision."""
        away = {key for _person, key in self._away() if key is not None}
        return not away.isdisjoint(int(key) for key in unit.path.split("/") if key)

    def is_broken_open(self, viewer: Viewer, *, on: date | None = None) -> bool:
        """Return whether somebody has emergency access now, or had it on a day gone by."""
        person = viewer.person_id
        if person not in self._glasses:
            self._glasses[person] = _GLASSES(self.matter.pk, person)
        if on is None or on >= timezone.localdate():
            return any(one.expires_at > timezone.now() for one in self._glasses[person])
        day = timezone.localdate
        return any(day(one.at) <= on <= day(one.expires_at) for one in self._glasses[person])

    # --- who it is there for -----------------------------------------------------------------

    def is_recused(self, viewer: Viewer) -> bool:
        """Return whether the matter does not exist for somebody because they are recused."""
        if self.recused_by_decision(viewer.person_id, lambda: viewer.posts):
            return True
        subjects = [one for one in self.parties(viewer.on) if one.is_subject and not _is_own(one, viewer)]
        if not subjects:
            return False
        units, persons = bound_by(viewer)
        return any(one.person_id in persons or one.unit_id in units for one in subjects)

    def may_see(self, viewer: Viewer | None) -> bool:
        """Return whether the matter exists for somebody."""
        if viewer is None or viewer.person_id is None:
            return False
        reached = self._as_everybody(viewer) if viewer.is_administrator else self._is_reached(viewer)
        return reached and not self.is_recused(viewer)

    def _as_everybody(self, viewer: Viewer) -> bool:
        """Return whether an administrator is named where everybody of the house may be."""
        roles = everybodys_roles().get(self.matter.mechanism, ())
        return any(
            one.person_id == viewer.person_id and one.role in roles and not one.is_subject
            for one in self.parties(viewer.on)
        )

    def _is_reached(self, viewer: Viewer, *, named: bool = True) -> bool:
        if self._reaches(viewer, units_spoken_for(viewer), named=named):
            return True
        if self.is_broken_open(viewer, on=viewer.on):
            return True
        return any(
            self.matter.mechanism in away.kinds
            and self._reaches(other := stood_for(away, viewer), frozenset())
            and not self.is_recused(other)
            for away in viewer.stands_in_for
        )

    def _reaches(self, viewer: Viewer, spoken: frozenset[int], *, named: bool = True) -> bool:
        """Return whether somebody reaches it by office or, where that counts, by being named."""
        level, staff = self.matter.confidentiality, staffed(viewer)
        if viewer.has("principal") and self.matter.mechanism not in named_only():
            return True
        if staff is not None and level == Confidentiality.ORDINARY.value:
            return True
        if level in OPEN_LEVELS and self.matter.owner_id in (staff or ()):
            return True
        if any(
            (one.unit_id in spoken and _is_told(one, viewer.on))
            or (named and one.person_id == viewer.person_id and not one.is_subject)
            or (named and _is_own(one, viewer))
            for one in self.parties(viewer.on)
        ):
            return True
        return any(
            (role.restricted or role.card or level in OPEN_LEVELS)
            and self._is_under(viewer, role, units, told=True)
            for _, role, units in self._offices(viewer)
        )

    def _offices(self, viewer: Viewer) -> Iterable[tuple[Mechanism, Role, frozenset[int]]]:
        """Return what somebody's offices reach by the newest declaration of its kind."""
        try:
            return offices_in(mechanism(self.matter.mechanism), viewer)
        except UnknownMechanism:
            return ()

    def _is_under(self, viewer: Viewer, role: Role, units: frozenset[int], *, told: bool = False) -> bool:
        if role.within == "any":
            return True
        if role.within == "owner":
            return self.matter.owner_id in units
        return any(
            one.role == role.within and one.unit_id in units and (not told or _is_told(one, viewer.on))
            for one in self.parties(viewer.on)
        )

    def story(self) -> list[Any]:
        """Return role, person, person acted for, second signer, act and instant of every act that counts."""
        if self._story is None:
            self._story = _STORY(self.matter.pk)
        return self._story

    def view_of(self, viewer: Viewer | None) -> View:
        """Return how much somebody sees: whole, its card, the own part, or nothing."""
        if viewer is None or not self.may_see(viewer):
            return ""
        if viewer.is_administrator:
            return "part"
        parties, declared = self.parties(viewer.on), mechanism(self.matter.mechanism, self.matter.version)
        mine = {one.role for one in parties if one.person_id == viewer.person_id}
        if any(declared.role(key).reads for key in mine) or self.is_broken_open(viewer):
            return "whole"
        if mine and not self._is_reached(viewer, named=False):
            return "part"
        if is_outside(viewer):
            units = units_spoken_for(viewer)
            roles = {one.role for one in parties if one.unit_id in units}
            return "whole" if any(declared.role(key).reads for key in roles) else "part"
        if self.matter.confidentiality != Confidentiality.RESTRICTED.value:
            return "whole"
        if self._restricted_office(viewer, declared):
            return "whole"
        return "part" if mine else "card"

    def _restricted_office(self, viewer: Viewer, declared: Mechanism) -> bool:
        held = viewer.roles.keys()
        if any(role.restricted and held & set(role.office) for role in declared.parties):
            return True
        away = {one.person_id for one in viewer.stands_in_for if declared.key in one.kinds}
        units = units_spoken_for(viewer)
        quiet = quiet_roles().get(declared.key, set()) if away else set()
        return any(
            one.unit_id in units or (one.person_id in away and one.role not in quiet)
            for one in self.parties(viewer.on)
        )

    # --- who acts in which part --------------------------------------------------------------

    def part_in(self, viewer: Viewer, act: Act, declared: Mechanism | None = None) -> Part | None:
        """Return the part in which somebody may perform an act, or None.

        The own part comes before standing in; nobody stands in across a recusal of either.
        """
        declared = declared or mechanism(self.matter.mechanism, self.matter.version)
        own = self._part(viewer, act.by, declared)
        if own or viewer.is_administrator:
            return Part(own) if own else None
        for away in viewer.stands_in_for:
            if self.matter.mechanism not in away.kinds:
                continue
            other = stood_for(away, viewer)
            role = self._part(other, act.by, declared)
            if role and not self.is_recused(other):
                return Part(role, away.person_id)
        return None

    def _part(self, viewer: Viewer, roles: Iterable[str], declared: Mechanism) -> str:
        if viewer.person_id is None:
            return ""
        for key in roles:
            if key == "clock":
                continue
            role = declared.role(key)
            if viewer.is_administrator and not role.by_everybody:
                continue
            mine = [one for one in self.parties() if one.role == key]
            if role.kind == "unit":
                units = units_spoken_for(viewer)
                if any(one.unit_id in units for one in mine) and _speaks(viewer, role):
                    return key
            elif any(one.person_id == viewer.person_id for one in mine):
                return key
            held = viewer.roles.keys() & set(role.office)
            if held and role.kind == "person" and self._is_under(viewer, role, under(viewer, held)):
                return key
        return ""

    def has_acted_as(self, person: int, roles: Iterable[str]) -> bool:
        """Return whether a person is named in, or has acted in, one of the roles."""
        wanted = set(roles)
        if any(one.person_id == person and one.role in wanted for one in self.parties()):
            return True
        return any(
            role in wanted and person in (by, for_person, second)
            for role, by, for_person, second, _act, _at in self.story()
        )


def _is_told(party: Party, on: date) -> bool:
    """Return whether a unit knew of the matter on a day: see `Role.told_by`."""
    if party.told_at is None or on >= timezone.localdate():
        return party.told_at is not None
    return timezone.localdate(party.told_at) <= on


def _is_own(party: Party, viewer: Viewer) -> bool:
    """Whether a part is the viewer's own as a subject who may read what is kept about them."""
    return party.person_id == viewer.person_id and party.is_subject and party.role in own_roles()


def _speaks(viewer: Viewer, role: Role) -> bool:
    """Whether somebody may act for a unit: in one of the role's offices, else as who speaks for it."""
    return bool(viewer.roles.keys() & set(role.office)) if role.office else True


def of(matter: Matter) -> AtHand:
    """Return what is read of a matter: what is held already, else a fresh reading."""
    held: AtHand | None = matter.__dict__.get(HELD)
    return held or AtHand(matter)


@contextmanager
def held(matter: Matter) -> Iterator[AtHand]:
    """Let everything inside share one reading of a matter; it is locked, or only looked at."""
    before = matter.__dict__.get(HELD)
    reading = matter.__dict__[HELD] = before or AtHand(matter)
    try:
        yield reading
    finally:
        if before is None:
            del matter.__dict__[HELD]
