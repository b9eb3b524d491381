"""Halls in a browser with a drawing surface: edited from the upload to the review, and built from a list."""

import pytest
from a_hall import a_panorama
from django.test import Client
from in_chromium import a_context, a_page, chromium, needs_chromium, serious_findings, sideways

from qingfeng.culture import life
from qingfeng.culture.models import Entry, Hall
from qingfeng.desk.culture.halls.bringing import keep_brought
from qingfeng.desk.culture.halls.models import Brought

pytestmark = [*needs_chromium, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DRAWING = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")
LIST = (
    "展厅\t标题\t英文标题\t说明\t英文说明\n"
    "家训厅\t灯油自备\tOwn oil\t两只油壶，一公一私。\tTwo jugs on one desk.\n"
)


@pytest.fixture(scope="module")
def browser():
    with chromium(*DRAWING, without=("--disable-gpu",)) as started:
        yield started


@pytest.fixture
def hall(culture):
    words = {"name_zh": "馆", "name_en": "Hall", "abstract_zh": "短", "abstract_en": "Short"}
    more = {"text_zh": "文", "text_en": "Text", "theme": "family", "made_by": culture.author}
    entry = Entry.objects.create(kind="hall", slug="hall", **words, **more)
    Hall.objects.create(entry=entry)
    return entry


@pytest.fixture
def page(browser, live_server, culture):
    client = Client()
    client.force_login(culture.office.accounts["editor"], backend="django.contrib.auth.backends.ModelBackend")
    context = a_context(browser, live_server, viewport={"width": 1366, "height": 900})
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    opened = a_page(context)
    opened.home = f"{live_server.url}/culture-desk/hall/"
    yield opened
    context.close()


def brought(page, *files):
    """Files chosen on the page of panoramas, sent in pieces, and looked at by the worker."""
    page.goto(f"{page.home}hall/media/panorama/")
    with page.expect_file_chooser() as chooser:
        page.locator("[data-pick-files]").click()
    with page.expect_navigation():
        chooser.value.set_files(files)
    page.get_by_text("等待处理").first.wait_for()
    page.goto("about:blank")  # else the page loads itself anew when files are kept, while it is left
    for one in Brought.objects.filter(state="waiting"):
        keep_brought.call(one.pk)


def pressed(page, share_x, share_y):
    box = page.locator(".he-stage").bounding_box()
    page.mouse.click(box["x"] + box["width"] * share_x, box["y"] + box["height"] * share_y)


def test_a_hall_is_edited_from_the_upload_to_the_review(page, hall, tmp_path):
    brought(page, a_panorama(tmp_path / "a.jpg"), a_panorama(tmp_path / "b.jpg", hue=20))
    page.goto(f"{page.home}hall/editor/")
    page.get_by_role("button", name="加展区").click()
    for _no in range(2):
        page.get_by_role("button", name="加场景", exact=True).click()
    page.locator(".he-list .he-open").first.click()
    page.locator(".he-stage[data-shown='scene-1']").wait_for()

    page.locator("[data-tool='text']").click()
    pressed(page, 0.3, 0.5)
    page.locator("[data-field='title_zh']").fill("水有源")
    page.locator("[data-field='title_en']").fill("A spring")
    page.locator("[data-tool='scene']").click()
    page.locator(".he-stage").press("Enter")
    back = page.locator("[data-way-back]")
    back.click()
    back.wait_for(state="detached")
    steps = "document.querySelector('qf-hall-editor').state.done.length"
    before = page.evaluate(steps)
    page.locator(".psv-marker--visible .he-mark.is-text").press(
        "ArrowRight"
    )  # marks are drawn anew, and keep the focus
    page.wait_for_function(f"before => {steps} > before", arg=before)
    page.locator("[data-undo]").click()
    page.locator("[data-keep]").click()
    page.get_by_text("已全部保存").wait_for()

    tour = Hall.objects.get(entry=hall).tour
    one, other = tour["scenes"]
    text, way = one["spots"]
    assert (text["title_en"], way["to"], other["spots"][0]["to"]) == ("A spring", "scene-2", "scene-1")
    assert text["yaw"] < -5
    assert abs(abs(way["yaw"] - other["spots"][0]["yaw"]) - 180) < 0.1
    page.locator("[data-field='title_zh']").fill("没有保存")
    page.get_by_text("有改动尚未保存").wait_for()
    assert page.troubles == []
    assert serious_findings(page) == []
    page.on("dialog", lambda asked: asked.accept())
    page.goto(page.home)
    with page.expect_navigation():
        page.locator("button[value='hand_in']").click()
    assert life.under_review(Entry.objects.get(pk=hall.pk)).content["tour"] == tour


OLD = """
const asked = CSS.supports.bind(CSS);
CSS.supports = (...said) => said[0] !== "translate" && asked(...said);
const nothing = new CSSStyleSheet();
nothing.replaceSync("* { translate: none !important }");
document.adoptedStyleSheets = [nothing];
"""
"""A browser that does not know `translate`: Chromium 94 to 103."""
NEAR = """([x, y]) => {
  const box = document.querySelector(".psv-marker--visible .he-mark.is-text")?.getBoundingClientRect();
  return box && Math.hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y) < 12;
}"""


def test_marks_lie_where_they_were_put_in_a_browser_of_the_floor_too(page, hall, tmp_path):
    brought(page, a_panorama(tmp_path / "a.jpg"))
    page.add_init_script(OLD)
    page.goto(f"{page.home}hall/editor/")
    page.get_by_role("button", name="加展区").click()
    page.get_by_role("button", name="加场景", exact=True).click()
    page.locator(".he-list .he-open").first.click()
    page.locator(".he-stage[data-shown='scene-1']").wait_for()

    page.locator("[data-tool='text']").click()
    pressed(page, 0.3, 0.4)
    page.locator(".psv-marker--visible .he-mark.is-text").wait_for()

    box = page.locator(".he-stage").bounding_box()
    page.wait_for_function(NEAR, arg=[box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.4])
    assert page.troubles == []


def test_a_hall_is_built_from_a_pasted_list_rendered_and_walked(page, hall):
    page.goto(f"{page.home}hall/built/bring/")
    page.locator("[name='pasted']").fill(LIST)
    with page.expect_navigation():
        page.get_by_role("button", name="预览清单").click()
    with page.expect_navigation():
        page.get_by_role("button", name="挂上").click()
    page.locator("qf-built[data-ready]").wait_for()
    assert sideways(page) == 0

    with page.expect_navigation(timeout=150_000):
        page.locator("[data-render]").click()

    scene = Hall.objects.get(entry=hall).tour["scenes"][0]
    assert [one["title_zh"] for one in scene["spots"]] == ["灯油自备"]
    with page.expect_navigation():
        page.get_by_role("link", name="公众预览").click()
    page.locator(".walk-stage.is-live").wait_for()
    page.locator(".mark[data-key='x-piece-1']").wait_for()
    assert page.troubles == []
