"""Every address × every role × matters of every level, held against the written table in access.toml.

Some walk in English: of the same answers it is asked that none says a Chinese word that is no data of the
house and no term of the field.
"""

import logging
import tomllib
from functools import cache
from pathlib import Path

import a_reading
import a_site
import a_walk
import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LEVELS = ("ordinary", "internal", "restricted")


@cache
def table():
    return tomllib.loads(Path(__file__).with_name("access.toml").read_text(encoding="utf-8"))


WALKERS = [*table()["groups"]["everybody"], a_site.NOBODY]
IN_ENGLISH = ("principal", "registrar", "named", "unit_contact", "security_admin", "auditor")


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


@pytest.fixture(scope="module")
def walked(site):
    """Somebody's answers at every address that needs no matter, asked once: got, let out, own words."""

    @cache
    def walk(name):
        if level := (a_walk.HIDDEN | a_walk.CARDS).get(name):
            a_walk.set_level(site, name, level)  # the test undoes it, and what the walk opens
        addresses = [
            (address, parts)
            for address, parts in a_walk.addresses().items()
            if "slug" not in parts and address not in a_walk.NOT_WALKED
        ]
        return _walk(site, name, addresses)

    return walk


def _walk(site, name, addresses):
    browser, told = site.browser(name, "en" if name in IN_ENGLISH else "zh-hans"), {}
    for address, parts in addresses:
        place = site.address(address, parts)
        place = place.replace("/counter/zh/", "/counter/en/") if name in IN_ENGLISH else place
        answer = browser.get(place)
        is_page = answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html")
        is_read = is_page and name in IN_ENGLISH and not answer.streaming
        page = answer.content.decode() if is_read else ""
        told[address] = (got(answer), a_walk.let_out(site, answer), a_reading.chinese_in(page))
    if name not in IN_ENGLISH:
        return told
    known = a_reading.known()  # while all is there that the walk has opened
    return {
        address: (*others, sorted(one for one in said if one.strip("年月日") not in known))
        for address, (*others, said) in told.items()  # a day in a sample wording is no word
    }


@pytest.mark.parametrize("name", WALKERS)
def test_somebody_gets_at_every_address_what_the_table_says(walked, name):
    differs = {
        address: (answer, said)
        for address, (answer, _let_out, _own) in walked(name).items()
        if answer != (said := wanted(table()["addresses"][address], name))
    }

    assert differs == {}


@pytest.mark.parametrize("name", [*a_walk.HIDDEN, *a_walk.CARDS, "auditor"])
def test_no_address_lets_out_a_matter_that_is_hidden_or_what_a_card_holds(walked, name):
    hidden = {"content", "number", "address"} if name in a_walk.HIDDEN else {"content"}

    let_out = {address: (answer, said & hidden) for address, (answer, said, _own) in walked(name).items()}

    assert {address: one for address, one in let_out.items() if one[1] or one[0] in range(500, 600)} == {}


@pytest.mark.parametrize("name", IN_ENGLISH)
def test_no_page_in_english_says_a_chinese_word_of_its_own(site, walked, name):
    told = walked(name)

    matters = _walk(site, name, [(one, a_walk.addresses()[one]) for one in table()["matters"]])

    assert sum(answer == 200 for answer, *_others in (told | matters).values()) > 10
    assert {one: own for one, (*_others, own) in (told | matters).items() if own} == {}


def test_the_look_at_a_page_finds_a_word_and_passes_what_is_marked():
    page = '<p title="提示">Title 正文 <span lang="zh" title="差事">x</span> '
    page += '<b lang="zh">本区<i>叫法<br>二</i></b> 之后<svg><path title="图"/></svg></p>'
    page += '<script>"脚本"</script>'

    assert a_reading.chinese_in(page) == {"提示", "正文", "之后", "图"}


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
