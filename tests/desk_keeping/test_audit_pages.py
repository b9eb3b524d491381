"""For the auditor: who could read and who did, the journal, its alarms, exports on the record."""

import json
from io import BytesIO

import pytest
from a_keeper import at, restricted, text_of
from django.utils import timezone
from openpyxl import load_workbook

from qingfeng.desk.keeping import told
from qingfeng.journal.alarms import raise_alarm
from qingfeng.journal.errors import Alarm
from qingfeng.journal.models import JournalAlarm, JournalEntry
from qingfeng.matters.registry import mechanism

pytestmark = pytest.mark.django_db
READERS, JOURNAL = "/audit/readers/", "/audit/journal/"


def _asked(matter, on=None):
    return {"number": matter.number, "on": (on or timezone.localdate()).isoformat()}


def test_the_auditor_sees_who_could_read_a_matter_and_who_did_and_nothing_of_it(house):
    matter = restricted(house.a_parcel("不该出现的标题", what="不该出现的内容"))
    house.browser("handler").get(at(matter))

    page = house.browser("auditor").get(READERS, _asked(matter))

    said = text_of(page)
    assert house.person("handler").name in said
    assert "页面" in said
    assert house.person("Y0702").name not in said
    assert "不该出现" not in page.content.decode()


def test_a_number_that_is_none_and_a_day_to_come_are_told_beside_the_field(house):
    browser = house.browser("auditor")

    unknown = browser.get(READERS, {"number": "无〔1999〕1号", "on": "2026-01-05"})
    later = browser.get(READERS, {"number": house.parcel.number, "on": "2999-01-05"})

    assert (unknown.status_code, later.status_code) == (422, 422)


def test_what_is_shown_of_readers_is_exported_and_the_export_is_an_entry(house):
    matter = restricted(house.a_parcel())

    file = house.browser("auditor").post(READERS, {**_asked(matter), "form": "xlsx"})

    book = load_workbook(BytesIO(file.content))
    names = [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)]
    assert house.person("handler").name in names
    entry = JournalEntry.objects.get(kind="audit.exported")
    assert entry.said["facts"]["what"] == "readers"


def test_the_journal_is_found_by_kind_subject_person_and_day(house):
    browser, slug = house.browser("auditor"), house.parcel.slug
    today = timezone.localdate().isoformat()

    by_kind = text_of(browser.get(JOURNAL, {"kind": "matter.dispatch"}))
    by_subject = text_of(browser.get(JOURNAL, {"subject": f"parcel/{slug}"}))
    by_person = text_of(
        browser.get(JOURNAL, {"person": "Y0102", "subject": f"parcel/{slug}", "since": today})
    )
    nobody = text_of(browser.get(JOURNAL, {"person": "Y9999"}))
    before = text_of(browser.get(JOURNAL, {"subject": f"parcel/{slug}", "until": "2020-01-01"}))

    named = f"{mechanism('parcel').name} {slug}"
    assert named in by_kind
    assert named in by_subject
    opened = JournalEntry.objects.get(kind="matter.open", subject=f"parcel/{slug}")
    assert told.happened(opened) == "登记"
    assert "matter.open" in text_of(browser.get(f"{JOURNAL}{opened.pk}/"))
    assert "白小川 (Y0102)" in by_person
    assert "没有符合条件的记录" in nobody
    assert "没有符合条件的记录" in before


def test_older_entries_follow_by_the_key_of_the_last_row(house):
    browser = house.browser("auditor")
    first = list(JournalEntry.objects.order_by("-id").values_list("pk", flat=True)[:100])

    page = browser.get(JOURNAL).content.decode()
    older = browser.get(JOURNAL, {"before": first[49]}).content.decode()

    assert f"before={first[49]}" in page
    assert f"{JOURNAL}{first[50]}/" in older
    assert f"{JOURNAL}{first[49]}/" not in older


def test_an_entry_shows_its_facts_and_of_what_is_personal_the_commitments_only(house):
    matter = house.a_parcel(what="不该出现的内容")
    entry = matter.story.first().entry

    page = house.browser("auditor").get(f"{JOURNAL}{entry.pk}/")

    assert entry.secrets.get(name="entered").commitment in page.content.decode()
    assert "不该出现的内容" not in page.content.decode()


def test_a_proof_of_an_entry_that_waits_is_said_to_come(house):
    entry = JournalEntry.objects.latest("id")

    answer = house.browser("auditor").get(f"{JOURNAL}{entry.pk}/proof/")

    assert answer.status_code == 409


def test_an_export_of_the_journal_keeps_what_was_asked_for_without_a_name(house):
    person = house.person("registrar")

    file = house.browser("auditor").post(
        f"{JOURNAL}export/?kind=matter.&person={person.name}", {"form": "csv"}
    )

    assert "matter.open" in file.content.decode("utf-8-sig")
    sought = JournalEntry.objects.get(kind="audit.exported").said["facts"]["sought"]
    assert sought["kind"] == "matter."
    assert person.name not in json.dumps(sought, ensure_ascii=False)
    assert f"person:{person.pk}" in sought["person"]


def test_an_alarm_is_settled_with_what_was_found_out(house):
    alarm = raise_alarm(
        "internal", Alarm("clock", "The clock went back by 3 s.", then="Look at the time service.")
    )
    browser = house.browser("auditor")

    listed = browser.get(f"{JOURNAL}alarms/")
    unsaid = browser.post(f"{JOURNAL}alarms/{alarm.pk}/", {"reason": ""})
    done = browser.post(f"{JOURNAL}alarms/{alarm.pk}/", {"reason": "校时服务已恢复"})

    assert "The clock went back by 3 s." in text_of(listed)
    assert (unsaid.status_code, done.status_code) == (422, 302)
    assert JournalAlarm.objects.get().settled_at is not None
    assert JournalEntry.objects.filter(kind="journal.alarm_settled").count() == 1
    assert browser.get(f"{JOURNAL}alarms/{alarm.pk}/").status_code == 404


@pytest.mark.parametrize(
    "who", ["principal", "registrar", "system_admin", "security_admin", "dept_head", "handler"]
)
def test_the_pages_of_the_audit_exist_for_the_auditor_alone(house, who):
    entry = JournalEntry.objects.latest("id").pk
    addresses = [READERS, JOURNAL, f"{JOURNAL}{entry}/", f"{JOURNAL}{entry}/proof/", f"{JOURNAL}alarms/"]
    browser = house.browser(who)

    assert {browser.get(one).status_code for one in addresses} == {404}
    assert browser.post(f"{JOURNAL}export/").status_code == 404
