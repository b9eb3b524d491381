"""Two heads begin an assessment of the same people at one moment: one is opened, one is refused (M32)."""

import sys
from pathlib import Path

import pytest

from qingfeng.matters.answers import Done, Refusal
from qingfeng.matters.door import open_matter
from qingfeng.matters.models import Matter
from qingfeng.organization.viewer import viewer_for

sys.path.append(str(Path(__file__).parents[1] / "house"))
sys.path.append(str(Path(__file__).parents[1] / "organization"))

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_assessments_opened_at_the_same_moment_the_later_is_refused():
    import an_office
    from at_once import at_once

    room, org = an_office.a_unit(is_ours=True), an_office.a_unit(is_ours=True)
    heads = [an_office.a_post(None, org, "dept_head").person for _no in range(2)]
    facts = {"year": 2026, "objects_class": "staff", "units": [room.pk]}

    def opening(head):
        by = viewer_for(head)
        return lambda: open_matter("assessment", by=by, title="年度考核", owner=org, facts=facts)

    told = at_once(*map(opening, heads))

    assert {type(one) for one in told} == {Done, Refusal}
    assert next(one for one in told if isinstance(one, Refusal)).gates == ("alone",)
    assert Matter.objects.filter(mechanism="assessment").count() == 1
