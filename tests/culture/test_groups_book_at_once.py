"""Groups that book at the same moment: on a database that threads share."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from qingfeng.culture import booking
from qingfeng.culture.models import Entry
from qingfeng.culture.visit_models import Booking
from qingfeng.organization.models import Person

sys.path.append(str(Path(__file__).parents[1] / "house"))
pytestmark = pytest.mark.django_db(transaction=True)


def test_of_four_groups_at_once_no_more_come_than_there_are_places():
    from at_once import at_once

    entry = Entry.objects.create(
        kind="route", slug="line", theme="trust", made_by=Person.objects.create(number="P1", name="宣传员")
    )
    booking.add_slots(entry, starts=[timezone.now() + timedelta(days=1)], minutes=60, capacity=30)
    slot = entry.slots.get()

    told = at_once(*(lambda no=no: booking.book(slot, group=f"第{no}组", heads=14) for no in range(4)))

    assert sorted(type(one).__name__ for one in told) == ["Booking", "Booking", "Kept", "Kept"]
    assert Booking.objects.count() == 2
    assert booking.left(slot) == 2
