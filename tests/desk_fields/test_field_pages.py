"""Field pages: three side by side, every number opens its rows, small ones do not, nobody is named."""

import a_field
import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from qingfeng.desk.fields.asked import Asked
from qingfeng.desk.fields.measures import MEASURES
from qingfeng.desk.fields.shown import Field
from qingfeng.findings.models import Lead
from qingfeng.look import sheets
from qingfeng.matters.models import RecusalDecision
from qingfeng.organization.models import Person

PAGE = "/fields/conduct/"


@pytest.fixture(scope="module")
def past(house):
    """A field with a past; the office is rolled back after the module."""
    return a_field.Past()


@pytest.fixture
def field(desk, past):
    """The field as the principal sees it."""
    viewer = desk.viewer("principal")
    return Field(Asked.read(viewer, a_field.AREA, {}))


def cells(field, key):
    return [field.cell(MEASURES[key], quarter).text for quarter in field.asked.quarters]


def text_of(page):
    return strip_tags(page.content.decode())


def test_a_field_sets_cases_rules_and_education_side_by_side_by_quarter(desk, past, field):
    """“三不”一体推进."""
    page = desk.browser("principal").get(PAGE)
    chart = field.side_by_side

    assert page.status_code == 200
    assert [name for _key, name, _lines in field.groups] == [
        "不敢：案件与问责", "不能：制度建立与执行", "不想：教育与测评", "领域自身情况",
    ]  # fmt: skip
    assert cells(field, "decided")[-3:] == ["6", "少于5", "0"]
    assert cells(field, "educations")[-3] == "1"
    assert cells(field, "kept")[-1] == "1"
    assert chart.series[0].values[-2] is None
    assert all(str(one) in text_of(page) for one in past.quarters)


def test_a_number_opens_its_rows_and_a_small_one_opens_nothing(desk, past, field):
    browser = desk.browser("principal")

    for line in (line for _key, _name, lines in field.groups for line in lines):
        for cell, quarter in zip(line.cells, field.asked.quarters, strict=True):
            if cell.href:
                rows = browser.get(cell.href)
                shown = rows.context["table"].rows.paginator.count
                assert (rows.status_code, shown) == (200, cell.value), (line.measure.key, quarter)
    hidden = field.asked.rows_at("decided", past.quarters[-2])
    assert browser.get(hidden).status_code == 404


def test_the_file_of_a_page_hides_what_the_page_hides(field):
    sheet = sheets.unpacked(field.signed)
    decided = next(row for row in sheet.rows if "处分决定" in row[0])

    assert decided[-3:] == [6, "少于5", 0]


def test_before_and_after_an_action_says_when_it_cannot_be_said(field, past):
    told = {line.action.kind: line for line in reversed(field.action_lines)}

    letter, case, newest = told["letter"], told["case"], told["education"]
    assert letter.action.says == past.letter.number
    assert letter.around.says == "fewer"
    assert (letter.around.before.found, letter.around.after.found) == (24, 0)
    assert letter.around.change.high < 1
    assert case.action.when == f"{case.action.on:%Y-%m}"
    assert newest.action.says == past.newest.number
    assert (newest.says, newest.change) == ("尚不能说明：之后的数据不足三个整月。", "—")
    assert "回落" in field.says


def test_the_rate_has_a_mark_for_the_actions_of_a_quarter(field, past):
    chart = field.rate_chart

    assert chart.band is not None
    assert {one.first for one in chart.spans} >= {str(past.quarters[-3])}
    assert all(value is None or value >= 0 for value in chart.series[0].values)


def test_who_sees_a_part_of_the_doubts_is_told_no_rate(desk, past):
    handler = desk.viewer("case_one")
    page = desk.browser("case_one").get(PAGE)
    field = Field(Asked.read(handler, a_field.AREA, {}))

    assert page.status_code == 200
    assert field.rate_chart is None
    assert all(line.around is None for line in field.action_lines)
    assert "据此计算的比率不能代表本领域" in text_of(page)


