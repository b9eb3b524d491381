"""What panels draw: counted by the worker for the house, shown with its time, and never to who sees less."""

from datetime import timedelta

import pytest
from a_desk import text_of
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from qingfeng.desk.cockpit import clocks, quality, stock
from qingfeng.desk.cockpit.asked import Asked
from qingfeng.desk.cockpit.panels import PANELS
from qingfeng.desk.returns import readings
from qingfeng.desk.returns.measures import measure
from qingfeng.desk.returns.models import StoredReading
from qingfeng.matters import access
from qingfeng.matters.models import Matter, RecusalDecision

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(desk):
    """The house's readings of today."""
    readings.keep_up()
    return desk


def _asked(desk, who="principal", **more):
    return Asked.read(desk.viewer(who), more)


def _total(shown):
    numbers = (one.value or 0 for block in shown.blocks for line in block.lines for one in line.numbers)
    return sum(numbers)


def test_the_worker_reads_all_that_panels_want_and_no_sooner_again_than_it_is_old(read):
    there = {(row.measure, row.by) for row in StoredReading.objects.all()}
    again = readings.keep_up()
    later = readings.keep_up(timezone.now() + timedelta(minutes=16))

    assert there == {(key, ",".join(by)) for one in PANELS for key, by in one.wants}
    assert again == 0
    assert later == len(there) == StoredReading.objects.count()


@pytest.mark.parametrize("panel", [clocks, stock, quality])
def test_a_panel_says_the_same_from_its_reading_as_counted_now(read, panel):
    asked = _asked(read)
    stored = panel.show(asked)
    StoredReading.objects.all().delete()
    live = panel.show(_asked(read))

    assert asked.times
    assert stored.blocks == live.blocks
    assert _total(stored) > 0


def test_a_number_is_shown_with_its_time_until_it_is_counted_again(read):
    principal = read.browser("principal")
    before = StoredReading.objects.get(measure="matters.open")
    read.played("directive", "objected", steps=1, ago=1)
    page = principal.get("/cockpit/")
    held = _total(stock.show(_asked(read)))
    principal.post("/cockpit/again/", {"query": ""})
    waits = text_of(principal.get("/cockpit/"))
    readings.count_asked.call()
    after = _total(stock.show(_asked(read)))

    assert f"{timezone.localtime(before.counted_at):%H:%M}" in text_of(page)
    assert "全委口径" in text_of(page)
    assert "正在重新统计" in waits
    assert DBTaskResult.objects.filter(task_path__endswith="count_asked").exists()
    assert after == held + 1
    assert not readings.is_asked_again(timezone.localdate())


@pytest.mark.parametrize("who", ["deputy", "case_supervisor"])
def test_who_sees_less_is_never_shown_the_number_of_the_house(read, who):
    asked = _asked(read, who)

    for panel in (clocks, stock, quality):
        panel.show(asked)

    assert all(key.startswith("leads.") for key in asked.times)
    assert "按全委口径统计。点开" not in text_of(read.browser(who).get("/cockpit/"))


def test_a_count_of_ones_own_is_kept_with_its_time_until_one_acts_or_is_recused(read):
    def counted():
        asked = _asked(read, "deputy")
        return _total(stock.show(asked)), asked.own_times.get("matters.open")

    first, at = counted()
    read.played("directive", "objected", steps=1, ago=1)
    held = counted()
    RecusalDecision.objects.create(
        matter=access.visible(read.viewer("deputy")).filter(is_open=True, mechanism="directive").first(),
        person=read.person("deputy"), ground="亲属", at=timezone.now(), decided_by=read.person("principal"),
    )  # fmt: skip
    without, anew = counted()
    page = text_of(read.browser("deputy").get("/cockpit/"))

    assert held == (first, at)
    assert anew > at
    assert without == first  # the one that was begun, less the one that is hidden
    assert f"{timezone.localtime(anew):%H:%M}" in page


def test_a_principal_who_is_recused_from_one_matter_gets_numbers_without_it(read):
    whole = _total(stock.show(_asked(read)))
    RecusalDecision.objects.create(
        matter=Matter.objects.filter(is_open=True, mechanism="directive").first(),
        person=read.person("principal"), ground="亲属", at=timezone.now(), decided_by=read.person("deputy"),
    )  # fmt: skip
    new = _asked(read)
    before = _total(stock.show(new))
    readings.keep_up(timezone.now() + timedelta(minutes=16))
    asked = _asked(read)

    assert before == whole - 1
    assert "matters.open" not in new.times
    assert _total(stock.show(asked)) == whole - 1
    assert "matters.open" in asked.times
    assert stock.show(asked).trends == []


def test_days_or_an_office_of_ones_own_are_counted_now(read):
    office = str(read.office.units["党风室"].pk)
    since = (timezone.localdate() - timedelta(days=40)).isoformat()

    for more in ({"office": office}, {"since": since}):
        asked = _asked(read, **more)
        quality.show(asked)
        assert asked.times == {}, more


def test_readings_of_earlier_days_make_a_line(read):
    row = StoredReading.objects.get(measure="matters.open")
    day = row.on - timedelta(days=1)
    StoredReading.objects.create(
        measure=row.measure, digest=row.digest, by=row.by, on=day, since=day - timedelta(days=readings.DAYS),
        until=day, cells=[[["directive", "0"], 2, None]], counted_at=row.counted_at - timedelta(days=1),
    )  # fmt: skip
    StoredReading.objects.create(
        measure=row.measure, digest="0" * 64, by=row.by, on=day - timedelta(days=1), since=day, until=day,
        cells=[], counted_at=row.counted_at,
    )  # fmt: skip
    days = readings.trend("matters.open", ("kind", "age"), until=row.on)
    shown = stock.show(_asked(read))

    assert [one.on for one in days] == [day, row.on]
    assert days[0].total == 2
    assert [one.name for one in shown.trends] == ["未结事项"] or shown.trends[0].points
    assert "<polyline" in read.browser("principal").get("/cockpit/").content.decode()
    assert stock.show(_asked(read, "deputy")).trends == []


def test_anybody_reads_a_measure_by_name_and_is_told_whether_it_is_the_house_s(read):
    period = readings.last_year(timezone.localdate())
    opened = measure("matters.opened")

    house = readings.reading(opened, period, viewer=read.viewer("principal"), by=("kind",))
    own = readings.reading(opened, period, viewer=read.viewer("deputy"), by=("kind",))

    assert house.as_of is not None
    assert own.as_of is None
    assert house.cells[("directive",)].value >= own.cells[("directive",)].value > 0


def test_readings_that_no_trend_needs_are_forgotten(read):
    StoredReading.objects.filter(measure="matters.open").update(on=timezone.localdate() - timedelta(days=801))

    assert readings.forget_old() == 1


def test_what_is_defined_otherwise_since_is_read_at_once(read):
    StoredReading.objects.filter(measure="matters.open").update(digest="0" * 64)

    assert readings.keep_up() == 1
