"""Matter pages, forms of acts, second signatures, files and the API: one door, one access."""

import json
from datetime import timedelta

import pytest
from a_desk import PAPER, at, hidden, text_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from qingfeng.desk.widgets import sign
from qingfeng.documents.attachments import keep
from qingfeng.journal.models import JournalEntry
from qingfeng.matters.door import perform
from qingfeng.matters.models import Awaiting, Matter, Performance, ReadMark
from qingfeng.mechanisms import sampling
from qingfeng.organization.declarations import declare_interest

pytestmark = pytest.mark.django_db


def _soon(days=20):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def _asking(desk, browser):
    """The form that asks for an extension, filled in."""
    page = browser.get(at(desk.directive, "acts", "ask_extension"))
    return {
        "act-key": hidden(page, "act-key"),
        "act-seen": hidden(page, "act-seen"),
        "asked_until": _soon(),
        "why_longer": "开户行调取回单需要时间。",
    }


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("registrar", 200),
        ("principal", 200),
        ("case_one", 200),
        ("style_one", 200),
        ("superior", 200),
        ("partner", 404),
        ("unit_contact", 404),
        ("auditor", 404),
        ("system_admin", 404),
        ("special_supervisor", 404),
        ("evaluator", 404),
    ],
)
def test_a_matter_exists_for_those_who_may_know_of_it(desk, who, status):
    assert desk.browser(who).get(at(desk.directive)).status_code == status


@pytest.mark.parametrize(
    "page", ["", "acts/chase/", "acts/nonsense/", "second/1/", "files/1/", "slips/1.pdf"]
)
def test_what_one_may_not_see_is_absent_and_never_forbidden(desk, page):
    assert desk.browser("partner").get(at(desk.directive) + page).status_code == 404
    assert desk.browser("partner").post(at(desk.directive) + page, {}).status_code in {404, 405}


def test_a_page_tells_the_story_with_hands_ledgers_clocks_and_slips(desk):
    page = text_of(desk.browser("case_one").get(at(desk.directive)))

    for told in (
        "调取值班表、发放表和记账凭证",
        "批办",
        desk.person("deputy").name,
        "报结",
        "督办单〔",
        "为什么是这一天",
    ):
        assert told in page


def test_the_superior_sees_its_own_part_and_no_more(desk):
    page = text_of(desk.browser("superior").get(at(desk.directive)))

    assert desk.directive.number in page
    assert "调取值班表" not in page
    assert desk.person("case_one").name not in page
    assert desk.directive.title not in page


def test_a_restricted_matter_is_a_card_for_the_principal(desk):
    desk.restricted(desk.directive)

    page = text_of(desk.browser("principal").get(at(desk.directive)))

    assert desk.directive.number in page
    assert "卡片" in page
    for kept in (
        desk.directive.title,
        desk.directive.facts["matter"],
        desk.person("case_one").name,
        "调取值班表",
    ):
        assert kept not in page


def test_reading_a_restricted_matter_is_kept_once_a_day(desk):
    desk.restricted(desk.directive)

    for _each in range(2):
        desk.browser("case_one").get(at(desk.directive))

    assert (
        ReadMark.objects.filter(matter=desk.directive, person=desk.person("case_one"), way="page").count()
        == 1
    )
    assert JournalEntry.objects.filter(kind="matter.read").count() == 1


def test_confidential_names_are_shown_to_parties_only(desk):
    name = desk.person("person_concerned").name

    assert name in text_of(desk.browser("visitor_one").get(at(desk.revisit)))
    assert desk.browser("deputy").get(at(desk.revisit)).status_code == 404


def test_what_is_missing_before_an_act_is_said_in_words(desk):
    page = text_of(desk.browser("deputy").get(at(desk.directive)))

    assert "尚不能办理：" in page
    assert "尚无待批的延期申请" in page


def test_a_form_that_is_sent_twice_acts_once(desk):
    browser = desk.browser("case_one")
    sent = _asking(desk, browser)

    first = browser.post(at(desk.directive, "acts", "ask_extension"), sent)
    second = browser.post(at(desk.directive, "acts", "ask_extension"), {**sent, "act-seen": ""})

    assert [first.status_code, second.status_code] == [302, 302]
    assert Performance.objects.filter(matter=desk.directive, act="ask_extension").count() == 1


def test_whoever_comes_second_is_told_what_changed_and_keeps_what_was_typed(desk):
    browser = desk.browser("case_one")
    sent = _asking(desk, browser)
    perform(
        "note_progress",
        desk.directive,
        by=desk.viewer("case_two"),
        lines={"progress": [{"on": str(timezone.localdate()), "what": "又谈一次"}]},
    )

    page = browser.post(at(desk.directive, "acts", "ask_extension"), sent)

    assert page.status_code == 409
    assert desk.person("case_two").name in text_of(page)
    assert "开户行调取回单需要时间。" in page.content.decode()
    again = browser.post(
        at(desk.directive, "acts", "ask_extension"), {**sent, "act-seen": hidden(page, "act-seen")}
    )
    assert again.status_code == 302


