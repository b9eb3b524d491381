"""What may never be scored: walked over every reading, every column, every default indicator."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingfeng.appraisal.points import formula, readings, schemes
from qingfeng.appraisal.points.marks import NEVER_CITED
from qingfeng.appraisal.points.readings import FORBIDDEN, READINGS, SCORE, SHARE
from qingfeng.matters.registry import mechanisms

pytestmark = pytest.mark.django_db

ALLOWED_TABLES = {
    "matters_clockrun", "matters_matter", "matters_party", "matters_performance", "appraisal_rated",
    "appraisal_round", "appraisal_daily", "organization_post", "organization_unit", "organization_postrole",
    "organization_relation",
}  # fmt: skip
COLUMNS = re.compile(
    r"place_name|location|latitude|longitude|gps|address|click|login|sign_in|screen|visit|device"
)


def test_no_reading_is_named_after_what_is_never_scored():
    for key in READINGS:
        assert not set(FORBIDDEN) & set(key.split("_")), key
        assert not any(word in key for word in ("petition", "satisf", "punish")), key


def test_every_reading_is_a_share_or_a_score_and_says_where_it_comes_from():
    assert {one.unit for one in READINGS.values()} == {SHARE, SCORE}
    assert all(str(one.words) and str(one.source) and one.of for one in READINGS.values())


def test_no_reading_looks_at_petitions_receptions_reports_or_complaints():
    """信访工作条例 Arts. 17-19: how many come, and how often, is nobody's merit and nobody's fault."""
    known = {one.key for one in mechanisms()}
    read = {kind for one in READINGS.values() for kind in one.reads}

    assert not read & {"petition", "petition_slip", "reception", "report", "complaint", "appeal"}
    assert read <= known | {"referral"}


@pytest.mark.parametrize(("key", "of"), [(key, of) for key, one in READINGS.items() for of in sorted(one.of)])
def test_a_reading_asks_no_other_table_than_those_of_work(office, key, of):
    people = [one.pk for one in office.people.values()]

    with CaptureQueriesContext(connection) as asked:
        readings.read(key, of, people, date(2026, 1, 1), date(2026, 12, 31))

    tables = {name for one in asked for name in re.findall(r'(?:FROM|JOIN) "(\w+)"', one["sql"])}
    assert tables
    assert tables <= ALLOWED_TABLES


def test_no_table_of_the_assessment_has_a_column_for_places_screens_or_clicks():
    tables = [one for one in apps.get_app_config("appraisal").get_models() if "points" in one.__module__]
    columns = [field.name for one in tables for field in one._meta.get_fields()]

    assert len(tables) == 11
    assert [name for name in columns if COLUMNS.search(name)] == []


def test_the_default_scheme_adds_up_and_reads_known_readings_only(office):
    made = schemes.draft(2026, "年度考核办法", by=office.person("evaluator").pk)

    assert schemes.wrong(made) == []
    for one in made.indicators.exclude(formula=""):
        assert set(formula.names(formula.parse(one.formula, readings.names_of(one.of)))) <= set(READINGS)


def test_no_deduction_may_stand_on_a_petition_or_an_objection():
    assert {"petition", "petition_slip", "reception", "report", "appeal"} <= set(NEVER_CITED)


def test_a_share_over_nothing_says_nothing(office):
    handler = office.person("handler").pk

    found = readings.read("clocks_met", "person", [handler], date(2026, 1, 1), date(2026, 3, 31))

    assert found == {}


def test_a_mean_is_that_of_its_rows():
    found = readings._mean([(Decimal(1), "clock:1"), (Decimal(1), "clock:2"), (Decimal(0), "clock:3")])

    assert (found.value, found.count, found.evidence) == (
        Decimal("0.6667"), 3, ("clock:1", "clock:2", "clock:3"),
    )  # fmt: skip
