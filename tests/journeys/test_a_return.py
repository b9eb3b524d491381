"""A return in the browser: defined, counted, signed by three, taken along, its rows opened, corrected."""

import pytest
from django.utils import timezone
from in_chromium import needs_chromium

from qingfeng.desk.returns import computing
from qingfeng.desk.returns.models import Edition

pytestmark = [
    needs_chromium[0],
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
]


def _named(road, account):
    return road.office.accounts[account].person.number


def _press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def _written(road, page):
    """Write a return of two lines and a check, step by step."""
    page.goto(f"{road.server.url}/returns/new/")
    page.get_by_label("标题").fill("督办事项月报")
    page.get_by_label("报表期别").select_option("month")
    page.get_by_label("第 1 行：指标").select_option("directive.by_source")
    page.get_by_label("第 2 行：指标").select_option("directive.by_office")
    _press(page, "排版")
    page.get_by_label("下设分项").first.select_option("source_level")
    page.get_by_label("表内校验").fill("1 = 2")
    _press(page, "保存")
    page.get_by_role("heading", name="督办事项月报").wait_for()


def _counted(page, edition):
    computing.count.call(edition.pk)
    page.reload()
    page.get_by_role("heading", name="我可以做的").or_(page.locator("#can")).first.wait_for()


def test_a_return_goes_from_its_definition_to_a_correction(road):
    today = timezone.localdate()
    people = [_named(road, one) for one in ("analyst", "case_supervisor", "principal")]
    filler = road.at(people[0]).page
    _written(road, filler)
    filler.get_by_label("期间", exact=True).select_option(f"{today:%Ym%m}")
    _press(filler, "交后台统计")
    first = Edition.objects.get()
    _counted(filler, first)

    here = f"{road.server.url}/returns/{first.key}/of/{first.slug}/"
    for number, name in zip(
        people, ("以填报人身份签字", "以审核人身份签字", "以负责人身份签字"), strict=True
    ):
        page = road.at(number).page
        page.goto(here)
        _press(page, name)
    leader = road.at(people[2]).page
    with leader.expect_download() as held:
        leader.get_by_role("button", name="DOCX").click()
    leader.get_by_text("更正（另出一版）").click()
    leader.get_by_label("理由").or_(leader.locator("#why")).first.fill("补录一件。")
    _press(leader, "统计新一版")
    second = Edition.objects.exclude(pk=first.pk).get()
    _counted(leader, second)

    first.refresh_from_db()
    assert first.is_frozen
    assert held.value.suggested_filename.endswith(".docx")
    assert leader.get_by_text("补录一件。").is_visible()
    assert leader.get_by_text("各项数字均无变化。").is_visible()
