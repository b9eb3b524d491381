"""The public section in Chromium: by keyboard alone, in an in-app view, without a network, with tiles."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from in_chromium import a_page, chromium, needs_chromium, sideways
from some_tiles import a_file

from qingfeng import look

pytestmark = [*needs_chromium, pytest.mark.slow]
MADE = {"green-hill-post", "green-hill-path", "green-hill-spring", "green-hill-hike", "old-cannon"}
PLACE, ROUTE = "places/green-hill-post/", "routes/green-hill-hike/"
SHOWN = ("", "places/", PLACE, "routes/", ROUTE, "sheet/", "withdrawn/", "check/")
ASKING = (f"{ROUTE}quiz/", f"{ROUTE}book/", "remarks/green-hill-post/")
LARGEST = 1_000_000
BEGAN = datetime(2026, 11, 9, 1, tzinfo=UTC)
BUILT = Path(look.__file__).parent / "built"
WECHAT = (
    "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/94.0 Mobile "
    "Safari/537.36 MicroMessenger/8.0.40 NetType/WIFI Language/zh_CN"
)
POOR = """
delete Navigator.prototype.geolocation; delete Navigator.prototype.serviceWorker;
delete window.requestIdleCallback; delete window.IntersectionObserver; delete Navigator.prototype.connection;
HTMLCanvasElement.prototype.getContext = () => null;
Object.defineProperty(window, 'localStorage', { get() { throw new Error('no storage'); } });
"""
LAKES = "document.querySelector('.stage').map.querySourceFeatures('below', {sourceLayer: 'water'}).length"
MAP = "document.querySelector('.stage').map"
REDRAWN = f"""() => new Promise((done) => {{
  const isDark = () => {MAP}.isStyleLoaded() && {MAP}.areTilesLoaded()
    && {MAP}.getPaintProperty('outside', 'background-color') === '#14181a';
  const look = () => (isDark() ? done() : setTimeout(look, 50));
  look();
}})"""
SPOTS = f"[...new Set({MAP}.querySourceFeatures('places').map((one) => one.properties.s))]"
COUNTING = """
window.positions = 0;
const ask = Geolocation.prototype.getCurrentPosition;
Geolocation.prototype.getCurrentPosition = function (...rest) {
  window.positions += 1;
  return ask.apply(this, rest);
};
"""
REFUSING = "Geolocation.prototype.getCurrentPosition = (_given, refused) => refused({ code: 1 });"
CONTROLS = """() => {
  const kinds = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  const all = [...document.querySelectorAll(kinds)];
  const seen = (one) => one.getClientRects().length && getComputedStyle(one).visibility !== 'hidden';
  const groups = new Set();
  const kept = all.filter(seen).filter((one) => one.type !== 'hidden').filter((one) => {
    if (one.type !== 'radio') return true;
    const first = !groups.has(one.name);
    groups.add(one.name);
    return first;
  });
  kept.forEach((one, no) => { one.dataset.walked = String(no); });
  for (const one of all.filter((held) => held.type === 'radio')) one.dataset.walked = `radio ${one.name}`;
  document.activeElement.blur();
  return kept.map((one) => [one.dataset.walked, one.outerHTML.slice(0, 90)]);
}"""
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const outlined = (held) => {
    if (!held) return false;
    const said = getComputedStyle(held);
    return said.outlineStyle !== 'none' && parseFloat(said.outlineWidth) > 0;
  };
  const reach = one.querySelector?.('.pin-reach');
  const isSeen = outlined(one) || outlined(one.closest('.card')) || outlined(one.nextElementSibling)
    || (reach && getComputedStyle(reach).stroke !== 'none');
  return [one.dataset.walked ?? one.className, Boolean(isSeen), one.outerHTML.slice(0, 90)];
}"""


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture
def site(live_server, transactional_db, settings, tmp_path):
    """The address of a district with three places, a route and tiles of its own."""
    from an_office_kept import sample_office

    from qingfeng.culture import tiles
    from qingfeng.culture.sample.make import make_sample

    sample_office()
    keys, settings.HOME = Path(settings.HOME) / "keys", tmp_path / "home"
    settings.HOME.mkdir()
    (settings.HOME / "keys").symlink_to(keys)
    make_sample(only=frozenset(MADE))
    tiles.keep([a_file()])
    return f"{live_server.url}/culture/"


