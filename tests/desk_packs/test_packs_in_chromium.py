"""The pages of packs in a real browser: every width, both themes and languages; out and back."""

import pytest
from a_parcel import a_parcel, a_result
from a_verification import Field, a_home_of_its_own, a_photograph, filled
from in_chromium import a_context, a_page, chromium, looked_through, needs_chromium

from qingfeng.desk.packs import arriving
from qingfeng.desk.packs.models import Pack

pytestmark = [*needs_chromium, pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(scope="module")
def browser():
    """Chromium."""
    with chromium() as started:
        yield started


@pytest.fixture
def field(transactional_db, settings, tmp_path):
    """A verification with two verifiers and tasks, for a server of its own."""
    a_home_of_its_own(settings, tmp_path)
    return Field(tmp_path)


def _signed_in(browser, live_server, field, **options):
    context = a_context(browser, live_server, **options)
    session = field.browser().cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return context


def test_every_page_of_packs_suits_everybody_at_every_width(browser, live_server, field):
    photo = a_photograph()
    pack = field.pack(field.task(1), field.task(2, rows=1, about_place=True))
    results = [a_result(1, filled("enterprise"), photos=[photo]), a_result(2, filled("invoice"))]
    arriving.arrive(pack, a_parcel(pack, results, photos=[photo]), by=field.viewer("Y0402"))
    base = f"/packs/{pack.code}/"
    pages = ["/packs/", "/packs/return/", f"/packs/new/{field.matter.slug}/", base]
    pages += [f"{base}{page}/" for page in ("return", "preview", "paper", "end")]

    found = looked_through(
        lambda _who, **look: _signed_in(browser, live_server, field, **look),
        [("analyst", live_server.url + page) for page in pages],
    )

    assert found == []


def test_tasks_are_taken_along_and_brought_in_with_a_mouse(browser, live_server, field, tmp_path):
    context = _signed_in(browser, live_server, field, accept_downloads=True)
    page = a_page(context)
    page.goto(f"{live_server.url}/packs/new/{field.matter.slug}/")
    page.select_option("select[name=carrier]", str(field.one.pk))
    page.select_option("select[name=companion]", str(field.two.pk))
    page.check("input[name='on-1']")
    page.click("main .form-acts button[type=submit]")
    pack = Pack.objects.get()
    with page.expect_download() as told:
        page.click(f"a[href='/packs/{pack.code}/form.html']")
    told.value.save_as(tmp_path / "form.html")

    sealed = tmp_path / "back.qfp"
    sealed.write_bytes(a_parcel(pack, [a_result(1, filled("enterprise"))]))
    page.click(f"a[href='/packs/{pack.code}/return/']")
    page.set_input_files("input[type=file]", sealed)
    page.click("main .form-acts button[type=submit]")
    page.click("main .form-acts button[type=submit]")

    page.wait_for_url(f"**/packs/{pack.code}/")
    assert pack.code in (tmp_path / "form.html").read_text(encoding="utf-8")
    assert field.matter.lines.get(ledger="tasks", no=1).state == "done"
    context.close()
