"""A campaign from its topic to its look back, in the browsers of those who touch it; its data is gone."""

import a_road
import pytest
from in_chromium import needs_chromium

from qingfeng.mechanisms import sampling

pytestmark = [
    needs_chromium[0],
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.on_postgres,
]

IN_BROWSERS = {
    "approve_plan",  # the leader in charge
    "sweep",  # the head of the room
    "send_self_checks",
    "prove_deletion",  # the analyst
    "look_back",  # two members of the team
    "close",
}
"""Acts that somebody does in a browser; those between are played through the same door."""


def self_checked(road, matter):
    """The unit fills in its self-check on its own screen; who looks at it does the rest."""
    check = matter.links_out.get(kind="rolls_out").target
    steps = sampling.cases("self_check")["for_campaign"]["steps"]
    later = [{**one, "day": one["day"] + 63} for one in steps]
    typed = [{key: value for key, value in one.items() if key != "lines"} for one in later[:2]]
    a_road.carry(road, check, typed)
    sampling.go_on(check, later[2:], road.scene())
    return check


def test_a_campaign_goes_through_its_four_steps_and_its_data_is_gone(road):
    """M20; 个人信息保护法 Art. 19."""
    from qingfeng.desk.kinds import address

    matter = a_road.opened(road, "campaign", "closed")
    for step in sampling.cases("campaign")["closed"]["steps"]:
        if step["act"] == "send_self_checks":
            a_road.carry(road, matter, [step])
            check = self_checked(road, matter)
        elif step["act"] in IN_BROWSERS:
            a_road.carry(road, matter, [step])
        else:
            matter = sampling.go_on(matter, [step], road.scene())
    with road.on(206):
        head, unit, pilot = road.at("style_head"), road.at("education_contact"), road.at("housing_contact")
        head.go(address(matter))
        assert head.reads("四步进展")
        assert head.reads("公布数字与系统计数一致")
        assert head.reads("已删除并有证明")
        head.go("/campaigns/board/")
        assert head.reads(matter.number)
        unit.go(address(check))
        assert unit.reads("登记表三个月未登记里程")
        assert not unit.reads("超油箱容积")
        assert unit.go(address(matter)).status == 404
        pilot.go(address(matter))
        assert not pilot.reads("超油箱容积")

    matter.refresh_from_db()
    assert (matter.stage, matter.is_open) == ("closed", False)
    assert matter.lines.get(ledger="deletions").facts["deleted_sha256"]
    assert matter.clocks.get(key="data_gone").state == "stopped"