def test_what_is_wrong_stands_beside_its_field(desk):
    browser = desk.browser("case_one")

    page = browser.post(
        at(desk.directive, "acts", "ask_extension"), {**_asking(desk, browser), "why_longer": ""}
    )

    assert page.status_code == 422
    assert 'id="id_why_longer_error"' in page.content.decode()
    assert not Performance.objects.filter(matter=desk.directive, act="ask_extension").exists()


def test_a_gate_that_does_not_hold_refuses_with_its_words(desk):
    browser = desk.browser("deputy")

    page = browser.post(
        at(desk.directive, "acts", "grant_extension"),
        {"act-key": "k", "act-seen": desk.directive.revision, "until": _soon()},
    )

    assert page.status_code == 422
    assert "暂不能办理" in text_of(page)
    assert not Performance.objects.filter(matter=desk.directive, act="grant_extension").exists()


def test_nobody_opens_the_form_of_an_act_that_is_not_theirs(desk):
    assert desk.browser("style_one").get(at(desk.directive, "acts", "report")).status_code == 404


def test_ledger_lines_are_added_without_a_script(desk):
    browser = desk.browser("case_one")
    address = at(desk.directive, "acts", "set_milestone")
    page = browser.get(address)
    sent = {
        "act-key": hidden(page, "act-key"),
        "act-seen": hidden(page, "act-seen"),
        "rows-milestones": "1",
        "line-milestones-1-step": "核对审批表",
        "line-milestones-1-due_on": _soon(5),
    }

    grown = browser.post(address, {**sent, "add": "lines-milestones"})
    done = browser.post(
        address,
        {
            **sent,
            "rows-milestones": "2",
            "line-milestones-2-step": "谈话",
            "line-milestones-2-due_on": _soon(9),
        },
    )

    assert 'name="line-milestones-2-step"' in grown.content.decode()
    assert "核对审批表" in grown.content.decode()
    assert done.status_code == 302
    assert list(desk.directive.lines.filter(ledger="milestones").values_list("no", flat=True)) == [1, 2, 3, 4]


def test_one_more_line_comes_as_a_fragment_for_htmx(desk):
    browser = desk.browser("case_one")

    page = browser.post(
        at(desk.directive, "acts", "set_milestone"),
        {"add": "lines-milestones", "rows-milestones": "1"},
        headers={"HX-Request": "true"},
    )

    assert page.content.decode().strip().startswith("<fieldset")
    assert 'name="line-milestones-2-step"' in page.content.decode()


def test_a_ledger_line_is_changed_when_it_is_ticked(desk):
    browser = desk.browser("case_two")
    address = at(desk.directive, "acts", "reach_milestone")
    page = browser.get(address)

    done = browser.post(
        address,
        {
            "act-key": hidden(page, "act-key"),
            "act-seen": hidden(page, "act-seen"),
            "change-milestones-2-on": "1",
            "change-milestones-2-step": "与单位财务、分管负责人谈话核实",
            "change-milestones-2-due_on": _soon(3),
            "change-milestones-2-reached_on": timezone.localdate().isoformat(),
        },
    )

    assert done.status_code == 302, text_of(done)
    assert desk.directive.lines.get(ledger="milestones", no=2).state == "reached"


def test_a_line_that_is_ticked_and_left_as_it_is_has_what_stands_in_it(desk):
    steps = [step["act"] for step in sampling.cases("activity")["shown"]["steps"]]
    activity = desk.played("activity", "shown", steps=steps.index("add_cost") + 1, ago=40)
    browser, address = desk.browser("org_head"), at(activity, "acts", "strike_cost")
    page = browser.get(address)

    done = browser.post(
        address,
        {
            "act-key": hidden(page, "act-key"),
            "act-seen": hidden(page, "act-seen"),
            "act-reason": "录了两次",
            "change-costs-2-on": "1",
            "change-costs-2-item": "重复录入",
            "change-costs-1-item": "图解印制",
        },
    )

    assert done.status_code == 302, text_of(done)
    assert [
        (one.state, one.facts["item"]) for one in activity.lines.filter(ledger="costs").order_by("no")
    ] == [
        ("entered", "图解印制"),
        ("struck", "重复录入"),
    ]


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


def _opening(desk, browser):
    page = browser.get("/directives/new/")
    return {
        "act-key": hidden(page, "act-key"),
        "act-title": "市纪委交办：河道垃圾清运",
        "act-owner": desk.office.units["办公室"].pk,
        "act-level": "internal",
        "source_organ": "清河市纪委",
        "source_level": "city",
        "source_no": "清纪办函〔2026〕31号",
        "received_on": timezone.localdate().isoformat(),
        "area": "environment",
        "matter": "查清清运合同执行情况。",
        "requirement": "按期报送。",
        "upward_due_on": _soon(60),
        "party-superior": "市纪委监委",
    }


def test_a_matter_is_opened_once_however_often_the_form_is_sent(desk):
    browser = desk.browser("registrar")
    sent, before = _opening(desk, browser), Matter.objects.count()

    answers = [browser.post("/directives/new/", sent).status_code for _each in range(2)]

    assert answers == [302, 302]
    assert Matter.objects.count() == before + 1


