"""The typing grid in a real browser: by keys, kept as one goes, at every width, for everybody."""

import pytest
from a_paper_sheet import Paper
from in_chromium import a_context, a_page, chromium, needs_chromium, unsuited

pytestmark = [*needs_chromium, pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture
def typing(transactional_db):
    """The sample office with a sheet of three rows, for a server of its own."""
    from an_office_kept import sample_office

    return Paper(sample_office())


def opened(browser, live_server, typing, sheet, **options):
    context = a_context(browser, live_server, **options)
    session = typing.analyst.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = a_page(context)
    page.goto(live_server.url + typing.page(sheet))
    return page


def test_a_row_is_typed_by_keys_alone_and_kept_as_one_goes(browser, live_server, typing):
    sheet = typing.sheet()
    page = opened(browser, live_server, typing, sheet)

    page.focus("[name=c-3-guests]")
    page.keyboard.press("Enter")
    page.keyboard.type("12")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+d")
    page.locator("[data-grid-said]:not(:empty)").wait_for(state="attached")

    assert [row.cells for row in sheet.rows.filter(no__gte=4)] == [{"guests": "12"}, {"guests": "12"}]
    assert page.troubles == []


def test_the_grid_suits_everybody_at_every_width(browser, live_server, typing):
    sheet = typing.sheet()
    found = []
    for theme in ("light", "dark"):
        page = opened(browser, live_server, typing, sheet, theme=theme)
        found += [(theme, one) for one in unsuited(page)]

    assert found == []
