"""Somebody moves to another post: studied, agreed, all handed over, arrived, looked at after six months."""

import a_road
import pytest
from a_road import SIZES, fits, refused, waits, walk
from in_chromium import needs_chromium

from qingfeng.mechanisms import sampling

pytestmark = [
    needs_chromium[0],
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.on_postgres,
]
STORY = {
    **sampling.cases("exchange")["closed"],
    "title": "党风室干部交流到一室",
    "facts": {
        "direction": "rooms",
        "ground": "growth",
        "from_unit": "unit:style",
        "to_unit": "unit:case_room",
        "to_post": "一室科员",
        "need": "一室需要熟悉公务接待核查的同志。",
    },
    "parties": {"subject_planned": ["style_one"], "receiver": ["case_head"]},
}


def steps_of(*acts):
    """Steps of the story by act; who moves is named by the house itself at the talk."""
    steps = {step["act"]: step for step in STORY["steps"]}
    return [{key: value for key, value in steps[act].items() if key != "parties"} for act in acts]


def handed_over(road, matter, window):
    """Whoever moves hands every open part over, on a page; the organisation department enters it."""
    with road.on(33):
        mover = road.at("style_one", **window)
        mover.go("/handover/")
        fits(mover)
        mover.page.locator("#id_to").fill(road.person("style_two").number)
        mover.page.locator("#id_reason").fill("交流到一室")
        mover.press("工作移交", ".form-acts")
        mover.page.locator("button[name=confirmed][value=yes]").click()
        mover.page.wait_for_load_state()
        fits(mover)
    lines = matter.lines.filter(ledger="handing", state="listed").order_by("no")
    told = {"successor": "person:style_two", "handed_on": "day:33"}
    changes = {"handing": {one.no: told for one in lines}}
    walk(road, matter, [{"day": 33, "by": "org_head", "act": "hand", "changes": changes}], **window)


def posted(road, window):
    """The security administrator ends the old post with its rights and enters the new one."""
    mover = road.person("style_one")
    old = mover.posts.get(until_on=None)
    with road.on(38):
        admin = road.at("Y1202", **window)
        admin.go(f"/organization/posts/{old.pk}/end/")
        fits(admin)
        admin.page.locator("#id_until_on").fill(admin.typed("day:37"))
        admin.press("终止", ".form-acts")
        admin.go(f"/organization/people/{mover.number}/appoint/")
        fits(admin)
        admin.page.locator("#id_unit").select_option(str(road.office.units["一室"].pk))
        admin.page.locator("#id_title").fill("科员")
        admin.page.locator("#id_from_on").fill(admin.typed("day:38"))
        admin.page.locator("input[name=roles][value=handler]").check()
        admin.press("登记任职", ".form-acts")
        assert admin.reads("第一纪检监察室"), admin.page.inner_text("main")[:800]
        fits(admin)


@pytest.mark.parametrize("size", SIZES)
def test_somebody_moves_and_nothing_stays_behind_without_a_hand(road, size, monkeypatch):
    """M30; 监察法 Art. 67; 公务员法 Art. 74."""
    from qingfeng.desk.kinds import address

    window = SIZES[size]
    monkeypatch.setitem(sampling.cases("exchange"), "moves", STORY)
    course = sampling.play("course", "kept", road.scene(), steps=1)
    matter = a_road.opened(road, "exchange", "moves", **window)
    walk(road, matter, steps_of("study", "propose"), **window)
    assert (matter.facts["open_matters"], matter.facts["conflict_grounds"]) == (1, 0)
    with road.on(17):
        mover = road.at("style_one", **window)
        assert mover.go(address(matter)).status == 404

    walk(road, matter, steps_of("talk"), **window)
    with road.on(19):
        mover = road.at("style_one", **window)
        mover.go(address(matter))
        assert mover.reads("熟悉村级账目")
        fits(mover)
    walk(road, matter, steps_of("approve", "notify"), **window)

    walk(road, matter, [{"day": 28, "by": "org_head", "act": "draw_list"}], **window)
    assert "新列入" in matter.facts["list_changes"]
    listed = {one.facts["what"] for one in matter.lines.filter(ledger="handing")}
    assert listed >= {course.number, "承办人 · 党风室"}
    (arrive,) = steps_of("arrive")
    waits(road, matter, {**arrive, "day": 29}, "清单上还有未交接的项目", **window)
    handed_over(road, matter, window)
    course.refresh_from_db()
    assert course.parties.get(role="teacher", until_at=None).person == road.person("style_two")
    walk(road, matter, [{"day": 34, "by": "style_one", "act": "draw_list"}], **window)
    with road.on(34):
        mover = road.at("style_one", **window)
        assert mover.reads("清单变化")
    early = {**arrive, "day": 36, "facts": {"arrived_on": "day:36"}}
    refused(road, matter, early, "原岗位及其权限尚未停止", **window)
    posted(road, window)
    walk(road, matter, [arrive], **window)
    walk(road, matter, steps_of("look"), **window)

    assert (matter.stage, matter.is_open) == ("closed", False)
    with road.on(216):
        mover = road.at("style_one", **window)
        mover.go(address(matter))
        assert mover.reads("已独立牵头两项核查")
        fits(mover)
    assert road.troubles() == []
