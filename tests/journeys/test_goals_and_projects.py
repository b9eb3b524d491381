"""A project that failed and says so, scored by three apart; a goal with its board and what serves it."""

import pytest
from a_road import carry, opened
from in_chromium import needs_chromium

from qingfeng.mechanisms import sampling

pytestmark = [
    needs_chromium[0],
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.on_postgres,
]


def steps_of(kind, case):
    return sampling.cases(kind)[case]["steps"]


def test_a_project_that_failed_is_scored_apart_examined_and_shows_its_lessons(road):
    """M03: 不合格 is a lawful end with what was learnt, shown as openly as a success."""
    from qingfeng.desk.kinds import address

    steps = steps_of("demonstration", "unqualified")
    first = next(no for no, step in enumerate(steps) if step["act"] == "score")
    examined = next(no for no, step in enumerate(steps) if step["act"] == "examine")
    project = sampling.play("demonstration", "unqualified", road.scene(), steps=first)

    carry(road, project, steps[first : first + 2])
    with road.on(13):
        one, other = road.at("trial_reviewer"), road.at("case_one")
        for desk in (one, other):
            desk.go(address(project))
        assert one.reads("推广条件低")
        assert not one.reads("建议写明代表回避情形")
        assert other.reads("建议写明代表回避情形")
        assert not other.reads("推广条件低")
        head = road.at("style_head")
        head.go(address(project))
        assert not head.reads("推广条件低")
        assert head.reads("还有评审人未评分")
    sampling.go_on(project, steps[first + 2 : first + 3], road.scene())
    project.refresh_from_db()
    carry(road, project, steps[first + 3 : first + 4])
    with road.on(15):
        one = road.at("trial_reviewer")
        one.go(address(project))
        assert one.reads("建议写明代表回避情形")

    sampling.go_on(project, steps[first + 4 : examined], road.scene())
    project.refresh_from_db()
    carry(road, project, steps[examined:])

    with road.on(297):
        somebody = road.at("case_two")
        somebody.go("/demonstrations/board/")
        failed = somebody.page.locator("#failed")
        assert "“一键上报”廉情信息系统" in failed.inner_text()
        assert "先以制度明确往来记录义务" in failed.inner_text()
        assert "百分之二十四" in failed.inner_text()
        assert failed.get_by_role("link", name="查看全文").count() == 1
    assert (project.stage, project.is_open) == ("learnt", False)
    assert road.troubles() == []


def test_a_goal_is_set_fairly_served_read_on_its_board_and_not_rated_before_what_serves_it_has_ended(road):
    """M01: measurable, with a sourced standing; linked items that are open block its closing."""
    from qingfeng.desk.kinds import address
    from qingfeng.matters.registry import mechanism

    declared = mechanism("goal")
    goal = opened(road, "goal", "reached")
    with road.on(3):
        head = road.at("style_head")
        head.start(goal, declared.act("revise"))
        head.page.locator("#id_indicator").fill("全年立案数量")
        head.press(str(declared.act("revise").name), ".form-acts")
        assert head.reads("目标不得以处分、问责、查处的人数或者案件数衡量")
    steps = list(steps_of("goal", "reached"))
    approved = {**steps[2], "parties": {"verifier": ["visitor_one"], "cooperating": ["office"]}}
    carry(road, goal, [*steps[:2], approved])

    directive = sampling.play("directive", "closing", road.scene(), steps=5)
    with road.on(20):
        leader = road.at("principal")
        leader.go(address(goal))
        leader.press("添加支撑事项")
        leader.page.locator("#id_other").fill(directive.number)
        leader.page.locator("#id_reason").fill("该督办要求按期整改，计入本目标")
        leader.press("列为支撑事项", ".form-acts")
        leader.page.locator("button[name=confirmed][value=yes]").wait_for()
        leader.press("列为支撑事项", ".form-acts")
        leader.page.get_by_text("已列为支撑事项").wait_for()
    carry(road, goal, [steps[3]])

    with road.on(80):
        somebody = road.at("case_two")
        somebody.go("/goals/board/?year=2026")
        assert somebody.reads("建议书整改按期销号率进入全市前三")
        assert somebody.reads("第7位（共9家）")
        assert somebody.reads(directive.number)
        assert (
            somebody.page.locator("svg.quarters")
            .first.get_attribute("aria-label")
            .startswith("第一季度: 20%")
        )
        with somebody.page.expect_download() as begun:
            somebody.press("分解表（DOCX）", "body")
        assert begun.value.suggested_filename.startswith("2026年度目标任务分解表")
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        for size in (360, 1366):
            somebody.page.set_viewport_size({"width": size, "height": 800})
            assert not somebody.page.evaluate(wide), size
        keeper = road.at("style_one")
        keeper.go(address(goal))
        assert keeper.reads("支撑本目标的事项尚未办结")
        assert keeper.reads("没有佐证")
    assert road.troubles() == []
