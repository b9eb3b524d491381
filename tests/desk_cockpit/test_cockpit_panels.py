"""The cockpit: what each panel counts, for whom, and that every number opens its rows."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from a_cockpit import some_leads, verified
from a_desk import at, text_of
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from many_matters import copied

from qingfeng.desk.cockpit import clocks, found, prone, quality, recurring, rights, stock
from qingfeng.desk.cockpit.asked import Asked
from qingfeng.desk.cockpit.panels import PANELS
from qingfeng.findings import precision
from qingfeng.findings.models import Exposure, Lead
from qingfeng.matters import access, guarding
from qingfeng.matters.models import ClockRun, Matter
from qingfeng.organization.models import Unit

pytestmark = pytest.mark.django_db


def _asked(desk, who="principal", **more):
    return Asked.read(desk.viewer(who), more)


def _total(shown, place=None):
    numbers = (number for block in shown.blocks for line in block.lines for number in line.numbers)
    if place is not None:
        numbers = (line.numbers[place] for block in shown.blocks for line in block.lines)
    return sum(number.value or 0 for number in numbers)


def test_every_number_of_every_panel_opens_as_many_rows_as_it_says(desk, tmp_path):
    leads = some_leads(tmp_path, 12)
    for lead in leads[:4]:
        verified(lead)
    browser = desk.browser("principal")
    page = browser.get("/cockpit/")
    told = re.findall(
        r'href="(/cockpit/[^"]+/rows/[^"]+)">([\d,]+)<span class="heard">', page.content.decode()
    )

    assert len(told) > 15
    for href, number in told:
        rows = browser.get(unescape(href))
        shown = rows.content.decode().count('<tr role="row">') - 1
        assert rows.status_code == 200
        assert shown == min(int(number.replace(",", "")), 50), href


SHARES = {("quality", "missed"), ("quality", "acts"), ("recurring", "again")}  # may stand behind a share


@pytest.mark.parametrize("who", ["principal", "deputy", "style_head", "case_supervisor"])
def test_for_everybody_who_opens_it_a_number_is_the_count_of_its_rows(desk, tmp_path, who):
    for place, lead in enumerate(some_leads(tmp_path, 12)):
        verified(lead, approved=place % 2 == 0, closed_days_ago=None if place % 3 else 10)
    asked, seen = _asked(desk, who), set()

    for panel in PANELS:
        for block in panel.show(asked).blocks:
            for number in (one for line in block.lines for one in line.numbers if one.href):
                query = parse_qs(urlsplit(number.href).query)
                if not number.href.startswith("/cockpit/"):
                    continue
                what = query["what"][0]
                rows = panel.rows(asked, what, query.get("of", [""])[0])
                is_share = number.words.endswith("%") and (panel.key, what) in SHARES
                assert is_share or rows.query.count() == number.value, number.href
                seen.add(panel.key)

    least = {"rights"} if who == "case_supervisor" else {"clocks", "stock", "quality", "rights"}
    assert least <= seen  # a case supervisor has a part in none of these matters


@pytest.mark.parametrize("who", ["principal", "deputy", "style_head"])
def test_a_number_counts_only_what_its_reader_may_see(desk, who):
    viewer = desk.viewer(who)
    open_now = access.visible(viewer).filter(is_open=True, standing="valid").count()

    assert _total(stock.show(_asked(desk, who))) == open_now


def test_a_matter_that_somebody_is_recused_from_is_in_no_number(desk):
    before = _total(stock.show(_asked(desk)))
    made = guarding.recuse(
        desk.directive, desk.person("principal"), "近亲属关系", by=desk.viewer("principal")
    )

    assert made.person == desk.person("principal")
    assert _total(stock.show(_asked(desk))) == before - 1
    for panel in PANELS:
        for block in panel.show(_asked(desk)).blocks:
            for line in block.lines:
                for number in line.numbers:
                    if number.href.startswith("/cockpit/"):
                        rows = desk.browser("principal").get(number.href)
                        assert at(desk.directive) not in rows.content.decode()


def test_overdue_and_near_duties_stand_with_the_office_that_owns_the_matter(desk):
    run = ClockRun.objects.filter(matter=desk.directive, state="running").first()
    ClockRun.objects.filter(matter__isnull=False, state="running").exclude(pk=run.pk).update(
        due_on="2030-01-01"
    )
    today = timezone.localdate()
    for due, place in (
        (today - timedelta(days=1), 0),
        (today + timedelta(days=3), 1),
        (today + timedelta(days=7), 2),
    ):
        ClockRun.objects.filter(pk=run.pk).update(due_on=due)
        (line,) = clocks.show(_asked(desk)).blocks[0].lines
        assert line.name == str(desk.directive.owner)
        assert [number.value for number in line.numbers] == [int(one == place) for one in range(3)]


def test_one_office_alone_is_counted_where_it_is_asked_for(desk):
    office = desk.directive.owner
    here = access.visible(desk.viewer("principal")).filter(is_open=True, owner__path__startswith=office.path)

    assert _total(stock.show(_asked(desk, office=str(office.pk)))) == here.count()


def test_leads_come_along_found_taken_up_concluded_closed(desk, tmp_path):
    first, second, third, _fourth = some_leads(tmp_path, 4)
    verified(first)
    verified(second, closed_days_ago=None)
    verified(third, closed_days_ago=None, approved=False)

    (line,) = found.show(_asked(desk)).blocks[0].lines

    assert [number.value for number in line.numbers] == [4, 3, 2, 1]


def test_the_precision_of_a_rule_stands_with_its_interval_or_says_that_there_is_none_yet(desk, tmp_path):
    leads = some_leads(tmp_path, 3)
    before = found.show(_asked(desk)).blocks[1].lines[0].note
    verified(leads[0])
    precision.refresh()
    after = found.show(_asked(desk)).blocks[1].lines[0].note

    assert "尚无" in before
    assert re.search(r"\d+%（\d+–\d+%）", after)


def test_the_share_met_counts_clocks_that_ended_or_are_overdue(desk):
    today = timezone.localdate()
    runs = list(ClockRun.objects.filter(matter=desk.directive).order_by("pk"))
    ClockRun.objects.exclude(pk__in=[run.pk for run in runs[:2]]).update(due_on="2030-01-01")
    ClockRun.objects.filter(pk=runs[0].pk).update(state="stopped", met=True, due_on=today)
    ClockRun.objects.filter(pk=runs[1].pk).update(state="stopped", met=False, due_on=today)

    line = next(one for one in quality.show(_asked(desk)).blocks[0].lines if one.name == "督办单")

    assert line.numbers[2].value == 2
    assert line.numbers[3].value == 50.0


def test_declared_shares_stand_beside_what_they_are_shares_of(desk):
    desk.played("directive", "closing", ago=100)
    shown = quality.show(_asked(desk))

    names = [line.name for block in shown.blocks[1:] for line in block.lines]
    assert "报结退回占比" in names or any("退回" in name for name in names)


def _exposed(*rows):
    first = timezone.localdate().replace(day=1) - timedelta(days=1)
    month = first.replace(day=1)
    Exposure.objects.bulk_create(
        Exposure(expense="vehicle_cost", unit=unit, unit_name=name, month=month, amount=n, snapshot="5")
        for unit, name, n in rows
    )
    Lead.objects.update(month=month)


def test_too_few_verified_leads_say_so_and_how_many_more_it_takes(desk, tmp_path):
    for lead in some_leads(tmp_path, 9):
        verified(lead)
    shown = prone.show(_asked(desk))

    assert shown.blocks == []
    assert "9" in shown.note
    assert "1" in shown.note


def test_who_does_not_see_every_lead_is_shown_no_rates(desk, tmp_path):
    for lead in some_leads(tmp_path, 12):
        verified(lead)
    shown = prone.show(_asked(desk, "case_supervisor"))

    assert shown.blocks == []
    assert shown.note
    assert (
        prone.rows(_asked(desk, "case_supervisor"), "raw", "unit,expense|云水区教育局|vehicle_cost") is None
    )


def test_no_unit_is_named_on_the_wall(desk, tmp_path):
    for lead in some_leads(tmp_path, 12):
        verified(lead)
    others = [Unit.objects.get(name=name) for name in ("云水区水务局", "云水区民政局")]
    _exposed(*((one, one.name, 1000) for one in (Unit.objects.get(name="云水区教育局"), *others)))

    page = desk.browser("principal").get("/cockpit/wall/")

    assert "教育局" in text_of(desk.browser("principal").get("/cockpit/"))
    assert "教育局" not in text_of(page)
    assert "<a " not in page.content.decode().partition("<main")[2]


def test_a_subject_found_again_after_its_verification_was_closed_has_come_back(desk, tmp_path):
    first, second, third = some_leads(tmp_path, 3)
    verified(first, closed_days_ago=60)
    verified(third, "refuted", closed_days_ago=60)
    Lead.objects.filter(pk__in=[second.pk, third.pk]).update(subject_key=first.subject_key)

    (line,) = recurring.show(_asked(desk)).blocks[0].lines

    assert [number.value for number in line.numbers] == [1, 2, 200.0]


def test_found_before_its_verification_was_closed_it_has_not_come_back(desk, tmp_path):
    first, second = some_leads(tmp_path, 2)
    verified(first, closed_days_ago=5)
    Lead.objects.filter(pk=second.pk).update(subject_key=first.subject_key)

    (line,) = recurring.show(_asked(desk)).blocks[0].lines

    assert [number.value for number in line.numbers][:2] == [1, 0]


def test_the_rights_panel_counts_recusals_reads_and_emergency_access(desk):
    def counted(name):
        return next(
            one.numbers[0].value for one in rights.show(_asked(desk)).blocks[0].lines if one.name == name
        )

    before = [counted(one) for one in ("作出的回避决定", "使用应急查阅", "查阅受限事项")]
    desk.restricted(desk.reported)
    guarding.note_read(desk.viewer("principal"), desk.reported)
    guarding.recuse(desk.reported, desk.person("style_one"), "利害关系", by=desk.viewer("style_one"))
    guarding.break_glass(desk.referral.number, "线索灭失风险，须立即查看", by=desk.viewer("style_head"))

    after = [counted(one) for one in ("作出的回避决定", "使用应急查阅", "查阅受限事项")]
    assert [new - old for new, old in zip(after, before, strict=True)] == [1, 1, 1]


def test_the_cockpit_asks_no_more_with_fifty_matters_than_with_five(desk, tmp_path):
    some_leads(tmp_path, 5)
    browser = desk.browser("principal")

    def asked():
        with CaptureQueriesContext(connection) as held:
            assert browser.get("/cockpit/").status_code == 200
        return len(held)

    asked()
    few = asked()
    for matter in (desk.directive, desk.reported, desk.referral):
        copied(matter, 10, "more")
    some_leads(tmp_path / "more", 40, first=500)
    asked()  # the tray is counted anew after others' steps

    assert asked() <= few
    assert few < 90


def test_a_table_goes_out_with_its_definition_period_and_day(desk):
    browser = desk.browser("principal")
    page = browser.get("/cockpit/").content.decode()
    signed = re.findall(r'name="table" value="([^"]+)"', page)[0]

    response = browser.post("/look/sheet/", {"table": signed, "form": "csv"})

    assert response.status_code == 200
    from qingfeng.look.sheets import unpacked

    note, today = unpacked(signed).note, timezone.localdate()
    assert f"查询日 {today.year}年{today.month}月{today.day}日" in note
    assert "自然日" in note


@pytest.mark.parametrize("query", ["what=x&of=1", "what=overdue&of=x", "what=", "what=soon"])
def test_a_number_that_is_not_there_has_no_rows(desk, query):
    assert desk.browser("principal").get(f"/cockpit/clocks/rows/?{query}").status_code == 404


def test_no_panel_stands_empty_of_words_in_a_house_without_leads(desk):
    shown = [one.show(_asked(desk)) for one in PANELS]

    for panel in shown:
        assert panel.says
        assert panel.note or any(block.lines or block.empty for block in panel.blocks), panel.key
    assert Matter.objects.exists()
