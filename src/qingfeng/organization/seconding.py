"""People lent for a time (抽调): a post with the role `seconded`, and its end on the very day.

Whoever is lent reads only what they are named on (`roles.NAMED_ONLY`). The post is made by the house when an
undertaking is signed; its title names the group it is for, and by that it is found again.

Law:
    监察法 Art. 18 (secrets)
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet

from qingfeng.organization.accounts import end_sessions
from qingfeng.organization.declarations import end_stand_in, withdraw_stand_in
from qingfeng.organization.models import Account, Person, Post, PostRole, StandIn, Unit
from qingfeng.organization.people import appoint, end_post, end_role
from qingfeng.organization.roles import ADMINISTRATORS, FOR_OTHERS, ROLES

ROLE = "seconded"


def is_own(person: int, on: date) -> bool:
    """Return whether somebody is of our own staff on a day, apart from being lent."""
    held = PostRole.objects.held_on(on).filter(post__person=person).exclude(role=ROLE)
    return any(ROLES[role].is_ours for role in held.values_list("role", flat=True))


def cannot_be_lent(person: int, on: date) -> bool:
    """Return whether somebody may not be lent: an administrator, or whoever speaks for another body here."""
    held = PostRole.objects.held_on(on).filter(post__person=person)
    return held.filter(role__in=ADMINISTRATORS | FOR_OTHERS).exists()


def second(person: Person, unit: Unit, *, title: str, from_on: date, until_on: date) -> Post:
    """Lend somebody to a unit, from a day to a day, both inclusive; the house does it.

    Raises:
        Problem: If their roles clash, or the days run backwards.
    """
    days = {"from_on": from_on, "until_on": until_on}
    return appoint(person, unit, title=title, roles=[ROLE], **days, is_main=False, by=None)


def posts_for(title: str) -> QuerySet[Post]:
    """Return the posts made for one group by its title, oldest first, ended ones too."""
    return Post.objects.filter(title=title).order_by("from_on", "pk")


@transaction.atomic
def end_secondment(person: Person, *, title: str, on: date) -> int:
    """End what somebody was lent for: from that day, the day itself included, nothing of it is held.

    Open sessions end, and so does standing in for others, begun or still to begin, unless they are of our own
    staff besides: also where the posts had run out by themselves the day before.

    Args:
        person: Who goes back.
        title: Title of the posts made for the group.
        on: First day on which nothing is held any more.

    Returns:
        How many posts have ended.
    """
    ended = end_posts(person, title=title, on=on)
    if posts_for(title).filter(person=person).exists() and not is_own(person.pk, on):
        for row in StandIn.objects.filter(stand_in=person, until_on__gte=on):
            if row.from_on < on:
                end_stand_in(row, on - timedelta(days=1), by=None)
            else:
                withdraw_stand_in(row, by=None)
        for account in Account.objects.filter(person=person):
            end_sessions(account)
    return ended


@transaction.atomic
def end_posts(person: Person, *, title: str, on: date) -> int:
    """End the posts made for a group, and nothing else: others follow; see `end_secondment`."""
    return sum(_end(post, on) for post in posts_for(title).filter(person=person))


def _end(post: Post, on: date) -> bool:
    """End one post; a role that began on that day or later was never held."""
    last = on - timedelta(days=1)
    if post.until_on and post.until_on <= last:
        return False
    for given in post.roles.all():
        if given.until_on is None or given.until_on > last:
            end_role(given, last, by=None)
    end_post(post, max(last, post.from_on), by=None)
    return True
