"""What somebody may not see is nowhere: no page, list, search, export, feed, API, file or slip says it.

The addresses that need no matter are walked in `test_access_walk.py`, where the same answers are judged; here
whoever is recused walks them too.
"""

import logging

import a_site
import a_walk
import pytest
from django.urls import reverse
from django.utils import timezone

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SECRET = a_site.SECRET


@pytest.fixture(autouse=True)
def quiet():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def answers(site, name):
    """Yield every answer that somebody can get of the matter and what is beside it, with what was asked."""
    browser = site.browser(name)
    yield from _of_matters(site, browser)
    yield from _asked_for(site, browser)
    yield from _taken_away(browser)


def every_address(site, name):
    """Yield the answers at the addresses that need no matter."""
    browser = site.browser(name)
    for address, parts in a_walk.addresses().items():
        if "slug" not in parts and address not in a_walk.NOT_WALKED:
            place = site.address(address, parts)
            yield f"GET {place}", browser.get(place)


def _of_matters(site, browser):
    """The hidden matter's own addresses, and those of matters beside it with its files and slips guessed."""
    from qingfeng.desk.kinds import plural

    parted = {name: parts for name, parts in a_walk.addresses().items() if "slug" in parts}
    for address, parts in parted.items():
        place = site.address(address, parts)
        yield f"GET {place}", browser.get(place)
        yield f"POST {place}", browser.post(place, {"reason": "看看", "confirmed": "yes"})
    for beside in (site.other, site.merged):
        base = f"/{plural('directive')}/{beside.slug}/"
        yield base, browser.get(base)
        yield base, browser.get(f"/api/matters{base.rstrip('/')}")
        for one in site.matter.files.all():
            yield base, browser.get(f"{base}files/{one.attachment_id}/")
        for one in site.matter.slips.all():
            for form in ("pdf", "docx", "copy"):
                yield base, browser.get(f"{base}slips/{one.slip_id}.{form}")


def _asked_for(site, browser):
    """Lists with filters, the search box, the API."""
    for query in (
        "state=all", f"state=all&text={SECRET[:3]}", f"state=all&text={site.matter.slug}", "state=all&mine=1",
        "state=all&sort=-title", "state=all&light=red", f"stage={site.matter.stage}", "figure=by_office&is=1",
    ):  # fmt: skip
        for place in (reverse("desk:list", kwargs={"kind": "directive"}), "/api/matters/directives"):
            yield f"GET {place}?{query}", browser.get(f"{place}?{query}")
    for typed in (SECRET[:3], site.matter.number[:-1], site.matter.slug[:-1]):
        yield f"search {typed}", browser.post(reverse("desk:search"), {"q": typed})
    for form in ("xlsx", "csv"):
        place = reverse("desk:export", kwargs={"kind": "directive"})
        yield f"export {form}", browser.post(f"{place}?state=all", {"form": form})


def _taken_away(browser):
    """The calendar feed behind a secret address."""
    page = browser.post(reverse("desk:feed_settings"))
    token = page.context and page.context.get("address")
    if token:
        yield "feed", browser.get(token[token.index("/feed/") :])


EVERYTHING = frozenset({"content", "number", "address"})


def let_out(site, asked_and_answered, what=EVERYTHING):
    """What was let out or failed, by what was asked."""
    told = {
        asked: (answer.status_code, a_walk.let_out(site, answer) & what)
        for asked, answer in asked_and_answered
    }
    return {asked: one for asked, one in told.items() if one[0] >= 500 or one[1]}


@pytest.mark.parametrize(("name", "level"), [*a_walk.HIDDEN.items(), ("handler", "recused")])
def test_a_matter_that_does_not_exist_for_somebody_is_in_no_answer(site, name, level):
    a_walk.set_level(site, name, level)

    assert let_out(site, answers(site, name)) == {}
    if level == "recused":
        assert let_out(site, every_address(site, name)) == {}


@pytest.mark.parametrize(("name", "level"), a_walk.CARDS.items())
def test_a_card_and_a_part_say_nothing_of_the_content(site, name, level):
    a_walk.set_level(site, name, level)

    assert let_out(site, answers(site, name), {"content"}) == {}


def test_the_auditor_learns_who_read_and_nothing_of_what(site):
    assert let_out(site, answers(site, "auditor"), {"content"}) == {}


def test_a_recused_user_finds_nothing_of_the_matters_that_bind_them(site):
    """监察法 Art. 67: whoever is bound by relation or former office has no sight of the matter."""
    from qingfeng.mechanisms import sampling

    bound = sampling.play("accountability", "person", site.scene(40), steps=1)
    bound.parties.filter(is_subject=True).delete()
    unit = site.office.units["区农业农村局"]  # the recused user's office until 2024
    bound.parties.create(role="subject_unit", unit=unit, is_subject=True, since_at=timezone.now())
    browser = site.browser("recused")
    pages = [
        "/",
        "/tray/",
        "/my-notices/",
        "/accountabilities/?state=all",
        f"/accountabilities/{bound.slug}/",
    ]

    said = [a_walk.told(browser.get(place)) for place in pages]

    assert not [one for one in said if bound.number in one]
    assert browser.get(pages[-1]).status_code == 404


def test_the_secret_is_there_for_those_who_may_see_it_and_no_file_or_data_names_a_source(site):
    """The walk would find the secret if it were shown: it is on the page of whoever is named.

    What one line says of a source is on that page too, and in nothing that is no page.
    """
    a_walk.set_level(site, "named", "restricted")
    said = [(asked, _is_page(answer), a_walk.told(answer)) for asked, answer in answers(site, "named")]

    assert sum(SECRET in one for _asked, _page, one in said) > 8
    assert any(is_page and a_site.SOURCE in one for _asked, is_page, one in said)
    assert any(not is_page and SECRET in one for _asked, is_page, one in said)
    assert [asked for asked, is_page, one in said if not is_page and a_site.SOURCE in one] == []


def _is_page(answer):
    return answer.get("Content-Type", "text/html").startswith("text/html")
