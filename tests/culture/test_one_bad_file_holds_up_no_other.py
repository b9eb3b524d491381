"""Files sent from a browser: one that cannot be read says why and waits alone; the others go on."""

import io

import pytest
from django.test import Client
from in_chromium import a_context, a_page, chromium, needs_chromium
from PIL import Image

from qingfeng.culture.models import Entry, Hall
from qingfeng.desk.culture.halls.models import Brought

pytestmark = [*needs_chromium, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

UNREADABLE = """() => {
  const arrayBuffer = Blob.prototype.arrayBuffer, slice = Blob.prototype.slice, parts = new WeakSet();
  const isBad = (blob) => !window.isMended && (parts.has(blob) || blob.name === "two.png");
  Blob.prototype.slice = function (...where) {
    const part = slice.apply(this, where);
    if (isBad(this)) parts.add(part);
    return part;
  };
  Blob.prototype.arrayBuffer = function () {
    if (isBad(this)) return Promise.reject(new DOMException("gone", "NotReadableError"));
    return arrayBuffer.call(this);
  };
}"""
"""What a browser says of a file that was moved since it was chosen; the disk is stood in for."""


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser, live_server, culture):
    words = {"name_zh": "馆", "name_en": "Hall", "abstract_zh": "短", "abstract_en": "Short"}
    more = {"text_zh": "文", "text_en": "Text", "theme": "family", "made_by": culture.author}
    Hall.objects.create(entry=Entry.objects.create(kind="hall", slug="hall", **words, **more))
    client = Client()
    client.force_login(culture.office.accounts["editor"], backend="django.contrib.auth.backends.ModelBackend")
    context = a_context(browser, live_server, viewport={"width": 1366, "height": 900})
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    opened = a_page(context)
    opened.goto(f"{live_server.url}/culture-desk/hall/hall/media/picture/")
    yield opened
    context.close()


def a_picture(name, colour):
    out = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(out, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": out.getvalue()}


def test_a_file_that_cannot_be_read_is_told_and_sent_alone_once_it_can(page):
    page.evaluate(UNREADABLE)
    with page.expect_file_chooser() as chooser:
        page.locator("[data-pick-files]").click()

    chooser.value.set_files(
        [a_picture("one.png", "red"), a_picture("two.png", "green"), a_picture("three.png", "blue")]
    )
    bad = page.locator(".upload-files .is-refused")
    bad.wait_for()
    page.get_by_role("link", name="查看文件").wait_for()

    assert "two.png" in bad.inner_text()
    assert "无法读取" in bad.inner_text()
    assert set(Brought.objects.values_list("name", "state")) == {
        ("one.png", "waiting"), ("three.png", "waiting"),
    }  # fmt: skip
    page.evaluate("() => { window.isMended = true; }")
    with page.expect_navigation():
        bad.get_by_role("button", name="重新发送此文件").click()
    assert set(Brought.objects.values_list("name", flat=True)) == {"one.png", "two.png", "three.png"}
