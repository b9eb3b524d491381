"""Every page of keeping by every role: it is there, or it does not exist."""

import re

import pytest
from a_keeper import at

pytestmark = [pytest.mark.django_db, pytest.mark.once]
EVERY = {
    "principal", "deputy", "registrar", "evaluator", "editor", "dept_head", "handler", "handler2", "analyst",
    "custodian", "case_supervisor", "recused", "reviewer", "auditor", "system_admin", "security_admin",
    "seconded", "tracker", "superior", "escrow_holder", "unit_contact", "committee_secretary", "partner",
    "special_supervisor", "unit_head", "team_member",
}  # fmt: skip
ADMINISTRATORS = {"auditor", "system_admin", "security_admin"}
OUTSIDE = {
    "superior", "unit_contact", "committee_secretary", "partner", "special_supervisor", "unit_head",
    "team_member",
}  # fmt: skip
STAFF = EVERY - ADMINISTRATORS - OUTSIDE
NO_MATTERS = {"editor", "escrow_holder"}
PAGES = {
    "/interference/": STAFF | ADMINISTRATORS,
    "/interference/new/": STAFF,
    "/emergency/": STAFF - NO_MATTERS,
    "/emergency/reviews/": {"principal", "auditor"},
    "/handover/": STAFF | {"security_admin"},
    "/meetings/": STAFF,
    "/meetings/new/": {"principal", "deputy", "registrar", "dept_head", "case_supervisor"},
    "/returned/": STAFF - NO_MATTERS,
    "/sealed/": EVERY - ADMINISTRATORS,
    "/sealed/phrase/": EVERY - ADMINISTRATORS,
    "/wordings/": {"registrar"},
    "/audit/readers/": {"auditor"},
    "/audit/journal/": {"auditor"},
    "/audit/journal/alarms/": {"auditor"},
    "/proof/": EVERY,
}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_exists_for_those_who_need_it_and_for_nobody_else(house, address):
    found = {who: house.browser(who).get(address).status_code for who in EVERY}

    assert {who for who, status in found.items() if status == 200} == PAGES[address]
    assert set(found.values()) <= {200, 404}


def test_every_role_that_signs_in_is_among_those_asked(house):
    assert set(house.office.accounts) == EVERY


@pytest.mark.parametrize("address", [one for one in PAGES if one != "/proof/"])
def test_whoever_has_not_signed_in_is_sent_to_sign_in(client, db, address):
    answer = client.get(address)

    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_the_rail_shows_nobody_an_entry_that_they_cannot_open(house):
    wrong = []
    for who in EVERY:
        browser = house.browser(who)
        page = browser.get(
            "/sealed/" if who not in ADMINISTRATORS else "/organization/units/"
        ).content.decode()
        rail = page.split('<nav class="rail"')[1].split("</nav>")[0]
        ours = [one for one in re.findall(r'href="([^"#]+)"', rail) if one in PAGES]
        wrong += [(who, one) for one in ours if browser.get(one).status_code != 200]
    assert wrong == []


def test_recusal_is_asked_for_by_own_staff_who_see_the_matter(house):
    found = {who: house.browser(who).get(at(house.parcel, "recuse")).status_code
             for who in ("handler", "dept_head", "Y0802", "auditor", "unit_contact")}  # fmt: skip

    assert found == {"handler": 200, "dept_head": 200, "Y0802": 404, "auditor": 404, "unit_contact": 404}
