"""The page of a lead: its rows, its days, its verification, its rules run again, also after a deletion."""

from datetime import date

import pytest
from a_desk_of_leads import (
    ANALYST,
    HANDLER,
    HEAD,
    OTHER_HANDLER,
    PRINCIPAL,
    browser,
    handed_out,
    text_of,
)
from a_run import a_finding, a_lead, a_person, on_the_desk, unit
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tiny_lake import a_fill, a_house, a_rule, by_id, put

from qingfeng.findings.models import Job, Lead
from qingfeng.findings.reading_in import read_in
from qingfeng.organization.models import Interest, Person
from qingfeng.screening.run import screen
from qingfeng.screening.run.forgetting import forget, keep_extracts

PLATE = "苏M10001"


@pytest.fixture
def house(own_home, tmp_path):
    """A home whose lake has a fill and where the vehicle stood that day, screened and read in."""
    home, lake = a_house(own_home)
    parked = {
        "plate_norm": PLATE, "place": "云川停车场", "place_id": "P1",
        "in_ts": "2026-03-01T09:10:00", "out_ts": "2026-03-01T10:00:00",
    }  # fmt: skip
    put(
        lake,
        ("三月.csv", "fuel", [a_fill("2026-03-01T08:00:00", plate_norm=PLATE, station="云川第一加油站")]),
        ("停车.csv", "sighting", [parked, {**parked, "in_ts": "2026-03-02T09:10:00"}]),
        ("围栏.csv", "geofence", [{"place_id": "P1", "name": "云川停车场", "lon": 118.5, "lat": 32.5}]),
    )  # fmt: skip
    rules = by_id(a_rule(tmp_path, "fill"))
    read_in(screen(home, lake, rules), by=None)
    return home, lake, rules, Lead.objects.get()


def page_of(lead, number=ANALYST, more=""):
    return browser(number).get(f"/leads/{lead.key}/{more}")


def test_a_lead_says_its_sentence_and_shows_file_row_and_cells(house):
    page = text_of(page_of(house[3]))

    assert house[3].findings.get().message in page
    assert "三月.csv · 第 2 行" in page
    assert "云川第一加油站" in page


def test_the_day_is_a_list_a_drawing_and_a_map_of_the_same_records(house):
    html = page_of(house[3]).content.decode()

    assert html.count("<li data-moment=") == 2
    assert html.count('<g data-moment="') == 2
    assert '"lon": 118.5' in html
    assert "云川停车场" in html
    assert "2026-03-02" not in html


def test_a_lead_about_a_person_has_nothing_around_its_own_rows(own_home, tmp_path):
    """PIPL Arts. 5, 6: for a person only the rows of the finding itself."""
    lead = on_the_desk(tmp_path / "run", a_lead("p1", subject=a_person("云水区教育局", "易外人")))["p1"]

    html = page_of(lead).content.decode()

    assert "data-moment" not in html
    assert "qf-map" not in html


def test_what_was_deleted_is_shown_from_the_sealed_extract_and_replayed_from_there(house):
    home, lake, rules, lead = house
    keep_extracts(home, lake, rules)
    lake.delete(table="fuel", since=date(2026, 3, 1), until=date(2026, 3, 31), under="清单第3号")
    forget(home, lake)

    page = text_of(page_of(lead))
    again = text_of(browser(ANALYST).post(f"/leads/{lead.key}/again/"))

    assert "封存摘录" in page
    assert "80" in page
    assert "来自封存摘录" in again
    assert lead.findings.get().message in again


def test_a_lead_run_again_finds_the_same_rows_and_shows_the_query(house):
    again = browser(ANALYST).post(f"/leads/{house[3].key}/again/")

    assert "每条规则都再次找到同样的数据行" in text_of(again)
    assert "SELECT" in again.content.decode()


def test_what_takes_long_is_run_as_a_job_that_the_page_follows(house, monkeypatch):
    monkeypatch.setattr("qingfeng.desk.leads.views.leads.AT_ONCE", 0)
    lead, reader = house[3], browser(ANALYST)

    answer = reader.post(f"/leads/{lead.key}/again/")

    job = Job.objects.get(kind="replay")
    assert answer["Location"] == f"/leads/{lead.key}/again/?job={job.pk}"
    assert f"progress-job-{job.pk}" in reader.get(answer["Location"]).content.decode()


def test_a_job_does_what_it_was_asked_and_the_page_shows_it(house, monkeypatch):
    from qingfeng.findings import landing, working

    home, lead, reader = house[0], house[3], browser(ANALYST)
    monkeypatch.setattr("qingfeng.desk.leads.views.leads.AT_ONCE", 0)
    address = reader.post(f"/leads/{lead.key}/again/")["Location"]
    job = Job.objects.get(kind="replay")
    told = working.WORK["replay"]({"lead": lead.key}, home, working.Told())
    Job.objects.filter(pk=job.pk).update(state="done", result=landing.land(job, told))

    assert "每条规则都再次找到同样的数据行" in text_of(reader.get(address))


def test_before_it_is_handed_out_what_to_check_is_a_preview_without_acts(house):
    html = page_of(house[3]).content.decode()

    assert "/acts/" not in html
    assert f"/leads/{house[3].key}/assign/" in html


