import json
import re

from a_run import a_finding, a_lead, a_person, on_the_desk

from qingfeng.findings.entities import entities
from qingfeng.findings.models import Lead


def told(leads=None):
    lines = entities(Lead.objects.all() if leads is None else leads)
    return [json.loads(line) for line in lines]


def of(schema, all_of_them):
    return [one for one in all_of_them if one["schema"] == schema]


def test_a_lead_is_a_note_about_a_vehicle_of_a_public_body(office, tmp_path):
    on_the_desk(tmp_path, a_lead("a1"))

    found = told()

    body, vehicle, note = found
    assert [one["schema"] for one in found] == ["PublicBody", "Vehicle", "Note"]
    assert vehicle["properties"]["registrationNumber"] == ["苏M00001"]
    assert vehicle["properties"]["owner"] == [body["id"]]
    assert note["properties"]["entity"] == [body["id"], vehicle["id"]]
    assert note["properties"]["description"] == ["苏M00001 于 2026年10月3日 加油，待核"]


def test_two_leads_on_one_vehicle_name_it_once(office, tmp_path):
    on_the_desk(tmp_path, a_lead("a1"), a_lead("a2", findings=[a_finding(row=2)]))

    found = told()

    assert (len(of("Vehicle", found)), len(of("Note", found))) == (1, 2)
    assert len({one["id"] for one in found}) == len(found)


def test_a_person_is_told_by_name_and_never_by_number_or_hash(office, tmp_path):
    subject = a_person("云水区教育局", "鲁春生", "4711")
    on_the_desk(tmp_path, a_lead("a1", subject=subject))

    found = told()

    (person,) = of("Person", found)
    assert person["properties"]["name"] == ["鲁春生"]
    assert "4711" not in json.dumps(found, ensure_ascii=False)
    assert not re.search(r"\b[0-9a-f]{32}\b", json.dumps(found))


def test_a_statistic_has_no_person(office, tmp_path):
    finding = a_finding("fuel_small_frequent", facts={"driver": "程远"})
    on_the_desk(tmp_path, a_lead("c1", findings=[finding], subject=("unit", "云水区教育局")))

    assert of("Person", told()) == []


def test_what_is_asked_for_comes_and_nothing_else(office, tmp_path):
    on_the_desk(
        tmp_path, a_lead("a1"), a_lead("a2", findings=[a_finding(row=2)], subject=("plate", "苏M00002"))
    )

    found = told(Lead.objects.filter(subject_key="苏M00002"))

    assert "苏M00001" not in json.dumps([one["properties"].get("name") for one in found], ensure_ascii=False)
