"""Halls in a browser: from a disk, from any web server, with keys, without a surface, without a script."""

import functools
import http.server
import itertools
import math
import threading
from pathlib import Path

import pytest
from in_chromium import WIDTHS, a_page, chromium, needs_chromium, serious_findings, sideways

pytestmark = [*needs_chromium, pytest.mark.slow, pytest.mark.django_db]
APART = Path(__file__).parents[2] / "frontend/site/js/hall-apart.js"
GATE = "zh/halls/quiet-hall/gate.html"
WITH_A_SURFACE = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")
WECHAT = (
    "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/94.0 Mobile "
    "Safari/537.36 MicroMessenger/8.0.40 NetType/WIFI Language/zh_CN"
)
HELD = "() => document.querySelector('[data-hall]').hall.scene.gyroscope.state.alphaOffset !== null"
YAW = "() => document.querySelector('[data-hall]').hall.scene.viewer.getPosition().yaw"


@pytest.fixture(scope="module")
def browser():
    with chromium(*WITH_A_SURFACE, without=("--disable-gpu",)) as started:
        yield started


@pytest.fixture(scope="module")
def served(hall_copy):
    """The export on the plainest of web servers."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_words):
            pass

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=hall_copy[0])
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def opened(browser, hall_copy, path=GATE, **options):
    page = a_page(browser.new_context(offline=True, **{"viewport": {"width": 1366, "height": 768}} | options))
    page.goto((hall_copy[0] / path).as_uri())
    return page


def live(page):
    page.wait_for_selector(".walk-stage.is-live")
    return page


def test_from_a_disk_one_walks_with_keys_alone_and_nothing_is_fetched(browser, hall_copy):
    page = live(opened(browser, hall_copy, reduced_motion="reduce"))
    stage = page.locator("[data-live]")

    stage.focus()
    before = page.evaluate(YAW)
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"before => ({YAW})() !== before", arg=before)
    page.keyboard.press("n")
    page.get_by_role("status").filter(has_text="1 看点panel").wait_for(state="attached")
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="看点panel")
    panel.wait_for()
    assert "说明panel" in panel.inner_text()
    page.keyboard.press("Escape")
    panel.wait_for(state="hidden")

    door = page.locator(".spots [data-spot=door] a")
    door.focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="中庭", level=1).wait_for()
    page.wait_for_url("**/gate.html#to-court")

    assert page.title() == "中庭 · 静廉馆"
    assert page.troubles == []
    assert {one for one in page.asked if not one.startswith(("file:", "blob:", "data:"))} == set()
    page.go_back()
    page.get_by_role("heading", name="门厅", level=1).wait_for()


def test_focus_in_the_list_moves_the_view_and_an_answer_is_told_on_a_disk(browser, hall_copy):
    page = live(opened(browser, hall_copy, reduced_motion="reduce"))

    page.locator("[data-spot=song] [data-look]").first.focus()
    page.wait_for_function(f"() => Math.abs(({YAW})() - 80 * Math.PI / 180) < 0.02")
    page.locator(".spots [data-spot=ask] input").nth(1).check()
    page.locator(".spots [data-spot=ask] button[type=submit]").click()

    page.locator(".spots [data-spot=ask] .is-answered").wait_for()
    assert page.get_by_text("一人记，一人核。").first.is_visible()


def test_without_a_script_every_spot_is_a_number_and_an_entry_of_the_list(browser, hall_copy):
    page = opened(browser, hall_copy, java_script_enabled=False)

    numbers = page.locator("a.still-spot")
    texts = page.locator(".spots > li")

    assert page.locator(".walk-live").is_hidden()
    assert page.locator(".still image").first.bounding_box()["height"] > 300
    assert [one[-1] for one in numbers.all_text_contents()] == list("1234567")
    assert texts.count() == 7
    assert page.get_by_text("查看答案").is_visible()
    with page.expect_navigation():
        page.locator(".spots [data-spot=door] a").click()
    assert page.url.endswith("court.html")


def test_without_a_drawing_surface_the_still_picture_and_the_list_stay(hall_copy):
    with chromium("--disable-3d-apis") as blind:
        page = opened(blind, hall_copy)

        page.locator(".spots [data-spot=ask] button[type=submit]").wait_for()  # the script has run
        with page.expect_navigation():
            page.locator(".turns [rel=next]").click()

        assert page.locator(".still").is_visible()
        assert page.locator(".walk-live").is_hidden()
        assert page.troubles == []


def test_in_the_web_view_of_a_public_account_a_scene_from_any_server_is_live(browser, served):
    phone = {"width": 360, "height": 740}
    page = a_page(browser.new_context(user_agent=WECHAT, viewport=phone, has_touch=True, is_mobile=True))
    page.goto(served + GATE)

    live(page)
    page.locator("[data-do=after]").click()
    page.locator("[data-do=open]").click()

    page.get_by_role("dialog", name="看点panel").wait_for()
    assert sideways(page) == 0
    assert page.troubles == []
    assert {one for one in page.asked if not one.startswith((served, "blob:", "data:"))} == set()


def test_a_browser_that_does_not_know_translate_has_marks_put_where_they_belong(browser):
    page = a_page(browser.new_context())
    page.evaluate("() => { CSS.supports = () => false; }")
    page.add_script_tag(content=APART.read_text(encoding="utf-8").replace("export ", ""))

    boxes = page.evaluate("""() => {
      const seen = [[300, 200], [305, 200], [40, 60]].map(([left, top]) => {
        const element = document.createElement("button");
        element.style.cssText = "position: absolute; top: 0; left: 0; width: 44px; height: 44px";
        document.body.append(element);
        return { element, left, top, isWay: false };
      });
      place(seen);
      return seen.map(({ element }) => { const { x, y } = element.getBoundingClientRect(); return [x, y]; });
    }""")

    (one, other, alone) = boxes
    assert alone == [40, 60]
    assert math.dist(one, other) >= 44
    assert math.dist(one, (300, 200)) < 60


def test_marks_that_would_lie_on_one_another_are_moved_apart_and_a_way_stays_where_it_leads(browser):
    page = a_page(browser.new_context())
    page.add_script_tag(content=APART.read_text(encoding="utf-8").replace("export ", ""))
    way, name = {"x": 180, "y": 200, "r": 25, "hold": 1}, {"x": 180, "y": 245, "r": 14, "hold": 2}
    marks = [{"x": x, "y": y, "r": 22, "hold": 0} for x, y in ((180, 200), (182, 160), (190, 245), (20, 20))]

    moves = page.evaluate("marks => apart(marks)", [way, name, *marks])

    placed = [
        (one["x"] + move["dx"], one["y"] + move["dy"], one["r"])
        for one, move in zip([way, name, *marks], moves, strict=True)
    ]
    close = [
        (one, other)
        for one, other in itertools.combinations(placed, 2)
        if {one, other} != {placed[0], placed[1]} and math.dist(one[:2], other[:2]) < one[2] + other[2]
    ]
    assert close == []
    assert [placed[0][:2], placed[1][:2], placed[-1][:2]] == [(180, 200), (180, 245), (20, 20)]
    assert page.troubles == []


def test_turning_and_two_pictures_are_offered_by_a_device_that_feels_how_it_is_held_and_end_with_a_tap(
    browser, served
):
    phone = {"viewport": {"width": 844, "height": 390}, "has_touch": True, "is_mobile": True}
    page, without = (a_page(browser.new_context(reduced_motion="reduce", **phone)) for _ in range(2))
    held = page.context.new_cdp_session(page)

    def hold(alpha):
        angles = {"alpha": alpha, "beta": 80, "gamma": 5}
        held.send("DeviceOrientation.setDeviceOrientationOverride", angles)

    hold(40)
    live_at(page, served + GATE)
    live_at(without, served + GATE)
    page.locator("[data-do=turn]").click()
    page.locator("[data-do=turn][aria-pressed=true]").wait_for()
    page.wait_for_function(HELD)  # from where it is held when it begins, all turning is counted
    before = page.evaluate(YAW)
    hold(90)
    page.wait_for_function(f"before => Math.abs(({YAW})() - before) > 0.5", arg=before)
    page.locator("[data-do=stereo]").click()
    page.get_by_text("点按画面即可退出").wait_for()
    page.locator("[data-do=stereo][aria-pressed=true]").wait_for(state="attached")
    page.touchscreen.tap(200, 200)
    page.locator("[data-do=stereo][aria-pressed=false]").wait_for(state="attached")

    assert without.locator("[data-do=out]").is_visible()
    assert not without.locator("[data-do=turn]").is_visible()
    assert not without.locator("[data-do=stereo]").is_visible()
    assert page.troubles == []


def live_at(page, address):
    page.goto(address)
    live(page)
    page.wait_for_selector("[data-turns]")  # it has listened whether the device tells


@pytest.mark.parametrize("path", ["zh/halls.html", "en/halls/quiet-hall.html", GATE])
def test_pages_of_halls_fit_every_width_and_axe_finds_nothing_serious(browser, hall_copy, path):
    page, wide = opened(browser, hall_copy, path), {}
    if path == GATE:
        live(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        wide[width] = sideways(page)

    assert wide == dict.fromkeys(WIDTHS, 0)
    assert serious_findings(page) == []