def opened(browser, address, *, script="", **options):
    context = browser.new_context(locale="zh-CN", **options)
    context.add_init_script(script)
    page = a_page(context)
    page.goto(address)
    return page


def unreached(page):
    """What the Tab key does not reach on a page, reaches unseen, or never leaves."""
    wanted = dict(page.evaluate(CONTROLS))
    reached, wrong, first = set(), [], None
    for _step in range(len(wanted) + 12):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        if found is None or found[0] == first:
            break
        first = first or found[0]
        reached.add(found[0])
        if not found[1]:
            wrong.append(f"unseen: {found[2]}")
    else:
        wrong.append("a trap: the page is never left")
    return wrong + [f"not reached: {said}" for key, said in wanted.items() if key not in reached]


def fetched(browser, address):
    """How many bytes a page fetches until it is quiet, the live map among them."""
    context = browser.new_context(viewport={"width": 390, "height": 780}, locale="zh-CN")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    asked, sizes = {}, {}
    session.on(
        "Network.requestWillBeSent", lambda told: asked.update({told["requestId"]: told["request"]["url"]})
    )
    session.on(
        "Network.loadingFinished", lambda told: sizes.update({told["requestId"]: told["encodedDataLength"]})
    )
    page.goto(address, wait_until="networkidle")
    context.close()
    return sum(_on_the_wire(asked.get(key, ""), size) for key, size in sizes.items())


def _on_the_wire(address, size):
    """What the site sends of a file: packed where it was packed, which the server of tests does not do."""
    packed = BUILT / f"{address.rpartition('/')[2]}.gz"
    return packed.stat().st_size if "/built/" in address and packed.is_file() else size


def test_every_control_is_reached_by_keyboard_seen_and_left_again(browser, site):
    page = opened(browser, site, viewport={"width": 1366, "height": 800})
    page.wait_for_selector(".stage.is-live")
    page.locator(".stage .paper").wait_for(state="hidden")  # the drawing below the live map
    wrong = {"": unreached(page)}
    for path in (*SHOWN[1:], *ASKING):
        page.goto(site + path)
        wrong[path] = unreached(page)

    assert {path: said for path, said in wrong.items() if said} == {}
    page.goto(site)
    page.get_by_role("radio", name="全部类别").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("[data-found]") == "1"


def test_in_an_in_app_view_that_can_little_every_page_fits_and_a_quiz_is_answered(browser, site):
    context = browser.new_context(user_agent=WECHAT, viewport={"width": 360, "height": 760}, locale="zh-CN")
    context.add_init_script(POOR)
    page, wide = a_page(context), {}
    for path in (*SHOWN, *ASKING):
        page.goto(site + path)
        wide[path] = sideways(page)
    page.goto(f"{site}{ROUTE}quiz/")
    page.locator("input[type=radio]").first.check()
    with page.expect_navigation():
        page.get_by_role("button").last.click()

    assert wide == dict.fromkeys(wide, 0)
    assert "答对" in page.inner_text("main")
    assert page.troubles == []
    assert [one for one in page.asked if not one.startswith(site.split("/culture/")[0])] == []


def test_no_page_fetches_a_megabyte_for_its_first_screen(browser, site):
    sizes = {path: fetched(browser, site + path) for path in (*SHOWN, *ASKING, "wall/")}

    assert all(sizes.values()), sizes
    assert {path: size for path, size in sizes.items() if size >= LARGEST} == {}


