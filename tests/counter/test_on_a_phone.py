"""What a phone does to somebody who writes: the back key, no connection, two taps, a large file."""

import a_counter
import pytest
from a_counter import PETITION, Writer, code_of
from in_chromium import a_page, chromium, needs_chromium

from qingfeng.public.counter.models import Arrival

pytestmark = [*needs_chromium, pytest.mark.slow]
TEXT = "泵房夜间噪声很大。\n楼道没有灯。"


@pytest.fixture(scope="module")
def browser():
    """Chromium, once for the module."""
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser, live_server, settings, tmp_path, transactional_db):
    """The page on which a petition is written, in a fresh phone; the letter is typed and not sent."""
    settings.HOME = tmp_path
    a_counter.give_keys()
    context = browser.new_context(viewport={"width": 390, "height": 800}, locale="zh-CN")
    context.set_default_timeout(30_000)
    page = a_page(context)
    page.goto(f"{live_server.url}/counter/zh/write/")
    page.check("input[name=line][value=petition]")
    press(page, "next")
    page.fill("#about", "泵房")
    press(page, "next")
    page.fill("#text", TEXT)
    assert "楼道没有灯" in page.evaluate("sessionStorage[history.state.here]")
    yield page
    context.close()


def worked(page):
    """Wait until the page has done its work for the form."""
    page.locator("input[data-work]:not([value=''])").wait_for(state="attached")


def press(page, value):
    """Press a button, and see the page that it leads to."""
    with page.expect_navigation():
        page.locator(f"button[name=go][value='{value}']:not([aria-hidden])").click()


def place(page):
    """What the page has noted of where it stands; each page that is shown anew notes its own."""
    return page.evaluate("history.state?.here")


def holds(page, field, value, *, not_at=None):
    """Wait until a field is there and holds a value, and the page has noted where it stands: elsewhere."""
    stands = (
        "([at, value, before]) => document.querySelector(at)?.value === value"
        " && Boolean(history.state?.here) && history.state.here !== before"
    )
    page.wait_for_function(stands, arg=[field, value, not_at])


def posts(page):
    """Every form that the page sends from now on, as a list that grows."""
    sent = []
    page.on("request", lambda one: sent.append(one.post_data) if one.method == "POST" else None)
    return sent


def away_and_back(page):
    """Somebody reads another page and comes back with the back key."""
    page.locator("footer a").first.click()
    page.wait_for_url("**/anonymity/")
    page.evaluate("history.back()")


@pytest.mark.parametrize(
    "comes_back",
    [
        lambda page: page.reload(wait_until="commit"),
        lambda page: page.goto(page.url, wait_until="commit"),
        away_and_back,
    ],
    ids=["loads again", "opens the address", "comes back"],
)
def test_whoever_comes_back_finds_what_they_typed_and_it_is_asked_for_once(page, comes_back):
    sent = posts(page)
    for times in (1, 2):
        before = place(page)
        comes_back(page)
        holds(page, "#text", TEXT, not_at=before)

        assert len(sent) == times
        assert page.locator("[data-said=lost]").is_hidden()


def test_words_that_were_still_waiting_to_be_sent_come_back_and_are_said_to_be_unsent(page, live_server):
    code = code_of(Writer().writes(PETITION))
    follow = f"{live_server.url}/counter/zh/follow/"
    letters = Arrival.objects.count()
    page.goto(follow)
    page.fill("#code", code)
    worked(page)
    press(page, "open")
    press(page, "say:reply")
    page.fill("#text", TEXT)
    worked(page)
    before, probes = place(page), []
    page.route(
        "**/follow/", lambda one: probes.append(one) if one.request.method == "HEAD" else one.fallback()
    )
    with page.expect_request(lambda one: one.method == "HEAD"):
        page.locator("button.go").click()
    page.goto(follow, wait_until="commit")
    holds(page, "#text", TEXT, not_at=before)
    page.unroute_all(behavior="ignoreErrors")
    told, unsent = page.inner_text("main"), Arrival.objects.count()
    worked(page)
    press(page, "send:reply")
    page.locator("[data-done]").wait_for()
    page.goto(follow)

    assert "尚未发送" in told
    assert unsent == letters
    assert Arrival.objects.count() == letters + 1
    assert page.locator("#code").count() == 1
    assert page.evaluate("sessionStorage.length") == 0


def test_the_back_key_goes_one_question_back_and_what_was_typed_is_there_when_one_goes_on(page):
    page.evaluate("history.back()")
    holds(page, "#about", "泵房")
    press(page, "next")

    holds(page, "#text", TEXT)


def test_without_a_connection_nothing_is_sent_and_what_was_typed_stays(page):
    sent = []
    page.on("request", lambda one: sent.append(one.method) if one.method == "POST" else None)
    page.context.set_offline(True)
    page.locator("button.go").click()
    page.locator("[data-said=lost]").wait_for(state="visible")
    before, told = list(sent), page.inner_text("[data-said=lost]")
    page.context.set_offline(False)
    press(page, "next")

    assert before == []
    assert "尚未发送" in told
    assert page.locator("#file").count() == 1


def test_a_file_that_is_too_large_is_not_sent_at_all(page):
    press(page, "next")
    sent = []
    page.on("request", lambda one: sent.append(one.method) if one.method == "POST" else None)
    large = {"name": "录像.mp4", "mimeType": "video/mp4", "buffer": bytes(11 << 20)}
    page.set_input_files("#file", [large])
    page.locator("button[value=add]").click()
    page.locator("[data-said=large]").wait_for(state="visible")

    assert "10 MB" in page.inner_text("[data-said=large]")
    assert page.input_value("#file") == ""
    assert sent == []


def test_two_taps_and_the_same_form_sent_again_are_one_letter_with_one_receipt(page):
    for _page in ("text", "files"):
        press(page, "next")
    page.check("input[name=named][value=no]")
    press(page, "next")
    press(page, "next")
    worked(page)
    with page.expect_navigation():
        page.locator("button.go").dblclick()
    code = page.inner_text(".code code")
    page.reload(wait_until="commit")
    page.locator(".code code").wait_for()

    assert page.inner_text(".code code") == code
    assert page.evaluate("sessionStorage.length") == 0
    assert Arrival.objects.count() == 1
