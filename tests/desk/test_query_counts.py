"""No page asks the tables more often because there are more rows."""

from datetime import timedelta

import pytest
import time_machine
from a_desk import at
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from many_matters import copied

from qingfeng.desk import feeds
from qingfeng.desk.awaiting import tray_of
from qingfeng.matters.answers import Done
from qingfeng.matters.door import perform

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PEOPLE = ("registrar", "style_head", "case_one", "principal", "deputy", "education_contact")
PAGES = (
    "/",
    "/tray/",
    "/my-notices/",
    "/directives/",
    "/directives/?state=all&sort=-title",
    "/directives/?light=yellow",
    "/directives/?mine=1",
    "/directives/?text=1",
    "/directives/statistics/",
    "/referrals/",
    "/revisits/",
    "/api/matters/directives",
    "/api/kinds",
)


def _asked(browser, address, **posted):
    with CaptureQueriesContext(connection) as held:
        response = browser.post(address, posted) if posted else browser.get(address)
        if response.streaming:
            b"".join(response.streaming_content)
    return len(held), held


def _more(desk, times, word):
    for matter in (desk.directive, desk.assigning, desk.reported, desk.referral, desk.revisit):
        copied(matter, times, word)


def _no_more(before, after):
    """Say which statements are new, where there are any."""
    (few, first), (many, last) = before, after
    known = {one["sql"].partition("WHERE")[0] for one in first.captured_queries}
    new = [one["sql"][:200] for one in last.captured_queries if one["sql"].partition("WHERE")[0] not in known]
    assert many <= few, new


@pytest.fixture
def at_one_moment():
    """Let no time pass: what is kept for a minute is kept for all of a measure."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_asks_more_often_with_fifty_matters_than_with_five(desk, at_one_moment, who):
    browser = desk.browser(who)
    _more(desk, 5, "few")
    for address in PAGES:
        browser.get(address)
    before = {address: _asked(browser, address) for address in PAGES}

    _more(desk, 45, "many")
    browser.get("/my-notices/")  # the count of the bell is kept for a minute, in both measures

    for address in PAGES:
        _no_more(before[address], _asked(browser, address))


def test_an_export_asks_as_often_for_fifty_matters_as_for_five(desk):
    browser = desk.browser("registrar")
    copied(desk.directive, 5, "few")
    _asked(browser, "/directives/export/", form="csv")
    before = _asked(browser, "/directives/export/", form="csv")

    copied(desk.directive, 45, "many")

    _no_more(before, _asked(browser, "/directives/export/", form="csv"))


def test_a_calendar_feed_asks_as_often_for_fifty_duties_as_for_five(desk):
    address = f"/feed/{feeds.make(desk.viewer('case_one'))}.ics"
    browser = desk.browser("case_one")
    copied(desk.directive, 5, "few")
    browser.get(address)
    before = _asked(browser, address)

    copied(desk.directive, 45, "many")
    browser.get(address)  # what is new is told, and that it was told is written

    _no_more(before, _asked(browser, address))


def test_a_matter_page_asks_as_often_for_fifty_acts_and_lines_as_for_a_few(desk):
    browser = desk.browser("case_one")
    browser.get(at(desk.directive))
    before = _asked(browser, at(desk.directive))

    acts, lines = list(desk.directive.story.order_by("no")), list(desk.directive.lines.all())
    for n in range(50):
        for row in (acts[-1], *lines[-1:]):
            row.pk, row.no = None, row.no + 1000 + n
            if hasattr(row, "entry_id"):
                row.key, row.entry = None, None
            row.save(force_insert=True)

    _no_more(before, _asked(browser, at(desk.directive)))


def test_the_count_on_the_rail_follows_an_act_of_ones_own_at_once(desk):
    matter = desk.until("directive", "closing", "assign", ago=3)
    browser = desk.browser("principal")
    before = _on_rail(browser)

    done = perform(
        "assign",
        matter,
        by=desk.viewer("principal"),
        facts={
            "instruction": "请第一纪检监察室承办。",
            "internal_due_on": (timezone.localdate() + timedelta(days=30)).isoformat(),
        },
        parties={
            "supervisor": [desk.person("deputy")],
            "handler_office": [desk.office.units["一室"]],
            "handler": [desk.person("case_one"), desk.person("case_two")],
        },
    )

    assert isinstance(done, Done), done
    assert _on_rail(browser) == before - 1 == tray_of(desk.viewer("principal")).count


def _on_rail(browser):
    """The number beside the tray on a page that is not the tray."""
    response = browser.get("/my-notices/")
    entries = [one for group in response.context["look"].rail for one in group.entries]
    return next(one.count or 0 for one in entries if one.href == "/tray/")
