"""Every address × every role × matters of every level, held against the written table in access.toml."""

import logging
import tomllib
from functools import cache
from pathlib import Path

import a_site
import a_walk
import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LEVELS = ("ordinary", "internal", "restricted")


@cache
def table():
    return tomllib.loads(Path(__file__).with_name("access.toml").read_text(encoding="utf-8"))


WALKERS = [*table()["groups"]["everybody"], a_site.NOBODY]


@pytest.fixture(autouse=True)
def quiet():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def got(response):
    """What somebody got: a status, "sign in", or where they were led."""
    if 300 <= response.status_code < 400:
        place = response["Location"]
        return "sign in" if place.startswith("/accounts/login/") else place
    return response.status_code


def wanted(row, name):
    """What the table says that somebody gets."""
    if name == a_site.NOBODY:
        return row.get(a_site.NOBODY, "sign in")
    groups = table()["groups"]
    found = [value for key, value in row.items() if key == name or name in groups.get(key, ())]
    return row.get(name, found[0] if found else 404)


def view(name, level):
    """How much of the matter the table says that somebody sees."""
    if name == a_site.NOBODY:
        return a_site.NOBODY
    views = table()["views"].get(name, ("", "", ""))
    return views[LEVELS.index("internal" if level == "void" else level)] or "none"


def wanted_of_matter(row, name, level):
    """What the table says that somebody gets at a page of the matter."""
    seen = view(name, level)
    if seen == a_site.NOBODY:
        return row.get(seen, "sign in")
    if "keeper" in row:
        return row["keeper"] if seen == "whole" and name in {"principal", "deputy", "dept_head"} else 404
    if "handler" in row:
        return row["handler"] if name == "named" else 404
    return row.get(seen, 404)


def test_every_address_has_a_row_and_every_row_an_address():
    rows = set(table()["addresses"]) | set(table()["matters"])

    assert rows == set(a_walk.addresses())


def test_the_table_names_every_role_that_somebody_can_sign_in_with():
    from qingfeng.organization.sample import _data

    signed = [row[5] for row in _data()["people"]["rows"] if row[5]]

    assert set(WALKERS) == {*signed, "named", "contact_of_another", a_site.NOBODY}


@pytest.mark.parametrize("name", WALKERS)
def test_somebody_gets_at_every_address_what_the_table_says(site, name):
    browser = site.browser(name)
    walked = {}
    for address, parts in a_walk.addresses().items():
        if "slug" not in parts and address not in {"account_logout", "set_language"}:
            answer = got(browser.get(site.address(address, parts)))
            said = wanted(table()["addresses"][address], name)
            if answer != said:
                walked[address] = (answer, said)

    assert walked == {}


@pytest.mark.parametrize("level", [*LEVELS, "void"])
def test_a_matter_of_a_level_is_to_everybody_what_the_table_says(site, level):
    from qingfeng.matters.models import Matter

    change = {"standing": "void", "is_open": False} if level == "void" else {"confidentiality": level}
    Matter.objects.filter(pk=site.matter.pk).update(**change)
    differs = {}
    for name in WALKERS if level != "void" else ["principal", "named", "superior", "reviewer", "auditor"]:
        browser = site.browser(name)
        for address, row in _rows_for(name, level):
            answer = got(browser.get(site.address(address, a_walk.addresses()[address])))
            answer = "elsewhere" if isinstance(answer, str) and answer != "sign in" else answer
            if answer != wanted_of_matter(row, name, level):
                differs[name, address] = (answer, wanted_of_matter(row, name, level))

    assert differs == {}


def _rows_for(name, level):
    """Every page of the matter for whoever sees it; of those who see nothing, the same for some of them."""
    rows = table()["matters"]
    if view(name, level) != "none" or name in {"registrar", "reviewer", "auditor", "unit_contact"}:
        return rows.items()
    return [(address, rows[address]) for address in ("desk:matter", "desk:file", "desk:slip", "api:matter")]


@pytest.mark.parametrize("name", ["principal", "dept_head", "registrar", "named", "superior"])
def test_nothing_of_a_matter_is_there_for_whoever_was_recused_from_it(site, name):
    """监察法 Art. 67."""
    from qingfeng.matters import guarding

    guarding.recuse(site.matter, site.people[name].person, "本人申请", by=site.viewer(name))
    browser = site.browser(name)

    for address in table()["matters"]:
        answer = got(browser.get(site.address(address, a_walk.addresses()[address])))
        assert answer == (405 if address == "api:perform" else 404), address
