"""Two workers tell who carries packages at the same moment: each of them is told once."""

import sys
from collections import Counter
from pathlib import Path

import pytest
from django.utils import timezone

from qingfeng.exchange.models import Received
from qingfeng.exchange.telling import tell_carriers
from qingfeng.matters.models import Notice

sys.path.append(str(Path(__file__).parents[1] / "house"))

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_workers_that_tell_at_the_same_moment_one_does():
    from an_office_kept import sample_office
    from at_once import at_once

    sample_office()
    now = timezone.now()
    Received.objects.create(end="office", digest="d", size=1, state="refused", came_at=now, last_at=now)

    told = at_once(*[tell_carriers] * 3)

    seen = Counter(Notice.objects.filter(kind="package_refused").values_list("person", flat=True))
    assert sorted(told) == [0, 0, 1], told
    assert set(seen.values()) == {1}
