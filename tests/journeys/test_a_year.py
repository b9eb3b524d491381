"""A year that will not close because a half-year study is missing, in browsers: said, and ended lawfully."""

from dataclasses import replace

import a_road
import pytest
from in_chromium import needs_chromium

from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.duty.sample import EVALUATED

pytestmark = [
    needs_chromium[0],
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.on_postgres,
]
CASE = "unfulfilled"
STEPS = sampling.cases("duty")[CASE]["steps"]
REPORTED = next(no for no, step in enumerate(STEPS, start=1) if step["act"] == "report_duty")
LATE = {
    "studied_on": "day:21",
    "attended": 7,
    "attended_posts": "党组书记、党组成员",
    "topics": "全面从严治党",
    "decisions": "下半年补课。",
    "followed_by": "分管副局长",
    "follow_due": "day:60",
    "minutes": ["file:会议记录.pdf"],
}


def evaluated(road):
    """A year of 2025 without a study in its second half, evaluated in January after."""
    matter = sampling.play("duty", CASE, road.scene(), steps=REPORTED)
    return sampling.go_on(matter, EVALUATED, replace(road.scene(), base=matter.opened_on))


def test_a_year_without_a_half_year_study_is_not_closed_nor_forged_and_ends_as_not_fulfilled(road):
    from qingfeng.desk.kinds import address
    from qingfeng.matters.registry import mechanism

    matter, declared = evaluated(road), mechanism("duty")
    assert matter.stage == "evaluated"

    with road.on(22):
        principal = road.at("principal")
        principal.go("/duty-chain/?year=2025")
        cell = principal.page.locator("td").filter(has_text="缺").first
        cell.wait_for()
        principal.go(address(matter))
        assert principal.reads("下半年没有专题研究记录")
        principal.go(f"{address(matter)}acts/close/")
        assert principal.reads("由主要负责人写明原因，以“未完成”办结")
    with road.on(23):
        contact = road.at("housing_contact")
        contact.go(f"{address(matter)}acts/study_second/")
        contact._line(declared, "studies", LATE, "line-studies-1")
        contact.press("登记下半年专题研究", ".form-acts")
        contact.page.get_by_text("该日期不在本年度下半年").first.wait_for()

    ends = [{**step, "day": 24 + no} for no, step in enumerate(STEPS[REPORTED:])]
    done = a_road.carry(road, matter, ends)

    assert (done.stage, done.facts["missing"]) == ("unfulfilled", ["second_half"])
    assert done.lines.filter(ledger="studies").count() == 1
    with road.on(30):
        contact = road.at("housing_contact")
        contact.go(address(done))
        assert contact.reads("年度履责未完成告知书")
        principal = road.at("principal")
        principal.go("/duty-chain/?year=2025")
        assert principal.reads("年度履责未完成")
