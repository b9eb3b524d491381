"""From small data to a decision, in browsers: suggested, proposed, counted, studied, decided; and a quiz."""

import re
import sys
from datetime import date
from pathlib import Path

import pytest
from in_chromium import a_context, a_page, followed, needs_chromium, serious_findings, sideways

from qingfeng.mechanisms import sampling

sys.path.append(str(Path(__file__).parents[1] / "desk_fields"))

pytestmark = [
    needs_chromium[0],
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
]
LATER = 100  # 15 April 2026: the last two quarters are whole


def shifted(step):
    """A step of the sample topic, so many days later; what the house counts is not typed in."""
    told = {key: value for key, value in step.items() if key != "lines"}
    return {**told, "day": step["day"] + LATER}


def test_a_suggestion_becomes_a_topic_and_the_topic_a_campaign(road):
    """小数据形成大决策: as a question, by field and kind of office, decided by people."""
    import a_field
    from a_road import carry

    from qingfeng.desk.kinds import address
    from qingfeng.matters.models import Matter

    for month in (10, 11, 12):
        a_field.exposed(date(2025, month, 1), 100, unit="柳溪镇")
    a_field.doubts(a_field.a_screening(), date(2026, 2, 1), 12, unit="柳溪镇")
    with road.on(LATER):
        analyst = road.at("analyst")
        analyst.go("/fields/suggestions/")
        assert analyst.reads("原因何在")
        assert not analyst.page.locator("main").get_by_text("柳溪镇").count()
        assert serious_findings(analyst.page) == []
        assert sideways(analyst.page) == 0
        followed(analyst.page.get_by_role("link", name=re.compile("^提出此选题")))
        assert analyst.page.locator("#id_area").input_value() == "conduct"
        assert "原因何在" in analyst.page.locator("#id_why_now").input_value()
        for key in ("topic", "purpose", "alternatives", "needs", "expected"):
            analyst.page.fill(f"#id_{key}", sampling.cases("topic")["carried_out"]["facts"][key])
        analyst.page.locator("#id_names_nobody").check()
        with analyst.page.expect_navigation():
            analyst.page.locator("main .form-acts button[type=submit]").first.click()
    topic = Matter.objects.get(mechanism="topic")
    assert (topic.stage, topic.facts["office_kind"]) == ("proposed", "town")

    steps = sampling.cases("topic")["carried_out"]["steps"]
    wanted = ("set_hands", "count", "hand_in", "study", "decide")
    told = {step["act"]: step for step in reversed(steps)}
    carry(road, topic, [shifted(told[act]) for act in wanted])

    campaign = topic.links_out.get(kind="leads_to").target
    with road.on(LATER + 40):
        deputy = road.at("deputy")
        deputy.go(address(topic))
        assert deputy.reads("多于上一期间，超出随机波动。") or deputy.reads("差别在随机波动之内。")
        followed(deputy.page.locator("main a[href*='what=finding']").first)
        assert deputy.page.locator("main a[href^='/leads/']").count() == 12
        deputy.go(address(campaign))
        assert deputy.reads(topic.facts["topic"])


def test_a_quiz_is_answered_by_nobody_in_particular_before_and_after(road):
    """不想: whether an education reached people, without a name, on their own screen."""
    from a_road import carry

    from qingfeng.desk.kinds import address
    from qingfeng.desk.quizzes import answering

    steps = sampling.cases("quiz")["closed"]["steps"]
    places = {step["act"]: no for no, step in enumerate(steps)}
    quiz = sampling.play("quiz", "closed", road.scene(), steps=places["open_before"])
    for act, right in (("open_before", False), ("open_after", True)):
        quiz = carry(road, quiz, [steps[places[act]]])
        with road.on(steps[places[act]]["day"]):
            _answered_in_a_browser(road, quiz, right=right)
        for _ in range(5):
            told = {one.no: one.right if right else "" for one in answering.questions_of(quiz)}
            answering.hand_in(quiz, "town", told)
    quiz = carry(road, quiz, [steps[places["close"]]])

    with road.on(steps[places["close"]]["day"]):
        head = road.at("case_supervisor")
        head.go(address(quiz))
        assert head.reads("教育后答对更多。")
        assert head.reads("6份")
        assert not head.reads("区直机关")
        head.go("/fields/conduct/")
        assert head.reads("教育后答对更多。")
        assert serious_findings(head.page) == []


def _answered_in_a_browser(road, quiz, *, right):
    """Somebody who is not signed in answers on a telephone."""
    from qingfeng.desk.quizzes import answering

    context = a_context(road.browser, road.server, locale="zh-CN", viewport={"width": 360, "height": 740})
    page = a_page(context)
    page.goto(f"{road.server.url}/answer/{answering.code_of(quiz, quiz.stage)}/")
    assert serious_findings(page) == []
    assert sideways(page) == 0
    page.locator("input[name=office_kind][value=organ]").check()
    for one in answering.questions_of(quiz):
        key = one.right if right else next(key for key, _text in one.answers if key != one.right)
        page.locator(f"input[name=q{one.no}][value={key}]").check()
    with page.expect_navigation():
        page.get_by_role("button", name="提交", exact=True).click()
    assert page.get_by_text("答对了" if right else "没有答对").count() == 3
    assert [one["name"] for one in context.cookies() if "session" in one["name"]] == []
    assert page.troubles == []
    context.close()
