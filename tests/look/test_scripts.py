"""What the scripts add: keys, forms sent once, drafts that can be taken back, progress that goes on."""

import pages_with_forms
import pytest
from in_chromium import a_context, a_page, chromium, needs_chromium

pytestmark = [*needs_chromium, pytest.mark.django_db(transaction=True)]
KEPT = "Object.keys(localStorage).filter(name => name.startsWith('qingfeng-draft:')).length"


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser, live_server, settings):
    """A page at the long form, and where it is (`page.home`)."""
    settings.ROOT_URLCONF = "pages_with_forms"
    pages_with_forms.CAME.clear()
    pages_with_forms.STEPS.clear()
    context = a_context(browser, live_server)
    page = a_page(context)
    page.home = live_server.url
    page.goto(f"{page.home}/form/")
    yield page
    assert page.troubles == []
    context.close()


def typed(page, words):
    page.fill("#reason", words)
    for _again in range(50):
        if page.evaluate(KEPT):
            return
        page.wait_for_timeout(100)
    raise AssertionError("The draft was not kept.")


def test_a_slash_goes_to_the_search_and_is_typed_where_one_types(page):
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"

    page.focus("#reason")
    page.keyboard.type("2026/27")
    assert page.input_value("#reason") == "2026/27"


def test_a_question_mark_lists_the_keys(page):
    page.keyboard.press("?")

    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()


def test_j_and_k_walk_through_the_rows_and_enter_opens_one(page):
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")

    page.wait_for_url("**/form/#1")


def test_an_act_with_a_key_is_done_by_it(page):
    page.keyboard.press("b")

    page.wait_for_url("**/done/")


def test_a_form_pressed_twice_is_sent_once(page):
    page.fill("#reason", "按期完成")

    page.evaluate("for (const _ of [1, 2, 3]) document.getElementById('send').click()")
    page.wait_for_url("**/done/")

    assert len(pages_with_forms.CAME) == 1


def test_a_button_that_was_pressed_rests_until_the_answer(page):
    page.route("**/form/", lambda route: route.fulfill(status=204))
    page.fill("#reason", "按期完成")

    page.click("#send")

    assert page.locator("#send").get_attribute("aria-disabled") == "true"


def test_a_draft_is_offered_put_back_and_taken_back(page):
    typed(page, "等待鉴定结论")
    page.reload()
    assert page.input_value("#reason") == ""

    page.get_by_role("button", name="恢复草稿").click()
    assert page.input_value("#reason") == "等待鉴定结论"
    page.get_by_role("button", name="撤销").click()
    assert page.input_value("#reason") == ""


def test_a_discarded_draft_can_be_had_again_at_once_and_not_later(page):
    typed(page, "等待鉴定结论")
    page.reload()

    page.get_by_role("button", name="丢弃").click()
    assert page.evaluate(KEPT) == 0
    page.get_by_role("button", name="撤销").click()
    assert page.evaluate(KEPT) == 1
    page.get_by_role("button", name="丢弃").click()
    page.reload()
    assert page.locator(".draft").count() == 0


def test_a_draft_that_was_sent_and_taken_is_gone(page):
    typed(page, "按期完成")

    page.click("#send")
    page.wait_for_url("**/done/")

    assert page.evaluate(KEPT) == 0


def test_a_draft_that_was_sent_and_not_taken_is_kept(page):
    typed(page, "按期完成")
    page.fill("#reason", "")

    with page.expect_navigation():
        page.click("#send")

    assert page.evaluate(KEPT) == 1


def test_no_password_and_nothing_sealed_is_ever_kept(page):
    page.fill("#source", "来源姓名")
    page.fill("#code", "correct horse")
    typed(page, "普通内容")

    stored = page.evaluate("JSON.stringify(localStorage)")

    assert "普通内容" in stored
    assert "来源姓名" not in stored
    assert "correct horse" not in stored
    assert "csrf" not in stored


def test_signing_out_takes_every_draft_along(page):
    typed(page, "普通内容")

    page.click("#out")
    page.wait_for_url("**/out/")

    assert page.evaluate(KEPT) == 0


def test_progress_goes_on_by_itself_and_ends_at_the_result(page):
    page.goto(f"{page.home}/job/")

    page.get_by_role("link", name="查看结果").wait_for()

    assert pages_with_forms.STEPS == [False, True, True]


def test_progress_survives_a_reload(page):
    def is_left_out(one):  # what goes on by itself would go on between the two
        one.fulfill(status=204) if "hx-request" in one.request.headers else one.continue_()

    page.route("**/job/", is_left_out)
    page.goto(f"{page.home}/job/")
    page.reload()

    assert page.locator("progress").get_attribute("value") == "67"


def test_without_a_script_the_page_of_a_job_loads_itself_again(browser, live_server, settings):
    settings.ROOT_URLCONF = "pages_with_forms"
    pages_with_forms.STEPS.clear()
    context = a_context(browser, live_server, java_script_enabled=False)
    page = a_page(context)
    page.goto(f"{live_server.url}/job/")

    page.get_by_role("link", name="查看结果").wait_for()

    assert pages_with_forms.STEPS == [False, False, False]
    context.close()
