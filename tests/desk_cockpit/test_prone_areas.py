"""Prone areas: what a cell says, what is hidden, what nobody looked at; the page and who opens it."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from a_desk import text_of
from a_prone_area import DISTRICT, a_district, half_a_year
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from qingfeng.desk.cockpit import prone as panel
from qingfeng.desk.cockpit.asked import Asked
from qingfeng.desk.prone import ranked, weak, words
from qingfeng.desk.prone.asked import Asked as Reading
from qingfeng.desk.returns.measures import Cell, measure
from qingfeng.desk.returns.scope import Scope
from qingfeng.findings.models import Exposure, Lead
from qingfeng.findings.prone.asked import Question, confirmed
from qingfeng.findings.prone.cells import cells, table
from qingfeng.look.sheets import unpacked
from qingfeng.matters.models import ClockRun, MatterLink, Party
from qingfeng.organization.models import Interest, Unit
from qingfeng.plain.suppression import TOTAL

pytestmark = pytest.mark.django_db
BY = ("unit", "expense")
EDUCATION = ("云水区教育局", "vehicle_cost")
SMALL = ("云水区民政局", "vehicle_cost")


@pytest.fixture(scope="module")
def district(house, tmp_path_factory, django_db_blocker):
    """The district, once a module."""
    with django_db_blocker.unblock():
        a_district(tmp_path_factory.mktemp("district") / "run")
    return house


@pytest.fixture
def desk(district, db):
    return district


def _table(by=BY, **more):
    return table(Question(half_a_year(), by, **more))


def _address(*more):
    period = half_a_year()
    return f"/prone-areas/?since={period.since}&until={period.until}" + "".join(f"&{one}" for one in more)


def test_a_unit_with_more_than_its_exposure_explains_stands_out_alone(desk):
    found = _table()

    assert [one.key for one in found.standing_out] == [EDUCATION]
    cell = found.cells[0]
    assert (cell.verified, cell.raw, cell.exposure, cell.counts) == (24, 30, 120, "vehicles")
    assert cell.low < cell.rate < cell.high
    assert cell.rate < 24 / 120
    assert cell.believed.low > 1.5
    assert cell.needs == 0
    assert 0 <= found.by_chance < 0.1


def test_what_stands_out_says_why_and_whether_one_unit_alone_carries_it(desk):
    cells = {one.key: one for one in _table(("place", "expense")).cells}
    whole = cells["", "vehicle_cost"]

    (expected, found, alone) = ranked.reasons(("unit_kind", "expense"), replace(whole, units=1))
    (*_others, many) = ranked.reasons(("unit_kind", "expense"), whole)
    of_itself = list(ranked.reasons(BY, _table().cells[0]))

    assert whole.rules == [("fuel_holiday", whole.verified)]
    assert str(whole.verified) in expected
    assert f"{whole.verified}" in found
    assert "都在一个单位" in alone
    assert many == f"分布在 {whole.units} 个单位。"
    assert len(of_itself) == 2
    assert "单位" not in of_itself[-1]


def test_what_one_of_several_rules_found_is_not_told_by_number_where_it_is_small(desk):
    whole = _table(("place", "expense")).by_key["", "vehicle_cost"]
    by = ("place", "expense")

    large = list(
        ranked.reasons(by, replace(whole, rules=[("fuel_holiday", 9), ("fuel_over_tank_single", 5)]))
    )[1]
    small = list(
        ranked.reasons(by, replace(whole, rules=[("fuel_holiday", 9), ("fuel_over_tank_single", 1)]))
    )[1]

    assert "9" in large
    assert "5" in large
    assert not re.search("[0-9]", small)


def test_what_nobody_verified_counts_for_nothing(desk):
    before = _table().by_key[EDUCATION]
    Lead.objects.filter(unit_name=EDUCATION[0], matter=None).update(is_current=False)

    after = _table().by_key[EDUCATION]

    assert after.raw < before.raw
    assert (after.verified, after.rate) == (before.verified, before.rate)


def test_a_small_cell_and_what_gives_it_away_are_hidden(desk):
    found = _table()

    assert found.by_key[SMALL].is_hidden
    beside = {one.key for one in found.cells if one.is_hidden} - {SMALL}
    assert beside or (TOTAL, "vehicle_cost") in found.hidden
    assert EDUCATION not in found.hidden


def test_a_cell_about_one_person_is_hidden_however_large(desk):
    leads = Lead.objects.filter(unit_name="云水区水务局")
    leads.update(subject_kind="person", subject_key="云水区水务局·某人·0000")

    assert _table().by_key["云水区水务局", "vehicle_cost"].is_hidden


def test_a_unit_that_nobody_looked_at_is_not_a_clean_one(desk):
    town = _table(("place", "expense")).by_key

    assert town["柳溪镇", "vehicle_cost"].is_unseen
    assert not town["白鹭镇", "vehicle_cost"].is_unseen
    assert town["白鹭镇", "reception"].is_unseen


def test_too_little_is_said_with_how_much_more_would_be_needed(desk):
    cell = _table().by_key["云水区农业农村局", "vehicle_cost"]

    assert not cell.stands_out
    assert not cell.believed.is_telling
    assert cell.needs > 0


def test_with_fewer_than_ten_verified_no_rate_is_said(desk):
    kept = confirmed(Lead.objects.all()).values_list("pk", flat=True)[:9]
    Lead.objects.filter(matter__isnull=False).exclude(pk__in=list(kept)).update(matter=None)

    found = _table()

    assert found.missing == 1
    assert found.prior is None
    assert all(one.rate is None for one in found.cells)
    assert sum(one.verified for one in found.cells) == 9


@pytest.mark.parametrize("by", [("unit_kind", "expense"), ("place", "month"), ("month",), ("unit", "rule")])
def test_whatever_the_cells_are_they_sum_to_the_same(desk, by):
    found = _table(by)

    assert (
        sum(one.verified for one in found.cells)
        == found.verified
        == sum(so for _v, _f, so, *_r in DISTRICT.values())
    )
    assert (
        sum(one.raw for one in found.cells) == found.raw == sum(found for _v, found, *_r in DISTRICT.values())
    )


def test_kinds_of_post_are_of_people_and_of_what_counts_staff(desk):
    assert _table(("unit_kind", "post")).raw == 0


def test_a_period_changes_against_the_one_before_it(desk):
    cell = _table().by_key[EDUCATION]

    assert cell.change is not None
    assert cell.change.low < cell.change.ratio < cell.change.high
    assert _table(("unit", "month")).cells[0].change is None


def test_a_field_of_work_is_that_of_the_clue_it_led_to(desk):
    lead = Lead.objects.filter(unit_name=EDUCATION[0], matter__isnull=False).first()
    desk.directive.facts["area"] = "funds"
    desk.directive.save()
    MatterLink.objects.create(
        source=lead.matter, target=desk.directive, kind="leads_to", since_at=timezone.now()
    )

    found = _table(only={"area": "funds"})

    assert (found.verified, found.raw) == (1, 1)


def test_of_one_office_only_the_units_that_it_oversees_count(desk):
    office = Unit.objects.get(short_name="党风室")
    Unit.objects.filter(name=EDUCATION[0]).update(overseen_by=office)

    found = _table(within=office)

    assert {one.key[0] for one in found.cells} == {EDUCATION[0]}
    assert {one.key[0] for one in _table(within=Unit.objects.get(name=EDUCATION[0])).cells} == {EDUCATION[0]}


def test_a_unit_that_binds_its_reader_is_in_no_cell(desk):
    Interest.objects.create(
        person=desk.person("principal"), unit=Unit.objects.get(name=EDUCATION[0]), kind="shares"
    )

    found = _table(viewer=desk.viewer("principal"))
    page = desk.browser("principal").get(_address("rows=unit", "columns=expense"))

    assert EDUCATION[0] not in {one.key[0] for one in found.cells}
    assert EDUCATION[0] not in page.content.decode()


def test_what_is_no_dimension_is_refused():
    with pytest.raises(ValueError, match="no such dimension: colour"):
        cells(half_a_year(), ("colour",))
    with pytest.raises(ValueError, match="exposures have"):
        cells(half_a_year(), ("rule",))


def test_the_page_says_what_stands_out_and_what_nobody_looked_at(desk):
    page = desk.browser("analyst").get(_address("rows=unit", "columns=expense"))

    said = text_of(page)
    assert "突出" in said
    assert "从未看过" in said
    assert "预计有 0.0 个出于偶然" in said
    assert "云水区民政局" not in said.partition("按突出程度排列")[2].partition("地点分布")[0]


def test_every_number_of_the_page_opens_as_many_rows_as_it_says(desk):
    browser = desk.browser("analyst")
    told = re.findall(
        r'<a href="(/prone-areas/rows/[^"]+)">([\d,]+)', browser.get(_address()).content.decode()
    )

    assert len(told) > 5
    for href, number in told:
        rows = browser.get(unescape(href))
        assert rows.status_code == 200, href
        assert rows.content.decode().count('<tr role="row">') - 1 == min(int(number), 50), href


def test_a_hidden_cell_has_no_rows_and_neither_has_what_is_not_there(desk):
    browser, period = desk.browser("analyst"), half_a_year()
    start = f"/prone-areas/rows/?since={period.since}&until={period.until}&what=raw&by=unit,expense"

    assert browser.get(f"{start}&v={SMALL[0]}&v=vehicle_cost").status_code == 404
    assert browser.get(f"{start}&v=某单位&v=vehicle_cost").status_code == 404
    assert browser.get(f"{start}&v={EDUCATION[0]}").status_code == 404
    assert browser.get("/prone-areas/rows/?what=raw&by=colour&v=x").status_code == 404
    assert browser.get(f"{start}&v={EDUCATION[0]}&v=vehicle_cost").status_code == 200


@pytest.mark.parametrize("who", ["case_supervisor", "registrar", "superior"])
def test_for_whom_leads_are_not_all_there_the_page_is_not(desk, who):
    assert desk.browser(who).get("/prone-areas/").status_code == 404


def test_what_is_taken_along_says_hidden_and_never_looked_at(desk):
    page = desk.browser("analyst").get(_address("rows=unit", "columns=expense")).content.decode()
    sheets = [unpacked(one) for one in re.findall(r'name="table" value="([^"]+)"', page)]

    heat, cells_ = sheets[0], sheets[1]
    flat = [value for row in heat.rows for value in row]
    assert "隐去" in flat
    assert "从未看过" in flat
    assert 24 in flat
    assert next(row[0] for row in cells_.rows).startswith("云水区教育局")


def test_the_cockpit_draws_the_same_numbers(desk):
    period = half_a_year()
    asked = Asked.read(desk.viewer("principal"), {"since": f"{period.since}", "until": f"{period.until}"})
    found = _table(viewer=desk.viewer("principal"))

    line = panel.show(asked).blocks[0].lines[0]

    cell = found.cells[0]
    assert line.name == words.cell_name(BY, cell.key)
    assert [one.value for one in line.numbers] == [
        cell.verified, cell.raw, round(cell.believed.mean, 4), round(cell.believed.low, 4),
    ]  # fmt: skip


def test_weak_points_tell_places_that_were_seen_from_those_that_were_not(desk):
    page = text_of(desk.browser("analyst").get(_address()))
    half = page.partition("查纠工作薄弱点")[2]

    assert "柳溪镇" in half
    assert "1/1" in half
    assert "1 个单位中 0 个有数据" in half


def test_what_is_late_counts_only_where_the_office_looks(desk):
    lead = Lead.objects.filter(unit_name="云水区教育局", matter__isnull=False).first()
    educated = Unit.objects.get(name="云水区教育局")
    Party.objects.create(matter=lead.matter, role="unit", unit=educated, since_at=timezone.now())
    yesterday = timezone.localdate() - timedelta(days=1)
    ClockRun.objects.create(
        matter=lead.matter, key="report", started_on=yesterday, due_on=yesterday, working={}
    )
    viewer = desk.viewer("analyst")
    elsewhere = next(
        one for one in Unit.objects.filter(is_ours=True) if not educated.overseen_by or not
        educated.overseen_by.path.startswith(one.path)
    )  # fmt: skip

    whole = weak.weak(Reading.read(viewer, {}))
    other = weak.weak(Reading.read(viewer, {"office": str(elsewhere.pk)}))

    assert whole.late >= 1
    assert other.late == sum(one.late for _place, cells, _never in other.rows for one in cells) == 0


def test_the_page_asks_no_more_of_the_database_however_much_there_is(desk):
    browser = desk.browser("analyst")

    def asked():
        with CaptureQueriesContext(connection) as held:
            assert browser.get(_address()).status_code == 200
        return len(held)

    asked()
    few = asked()
    Exposure.objects.bulk_create(
        Exposure(
            unit_name=f"某单位{no}", expense="reception", month=half_a_year().since, amount=9, snapshot="5"
        )
        for no in range(40)
    )

    assert asked() <= few


def test_returns_may_count_what_was_verified_and_which_units_nobody_looked_at(desk):
    whole = Scope(half_a_year())
    so, unseen = measure("prone.verified"), measure("prone.unseen")

    kinds = so.count(whole, ("unit_kind",))

    assert so.count(whole, ())[()].value == sum(one.value for one in kinds.values()) == 32
    assert so.rows(whole, ("unit_kind",), ("机关",)).count() == kinds["机关",].value == 26
    assert unseen.count(whole, ("place",)) == {("柳溪镇",): Cell(1)}
