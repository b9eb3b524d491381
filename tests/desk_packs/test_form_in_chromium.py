"""The offline form in a real browser: opened from a disk, filled in, photographed, saved, brought back."""

import io
import re

import pytest
from a_verification import a_photograph, filled
from in_chromium import a_page, chromium, needs_chromium, serious_findings, sideways
from PIL import Image

from qingfeng.desk.packs import arriving, entering
from qingfeng.desk.packs.form import form_html
from qingfeng.desk.packs.kinds import kinds
from qingfeng.desk.packs.leaving import contents_of

pytestmark = [*needs_chromium, pytest.mark.slow]

# Whether what was filled in last, a photograph, lies in the browser's own store.
KEPT = """code => new Promise((done) => {
  const asked = indexedDB.open(`qingfeng-pack-${code}`, 1);
  asked.onsuccess = () => {
    const found = asked.result.transaction("kept").objectStore("kept").get("answers");
    found.onsuccess = () => { asked.result.close(); done(found.result?.filled[1].photos.length === 1); };
  };
})"""


@pytest.fixture(scope="module")
def browser():
    """Chromium."""
    with chromium() as started:
        yield started


@pytest.fixture
def phone(browser):
    """A browser as wide as a telephone, with nothing kept in it."""
    with browser.new_context(viewport={"width": 360, "height": 740}, accept_downloads=True) as context:
        yield context


@pytest.fixture
def form(field, phone, tmp_path):
    """The form of a pack with two tasks, one of them about the place, opened from a disk."""
    pack = field.pack(field.task(1), field.task(2, rows=1, about_place=True))
    file = tmp_path / "form.html"
    file.write_bytes(form_html(contents_of(pack)))
    (tmp_path / "photo.jpg").write_bytes(a_photograph())
    page = a_page(phone)
    page.goto(file.as_uri())
    page.wait_for_selector("#save")
    page.pack, page.photo = pack, tmp_path / "photo.jpg"
    return page


def _fill(page, no, kind, photo=None):
    page.check(f"#done-{no}")
    for step in range(2):
        page.check(f"#present-{no}-{step}")
    page.fill(f"#at-{no}", "2026-11-20T09:30")
    line = filled(kind)
    for ask in kinds()[kind].asks:
        box = f"#{ask.key}-{no}-0"
        if ask.kind == "flag":
            page.check(box)
        elif ask.kind == "choice":
            page.check(f"{box}-0")
        elif ask.key in line:
            page.fill(box, line[ask.key])
    page.fill(f"#found-{no}", "小票与发票一致。")
    if photo:
        page.set_input_files(f"#photos-{no}", photo)
        page.wait_for_selector(f"#caption-{no}-0")


def _save(page, tmp_path):
    with page.expect_download() as told:
        page.click("#save")
    file = tmp_path / "back.qfp"
    told.value.save_as(file)
    return file.read_bytes()


def test_what_is_filled_in_and_photographed_offline_is_entered_at_the_office(field, form, tmp_path):
    _fill(form, 1, "enterprise", form.photo)
    _fill(form, 2, "invoice", form.photo)

    data = _save(form, tmp_path)
    returned = arriving.arrive(form.pack, data, by=field.viewer("Y0402"))
    outcomes = entering.enter(
        form.pack,
        contents_of(form.pack),
        returned.results,
        by=field.viewer("Y0402"),
        account=field.account("Y0402"),
    )

    first, second = returned.results
    assert [one.is_refused for one in outcomes] == [False, False]
    assert {line.state for line in field.matter.lines.filter(ledger="tasks", no__in=[1, 2])} == {"done"}
    assert first.photos[0].place is None
    assert second.photos[0].place == (32.51, 120.13)
    assert str(second.photos[0].taken_at) == "2026-11-20 09:15:30"
    assert form.troubles == []


def test_a_photograph_loses_what_the_camera_wrote_before_it_leaves_the_device(field, form, tmp_path):
    _fill(form, 1, "enterprise", form.photo)
    form.check("#not_done-2")
    form.fill("#why_not-2", "财务室无人")

    returned = arriving.arrive(form.pack, _save(form, tmp_path), by=field.viewer("Y0402"))

    data = returned.results[0].photos[0].data
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.size == (800, 600)
        assert not picture.getexif()
    assert b"Telefonwerk" not in data
    assert returned.results[1].why_not == "财务室无人"


def test_nothing_that_was_entered_can_be_read_in_the_file(form, tmp_path):
    _fill(form, 1, "enterprise")
    form.check("#not_done-2")
    form.fill("#why_not-2", "财务室无人")

    data = _save(form, tmp_path)

    assert "小票与发票一致。".encode() not in data
    assert "财务室无人".encode() not in data


def test_what_was_entered_is_still_there_when_the_form_is_opened_again(form, phone):
    _fill(form, 1, "enterprise", form.photo)
    form.wait_for_function(KEPT, arg=form.pack.code)
    form.close()

    again = a_page(phone)
    again.goto(form.photo.with_name("form.html").as_uri())
    again.wait_for_selector("#found-1")

    assert again.input_value("#found-1") == "小票与发票一致。"
    assert again.locator("figure img").count() == 1


def test_clearing_the_device_takes_two_presses_and_leaves_nothing(form, phone, tmp_path):
    _fill(form, 1, "enterprise")
    form.check("#not_done-2")
    form.fill("#why_not-2", "财务室无人")
    _save(form, tmp_path)

    form.click("#clear")
    form.click("#clear")
    form.locator("#found-1").wait_for(state="detached")
    form.reload()
    form.wait_for_selector("#save")

    assert form.locator("input:checked").count() == 0


def test_the_form_says_what_is_missing_before_it_saves(form):
    form.check("#done-1")

    form.click("#save")

    said = form.locator("footer .warn").inner_text()
    assert "在场核查人员" in said
    assert "第 2 项" in said


def test_the_form_asks_nothing_of_any_network(form):
    form.evaluate("fetch('https://example.invalid/').catch(() => {})")

    assert all(address.startswith(("file:", "blob:", "https://example.invalid")) for address in form.asked)
    assert any("Content Security Policy" in told for told in form.troubles)


def test_the_form_is_whole_in_english(form):
    form.click("#tongue")
    _fill(form, 1, "enterprise")

    own = form.evaluate(
        """() => [...document.querySelectorAll('label, legend, h3, button, dt')]
            .filter((one) => !one.closest('.record') && one.id !== 'tongue').map((one) => one.textContent)"""
    )

    names = set(form.pack.carriers)
    assert [text for text in own if re.search(r"[\u4e00-\u9fff]", text) and text not in names] == []


@pytest.mark.parametrize("width", [360, 768, 1366])
def test_the_form_does_not_scroll_sideways_and_axe_finds_nothing(form, width):
    _fill(form, 1, "enterprise", form.photo)
    form.set_viewport_size({"width": width, "height": 800})

    assert sideways(form) <= 0
    form.evaluate("document.querySelector('meta[http-equiv]').remove()")
    assert serious_findings(form) == []
