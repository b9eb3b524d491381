"""A petition from the counter on a phone to the desk and back: followed, objected to, reviewed, rated."""

import pytest
from a_writer import DESK, PHONE, Writer, office_does
from in_chromium import needs_chromium, sideways

pytestmark = [*needs_chromium, pytest.mark.django_db(transaction=True), pytest.mark.slow]
TEXT, WRONG = "泵房夜间噪声很大，请到场测量并答复。", "测量是白天做的，不是夜里。"
DECIDED = {
    "line": "demand",
    "line_why": "要求主管单位履职。",
    "area": "grassroots",
    "topic": "housing",
    "level": "district",
}


@pytest.mark.parametrize(
    "size",
    [pytest.param(PHONE, id="phone", marks=pytest.mark.on_postgres), pytest.param(DESK, id="desk")],
)
def test_a_petition_is_written_followed_objected_to_reviewed_twice_and_rated(home, road, size):
    from qingfeng.desk.kinds import address
    from qingfeng.matters.door import perform
    from qingfeng.matters.models import Matter
    from qingfeng.organization.viewer import viewer_for
    from qingfeng.project.both_ends import go_round

    writer, seen = Writer(road, size), {}

    def said(what, text="", rating=0):
        with road.on(road.day):
            seen[what] = writer.opens(code)
            writer.says(what, text, rating)
            go_round(at_once=True)

    with road.on(0):
        go_round(at_once=True)
        code = writer.answers("petition", about="泵房噪声", text=TEXT, name="梅见山", room="第一纪检监察室")
        go_round(at_once=True)
        matter = Matter.objects.get(mechanism="petition")
        perform("classify", matter, by=viewer_for(road.person("petition_registrar")), facts=DECIDED)
    office_does(road, matter, after="", until="serve")
    with road.on(road.day):
        go_round(at_once=True)
    said("object", WRONG)
    said("review", "请夜间再测一次。")
    with road.on(road.day):
        desk = road.at("petition_registrar")
        desk.page.set_viewport_size(size)
        desk.go(address(matter))
        page = desk.page.inner_text("body")
        wide = sideways(desk.page)
    office_does(road, matter, after="serve", until="review")
    with road.on(road.day):
        go_round(at_once=True)
    said("reexamine", "复查仍未夜间测量。")
    office_does(road, matter, after="review", until="recheck")
    with road.on(road.day):
        go_round(at_once=True)
    said("rate", "总算测了。", rating=4)

    matter.refresh_from_db()
    assert matter.facts["demand"] == TEXT
    assert WRONG in page
    assert "申请复查" in page
    assert wide == 0
    assert all(words in seen[what] for what, words in (("object", "处理意见"), ("reexamine", "复查")))
    assert (matter.facts["rating"], matter.facts["satisfied"]) == (4, "rather")
    assert [one.facts["said_as"] for one in matter.lines.filter(ledger="dialogue").order_by("no")] == [
        "object", "review", "reexamine", "rate",
    ]  # fmt: skip
    assert writer.found == []
    assert matter.recusals.filter(until_at=None).exists()
