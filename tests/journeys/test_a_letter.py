"""A letter's ugly roads in browsers: objected to, overdue in each link, returned three times, handed over."""

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
KIND = "recommendation"


def steps_of(case):
    """The steps of a story as a browser does them: facts that are a ledger's line are typed once."""
    twice = {"visit", "chase", "return_report", "hand_over_mending"}
    steps = sampling.cases(KIND)[case]["steps"]
    return [
        {key: value for key, value in step.items() if key != "lines"} if step["act"] in twice else step
        for step in steps
    ]


def place_of(steps, act, nth=1):
    return [no for no, step in enumerate(steps) if step["act"] == act][nth - 1]


def played(road, case, act, nth=1):
    """A matter just before an act of its story, and the steps that follow."""
    steps = steps_of(case)
    place = place_of(steps, act, nth)
    return sampling.play(KIND, case, road.scene(), steps=place), steps[place:]


def test_a_letter_is_compared_and_answered_by_the_unit_on_its_own_screen(road):
    from qingfeng.desk.kinds import address

    matter, steps = played(road, "closed", "compare")

    matter = a_road.carry(road, matter, steps[:1])
    reply = place_of(steps, "reply")
    matter = sampling.go_on(matter, steps[1:reply], road.scene())
    matter = a_road.carry(road, matter, steps[reply : reply + 3])

    with road.on(33):
        unit, ours = road.at("education_contact"), road.at("case_head")
        unit.go(address(matter))
        ours.go(address(matter))
        assert ours.reads("三专三提")
        assert ours.reads("责任链")
        assert unit.reads("单位整改措施")
        for hidden in ("三专三提", "印证规则", "容许剩余", "专审提示"):
            assert not unit.reads(hidden), hidden
    assert matter.stage == "planned"


def test_a_letter_returned_three_times_waits_for_the_talk(road):
    from qingfeng.desk.kinds import address

    matter, steps = played(road, "returned", "return_report", 3)

    matter = a_road.carry(road, matter, steps[:1])
    with road.on(114):
        unit = road.at("education_contact")
        unit.go(address(matter))
        refused = unit.reads("已退回三次")
    talk = next(one for one in steps if one["act"] == "hold_talk")
    matter = a_road.carry(road, matter, [talk])
    with road.on(119):
        unit.go(address(matter))
        still = unit.reads("已退回三次")

    assert (refused, still) == (True, False)
    assert matter.lines.filter(ledger="returns").count() == 3


def test_a_unit_objects_the_letter_is_revoked_and_another_is_withdrawn(road):
    matter, steps = played(road, "revoked", "object")
    other, last = played(road, "withdrawn", "withdraw_letter")

    matter = a_road.carry(road, matter, steps)
    other = a_road.carry(road, other, last)

    assert (matter.stage, other.stage) == ("withdrawn", "withdrawn")
    assert matter.slips.filter(key="reexamined").exists()
    assert other.slips.filter(key="withdrawn").exists()


def test_what_is_overdue_shows_in_each_link_and_a_link_is_handed_over_or_left(road):
    from qingfeng.desk.kinds import address
    from qingfeng.matters import guarding
    from qingfeng.organization.viewer import viewer_for

    matter, steps = played(road, "merged", "hand_over_mending")

    with road.on(200):
        lit = {}
        for key in ("tracker", "chaser", "education_contact"):
            desk = road.at(key)
            desk.go("/")
            lit[key] = matter.number in desk.page.inner_text("main")
    matter = a_road.carry(road, matter, steps[:1])
    guarding.recuse(matter, road.person("case_one"), "近亲属", by=viewer_for(road.person("principal")))
    with road.on(61):
        before, after, away = (road.at(key) for key in ("education_contact", "housing_contact", "case_one"))
        answers = [one.go(address(matter)).status for one in (before, after, away)]

    assert lit == {"tracker": True, "chaser": True, "education_contact": True}
    assert answers == [404, 200, 404]
    assert matter.lines.get(ledger="transfers").state == "mending"
