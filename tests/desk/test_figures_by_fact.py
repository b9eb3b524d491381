"""Figures that count clocks are split by facts of their matter."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from qingfeng.matters import statistics
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism

pytestmark = pytest.mark.django_db


def test_a_share_of_clocks_is_split_by_a_fact_of_their_matters(desk):
    kind = mechanism("directive")
    figure = next(one for one in kind.figures if one.key == "on_time_upwards")
    later = timezone.localdate() + timedelta(days=400)

    rows = statistics.count(
        figure, kind, Matter.objects.all(), statistics.Period(date(2020, 1, 1), later, later)
    )

    assert {row.split for row in rows} == {(desk.directive.facts["source_level"],)}
