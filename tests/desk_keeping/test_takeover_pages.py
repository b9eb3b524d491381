"""Taking over matters that are under way: template, preview with rejects, batch, withdrawal."""

from collections import Counter
from datetime import timedelta
from io import BytesIO

import pytest
from a_keeper import REASON, text_of
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from qingfeng.desk.keeping import large_takeovers
from qingfeng.desk.models import LargeTakeover
from qingfeng.documents import attachments
from qingfeng.matters import takeover
from qingfeng.matters.models import Matter, Notice, TakeoverBatch

pytestmark = pytest.mark.django_db
GOOD = {
    "number": "包旧〔2025〕7号",
    "title": "旧包裹",
    "owner": "党风室",
    "stage": "办理中",
    "opened_on": "2025-11-03",
    "what": "一箱旧账册",
}
BAD = {**GOOD, "number": "包旧〔2025〕8号", "owner": "没有这个部门"}


def _workbook(browser, *rows):
    """The template as the page gives it, with rows filled in."""
    book = load_workbook(BytesIO(browser.get("/takeover/parcels/template/").content))
    sheet = book.worksheets[0]
    keys = [str(cell.value).rpartition("[")[2].rstrip("]") for cell in sheet[1]]
    for place, row in enumerate(rows, start=2):
        for key, value in row.items():
            sheet.cell(place, keys.index(key) + 1, value)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("接管.xlsx", out.getvalue())


def _kept_word(page):
    return page.content.decode().split('name="file-kept" value="')[1].split('"')[0]


def _taken(house, *rows):
    browser = house.browser("registrar")
    look = browser.post("/takeover/parcels/", {"file": _workbook(browser, *rows)})
    done = browser.post("/takeover/parcels/", {"file-kept": _kept_word(look), "take": "yes"})
    return browser, look, done


def test_a_sheet_is_seen_first_with_what_fits_and_what_does_not_row_by_row(house):
    browser = house.browser("registrar")

    look = browser.post("/takeover/parcels/", {"file": _workbook(browser, GOOD, BAD)})

    said = text_of(look)
    assert "包旧〔2025〕7号" in said
    assert "可接管 1 件" in said
    assert "责任单位 [owner]" in said
    assert not Matter.objects.filter(number__startswith="包旧").exists()


def test_rejected_rows_can_be_downloaded(house):
    browser = house.browser("registrar")
    look = browser.post("/takeover/parcels/", {"file": _workbook(browser, BAD)})
    signed = look.content.decode().split('name="table" value="')[1].split('"')[0]

    file = browser.post("/look/sheet/", {"table": signed, "form": "csv"})

    assert file.status_code == 200
    assert "owner" in file.content.decode("utf-8-sig")


def test_what_fits_is_taken_over_with_its_past_dates_and_the_batch_can_be_withdrawn(house):
    browser, _look, done = _taken(house, GOOD, BAD)

    batch = TakeoverBatch.objects.get()
    matter = Matter.objects.get(takeover_batch=batch)
    page = text_of(browser.get(f"/takeover/batches/{batch.pk}/"))
    withdrawn = browser.post(f"/takeover/batches/{batch.pk}/withdraw/", {"reason": REASON})

    assert done["Location"] == f"/takeover/batches/{batch.pk}/"
    assert (matter.number, matter.opened_on.isoformat(), matter.taken_over) == (
        "包旧〔2025〕7号",
        "2025-11-03",
        True,
    )
    assert "包旧〔2025〕7号" in page
    assert withdrawn.status_code == 302
    matter.refresh_from_db()
    assert matter.standing == "withdrawn"


def test_a_file_that_is_no_template_is_refused_in_words(house):
    browser = house.browser("registrar")
    from openpyxl import Workbook

    out = BytesIO()
    Workbook().save(out)

    answer = browser.post("/takeover/parcels/", {"file": SimpleUploadedFile("别的.xlsx", out.getvalue())})

    assert answer.status_code == 422
    assert "note" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("registrar", 200), ("handler", 404), ("auditor", 404), ("unit_contact", 404)]
)
def test_matters_are_taken_over_by_who_may_open_them(house, who, status):
    assert house.browser(who).get("/takeover/parcels/").status_code == status
    assert house.browser(who).get("/takeover/parcels/template/").status_code == status


def test_a_batch_is_shown_to_who_brought_it_and_to_leaders_who_see_its_matters(house):
    _taken(house, GOOD)
    address = f"/takeover/batches/{TakeoverBatch.objects.get().pk}/"

    found = {
        who: house.browser(who).get(address).status_code
        for who in ("registrar", "dept_head", "reviewer", "handler")
    }

    assert found == {"registrar": 200, "dept_head": 200, "reviewer": 404, "handler": 404}


def _strange(browser, *heads):
    """A workbook with columns that the template does not have."""
    book = load_workbook(BytesIO(browser.get("/takeover/parcels/template/").content))
    sheet = book.worksheets[0]
    for place, head in enumerate(heads, start=sheet.max_column + 1):
        sheet.cell(1, place, head)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("旧系统.xlsx", out.getvalue())


