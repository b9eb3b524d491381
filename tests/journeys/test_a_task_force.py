"""A task force: an expert signs at their own browser, works, and sees nothing the evening it is dissolved."""

import a_road
import pytest
from in_chromium import needs_chromium

from qingfeng.mechanisms import sampling

pytestmark = [
    needs_chromium[0],
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
]


def test_a_force_is_dissolved_and_its_members_see_nothing_the_same_evening(road):
    from qingfeng.desk.kinds import address

    steps = sampling.cases("task_force")["dissolved"]["steps"]
    acts = [step["act"] for step in steps]
    call_in, sign = acts.index("call_in"), acts.index("sign")
    unnamed = [{key: value for key, value in step.items() if key != "parties"} for step in steps]
    force = sampling.play("task_force", "dissolved", road.scene(), steps=call_in)

    force = a_road.carry(road, force, [unnamed[call_in]])
    with road.on(6):
        expert = road.at("finance_expert")
        expert.go(address(force))
        assert expert.reads("请您办理的内容")
        assert not expert.reads(force.title)
        assert not expert.reads("百里溪")
    force = a_road.carry(road, force, [unnamed[sign]])
    with road.on(6):
        expert = road.at("finance_expert")
        expert.go(address(force))
        assert expert.reads(force.title)

    force = sampling.go_on(force, steps[sign + 1 : -1], road.scene())
    with road.on(steps[-1]["day"]):
        head, expert, lead = road.at("style_head"), road.at("finance_expert"), road.at("style_one")
        head.go(address(force))
        assert head.reads("成员和查阅范围")
        expert.go("/task-forces/")
        assert expert.reads(force.number)
        lead.go(address(force))
        assert lead.reads(force.title)
    force = a_road.carry(road, force, [steps[-1]])

    with road.on(steps[-1]["day"]):
        expert.go(address(force))
        assert "/accounts/login/" in expert.page.url
        lead.go("/task-forces/")
        assert not lead.reads(force.number)
        assert lead.go(address(force)).status == 404
    assert force.stage == "dissolved"
