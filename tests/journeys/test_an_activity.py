"""An activity from its plan to the end of its showing, on phones and at desks: consent, hours, costs."""

import a_road
import pytest
from a_road import SIZES, opened, waits, walk
from in_chromium import needs_chromium

from qingfeng.mechanisms import sampling

pytestmark = [
    needs_chromium[0],
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.on_postgres,
]


def steps_of(story, *acts, **other):
    """Steps of a story by act, in the order in which they are asked for, with other values where given."""
    steps = {}
    for step in sampling.cases("activity")[story]["steps"]:
        steps.setdefault(step["act"], step)
    return [{**steps[act], **other} for act in acts]


def to_approval():
    """The plan is sent back once, handed in again and approved; two say themselves that they take part."""
    steps = list(sampling.cases("activity")["ended"]["steps"])
    return steps[: next(no for no, step in enumerate(steps) if step["act"] == "hold")]


@pytest.mark.parametrize("size", SIZES)
def test_an_activity_is_planned_held_accounted_for_shown_and_ended(road, size):
    """M34, M35; 个人信息保护法 Arts. 15, 31; 会计法 Art. 14."""
    from qingfeng.desk.kinds import address

    window = SIZES[size]
    matter = opened(road, "activity", "ended", **window)
    walk(road, matter, to_approval(), **window)
    assert {one.person.number for one in matter.parties.filter(role="participant", until_at=None)} == {
        road.person("style_two").number,
        road.person("case_one").number,
    }

    (held,) = steps_of("ended", "hold")
    walk(road, matter, [{**held, "facts": {**held["facts"], "hours": 20}}], **window)
    walk(road, matter, steps_of("ended", "add_output", "add_picture", "add_cost"), **window)
    (summed,) = steps_of("ended", "sum_up")
    waits(road, matter, summed, "有支出未附凭证", **window)
    walk(road, matter, steps_of("ended", "add_voucher", "strike_cost"), **window)
    walk(road, matter, [summed], **window)
    assert (matter.facts["cost"], matter.facts["hours_over"]) == ("460.00", 4)

    (shown,) = steps_of("ended", "show")
    waits(road, matter, shown, "照片能认出未成年人而无监护人书面同意", **window)
    walk(road, matter, steps_of("ended", "add_consent", "strike_picture", day=34), **window)
    walk(road, matter, steps_of("ended", "show", "withdraw_picture", "take_down"), **window)
    assert (matter.stage, matter.is_open) == ("ended", False)

    with road.on(120):
        head = road.at("org_head", **window)
        head.go(address(matter))
        assert "超计划时长（小时）" in head.page.locator("main").text_content()
        assert head.reads("村级收支公开表怎么看（图解）")
        a_road.fits(head)
        head.go("/society/")
        assert head.reads("20")
        a_road.fits(head)

    with road.on(121):
        somebody = road.at("style_two", **window)
        somebody.go("/growth/")
        somebody.press("建立我的成长档案")
        somebody.press("从平台选取")
        somebody.page.get_by_label(matter.title).first.check()
        somebody.press("选入我的档案", ".form-acts")
        assert somebody.reads(matter.title)
        assert not somebody.reads("20 小时")  # hours of all together are nobody's
        a_road.fits(somebody)
    assert road.troubles() == []
