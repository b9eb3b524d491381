"""In a real browser: a folder is dropped, the connection is lost, sending goes on; then it ends as leads."""

import re

import pytest
from a_delivery import FILES, FUEL, Records, many_fills
from in_chromium import a_context, a_page, chromium, looked_through, needs_chromium

pytestmark = [*needs_chromium, pytest.mark.django_db(transaction=True), pytest.mark.slow]
ODD = FUEL.replace("交易流水号,车牌号,单位,交易时间,油品,数量,金额,加油站", "甲,乙,丙,丁,戊,己,庚,辛")
SAID = {
    "甲": "txn_id",
    "乙": "plate",
    "丙": "unit",
    "丁": "ts",
    "己": "liters",
    "庚": "amount",
    "辛": "station",
}


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture
def office(transactional_db, home):
    """The sample office and an empty lake, for a server of its own."""
    from an_office_kept import sample_office

    return Records(sample_office(), home)


def _signed_in(browser, live_server, office, **options):
    context = a_context(browser, live_server, **options)
    session = office.browser().cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return context


@pytest.fixture
def page(browser, live_server, office):
    """The analyst at a browser."""
    context = _signed_in(browser, live_server, office, locale="zh-CN")
    opened = a_page(context)
    opened.base = live_server.url
    yield opened
    context.close()


def _folder(tmp_path, files):
    folder = tmp_path / "导出"
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def _press(page, words):
    page.get_by_role("button", name=words).or_(page.get_by_role("link", name=words)).first.click()
    page.wait_for_load_state()


@pytest.mark.on_postgres
def test_a_folder_survives_a_lost_connection_and_ends_as_leads(page, office, tmp_path):
    from qingfeng.findings.models import DeliveredFile

    folder = _folder(
        tmp_path, {**FILES, "加油明细/2026-10.csv": ODD, "加油明细/全年.csv": many_fills(90_000)}
    )
    sent, lost = [], []

    def lose(route):
        sent.append(route.request.url) if route.request.method == "PUT" else None
        if route.request.method == "PUT" and len(sent) in (2, 3):
            lost.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    page.route("**/files/**", lose)
    page.goto(f"{page.base}/records/")
    page.locator("input[webkitdirectory]").set_input_files(folder)
    page.wait_for_url(re.compile(r"/records/\d+/$"))
    page.wait_for_load_state()

    files = {file.path.partition("/")[2]: file for file in DeliveredFile.objects.all()}
    assert lost
    assert all(file.received == file.size for file in files.values())
    assert len(files) == 4

    _press(page, "已传完，识别文件")
    office.work()
    page.reload()
    page.get_by_role("link", name="指定").first.click()
    page.select_option("#table", "fuel")
    page.select_option("#row", "1")
    _press(page, "显示各列")
    for header, column in SAID.items():
        page.get_by_label(header, exact=True).select_option(column)
    _press(page, "保存并重新识别")
    office.work()
    page.reload()
    assert not page.get_by_role("link", name="指定").count()

    _press(page, "导入")
    office.work()
    page.reload()
    assert "90,008" in page.inner_text(".figures")

    _press(page, "筛查数据")
    _press(page, "开始筛查")
    office.work()
    page.reload()
    _press(page, "查看疑点")
    assert "单次加油超油箱容积" in page.inner_text("main")
    assert [said for said in page.troubles if "ERR_FAILED" not in said] == []


def test_files_chosen_again_after_a_reload_go_on_where_they_were(page, office, tmp_path):
    from qingfeng.findings.models import DeliveredFile

    folder = _folder(tmp_path, {"全年.csv": many_fills(90_000)})
    block = {"on": True}

    def lose(route):
        is_later = route.request.method == "PUT" and route.request.headers["x-offset"] != "0"
        route.abort() if is_later and block["on"] else route.continue_()

    page.route("**/files/**", lose)
    page.goto(f"{page.base}/records/")
    page.locator("input[webkitdirectory]").set_input_files(folder)
    page.get_by_text("连接已断开").wait_for()
    before = DeliveredFile.objects.get().received
    page.on("dialog", lambda asked: asked.accept())
    page.goto(f"{page.base}/records/{DeliveredFile.objects.get().delivery_id}/")
    page.get_by_text("未收全").first.wait_for()
    block["on"] = False
    sent = []
    page.on("request", lambda one: sent.append(one.headers["x-offset"]) if one.method == "PUT" else None)
    page.locator("input[webkitdirectory]").set_input_files(folder)
    page.get_by_text("已收全").first.wait_for()

    file = DeliveredFile.objects.get()
    assert 0 < before < file.size
    assert sent[0] == str(before)
    assert file.received == file.size


def test_every_page_of_records_suits_everybody_at_every_width(office, live_server, browser):
    from qingfeng.findings import deleting, watching

    begun = office.delivery()
    odd = office.looked_at({**FILES, "x.csv": ODD})
    done = office.brought_in()
    order = deleting.ask_to_delete(deleting.Doomed(table="fuel"), under="到期", by=office.analyst)
    watching.watch("fuel-company", by=office.analyst)
    no = next(one["no"] for one in odd.explained["sheets"] if not one["table"])
    addresses = (
        "", f"{begun.pk}/", f"{odd.pk}/", f"{odd.pk}/sheets/{no}/?table=fuel&row=1", f"{done.pk}/",
        "screenings/", "lake/", "deletions/", f"deletions/{order.pk}/", "watched/",
    )  # fmt: skip

    found = looked_through(
        lambda _who, **look: _signed_in(browser, live_server, office, **look),
        [("analyst", f"{live_server.url}/records/{address}") for address in addresses],
    )

    assert found == []
