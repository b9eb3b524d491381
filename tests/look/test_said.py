"""Dates, money and sizes as people say them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.utils import translation

from qingfeng.look import said


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(datetime(2026, 11, 26, 1, 30, tzinfo=UTC), tick=False):
        yield


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "11月27日 周五"), ("en", "Fri 27 Nov")])
def test_a_day_of_this_year_is_said_without_the_year(language, words):
    with translation.override(language):
        assert said.day(date(2026, 11, 27)) == words


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "2027年5月7日 周五"), ("en", "Fri 7 May 2027")])
def test_a_day_of_another_year_is_said_with_it(language, words):
    with translation.override(language):
        assert said.day(date(2027, 5, 7)) == words


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "2026年3月1日"), ("en", "1 Mar 2026")])
def test_a_day_on_a_paper_has_its_year(language, words):
    with translation.override(language):
        assert said.dated(date(2026, 3, 1)) == words


def test_an_instant_is_said_in_the_time_of_the_district():
    late = datetime(2026, 11, 26, 17, 5, tzinfo=UTC)

    with translation.override("zh-hans"):
        assert said.moment(late) == "11月27日 周五 01:05"
        assert said.day(late) == "11月27日 周五"
    with translation.override("en"):
        assert said.moment(late) == "Fri 27 Nov, 01:05"


@pytest.mark.parametrize(
    ("days", "kind", "chinese", "english"),
    [
        (3, "working", "还剩 3 个工作日", "3 working days left"),
        (1, "working", "还剩 1 个工作日", "1 working day left"),
        (0, "working", "今天到期", "due today"),
        (-2, "working", "逾期 2 个工作日", "2 working days late"),
        (12, "calendar", "还剩 12 天", "12 days left"),
        (-1, "calendar", "逾期 1 天", "1 day late"),
    ],
)
def test_what_is_left_is_counted_in_the_days_of_the_clock(days, kind, chinese, english):
    with translation.override("zh-hans"):
        assert said.left(days, kind) == chinese
    with translation.override("en"):
        assert said.left(days, kind) == english


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("1284503.5"), "1,284,503.50 元"),
        (0, "0.00 元"),
        (Decimal("-12.345"), "−12.35 元"),
        ("0.005", "0.01 元"),
        (None, "—"),
        ("", "—"),
    ],
)
def test_money_has_thousands_two_decimals_and_its_unit(value, words):
    with translation.override("zh-hans"):
        assert said.money(value) == words


def test_a_number_keeps_the_decimals_it_has():
    assert said.number(Decimal("1234.50")) == "1,234.50"
    assert said.number(1234567) == "1,234,567"
    assert said.number("七") == "七"


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 B"), (1023, "1,023 B"), (1024, "1.0 KB"), (1_284_503, "1.2 MB"), (5 * 1024**3, "5.0 GB")],
)
def test_a_size_is_said_in_the_largest_unit_that_fits(size, words):
    assert said.filesize(size) == words


def test_what_is_not_there_is_a_dash():
    assert said.day(None) == said.moment(None) == said.filesize(None) == "—"


@pytest.mark.parametrize(
    ("cited", "chinese"),
    [
        ("监察法 Art. 5", "监察法第5条"),
        ("监察法 Art. 5, 6, 44; 政务处分法 Art. 43", "监察法第5、6、44条; 政务处分法第43条"),
        ("信访工作条例 Art. 17-19, 27", "信访工作条例第17至19、27条"),
        ("民法典 Art. 203 · 待核实", "民法典第203条 · 待核实"),
        ("Artikel 5; 区级 Part. 3", "Artikel 5; 区级 Part. 3"),
        ("", ""),
    ],
)
def test_a_provision_is_cited_as_its_readers_cite_it(cited, chinese):
    with translation.override("en"):
        assert said.provision(cited) == cited
    with translation.override("zh-hans"):
        assert said.provision(cited) == chinese
