"""The viewer: who is looking, from which posts, with which roles, on which day.

Made once per request from four queries; whatever decides who may see or do something
asks the viewer and never the account.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from qingfeng.journal.composing import rows, rows_of
from qingfeng.organization.models import Account, Person, Post, PostRole, StandIn, Unit
from qingfeng.organization.roles import ADMINISTRATORS, NAMED_ONLY, ROLES


@dataclass(frozen=True)
class HeldPost:
    """A post held on the viewer's day.

    Attributes:
        post_id: Key of the post.
        unit_id: Key of its unit.
        unit_path: Line of the unit from the root, `/1/7/`.
        unit: Short name of the unit.
        title: Title of the post.
        roles: Keys of the roles held in it that day.
    """

    post_id: int
    unit_id: int
    unit_path: str
    unit: str
    title: str
    roles: frozenset[str]


@dataclass(frozen=True)
class StandsFor:
    """Somebody for whom the viewer stands in on that day.

    Attributes:
        stand_in_id: Key of the standing in.
        person_id: Who is absent.
        name: The absent person's name.
        kinds: Keys of mechanisms it holds for.
        posts: What the absent person holds.
        until_on: Last day, inclusive.
    """

    stand_in_id: int
    person_id: int
    name: str
    kinds: frozenset[str]
    posts: tuple[HeldPost, ...]
    until_on: date


@dataclass(frozen=True)
class Viewer:
    """Who is looking.

    Attributes:
        on: The day that counts.
        account_id: None for somebody who has not signed in.
        person_id: None as well for an account without a person.
        name: For showing.
        posts: What the person holds that day.
        stands_in_for: For whom the person stands in that day; their roles are not among `roles`.
        roles: For every role, the paths of the units it is held in.
    """

    on: date
    account_id: int | None = None
    person_id: int | None = None
    name: str = ""
    posts: tuple[HeldPost, ...] = ()
    stands_in_for: tuple[StandsFor, ...] = ()
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody has signed in."""
        return self.account_id is not None

    @property
    def is_administrator(self) -> bool:
        """Whether one of the three administrators is looking; none of them reads matters."""
        return bool(ADMINISTRATORS & self.roles.keys())

    @property
    def is_ours(self) -> bool:
        """Whether the viewer holds a role of the commission's own people."""
        return any(ROLES[role].is_ours for role in self.roles)

    @property
    def is_staff(self) -> bool:
        """Whether the viewer is of the commission's own people and not only lent to it."""
        return any(ROLES[role].is_ours for role in self.roles if role not in NAMED_ONLY)

    @property
    def own_units(self) -> frozenset[int]:
        """Keys of the units in which the viewer holds a post."""
        return frozenset(post.unit_id for post in self.posts)

    def has(self, *roles: str) -> bool:
        """Return whether the viewer holds one of the roles anywhere."""
        return any(role in self.roles for role in roles)

    def covers(self, role: str, unit_path: str) -> bool:
        """Return whether the role is held in that unit or above it; asks no table."""
        return any(unit_path.startswith(path) for path in self.roles.get(role, ()))

    def units_under(self, *roles: str) -> QuerySet[Unit]:
        """Return the units in which one of the roles is held, with all below; for use inside a query."""
        return Unit.objects.under_paths(tuple(path for role in roles for path in self.roles.get(role, ())))

    def reads(self, content: str) -> bool:
        """Return whether one of the roles can be given that kind of content (`Role.reads`)."""
        return any(content in ROLES[role].reads for role in self.roles)


def viewer_of(account: Account | None, on: date | None = None) -> Viewer:
    """Return the viewer behind an account on a day, today where none is given.

    An account that is closed, or has no person, holds nothing.
    """
    on = on or timezone.localdate()
    if account is None or not account.is_authenticated:
        return Viewer(on)
    if not account.is_active or account.person_id is None:
        return Viewer(on, account.pk, None, account.get_full_name())
    if not Account.person.is_cached(account):
        account.person = rows_of(
            "person", [account.person_id], lambda marks: Person.objects.filter(pk__in=marks)
        )[0]
    standing = rows(
        ("standing in", account.person_id, on),
        lambda: StandIn.objects.held_on(on).filter(stand_in=account.person_id).select_related("principal"),
    )
    held = posts_on([account.person_id, *(row.principal_id for row in standing)], on)
    posts = held.get(account.person_id, ())
    return Viewer(
        on=on,
        account_id=account.pk,
        person_id=account.person_id,
        name=account.get_full_name(),
        posts=posts,
        stands_in_for=tuple(_stands_for(row, held.get(row.principal_id, ())) for row in standing),
        roles=roles_by_unit(posts),
    )


def viewer_for(person: Person, on: date | None = None) -> Viewer:
    """Return the viewer that a person would be on a day, with or without an account: for looking back."""
    on = on or timezone.localdate()
    posts = posts_on([person.pk], on).get(person.pk, ())
    account = Account.objects.filter(person=person).values_list("pk", flat=True).first()
    standing = StandIn.objects.held_on(on).filter(stand_in=person).select_related("principal")
    held = posts_on([row.principal_id for row in standing], on)
    stands = tuple(_stands_for(row, held.get(row.principal_id, ())) for row in standing)
    return Viewer(on, account, person.pk, person.name, posts, stands, roles_by_unit(posts))


def posts_on(persons: list[int], on: date) -> dict[int, tuple[HeldPost, ...]]:
    """Return what each person holds on a day; two queries however many there are."""
    held: dict[int, list[HeldPost]] = {}
    posts = rows_of(
        ("posts", on),
        persons,
        lambda marks: (
            Post.objects.held_on(on)
            .filter(person__in=marks)
            .select_related("unit")
            .order_by("-is_main", "from_on", "pk")
        ),
    )
    roles: dict[int, set[str]] = {}
    given = rows_of(
        ("roles of posts", on),
        [row.pk for row in posts],
        lambda marks: PostRole.objects.held_on(on).filter(post__in=marks).values_list("post_id", "role"),
    )
    for key, role in given:
        roles.setdefault(key, set()).add(role)
    for row in posts:
        post = HeldPost(
            row.pk, row.unit_id, row.unit.path, str(row.unit), row.title, frozenset(roles.get(row.pk, ()))
        )
        held.setdefault(row.person_id, []).append(post)
    return {person: tuple(posts) for person, posts in held.items()}


def roles_by_unit(posts: tuple[HeldPost, ...]) -> dict[str, tuple[str, ...]]:
    """Return the paths of units by role, in the order of the posts."""
    found: dict[str, list[str]] = {}
    for post in posts:
        for role in sorted(post.roles):
            found.setdefault(role, []).append(post.unit_path)
    return {role: tuple(paths) for role, paths in found.items()}


def _stands_for(row: StandIn, posts: tuple[HeldPost, ...]) -> StandsFor:
    return StandsFor(row.pk, row.principal_id, row.principal.name, frozenset(row.kinds), posts, row.until_on)