def test_its_verifiers_write_the_ledgers_from_the_page_of_the_lead(house):
    lead = house[3]
    matter = handed_out(lead)

    html = page_of(lead, HANDLER).content.decode()

    for act in ("judge", "test_explanation", "set_task", "name_unit"):
        assert f"/verifications/{matter.slug}/acts/{act}/" in html
    assert matter.number in html
    assert f"/leads/{lead.key}/assign/" not in html


def test_a_verifier_who_turns_out_to_be_bound_to_the_unit_finds_nothing_any_more(office, tmp_path):
    """监察法 Art. 67."""
    lead = on_the_desk(tmp_path, a_lead("a1"))["a1"]
    handed_out(lead)
    before = page_of(lead, HANDLER).status_code
    Interest.objects.create(
        person=Person.objects.get(number=HANDLER), unit=lead.unit, kind="亲属任职", declared_on="2026-01-01"
    )

    assert before == 200
    assert page_of(lead, HANDLER).status_code == 404
    assert lead.key not in browser(HANDLER).get("/leads/").content.decode()
    assert page_of(lead, OTHER_HANDLER).status_code == 200


def people(*numbers):
    keys = [Person.objects.get(number=number).pk for number in numbers]
    return dict(zip(("first", "second"), keys, strict=True))


def test_a_recused_verifier_is_refused_with_the_ground_and_the_lead_stays(office, tmp_path):
    lead = on_the_desk(tmp_path, a_lead("a1"))["a1"]
    Interest.objects.create(
        person=Person.objects.get(number=HANDLER), unit=lead.unit, kind="亲属任职", declared_on="2026-01-01"
    )

    answer = browser(HEAD).post(f"/leads/{lead.key}/assign/", people(HANDLER, OTHER_HANDLER))

    assert answer.status_code == 422
    assert "利害关系" in text_of(answer)
    lead.refresh_from_db()
    assert lead.matter is None


def test_one_person_is_not_two_verifiers(office, tmp_path):
    """监察法 Art. 44."""
    lead = on_the_desk(tmp_path, a_lead("a1"))["a1"]

    answer = browser(HEAD).post(f"/leads/{lead.key}/assign/", people(HANDLER, HANDLER))

    assert answer.status_code == 422
    assert "两人" in text_of(answer)


def test_several_leads_are_handed_out_at_once_and_each_result_is_said(office, tmp_path):
    leads = on_the_desk(
        tmp_path, a_lead("a1"), a_lead("a2", findings=[a_finding(row=2)], unit="云水区水务局")
    )
    Interest.objects.create(
        person=Person.objects.get(number=HANDLER), unit=unit("区水务局"), kind="亲属任职",
        declared_on="2026-01-01",
    )  # fmt: skip
    chosen = {"lead": [one.key for one in leads.values()], "confirmed": "yes", "act-key": "k1"}

    page = browser(HEAD).post("/leads/assign/", chosen | people(HANDLER, OTHER_HANDLER))

    said = text_of(page)
    assert Lead.objects.get(pk=leads["a1"].pk).matter.number in said
    assert Lead.objects.get(pk=leads["a2"].pk).matter is None
    assert "利害关系" in said


def test_the_same_form_sent_twice_opens_one_verification(office, tmp_path):
    from qingfeng.matters.models import Matter

    lead = on_the_desk(tmp_path, a_lead("a1"))["a1"]
    chosen = {"lead": [lead.key], "confirmed": "yes", "act-key": "k1"} | people(HANDLER, OTHER_HANDLER)
    head = browser(HEAD)

    head.post("/leads/assign/", chosen)
    head.post("/leads/assign/", chosen)

    assert Matter.objects.filter(mechanism="verification").count() == 1


@pytest.mark.parametrize("more", ["", "again/", "assign/", "except/"])
def test_nothing_of_a_lead_exists_for_a_contact_of_the_unit(office, tmp_path, more):
    lead = on_the_desk(tmp_path, a_lead("a1"))["a1"]
    handed_out(lead)

    assert page_of(lead, "W0101", more).status_code == 404


def test_a_lead_with_hundred_findings_asks_the_tables_as_often_as_one_with_five(own_home, tmp_path):
    few = on_the_desk(tmp_path / "few", a_lead("a1", findings=[a_finding(row=no) for no in range(5)]))["a1"]
    reader = browser(PRINCIPAL)
    reader.get(f"/leads/{few.key}/")
    with CaptureQueriesContext(connection) as asked_few:
        reader.get(f"/leads/{few.key}/")
    more = on_the_desk(
        tmp_path / "more", a_lead("a2", findings=[a_finding(row=no) for no in range(100)]), key="b" * 16
    )["a2"]

    with CaptureQueriesContext(connection) as asked_more:
        page = reader.get(f"/leads/{more.key}/")

    assert len(asked_more) <= len(asked_few)
    assert "100" in text_of(page)


def test_a_file_whose_name_is_hostile_is_shown_as_text(own_home, tmp_path):
    finding = a_finding(message="<script>alert(1)</script>") | {
        "evidence": [{"table": "fuel", "file": "<img src=x onerror=1>.csv", "sheet": None, "row": 2}]
    }
    lead = on_the_desk(tmp_path / "run", a_lead("a1", findings=[finding]))["a1"]

    html = page_of(lead).content.decode()

    assert "<script>alert" not in html
    assert "<img src=x" not in html
