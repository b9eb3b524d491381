"""Parting (离开): whoever holds no post any more takes along what is their own, and says so.

It begins by itself: with the end of the last post, whoever ends it; the day after one whose last day was set
beforehand; or when an account is closed before anybody was asked. The same is asked of everybody, whether
they keep something of their own here or not, so that neither the asking nor the answer says anything of it.
It keeps nobody from closing an account; it waits for its answer.

Law:
    个人信息保护法 Arts. 45, 47 (to take along, to have deleted)
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from qingfeng.organization.models import Account, Parting, Person, Post
from qingfeng.organization.records import record, reference

Tells = Callable[[Person], None]

_TOLD: list[Tells] = []


def tell_with(function: Tells) -> None:
    """Have whoever leaves told by a floor above; the same again is no change."""
    if function not in _TOLD:
        _TOLD.append(function)


def parting_of(person: Person) -> Parting | None:
    """Return a parting that waits for its answer, None where there is none."""
    return Parting.objects.filter(person=person, answered_on=None).first()


def begin(person: Person, last_day: date, *, by: Account | None) -> Parting:
    """Begin to part with somebody whose last post ends; under the caller's transaction.

    Args:
        person: Who leaves.
        last_day: Last day of the last post, inclusive.
        by: Who ended it.
    """
    values = {"last_day": last_day, "begun_on": timezone.localdate()}
    made, is_new = Parting.objects.update_or_create(person=person, answered_on=None, defaults=values)
    if is_new:
        record("organization.parting.begun", made, by=by, facts={"person": reference(person)})
        for function in _TOLD:
            function(person)
    return made


def begin_owed(on: date) -> int:
    """Begin to part with whoever's last post ended by itself before a day; return with how many.

    Who cannot sign in is not asked: nobody would answer.
    """
    ours = Post.objects.filter(unit__is_ours=True)
    left = ours.filter(until_on__lt=on, person__account__is_active=True)
    here = ours.overlapping(on, None)
    begun = 0
    for one in Person.objects.filter(pk__in=left.values("person")).exclude(pk__in=here.values("person")):
        if not is_owed(one):
            continue
        last = ours.filter(person=one).order_by("until_on").values_list("until_on", flat=True).last()
        with transaction.atomic():
            begin(one, last or on, by=None)
        begun += 1
    return begun


def holds_a_post_after(person: Person, day: date) -> bool:
    """Return whether somebody holds a post of the house on a later day than this one."""
    return person.posts.filter(unit__is_ours=True).overlapping(day + timedelta(days=1), None).exists()


def is_owed(person: Person) -> bool:
    """Return whether somebody of the house was never asked since their last post there began."""
    last = person.posts.filter(unit__is_ours=True).order_by("from_on").last()
    return last is not None and not Parting.objects.filter(person=person, last_day__gte=last.from_on).exists()


@transaction.atomic
def answer(person: Person, *, by: Account | None) -> Parting | None:
    """Say that one has what is one's own, or leaves it here; None where nothing was asked."""
    found = Parting.objects.select_for_update().filter(person=person, answered_on=None).first()
    if found is not None:
        found.answered_on = timezone.localdate()
        found.save(update_fields=["answered_on"])
        record("organization.parting.answered", found, by=by, facts={"person": reference(person)})
    return found


def end(person: Person) -> None:
    """Take back what was asked of somebody, if they hold a post of the house again, or will."""
    if holds_a_post_after(person, timezone.localdate() - timedelta(days=1)):
        Parting.objects.filter(person=person, answered_on=None).delete()
