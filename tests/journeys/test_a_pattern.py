"""A card's trace on its way, in browsers: varied, tried, signed by another, screened with, followed."""

import shutil
import sys
from pathlib import Path

import pytest
from in_chromium import followed, needs_chromium

from qingfeng.mechanisms import sampling

TESTS = Path(__file__).parents[1]
sys.path += [str(TESTS / "desk_patterns"), str(TESTS / "mechanisms")]

pytestmark = [
    needs_chromium[0],
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.on_postgres,
]


@pytest.fixture
def lake(settings, tmp_path):
    """A home of the test's own whose lake holds some fills."""
    import a_trace

    home = a_trace.filled(tmp_path)
    shutil.copytree(settings.HOME / "keys", home / "keys", dirs_exist_ok=True)
    settings.HOME = home
    return home


def work():
    """Do every job that waits, as the worker does."""
    from qingfeng.findings.running import run_next

    while run_next():
        pass


def test_a_card_becomes_a_rule_by_its_thresholds_tried_signed_screened_with_and_shown(road, lake):
    """查处一个案件、总结一类规律、治理一个领域; 监察法 Art. 44: two hands."""
    from qingfeng.desk.kinds import address
    from qingfeng.findings.models import Lead, OwnVersion

    card = sampling.play("pattern", "closed", road.scene(), steps=1)
    with road.on(12):
        analyst = road.at("analyst")
        analyst.go(address(card))
        analyst.press("调整现有规则", "main")
        analyst.page.get_by_role("link", name="单次加油超油箱容积", exact=True).click()
        analyst.page.fill("#id_title", "单次加油超油箱容积（从严）")
        analyst.page.fill("#id_p_tolerance", "1")
        analyst.page.fill("#id_p_slack_l", "0")
        analyst.page.fill("#id_reason", "规律卡所述手法：单次加油量高于油箱容积。")
        assert analyst.page.locator("#id_card").input_value() == str(card.pk)
        analyst.press("保存并去试跑", ".form-acts")
        assert analyst.reads("尚未试跑")
        assert not analyst.page.get_by_role("button", name="提请第二人审核").count()
        analyst.press("用历史数据试跑")
        work()
        analyst.page.reload()
        assert analyst.reads("命中涉及 2 个单位")
        assert analyst.reads("原规则命中 1 条，本规则同样命中其中 1 条")
        analyst.press("提请第二人审核")
        assert not analyst.page.get_by_role("button", name="启用", exact=True).count()
    with road.on(14):
        head = road.at("style_head")
        head.go("/own-rules/")
        assert head.reads("待第二人审核")
        head.press("单次加油超油箱容积（从严）")
        head.page.fill("#decision", "参数与油箱登记相符。")
        head.press("启用", ".form-acts")
        assert head.reads("已启用：下次筛查将查所有单位")
    with road.on(15):
        analyst = road.at("analyst")
        analyst.go("/records/screenings/")
        analyst.press("开始筛查", ".form-acts")
        work()
        analyst.go(address(card))
        assert analyst.reads("领域跟踪中")
        assert analyst.reads("3 条疑点")
        followed(analyst.page.get_by_role("link", name="3 条疑点"))
        assert analyst.page.locator("a[href^='/leads/']").count()

    version = OwnVersion.objects.get()
    card.refresh_from_db()
    assert version.author != version.decided_by
    assert (card.stage, card.facts["rule_id"]) == ("followed", version.own.rule)
    assert Lead.objects.filter(rule=version.own.rule, is_current=True).count() == 3