def test_a_matter_that_recuses_somebody_is_in_none_of_their_numbers(desk, past, field):
    viewer = desk.viewer("deputy")
    before = cells(Field(Asked.read(viewer, a_field.AREA, {})), "kept")[-1]
    RecusalDecision.objects.create(
        matter=past.kept,
        person=desk.person("deputy"),
        ground="任职回避",
        at=a_field.at(past.quarters[-1].first),
    )

    after = Field(Asked.read(desk.viewer("deputy"), a_field.AREA, {}))

    assert (before, cells(after, "kept")[-1]) == ("1", "0")
    assert past.kept.number not in text_of(desk.browser("deputy").get(PAGE))
    assert cells(field, "kept")[-1] == "1"


@pytest.mark.parametrize("key", ["unit_contact", "W0403", "system_admin"])
def test_field_pages_are_there_for_own_staff_only(desk, past, key):
    browser = desk.browser(key)

    for name in ("/fields/", PAGE, "/fields/suggestions/", f"{PAGE}rows/"):
        assert browser.get(name).status_code == 404


def test_nobody_can_be_found_through_any_page_of_a_field(desk, past, field):
    """Nobody is named, by no page, no file and no row behind a number (rights.md 22)."""
    browser = desk.browser("principal")
    subject = Person.objects.get(number="W0102").name
    addresses = ["/fields/", PAGE, "/fields/suggestions/"]
    addresses += [cell.href for _k, _n, lines in field.groups for line in lines for cell in line.cells]

    said = [browser.get(one).content.decode() for one in dict.fromkeys(filter(None, addresses))]
    said += [str(sheets.unpacked(field.signed)), str(sheets.unpacked(field.signed_actions))]

    assert Lead.objects.filter(subject_name=a_field.SECRET).exists()
    assert not [page for page in said if a_field.SECRET in page or subject in page]


def test_an_unknown_field_or_number_has_no_page(desk, past):
    browser = desk.browser("principal")

    assert browser.get("/fields/nowhere/").status_code == 404
    for query in ("what=nothing&quarter=2026Q1", "what=made&quarter=2026Q9", "what=clue&since=x&until=y"):
        assert browser.get(f"{PAGE}rows/?{query}").status_code == 404
    assert browser.get(f"{PAGE}rows/").headers["Location"] == PAGE


def test_every_field_has_its_picture_and_says_it_in_words(desk, past):
    page = desk.browser("principal").get("/fields/")
    pictures = {one.area: one for one in page.context["pictures"]}

    assert len(pictures) == 11
    assert "在执行的制度（近六个月有执行记录）：1" in pictures["conduct"].says
    assert [len(bars) for _name, _base, bars in pictures["works"].rows] == [0, 0, 0]
    assert pictures["conduct"].rows[1][2]


def test_what_stands_out_is_asked_and_begins_a_proposal(desk, past):
    """小数据形成大决策: as a question, by field and kind of office."""
    quarter = max(one for one in past.quarters if one.last < a_field.timezone.localdate())
    a_field.exposed(quarter.first, 100, unit="柳溪镇")
    a_field.doubts(past.screening, quarter.first, 30, unit="柳溪镇")
    browser = desk.browser("analyst")

    page = browser.get("/fields/suggestions/")
    told = page.context["told"].suggestions
    town = next(one for one in told if one.office_kind == "town")
    form = browser.get(town.propose_at)

    assert town.title.endswith(" · 镇街")
    assert "原因何在" in town.asks
    assert [source.now for source in town.sources if source.whys] == ["30"]
    assert browser.get(next(one for one in town.sources if one.whys).href).status_code == 200
    filled = form.context["handed"].form
    assert (filled["area"].initial, filled["office_kind"].initial) == ("conduct", "town")
    assert filled["why_now"].initial == town.asks
    assert town.propose_at.startswith(reverse("desk:new", kwargs={"kind": "topic"}))
    assert "提出此选题" in text_of(page)
    assert "柳溪镇" not in strip_tags(page.content.decode().split("<main", 1)[1])
