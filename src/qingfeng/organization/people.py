"""Who people are, what they hold and what roles their posts give.

Law:
    监察法 Art. 67; 三员分立 [proposal]
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from qingfeng.organization import parting
from qingfeng.organization.models import Account, Person, Post, PostRole, Unit
from qingfeng.organization.records import record, reference
from qingfeng.organization.roles import ROLES, clashes, unknown
from qingfeng.organization.sealing import identifier
from qingfeng.screening.errors import Problem


@transaction.atomic
def add_person(
    number: str, name: str, *, id_number: str = "", identity: tuple[str, str] = ("", ""), by: Account | None
) -> Person:
    """Put a person on record.

    Args:
        number: Person number (工号), one of its kind in the house.
        name: As the person writes it.
        id_number: ID number; only its keyed hash and last four characters are kept.
        identity: Both, where the number was hashed as it was read.
        by: Who does it.

    Raises:
        Problem: If the number or the ID number is on record already.
    """
    id_hash, last4 = identifier(id_number) if id_number.strip() else identity
    person = Person(number=number.strip(), name=name.strip(), id_hash=id_hash, id_last4=last4)
    _save(person)
    record(
        "organization.person.added",
        person,
        by=by,
        facts={"number": person.number},
        personal={"name": person.name},
    )
    return person


def _save(person: Person) -> None:
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        raise Problem(
            _("A person with this number or ID number is on record already."),
            where=person.number,
            then=_("Look the person up before adding them again."),
        ) from error


@transaction.atomic
def change_person(person: Person, *, name: str, id_number: str = "", by: Account | None) -> Person:
    """Correct a name, and the ID number where a new one is given.

    Raises:
        Problem: If the ID number is on record for somebody else.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    old, person.name = person.name, name.strip()
    if id_number.strip():
        person.id_hash, person.id_last4 = identifier(id_number)
    _save(person)
    facts = {"identifier_changed": bool(id_number.strip())}
    record(
        "organization.person.changed", person, by=by, facts=facts, personal={"old": old, "new": person.name}
    )
    return person


@transaction.atomic
def appoint(
    person: Person,
    unit: Unit,
    *,
    title: str,
    roles: Iterable[str] = (),
    from_on: date,
    until_on: date | None = None,
    is_main: bool = True,
    by: Account | None,
) -> Post:
    """Give a person a post in a unit, with the roles it brings.

    Args:
        person: Who is appointed.
        unit: Where.
        title: Title of the post, as the letter of appointment says.
        roles: Keys of roles, held as long as the post.
        from_on: First day.
        until_on: Last day, inclusive; None while it is open.
        is_main: False for a second post (兼任).
        by: Who does it; never the person.

    Raises:
        Problem: If the period runs backwards, the unit is closed by then, a role is unknown, roles
            clash, or somebody would change their own rights.
    """
    _not_oneself(person, by)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if until_on and until_on < from_on:
        raise Problem(_("A post ends on the day it begins or later."), where=f"{from_on} {until_on}")
    if unit.closed_on and (until_on is None or until_on >= unit.closed_on):
        raise Problem(_("The unit is closed by then."), where=f"{unit.name} {unit.closed_on}")
    post = Post.objects.create(
        person=person, unit=unit, title=title.strip(), from_on=from_on, until_on=until_on, is_main=is_main
    )
    facts = {"unit": unit.pk, "title": post.title, "from_on": from_on.isoformat(), "until_on": _iso(until_on)}
    record(
        "organization.post.begun",
        post,
        by=by,
        facts=facts | {"person": reference(person)},
        personal={"name": person.name},
    )
    if unit.is_ours:
        parting.end(person)
    for role in sorted(set(roles)):
        _give(post, role, from_on, until_on, by)
    return post


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _not_oneself(person: Person, by: Account | None) -> None:
    if by is not None and by.person_id == person.pk:
        raise Problem(
            _("Nobody changes their own posts and roles."), then=_("Another security administrator does it.")
        )


def _give(post: Post, role: str, from_on: date, until_on: date | None, by: Account | None) -> PostRole:
    if unknown([role]):
        raise Problem(_("There is no role %(role)s.") % {"role": role}, then=", ".join(sorted(ROLES)))
    held = PostRole.objects.filter(post__person=post.person_id).overlapping(from_on, until_on)
    met = clashes({role, *held.values_list("role", flat=True)})
    if met:
        pairs = "; ".join(f"{ROLES[one].term} × {ROLES[two].term}" for one, two in met)
        raise Problem(
            _("These roles may never meet in one person: %(pairs)s.") % {"pairs": pairs},
            then=_("End the other role first, or choose another person."),
        )
    given = PostRole.objects.create(post=post, role=role, from_on=from_on, until_on=until_on)
    facts = {"role": role, "unit": post.unit_id, "from_on": from_on.isoformat(), "until_on": _iso(until_on)}
    record("organization.role.given", post, by=by, facts=facts | {"person": f"person:{post.person_id}"})
    return given


