"""Wording of documents: seen before it holds, versions, what is wrong by line."""

import pytest
from a_keeper import text_of

from qingfeng.documents.models import Template
from qingfeng.documents.templates import current
from qingfeng.journal.models import JournalEntry

pytestmark = pytest.mark.django_db
ADDRESS = "/wordings/directive.ticket/"


def _good():
    held = current("directive.ticket")
    return {"headline": held.title, "to": held.to, "body": held.body}


def test_every_slip_of_every_kind_stands_in_the_list(house):
    from qingfeng.matters.registry import mechanisms

    page = house.browser("registrar").get("/wordings/").content.decode()

    missing = [f"{kind.key}.{slip.key}" for kind in mechanisms() for slip in kind.slips()
               if f"/wordings/{kind.key}.{slip.key}/" not in page]  # fmt: skip
    assert missing == []


@pytest.mark.once
def test_every_wording_that_came_with_the_house_reads_without_a_problem(house):
    from qingfeng.desk.keeping.wording import by_kind

    browser = house.browser("registrar")

    wrong = [one.key for _kind, rows in by_kind() for one in rows
             if 'class="gates"' in browser.get(f"/wordings/{one.key}/").content.decode()]  # fmt: skip
    assert wrong == []


def test_a_text_is_looked_at_with_sample_values_and_nothing_is_stored(house):
    browser = house.browser("registrar")

    page = browser.post(ADDRESS, {**_good(), "headline": "关于{area}的督办单", "do": "look"})
    fragment = browser.post(
        ADDRESS, {**_good(), "headline": "关于{area}的督办单"}, headers={"HX-Request": "true"}
    )

    assert "关于〔领域〕的督办单" in text_of(page)
    assert "关于〔领域〕的督办单" in text_of(fragment)
    assert fragment.content.decode().lstrip().startswith('<section class="panel" id="look"')
    assert not Template.objects.exists()


def test_what_is_wrong_is_said_with_its_line_and_the_way_out(house):
    browser = house.browser("registrar")
    broken = {**_good(), "body": "第一行\n请办理{handler_offise}"}

    look = browser.post(ADDRESS, {**broken, "do": "look"})
    saved = browser.post(ADDRESS, {**broken, "do": "save", "changed": "改错字"})

    assert "第 2 行" in text_of(look)
    assert "handler_office" in text_of(look)
    assert saved.status_code == 422
    assert not Template.objects.exists()


def test_a_new_version_holds_an_older_one_comes_back_and_so_does_what_came_with_the_house(house):
    browser, good = house.browser("registrar"), _good()

    unsaid = browser.post(ADDRESS, {**good, "do": "save", "changed": " "})
    browser.post(ADDRESS, {**good, "headline": "一版", "do": "save", "changed": "统一标题"})
    browser.post(ADDRESS, {**good, "headline": "二版", "do": "save", "changed": "再改"})
    second = current("directive.ticket").title
    browser.post(f"{ADDRESS}in-force/", {"version": "1"})
    first = current("directive.ticket").title
    shown = text_of(browser.get(f"{ADDRESS}2/"))
    browser.post(f"{ADDRESS}in-force/", {"version": ""})

    assert unsaid.status_code == 422
    assert (second, first, current("directive.ticket").title) == ("二版", "一版", good["headline"])
    assert "再改" in shown
    assert JournalEntry.objects.filter(kind__startswith="documents.template_").count() == 4


def test_a_text_is_seen_as_paper_before_it_holds(house):
    browser = house.browser("registrar")

    file = browser.post(f"{ADDRESS}paper/", _good())
    broken = browser.post(f"{ADDRESS}paper/", {**_good(), "body": "{no_such_field}"})

    assert file["Content-Type"] == "application/pdf"
    assert file.content.startswith(b"%PDF")
    assert broken.status_code == 422


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("registrar", 200),
        ("Y0101", 200),
        ("Y0502", 404),
        ("dept_head", 404),
        ("principal", 404),
        ("system_admin", 404),
    ],
)
def test_wording_is_kept_by_the_general_office(house, who, status):
    assert house.browser(who).get("/wordings/").status_code == status
    assert house.browser(who).get(ADDRESS).status_code == status


def test_there_is_no_wording_of_what_nobody_prints(house):
    assert house.browser("registrar").get("/wordings/directive.no_such/").status_code == 404
