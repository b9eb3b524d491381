"""The export in a browser without a network: from a disk, at four widths, with and without a script."""

import pytest
from in_chromium import WIDTHS, a_page, chromium, needs_chromium, serious_findings, sideways

pytestmark = [*needs_chromium, pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


def opened(browser, copy, path, **options):
    page = a_page(browser.new_context(offline=True, **options))
    page.goto((copy[0] / path).as_uri())
    return page


def test_from_a_disk_and_without_a_network_the_map_is_drawn_and_sifted(browser, copy):
    page = opened(browser, copy, "zh/index.html", viewport={"width": 1366, "height": 800})

    page.wait_for_selector(".stage.is-live")
    page.get_by_role("radio", name="家规家训").check()

    assert page.inner_text("[data-found]") == "1"
    assert page.troubles == []
    assert {one for one in page.asked if not one.startswith(("file:", "blob:", "data:"))} == set()


def test_without_a_script_the_map_is_a_drawing_whose_marks_lead_on(browser, copy):
    page = opened(browser, copy, "zh/index.html", java_script_enabled=False)

    page.locator("a.pin").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert "/places/green-hill-" in page.url


@pytest.mark.parametrize(
    "path", ["zh/index.html", "zh/places/green-hill-post.html", "en/routes/green-hill-hike.html"]
)
def test_pages_fit_every_width_and_axe_finds_nothing_serious(browser, copy, path):
    page = opened(browser, copy, path)
    wide = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        wide[width] = sideways(page)

    assert wide == dict.fromkeys(WIDTHS, 0)
    assert serious_findings(page) == []
