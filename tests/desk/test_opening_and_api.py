"""Opening a matter, and the API: the same door, the same access."""

import json
from datetime import timedelta

import pytest
from a_desk import PAPER, hidden, text_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from qingfeng.matters.models import Matter

pytestmark = pytest.mark.django_db


def _soon(days=20):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


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


def test_the_api_and_the_page_of_a_kind_say_from_where_an_act_starts_ended_matters_too(desk):
    kinds = _api(desk.browser("petition_registrar"), "kinds").json()
    (petition,) = (one for one in kinds if one["key"] == "petition")
    acts = {one["key"]: one for one in petition["acts"]}
    stages = {one["key"] for one in petition["stages"]}
    open_ones = {one["key"] for one in petition["stages"] if one["open"]}

    page = desk.browser("petition_registrar").get("/petitions/about/")

    assert set(acts["hand_to_reports"]["from"]) == stages - {"other_line"}
    assert (acts["hand_to_reports"]["even_ended"], acts["accept"]["even_ended"]) == (True, False)
    assert acts["accept"]["from"] == ["registered"]
    assert set(acts["write_to"]["from"]) == open_ones
    assert text_of(page).count("已作废、撤回或并案的亦可") == 1
