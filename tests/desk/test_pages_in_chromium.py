"""The desk in a real browser: both themes and languages, four widths, with and without a script."""

import re
from functools import partial

import a_desk
import pytest
from in_chromium import a_context, a_page, chromium, looked_through, needs_chromium

pytestmark = [*needs_chromium, pytest.mark.django_db(transaction=True), pytest.mark.slow]
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
PAGES = {
    "work": ("case_one", "/"),
    "tray": ("style_head", "/tray/"),
    "notices": ("case_one", "/my-notices/"),
    "list": ("registrar", "/directives/?state=all"),
    "matter": ("case_one", "{directive}"),
    "part": ("superior", "{reported}"),
    "form": ("case_one", "{directive}acts/set_milestone/"),
    "naming": ("deputy", "{assigning}acts/assign/"),
    "opening": ("registrar", "/directives/new/"),
    "statistics": ("style_head", "/directives/statistics/?since=2026-01-01"),
    "about": ("registrar", "/directives/about/"),
    "feed": ("case_one", "/feed/"),
}


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture
def desk(transactional_db):
    """The sample office at work, for a server of its own."""
    from an_office_kept import sample_office

    return a_desk.Desk(sample_office()).at_work()


def _signed_in(browser, live_server, desk, who, **options):
    context = a_context(browser, live_server, **options)
    session = desk.browser(who).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return context


def _address(desk, page):
    who, address = PAGES[page]
    places = {name: a_desk.at(getattr(desk, name)) for name in ("directive", "reported", "assigning")}
    return who, address.format(**places)


def test_every_page_suits_everybody_at_every_width(browser, live_server, desk):
    pages = [(who, live_server.url + address) for who, address in (_address(desk, name) for name in PAGES)]

    found = looked_through(partial(_signed_in, browser, live_server, desk), pages)

    assert found == []


def test_no_page_is_half_translated(browser, live_server, desk):
    """English pages hold no Chinese but data and terms; Chinese pages no English sentence."""
    from qingfeng.matters.models import Matter
    from qingfeng.organization.models import Person, Unit

    data = [*Unit.objects.values_list("name", flat=True), *Unit.objects.values_list("short_name", flat=True)]
    data += [*Person.objects.values_list("name", flat=True)]
    for matter in Matter.objects.all():
        data += [matter.title, matter.number, *map(str, matter.facts.values())]
        data += [str(value) for line in matter.lines.all() for value in line.facts.values()]
    found = []
    for name in ("work", "list", "tray", "notices", "feed", "opening"):
        text = _main(browser, live_server, desk, name, "en")
        for known in sorted(filter(None, data), key=len, reverse=True):
            text = text.replace(known, "")
        left = set(CHINESE.findall(text)) - {"秘密", "中文", "号", "督"}
        found += [(name, "en", one) for one in left]
        told = re.findall(
            r"[A-Za-z]{3,}(?: [a-z]{2,}){2,}", _main(browser, live_server, desk, name, "zh-hans")
        )
        found += [(name, "zh", one) for one in told]

    assert found == []


def _main(browser, live_server, desk, name, language):
    """What a page says between its rail and its foot."""
    who, address = _address(desk, name)
    with _signed_in(browser, live_server, desk, who, language=language) as context:
        page = a_page(context)
        page.goto(live_server.url + address)
        return page.locator("main").inner_text()


def test_lines_are_walked_and_opened_by_keys(browser, live_server, desk):
    context = _signed_in(browser, live_server, desk, "case_one")
    page = a_page(context)
    page.goto(live_server.url + "/")

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/directives/"))

    assert page.troubles == []
    context.close()


@pytest.mark.parametrize("with_script", [True, False])
def test_a_line_is_added_and_handed_in_with_and_without_a_script(browser, live_server, desk, with_script):
    context = _signed_in(browser, live_server, desk, "case_one", java_script_enabled=with_script)
    page = a_page(context)
    page.goto(live_server.url + a_desk.at(desk.directive, "acts", "set_milestone"))

    page.fill('[name="line-milestones-1-step"]', "核对审批表")
    page.fill('[name="line-milestones-1-due_on"]', "2027-03-01")
    page.click('button[value="lines-milestones"]')
    page.fill('[name="line-milestones-2-step"]', "谈话核实")
    page.fill('[name="line-milestones-2-due_on"]', "2027-03-08")
    page.locator(".form-acts button").click()
    page.wait_for_url(re.compile(rf"{desk.directive.slug}/$"))

    assert page.get_by_text("谈话核实").count() >= 1
    assert page.troubles == []
    context.close()
