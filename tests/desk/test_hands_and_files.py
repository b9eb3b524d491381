"""Who is named, who signs second, and the files of an act: one door, one access."""

from datetime import timedelta

import pytest
from a_desk import PAPER, at, hidden, text_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from qingfeng.desk.widgets import sign
from qingfeng.documents.attachments import keep
from qingfeng.matters.door import perform
from qingfeng.matters.models import Awaiting
from qingfeng.organization.declarations import declare_interest

pytestmark = pytest.mark.django_db


def _soon(days=20):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def _assigning(desk, browser, **changed):
    page = browser.get(at(desk.assigning, "acts", "assign"))
    people = [desk.person(one) for one in ("case_one", "case_two")]
    return {
        "act-key": hidden(page, "act-key"),
        "act-seen": hidden(page, "act-seen"),
        "instruction": "请一室承办。",
        "internal_due_on": _soon(30),
        "party-supervisor": desk.person("deputy").name,
        "party-handler_office": "一室",
        "party-handler": [f"{one.name} · 一室 科员 ({one.number})" for one in people],
        **changed,
    }


def test_people_and_units_are_chosen_from_a_list_that_needs_no_script(desk):
    desk_assigning = desk.until("directive", "closing", "assign", ago=2)
    desk.assigning, before = desk_assigning, desk.assigning
    browser = desk.browser("deputy")

    done = browser.post(at(desk_assigning, "acts", "assign"), _assigning(desk, browser))

    desk.assigning = before
    assert done.status_code == 302, text_of(done)
    named = desk_assigning.parties.filter(role="handler", until_at=None).values_list(
        "person__name", flat=True
    )
    assert set(named) == {desk.person("case_one").name, desk.person("case_two").name}


def test_a_name_that_is_not_on_the_list_is_told_beside_its_field(desk):
    matter = desk.until("directive", "closing", "assign", ago=2)
    browser = desk.browser("deputy")
    desk.assigning, before = matter, desk.assigning
    sent = _assigning(desk, browser, **{"party-handler": ["查无此人", desk.person("case_two").name]})
    desk.assigning = before

    page = browser.post(at(matter, "acts", "assign"), sent)

    assert page.status_code == 422
    assert "“查无此人”不在名单中" in text_of(page)
    assert "查无此人" in page.content.decode()


def test_whoever_must_be_recused_cannot_be_named(desk):
    """监察法 Art. 67."""
    matter = desk.until("referral", "received", "assign", ago=12)
    declare_interest(desk.person("case_two"), desk.office.units["区水务局"], kind="shares", by=None)
    browser = desk.browser("deputy")
    address = at(matter, "acts", "assign")
    page = browser.get(address)
    names = [desk.person(one).name for one in ("case_one", "case_two")]
    sent = {
        "act-key": hidden(page, "act-key"),
        "act-seen": hidden(page, "act-seen"),
        "instruction": "请核查。",
        "party-handler_office": "一室",
        "party-handler": names,
    }

    refused = browser.post(address, sent)

    assert refused.status_code == 422
    assert 'id="id_party-handler_error"' in refused.content.decode()
    assert not matter.parties.filter(role="handler").exists()


def test_two_must_sign_where_the_law_wants_two(desk):
    matter = desk.until("directive", "closing", "report", ago=60)
    browser = desk.browser("case_one")
    address = at(matter, "acts", "report")
    page = browser.get(address)
    paper = SimpleUploadedFile("办理结果报告.pdf", PAPER, content_type="application/pdf")
    sent = {
        "act-key": hidden(page, "act-key"),
        "act-seen": hidden(page, "act-seen"),
        "facts_found": "已查清",
        "answerable": "岗位二人",
        "forms_applied": ["admonish"],
        "execution": "已执行",
        "correction": "已整改",
        "report_paper": paper,
    }

    done = browser.post(address, sent)
    waiting = Awaiting.objects.get(matter=matter, ended="")
    matter.refresh_from_db()

    assert done.status_code == 302
    assert matter.stage == "signed_for"
    assert desk.browser("case_one").get(at(matter, "second", str(waiting.pk))).status_code == 200
    refused = desk.browser("case_one").post(at(matter, "second", str(waiting.pk)), {"sign": "yes"})
    assert refused.status_code == 422
    signed = desk.browser("case_two").post(at(matter, "second", str(waiting.pk)), {"sign": "yes"})
    assert signed.status_code == 302
    matter.refresh_from_db()
    assert matter.stage == "reported"
    assert matter.story.last().second == desk.person("case_two")


