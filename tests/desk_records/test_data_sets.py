"""The register of data sets, and purpose limitation: told, recorded, shown (rights.md 3, 5)."""

import io
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from qingfeng.desk.records.register import data_sets
from qingfeng.findings import landing
from qingfeng.findings.models import Delivery, Job, Screening
from qingfeng.findings.purposes import Reads, other_uses
from qingfeng.journal.models import JournalEntry
from qingfeng.matters.door import open_matter
from qingfeng.matters.models import Matter, RecusalDecision
from qingfeng.matters.writing import join

sys.path.insert(0, str(Path(__file__).parents[1] / "desk"))

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(records):
    """The same office with its people at their browsers."""
    import a_desk

    return a_desk.Desk(records.office)


def came(request, table="fuel", *, rows=10, **more):
    """A data set that has come in for a request, or without one."""
    nothing = {"rejected": 0, "duplicates": 0, "withheld": {}}
    sheet = {"counted": table, "kept": {table: rows}, "rows_in": rows, **nothing}
    return Delivery.objects.create(
        name="加油明细第1期", request=request, made_at=timezone.now(), in_at=timezone.now(),
        account={"sheets": [sheet]}, **{"state": "in", **more},
    )  # fmt: skip


def asked(desk, ago=40):
    """A data request that was sent: for vehicles and cards."""
    return desk.until("data_request", "standing", "name_answerable", ago=ago)


def page_of(desk, who):
    answer = desk.browser(who).get("/records/register/")
    return answer.status_code, answer.content.decode()


def test_the_register_shows_every_data_set_with_its_purpose_and_its_proof(desk):
    request = asked(desk)
    record = {
        "id": 7,
        "at": "2026-03-01T17:00:00+00:00",  # after midnight here
        "what": "batch=1",
        "under": "",
        "rows": {"fuel": 10},
    }
    came(request, listed={"fuel": ["plate", "liters"]})
    came(request, state="deleted", deletion=record)
    came(None, "reception")

    status, page = page_of(desk, "analyst")

    assert status == 200
    for text in (request.number, request.facts["purpose"], "区机关事务中心", "plate, liters", ">7 ", "2026"):
        assert text in page
    assert "没有对应的调取事项" in page
    assert date(2026, 3, 2) in {one.deleted_on for one in data_sets(desk.viewer("analyst"))}
    assert request.links_out.get(kind="assessed_by").target.number in page


def test_the_last_day_is_the_earlier_one_and_what_is_past_it_is_said(desk):
    request = asked(desk)
    head = desk.viewer("style_head")
    done = open_matter("campaign", by=head, title="专项", owner=request.owner, facts={"area": "conduct",
                       "topic": "加油", "purpose": "核对。"})  # fmt: skip
    campaign = done.matter
    yesterday = timezone.localdate() - timedelta(days=1)
    Matter.objects.filter(pk=campaign.pk).update(
        facts={**campaign.facts, "data_until": yesterday.isoformat()}
    )
    join(campaign, request, "asks_for", at=timezone.now())
    came(request)

    _status, page = page_of(desk, "analyst")

    assert campaign.number in page
    assert "已过最后保存日" in page


def test_the_auditor_sees_every_row_and_follows_no_link_and_a_file_is_on_the_record(desk):
    request = asked(desk)
    came(request)

    _status, page = page_of(desk, "auditor")
    file = desk.browser("auditor").post("/records/register/")
    cells = [str(cell) for row in load_workbook(io.BytesIO(file.content)).active.values for cell in row]

    assert request.number in page
    assert f"/data-requests/{request.slug}/" not in page
    assert request.number in cells
    assert JournalEntry.objects.filter(kind="records.register_exported").count() == 1


def test_who_is_recused_from_a_request_finds_no_row_of_it(desk):
    request = asked(desk)
    came(request)
    RecusalDecision.objects.create(
        matter=request, person=desk.person("analyst"), ground="申请回避", at=timezone.now()
    )

    _status, page = page_of(desk, "analyst")

    assert request.number not in page
    assert request.facts["purpose"] not in page


@pytest.mark.parametrize("who", ["handler", "seconded", "unit_contact", "system_admin"])
def test_to_everybody_else_there_is_no_register(desk, who):
    assert page_of(desk, who)[0] == 404


def test_a_rule_of_another_kind_that_reads_the_data_is_named_and_one_of_its_kind_is_not(desk):
    request = asked(desk)
    came(request)
    rules = [
        Reads("fuel_over_tank_single", "vehicle", frozenset({"fuel", "vehicle"})),
        Reads("payroll_twice", "payroll", frozenset({"fuel", "person"})),
        Reads("payroll_alone", "payroll", frozenset({"person"})),
    ]

    assert request.facts["uses"] == ["vehicle", "card"]
    assert other_uses(rules) == [
        {"rule": "payroll_twice", "watch": "payroll", "tables": ["fuel"], "requests": [request.number]}
    ]


def test_a_request_that_says_no_use_and_data_that_is_gone_limit_nothing(desk):
    request = asked(desk)
    came(request, state="deleted")
    Matter.objects.filter(pk=request.pk).update(facts={**request.facts, "uses": []})
    came(Matter.objects.get(pk=request.pk))

    assert other_uses([Reads("payroll_twice", "payroll", frozenset({"fuel"}))]) == []


def test_a_screening_says_which_rules_read_data_asked_for_something_else(desk):
    request = asked(desk)
    came(request)
    screening = Screening.objects.create(run="0123456789abcdef", snapshot="s", at=timezone.now())
    job = Job.objects.create(kind="screen", asked_by=desk.person("analyst"), asked_at=timezone.now())
    beyond = other_uses([Reads("payroll_twice", "payroll", frozenset({"fuel"}))])

    landing._note_other_uses(screening, beyond, job)
    page = desk.browser("analyst").get(f"/records/screenings/{screening.run}/").content.decode()
    entry = JournalEntry.objects.get(kind="findings.screening.other_uses")

    assert "payroll_twice" in page
    assert request.number in page
    assert request.number in bytes(entry.body).decode()


def test_who_starts_a_screening_is_told_of_data_asked_for_something_else(desk):
    request = asked(desk)
    came(request, "reception")

    page = desk.browser("analyst").post("/records/screenings/start/", {}, follow=True).content.decode()

    assert f"（{request.number}）" in page
    assert Job.objects.filter(kind="screen").exists()
