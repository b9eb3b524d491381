"""What is said of one matter from its rows is what the list of all matters says, for everybody."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from qingfeng.matters import access
from qingfeng.matters.models import LEVELS, BreakGlass, Matter, Party, RecusalDecision
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import viewer_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def undone(site):
    """Let a test change the house, and undo it."""
    with transaction.atomic():
        yield site
        transaction.set_rollback(True)


def told_of_all(viewer):
    """By matter: whether the list has it, and whether the list says that it is seen whole."""
    there = set(access.visible(viewer).values_list("pk", flat=True))
    whole = set(Matter.objects.filter(access.whole_q(viewer)).values_list("pk", flat=True))
    return {pk: (pk in there, pk in whole) for pk in Matter.objects.values_list("pk", flat=True)}


def told_of_each(viewer):
    return {
        one.pk: (access.may_see(viewer, one), access.view_of(viewer, one) == "whole")
        for one in Matter.objects.all()
    }


@pytest.mark.parametrize("level", [key for key, _words in LEVELS])
@pytest.mark.parametrize("days", [0, pytest.param(40, marks=pytest.mark.slow)])
def test_one_matter_and_the_list_say_the_same_for_everybody(undone, level, days):
    Matter.objects.update(confidentiality=level)
    people, matters = list(Person.objects.order_by("pk")), list(Matter.objects.order_by("pk"))
    now = timezone.now()
    for at, matter in enumerate(matters):
        person = people[at % len(people)]
        if at % 3 == 0:
            RecusalDecision.objects.create(matter=matter, person=person, ground="旧识", at=now)
        else:
            until = now + timedelta(hours=1 if at % 3 == 1 else -1)
            BreakGlass.objects.create(matter=matter, person=person, reason="急", at=now, expires_at=until)

    on = timezone.localdate() - timedelta(days=days)
    for person in people:
        viewer = viewer_for(person, on)
        told = told_of_each(viewer)
        if days:  # looking back asks who could see; how much is asked of today only
            assert {pk: seen for pk, (seen, _) in told.items()} == {
                pk: seen for pk, (seen, _) in told_of_all(viewer).items()
            }, person
        else:
            assert told == told_of_all(viewer), person
    assert Party.objects.exists()