def test_a_second_signer_refuses_with_a_reason_only(desk):
    matter = desk.until("directive", "closing", "report", ago=60)
    facts = {
        "facts_found": "甲",
        "answerable": "乙",
        "forms_applied": ["admonish"],
        "execution": "丙",
        "correction": "丁",
    }
    kept = keep(PAPER, "报告.pdf", by=desk.account("case_one"))
    answer = perform("report", matter, by=desk.viewer("case_one"), facts={**facts, "report_paper": [kept.pk]})
    address = at(matter, "second", str(answer.awaiting.pk))

    without = desk.browser("case_two").post(address, {"sign": "no", "reason": " "})
    done = desk.browser("case_two").post(address, {"sign": "no", "reason": "数字有误"})

    assert [without.status_code, done.status_code] == [422, 302]
    assert Awaiting.objects.get(pk=answer.awaiting.pk).ended == "declined"


def test_an_uploaded_file_stays_with_the_form_that_comes_back(desk):
    matter = desk.until("directive", "closing", "report", ago=60)
    browser = desk.browser("case_one")
    paper = SimpleUploadedFile("报告.pdf", PAPER, content_type="application/pdf")

    page = browser.post(at(matter, "acts", "report"), {"report_paper": paper, "facts_found": ""})

    assert page.status_code == 422
    assert "报告.pdf" in text_of(page)
    assert hidden(page, "report_paper-kept")


def test_a_file_that_may_not_come_in_is_told_beside_its_field(desk):
    matter = desk.until("directive", "closing", "report", ago=60)
    script = SimpleUploadedFile(
        "报告.pdf", b"<svg><script>alert(1)</script></svg>", content_type="application/pdf"
    )

    page = desk.browser("case_one").post(at(matter, "acts", "report"), {"report_paper": script})

    assert page.status_code == 422
    assert 'id="id_report_paper_error"' in page.content.decode()


def test_nobody_hands_in_a_file_of_somebody_else_by_its_number(desk):
    foreign = keep(PAPER, "别人的.pdf", by=desk.account("style_one"))
    matter = desk.until("directive", "closing", "report", ago=60)
    forged = [sign(foreign.pk, desk.account("style_one").pk), str(foreign.pk), "x:y"]

    page = desk.browser("case_one").post(at(matter, "acts", "report"), {"report_paper-kept": forged})

    assert "别人的.pdf" not in text_of(page)
    assert not matter.files.filter(attachment=foreign).exists()


def test_a_file_is_given_on_its_own_matter_and_on_no_other(desk):
    file = desk.reported.files.first()
    browser = desk.browser("case_one")

    given = browser.get(at(desk.reported, "files", str(file.attachment_id)))

    assert b"".join(given.streaming_content) == PAPER
    assert given["X-Content-Type-Options"] == "nosniff"
    assert browser.get(at(desk.directive, "files", str(file.attachment_id))).status_code == 404


def test_a_slip_is_given_as_pdf_and_docx(desk):
    slip = desk.directive.slips.first()
    browser = desk.browser("case_one")
    base = f"{at(desk.directive)}slips/{slip.slip_id}"

    assert b"".join(browser.get(f"{base}.pdf").streaming_content).startswith(b"%PDF")
    assert b"".join(browser.get(f"{base}.docx").streaming_content).startswith(b"PK")
    assert browser.get(f"{base}.exe").status_code == 404


def test_an_act_that_ends_a_matter_is_asked_about_once_more(desk):
    closed = desk.until("directive", "closing", "file", ago=100)
    browser = desk.browser("registrar")
    page = browser.get(at(closed, "acts", "file"))
    sent = {"act-key": hidden(page, "act-key"), "act-seen": hidden(page, "act-seen")}

    asked = browser.post(at(closed, "acts", "file"), sent)
    closed.refresh_from_db()
    assert (asked.status_code, closed.stage) == (200, "closed")
    done = browser.post(at(closed, "acts", "file"), {**sent, "confirmed": "yes"})

    closed.refresh_from_db()
    assert (done.status_code, closed.stage, closed.is_open) == (302, "filed", False)


def test_what_a_leader_signed_on_paper_is_entered_by_another_with_the_scan(desk):
    matter = desk.until("directive", "closing", "assign", ago=2)
    browser = desk.browser("registrar")
    address = at(matter, "acts", "assign")
    assert browser.get(address).status_code == 404
    page = browser.get(f"{address}?paper")
    people = [desk.person(one).name for one in ("case_one", "case_two")]
    sent = {
        "act-key": hidden(page, "act-key"),
        "act-seen": hidden(page, "act-seen"),
        "instruction": "请一室承办。",
        "internal_due_on": _soon(30),
        "party-supervisor": desk.person("deputy").name,
        "party-handler_office": "一室",
        "party-handler": people,
        "paper-person": desk.person("deputy").name,
        "paper-on": timezone.localdate().isoformat(),
        "paper": SimpleUploadedFile("批办单.pdf", PAPER, content_type="application/pdf"),
    }

    done = browser.post(address, sent)

    assert done.status_code == 302, text_of(done)
    told = matter.story.last()
    assert (told.act, told.on_paper, told.by, told.for_person) == (
        "assign",
        True,
        desk.person("registrar"),
        desk.person("deputy"),
    )