def test_a_matter_is_never_opened_to_more_people_than_its_kind_allows(desk):
    browser = desk.browser("registrar")

    page = browser.post("/directives/new/", {**_opening(desk, browser), "act-level": "ordinary"})

    assert page.status_code == 422


def test_who_may_not_open_a_kind_finds_no_form(desk):
    assert desk.browser("case_one").get("/directives/new/").status_code == 404


def test_what_is_typed_is_shown_as_text(desk):
    browser = desk.browser("registrar")
    browser.post(
        "/directives/new/", {**_opening(desk, browser), "act-title": "<script>alert(1)</script>{{ 7|add:7 }}"}
    )

    page = browser.get("/directives/?state=all").content.decode()

    assert "<script>alert(1)</script>" not in page
    assert "{{ 7|add:7 }}" in page


def _api(browser, address, body=None, **options):
    if body is None:
        return browser.get(f"/api/{address}")
    return browser.post(f"/api/{address}", json.dumps(body), content_type="application/json", **options)


def test_the_api_gives_a_matter_as_far_as_it_is_seen(desk):
    whole = _api(desk.browser("case_one"), f"matters/directives/{desk.directive.slug}").json()
    part = _api(desk.browser("superior"), f"matters/directives/{desk.directive.slug}").json()

    assert whole["title"] == desk.directive.title
    assert whole["facts"]["source_organ"] == desk.directive.facts["source_organ"]
    assert {one["key"] for one in whole["acts"]} >= {"ask_extension", "note_progress"}
    assert (part["view"], part["title"], part["facts"], part["ledgers"]) == ("part", None, {}, {})


def test_the_api_acts_through_the_same_door(desk):
    browser = desk.browser("case_one")
    body = {
        "facts": {"asked_until": _soon(), "why_longer": "回单未到"},
        "key": "api-1",
        "seen": desk.directive.revision,
    }

    answers = [
        _api(browser, f"matters/directives/{desk.directive.slug}/acts/ask_extension", body).json()
        for _each in range(2)
    ]

    assert [one["result"] for one in answers] == ["done", "again"]


@pytest.mark.parametrize(
    ("who", "act", "body", "status", "why"),
    [
        ("case_one", "ask_extension", {"facts": {}}, 422, "facts"),
        ("style_one", "report", {}, 403, "role"),
        ("deputy", "grant_extension", {"facts": {"until": "2027-01-05"}}, 422, "gate"),
        ("case_one", "ask_extension", {"seen": 1}, 409, "conflict"),
        ("partner", "report", {}, 404, "absent"),
        ("case_one", "ask_extension", {"facts": "no"}, 422, "facts"),
    ],
)
def test_an_error_of_the_api_says_what_where_and_what_next(desk, who, act, body, status, why):
    address = f"matters/directives/{desk.directive.slug}/acts/{act}"

    answer = _api(desk.browser(who), address, body)

    assert answer.status_code == status
    assert answer.json()["why"] == why
    assert all(answer.json()[key] for key in ("what", "where", "next"))


def test_the_api_opens_matters_and_stores_files(desk):
    browser = desk.browser("registrar")
    stored = browser.post("/api/files", {"file": SimpleUploadedFile("来文.pdf", PAPER)})
    facts = {
        "source_organ": "清河市纪委",
        "source_level": "city",
        "source_no": "1号",
        "received_on": str(timezone.localdate()),
        "area": "funds",
        "matter": "甲",
        "requirement": "乙",
        "upward_due_on": _soon(50),
    }
    body = {
        "title": "经接口登记",
        "owner": desk.office.units["办公室"].pk,
        "facts": facts,
        "parties": {"superior": [desk.office.units["市纪委监委"].pk]},
    }

    opened = _api(browser, "matters/directives", body)

    assert opened.status_code == 201, opened.content
    assert Matter.objects.get(slug=opened.json()["slug"], mechanism="directive").title == "经接口登记"
    assert stored.status_code == 201, stored.content
    assert stored.json()["size"] == len(PAPER)


def test_the_api_wants_a_signed_in_person_and_the_token_of_the_site(desk, client):
    strict = desk.browser("case_one", enforce_csrf_checks=True)
    address = f"matters/directives/{desk.directive.slug}/acts/ask_extension"

    assert _api(client, "kinds").status_code == 401
    assert _api(strict, address, {"facts": {}}).status_code == 403


def test_the_api_describes_itself(client, db):
    described = client.get("/api/openapi.json").json()

    assert "/api/matters/{word}/{slug}/acts/{act}" in described["paths"]


def test_the_api_lists_no_more_than_the_pages(desk):
    desk.restricted(desk.directive)

    found = _api(desk.browser("principal"), "matters/directives?state=all").json()["matters"]
    card = next(one for one in found if one["number"] == desk.directive.number)

    assert (card["view"], card["title"]) == ("card", None)
    assert _api(desk.browser("partner"), "matters/directives").status_code == 404