def test_a_column_that_is_none_of_its_own_is_refused_and_named(house):
    """rights.md, schema test (a): what is not listed does not come in."""
    browser = house.browser("registrar")

    answer = browser.post("/takeover/parcels/", {"file": _strange(browser, "上访次数", "重点人 [marked]")})

    assert answer.status_code == 422
    assert "上访次数、重点人 [marked]" in text_of(answer)
    assert not TakeoverBatch.objects.exists()


@pytest.fixture
def many(house, monkeypatch):
    """A workbook that is large as things stand here, read by the worker."""
    monkeypatch.setattr(takeover, "MOST_ROWS", 1)
    browser = house.browser("registrar")
    rows = [{**GOOD, "number": f"包旧〔2025〕{no}号"} for no in range(1, 6)]
    answer = browser.post("/takeover/parcels/", {"file": _workbook(browser, *rows, BAD)})
    asked = LargeTakeover.objects.get()
    large_takeovers.go_on.call(asked.pk)
    asked.refresh_from_db()
    return browser, answer["Location"], asked


def test_a_large_workbook_is_read_by_the_worker_and_nothing_is_written_before_somebody_looked(many):
    browser, address, asked = many

    page = text_of(browser.get(address))

    assert (asked.state, asked.fits, asked.rejected > 0) == ("read", 5, True)
    assert "责任单位 [owner]" in page
    assert not TakeoverBatch.objects.exists()


def test_a_worker_that_was_killed_goes_on_where_it_was_and_the_batch_can_be_withdrawn(house, many):
    browser, address, asked = many
    browser.post(address, {"take": "yes"})
    asked.refresh_from_db()
    with attachments.opened(asked.attachment) as held:
        some = [next(takeover.stream(asked.kind, held))]
    takeover.write_many(asked.batch, iter(some), by=house.viewer("registrar"), step=lambda _done: None)

    large_takeovers.go_on.call(asked.pk)
    taken = Matter.objects.filter(takeover_batch=asked.batch)
    numbers = sorted(taken.values_list("number", flat=True))
    gone = browser.post(f"/takeover/batches/{asked.batch_id}/withdraw/", {"reason": REASON})
    large_takeovers.go_on.call(asked.pk)

    assert numbers == [f"包旧〔2025〕{no}号" for no in range(1, 6)]
    assert gone.status_code == 302
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert set(taken.values_list("standing", flat=True)) == {"withdrawn"}


def test_a_large_takeover_is_there_for_who_brought_it_alone(house, many):
    _browser, address, _asked = many

    found = {
        who: house.browser(who).get(address).status_code for who in ("registrar", "principal", "handler")
    }

    assert found == {"registrar": 200, "principal": 404, "handler": 404}


@pytest.fixture
def cut_short(house, many, monkeypatch):
    """A large batch whose withdrawal broke off after the first two, and the days are over since."""
    browser, address, asked = many
    browser.post(address, {"take": "yes"})
    large_takeovers.go_on.call(asked.pk)
    monkeypatch.setattr(takeover, "AT_ONCE", 2)
    asked.refresh_from_db()
    browser.post(f"/takeover/batches/{asked.batch_id}/withdraw/", {"reason": REASON})
    with monkeypatch.context() as once:
        once.setattr(large_takeovers, "_step", _breaks)
        with pytest.raises(MemoryError):
            large_takeovers.go_on.call(asked.pk)
    asked.refresh_from_db()
    TakeoverBatch.objects.filter(pk=asked.batch_id).update(at=asked.batch.at - timedelta(days=30))
    return browser, asked


def _breaks(_asked, _done):
    raise MemoryError


def _standings(asked):
    matters = Matter.objects.filter(takeover_batch=asked.batch_id)
    return Counter(matters.values_list("standing", flat=True))


def test_a_withdrawal_that_was_cut_short_goes_on_to_its_end_after_its_days(cut_short):
    browser, asked = cut_short
    page = text_of(browser.get(f"/takeover/batches/{asked.batch_id}/"))
    before = _standings(asked)

    browser.post(f"/takeover/batches/{asked.batch_id}/withdraw/", {"reason": REASON})
    large_takeovers.go_on.call(asked.pk)

    assert "继续撤回" in page
    assert before == {"withdrawn": 2, "valid": 3}
    assert _standings(asked) == {"withdrawn": 5}
    asked.refresh_from_db()
    assert (asked.state, asked.problem, asked.done) == ("withdrawn", "", 5)
    assert TakeoverBatch.objects.get().withdrawn_at is not None
    assert Notice.objects.filter(kind="takeover_ended", person=asked.account.person_id).exists()


def test_what_somebody_has_acted_on_meanwhile_stays_and_is_named(cut_short):
    browser, asked = cut_short
    acted = Matter.objects.filter(takeover_batch=asked.batch_id, standing="valid").first()
    Matter.objects.filter(pk=acted.pk).update(revision=2)

    browser.post(f"/takeover/batches/{asked.batch_id}/withdraw/", {"reason": REASON})
    large_takeovers.go_on.call(asked.pk)

    asked.refresh_from_db()
    assert _standings(asked) == {"withdrawn": 4, "valid": 1}
    assert asked.state == "withdrawn"
    assert acted.number in asked.problem