def test_near_me_asks_when_it_is_pressed_and_takes_a_no_kindly_and_without_a_network_the_list_is_sifted(
    browser, site
):
    context = browser.new_context(
        locale="zh-CN", permissions=["geolocation"], geolocation={"longitude": 124.3, "latitude": 30.4}
    )
    context.add_init_script(COUNTING)
    page = a_page(context)
    page.goto(site)
    page.wait_for_selector(".stage.is-live")
    before = page.evaluate("window.positions")
    page.get_by_role("button", name="离我最近").click()
    page.wait_for_selector(".card[data-away]")
    shown = [
        float(one.split()[0])
        for one in page.eval_on_selector_all(".card", "all => all.map((one) => one.dataset.away)")
    ]
    refused = opened(browser, site, script=REFUSING)
    refused.get_by_role("button", name="离我最近").click()
    refused.get_by_text("列表顺序不变").wait_for()
    refused.context.set_offline(True)
    refused.get_by_role("radio", name="家规家训").check()

    assert (before, page.evaluate("window.positions")) == (0, 1)
    assert shown == sorted(shown)
    assert "列表顺序不变" in refused.inner_text("[data-near-says]")
    assert refused.inner_text("[data-found]") == "1"


def test_what_is_sifted_stays_sifted_in_the_other_theme_and_goes_along_in_the_address(browser, site):
    page = opened(browser, site, viewport={"width": 1366, "height": 800}, color_scheme="light")
    page.wait_for_selector(".stage.is-live")
    page.get_by_role("radio", name="家规家训").check()
    page.emulate_media(color_scheme="dark")
    page.evaluate(REDRAWN)
    spots = page.evaluate(SPOTS)
    with page.expect_navigation():
        page.get_by_role("link", name="打印地图").click()
    paper = page.locator(".sheet-list li").count()
    page.go_back()
    page.wait_for_selector(".stage.is-live")

    assert paper == 1
    assert page.url == f"{site}?kind=precept"
    assert page.inner_text("[data-found]") == "1"
    assert spots == ["green-hill-spring"]


def test_a_word_of_a_story_is_found_in_place_nothing_found_is_said_and_all_comes_back(browser, site):
    page = opened(browser, site, viewport={"width": 1366, "height": 800})
    page.wait_for_selector(".stage.is-live")
    search = page.get_by_role("searchbox")
    search.fill("柏家")
    shown = page.locator(".card:visible h2").all_inner_texts()
    search.fill("无此一词")
    page.get_by_text("没有符合的点位").wait_for()
    none = page.inner_text("[data-found]")
    page.get_by_role("link", name="显示全部").click()

    assert shown == ["知足泉"]
    assert none == "0"
    assert page.inner_text("[data-found]") == "3"
    assert (search.input_value(), page.url) == ("", site)
    assert not page.get_by_text("没有符合的点位").is_visible()


def test_tiles_are_read_in_ranges_and_lie_below_the_places_live_and_from_a_disk(browser, site, tmp_path):
    from qingfeng.public.culture import exporting

    page = opened(browser, site, viewport={"width": 1366, "height": 800})
    answers = []
    page.on("response", lambda one: answers.append((one.status, one.url)) if "pmtiles" in one.url else None)
    page.reload()
    page.wait_for_selector(".stage.is-live")
    exporting.export(tmp_path / "copy")
    disk = opened(browser, (tmp_path / "copy/zh/index.html").as_uri(), offline=True)
    disk.wait_for_selector(".stage.is-live")

    assert {status for status, _url in answers} == {206}
    for one in (page, disk):
        assert one.evaluate(LAKES) > 0
        assert one.troubles == []


def test_a_large_screen_goes_on_by_itself_and_stays_where_the_network_is_away(browser, site):
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
    page = a_page(context)
    page.clock.install(time=BEGAN)
    page.goto(f"{site}wall/")
    first = page.inner_text("h1")
    page.wait_for_selector("[data-wall][data-ready]")
    page.wait_for_load_state("networkidle")
    page.clock.pause_at(BEGAN + timedelta(hours=1))  # from here on no moment goes by unseen
    page.wait_for_selector(".is-turning")
    page.clock.fast_forward(1_000)
    page.locator("h1").filter(has_not_text=first).wait_for()
    second = page.inner_text("h1")
    context.set_offline(True)
    page.clock.fast_forward(19_000)

    assert second != first
    assert page.inner_text("h1") == second
    assert page.url == f"{site}wall/"
    still = opened(browser, f"{site}wall/", java_script_enabled=False)
    assert re.search(r'http-equiv="refresh"', still.content())