@transaction.atomic
def give_role(
    post: Post, role: str, *, from_on: date, until_on: date | None = None, by: Account | None
) -> PostRole:
    """Give a post one more role, inside the post's own period.

    Raises:
        Problem: As `appoint`, or if the period leaves the post's.
    """
    _not_oneself(post.person, by)
    Person.objects.select_for_update().get(pk=post.person_id)
    until_on = until_on or post.until_on
    if from_on < post.from_on or (until_on and until_on < from_on):
        raise Problem(
            _("A role begins and ends while its post is held."), where=f"{post.from_on} {_iso(post.until_on)}"
        )
    if post.until_on and (until_on is None or until_on > post.until_on):
        raise Problem(
            _("A role begins and ends while its post is held."), where=f"{post.from_on} {post.until_on}"
        )
    return _give(post, role, from_on, until_on, by)


@transaction.atomic
def end_role(given: PostRole, until_on: date, *, by: Account | None) -> PostRole | None:
    """End a role; the day is the last on which it is held.

    A role whose last day lies before its first was never held and goes off the record of what
    holds; the journal keeps that it was given.

    Raises:
        Problem: If it has ended earlier already, or somebody would change their own rights.
    """
    _not_oneself(given.post.person, by)
    given = PostRole.objects.select_for_update(of=("self",)).select_related("post").get(pk=given.pk)
    if given.until_on and given.until_on < until_on:
        raise Problem(_("It has ended on %(day)s already.") % {"day": given.until_on})
    facts = {"role": given.role, "until_on": until_on.isoformat(), "person": f"person:{given.post.person_id}"}
    record("organization.role.ended", given.post, by=by, facts=facts)
    if until_on < given.from_on:
        given.delete()
        return None
    given.until_on = until_on
    given.save(update_fields=["until_on"])
    return given


@transaction.atomic
def end_post(post: Post, until_on: date, *, by: Account | None) -> Post:
    """End a post and every role it gives; the day is the last on which it is held.

    Raises:
        Problem: If the day lies before the first, it has ended earlier already, or somebody would
            change their own rights.
    """
    _not_oneself(post.person, by)
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if until_on < post.from_on:
        raise Problem(_("A post ends on the day it begins or later."), where=str(post.from_on))
    if post.until_on and post.until_on < until_on:
        raise Problem(_("It has ended on %(day)s already.") % {"day": post.until_on})
    for given in post.roles.all():
        if given.until_on is None or given.until_on > until_on:
            end_role(given, until_on, by=by)
    post.until_on = until_on
    post.save(update_fields=["until_on"])
    facts = {"until_on": until_on.isoformat(), "person": f"person:{post.person_id}", "unit": post.unit_id}
    record("organization.post.ended", post, by=by, facts=facts)
    if post.unit.is_ours and not parting.holds_a_post_after(post.person, until_on):
        parting.begin(post.person, until_on, by=by)
    return post


def holders(role: str, on: date, *, unit: Unit | None = None) -> list[Person]:
    """Return who holds a role on a day, in a unit and below it where one is given, by number."""
    rows = PostRole.objects.held_on(on).filter(role=role)
    if unit:
        rows = rows.filter(post__unit__path__startswith=unit.path)
    return list(Person.objects.filter(posts__roles__in=rows).distinct())


def ours_named(words: Iterable[str], on: date) -> list[Person]:
    """Return our own people that words name: by number, by name, or by a room they hold a post in.

    Args:
        words: As whoever wrote ticked or typed them; the same name means all who have it.
        on: Civil date of the posts.
    """
    wanted = {one.strip() for one in words} - {""}
    held = PostRole.objects.held_on(on).filter(post__unit__is_ours=True)
    rooms = rooms_named(wanted, on)
    within = held.filter(post__unit__in=Unit.objects.under(*rooms)) if rooms else held.none()
    people = Person.objects.filter(pk__in=held.values("post__person")).order_by("pk")
    inside = set(within.values_list("post__person", flat=True))
    return [one for one in people if one.number in wanted or one.name in wanted or one.pk in inside]


def rooms_named(words: Iterable[str], on: date) -> list[Unit]:
    """Return the rooms of ours and the offices outside that words name, by full or by short name, on a day.

    What stands above us is no receiver that could be left out: all of us are below it.
    """
    wanted = {one.strip() for one in words} - {""}
    named = list(Unit.objects.open_on(on).filter(Q(name__in=wanted) | Q(short_name__in=wanted)))
    if not named:
        return []
    rooms, ours = rooms_of_ours(on), Unit.objects.filter(is_ours=True).values_list("path", flat=True)
    outside = [one for one in named if not any(path.startswith(one.path) for path in ours)]
    return sorted({*outside, *(one for one in rooms if one in named)}, key=lambda one: one.path)


def rooms_of_ours(on: date) -> list[Unit]:
    """Return the rooms and teams of the commission; not the commission itself, which is all of us."""
    kinds = (Unit.Kind.ROOM, Unit.Kind.RESIDENT, Unit.Kind.TOWNSHIP, Unit.Kind.INSPECTION)
    return list(Unit.objects.open_on(on).filter(is_ours=True, kind__in=kinds).order_by("path"))
