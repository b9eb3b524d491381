"""Points at browsers: an entry from a phone, its check, a judgement, the period closed, an appeal."""

import sys
from pathlib import Path

import pytest
from in_chromium import needs_chromium, serious_findings, sideways

sys.path.append(str(Path(__file__).parents[1] / "appraisal"))

pytestmark = [
    needs_chromium[0],
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.on_postgres,
]
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def scheme(road):
    """A scheme in force from the first day of the journey on, with the sheets of one room."""
    import a_year

    with road.on(0):
        made = a_year.in_force(road.office)
        kept = [a_year.sheet_of(made, road.person(number)).pk for number in ("Y0401", "Y0402")]
        made.sheets.exclude(pk__in=kept).delete()
    return made


def written(road):
    """The handler writes one sentence on a phone."""
    desk = road.at("Y0402", has_touch=True)
    page = desk.page
    page.set_viewport_size(PHONE)
    desk.go("/points/")
    assert sideways(page) == 0
    assert serious_findings(page) == []
    page.locator("#id_work").fill("核对加油明细，列出待核清单")
    with page.expect_navigation():
        page.get_by_role("button", name="记一条").click()
    page.get_by_text("待审核", exact=True).wait_for()


def checked(road):
    """The head confirms what is ticked."""
    desk = road.at("Y0401")
    desk.go("/points/checks/")
    assert serious_findings(desk.page) == []
    with desk.page.expect_navigation():
        desk.page.get_by_role("button", name="签认当日（1 条）").click()
    desk.page.get_by_text("没有待您审核的纪实").wait_for()


def judged(road, sheet):
    """The head judges the quarter by that entry."""
    desk = road.at("Y0401")
    desk.go(f"/points/sheets/{sheet.pk}/q1/judge/")
    desk.page.locator("#id_quarter_work_value").fill("5.5")
    desk.page.locator('input[name="entries"]').check()
    with desk.page.expect_navigation():
        desk.page.get_by_role("button", name="保存").click()
    desk.page.locator("#period-q1").wait_for()


def closed(road, scheme):
    """The evaluator closes the quarter; the sheet of the head, whom nobody judged, is named."""
    desk = road.at("Y0202")
    desk.go(f"/points/schemes/{scheme.pk}/")
    with desk.page.expect_navigation():
        desk.page.get_by_role("button", name="截止计分：第一季度").click()
    desk.page.get_by_text("韩守正").first.wait_for()


def test_an_entry_from_a_phone_becomes_a_point_with_what_it_rests_on(road, scheme):
    import a_year

    sheet = a_year.sheet_of(scheme, road.person("Y0402"))
    with road.on(8):
        written(road)
    with road.on(10):
        checked(road)
    with road.on(70):
        judged(road, sheet)
    with road.on(95):
        closed(road, scheme)
        desk = road.at("Y0402", has_touch=True)
        desk.go(f"/points/sheets/{sheet.pk}/")
        line = desk.page.locator("section[aria-labelledby=period-q1] li").filter(has_text="季度任务完成质量")
        line.locator("summary").click()
        line.get_by_text("核对加油明细，列出待核清单").wait_for()

        assert "9.17" in desk.page.locator("#period-q1").inner_text()
        assert sideways(desk.page) == 0
        assert serious_findings(desk.page) == []


def finished(road, scheme, sheet):
    """The rest of the year is judged and closed; the person has appealed, and it was upheld."""
    import a_year

    scheme.sheets.exclude(pk=sheet.pk).delete()
    a_year.closed(scheme, road.office)
    a_year.an_appeal(road.office, sheet.person, ("Y0501", "Y0003"), scheme.year)


def replaced(road, address):
    """One examiner replaces a judgement, sees both totals and signs."""
    desk = road.at("Y0501")
    page = desk.page
    desk.go(address)
    assert serious_findings(page) == []
    line = page.locator("#period-year").locator("..").locator("li").filter(has_text="年度实绩")
    line.locator("summary", has_text="替换这项评判").click()
    line.get_by_label("分数").fill("10")
    line.get_by_label("原因").fill("实绩漏计一项")
    line.get_by_label("依据的材料或者事项").fill("成果鉴定书")
    with page.expect_navigation():
        line.get_by_role("button", name="记入草案").click()
    page.get_by_role("heading", name="更改后的结果").wait_for()
    page.get_by_label("申诉成立的理由").fill("实绩漏计，申诉成立")
    with page.expect_navigation():
        page.get_by_role("button", name="作为第一人签署").click()


def test_an_appeal_replaces_a_judgement_by_two_and_the_person_sees_both_totals(road, scheme):
    import a_year

    sheet = a_year.sheet_of(scheme, road.person("Y0402"))
    address = f"/points/sheets/{sheet.pk}/review/"
    with road.on(370):
        finished(road, scheme, sheet)
        replaced(road, address)
        second = road.at("Y0003")
        second.go(address)
        with second.page.expect_navigation():
            second.page.get_by_role("button", name="作为第二人签署").click()
        desk = road.at("Y0402", has_touch=True)
        desk.page.set_viewport_size(PHONE)
        desk.go(f"/points/sheets/{sheet.pk}/")
        result = desk.page.locator("section", has=desk.page.get_by_role("heading", name="申诉复核结果"))
        result.get_by_text("实绩漏计一项").first.wait_for()

        assert "+6" in result.inner_text()
        assert sideways(desk.page) == 0
        assert serious_findings(desk.page) == []
