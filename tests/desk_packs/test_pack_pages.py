"""The pages of packs: for whom they exist, and the whole way out and back through them."""

import io
import re

import pytest
from a_parcel import a_parcel, a_result
from a_verification import NOT_TAKEN, STATION, a_photograph, filled
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.html import strip_tags
from pypdf import PdfReader, PdfWriter

from qingfeng.desk.packs.models import Pack
from qingfeng.desk.packs.verification import evidence_for
from qingfeng.matters.models import RecusalDecision


def _text(response):
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def _bytes(response):
    return b"".join(response.streaming_content)


def _wanted(field, **more):
    taken = [row.key for row in evidence_for(field.matter) if NOT_TAKEN not in row.words]
    return {
        "carrier": field.one.pk,
        "companion": field.two.pk,
        "expires_on": timezone.localdate().isoformat(),
        "on-1": "on",
        "rows-1": taken,
        "asks-1": "加油员是否记得车辆？",
        **more,
    }


def _new(field):
    return f"/packs/new/{field.matter.slug}/"


def _upload(data):
    return {"file": SimpleUploadedFile("back.qfp", data)}


def _scan():
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(out)
    return SimpleUploadedFile("scan.pdf", out.getvalue())


def test_a_verifier_takes_tasks_along_and_prints_their_sheets(field):
    client = field.browser()

    made = client.post(_new(field), _wanted(field))
    pack = Pack.objects.get()
    sheets = _bytes(client.get(f"/packs/{pack.code}/sheets.pdf"))

    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(sheets)).pages)
    assert made.url == f"/packs/{pack.code}/"
    assert (pack.tasks, len(pack.rows)) == ([1], 2)
    assert STATION in said
    assert NOT_TAKEN not in said


def test_the_form_is_given_as_a_file_to_be_saved_and_never_opened_here(field):
    pack = field.pack()

    given = field.browser().get(f"/packs/{pack.code}/form.html")

    assert given["Content-Disposition"].startswith("attachment")
    assert "sandbox" in given["Content-Security-Policy"]


def test_rows_that_a_task_type_usually_needs_are_ticked_and_none_for_residents(field):
    page = field.browser().get(_new(field)).content.decode()

    ticked = re.findall(r'<input[^>]*name="rows-(\d)"[^>]*checked', page)
    assert set(ticked) == {"1"}


def test_what_came_back_is_shown_first_and_then_entered(field):
    pack, photo, client = field.pack(), a_photograph(), field.browser()
    data = a_parcel(pack, [a_result(1, filled("enterprise"), photos=[photo])], photos=[photo])

    brought = client.post(f"/packs/{pack.code}/return/", _upload(data))
    shown = client.get(brought.url)
    before = field.matter.lines.get(ledger="tasks", no=1).state
    client.post(brought.url)

    assert "小票与发票一致" in _text(shown)
    assert "data:image/jpeg;base64," in shown.content.decode()
    assert (before, field.matter.lines.get(ledger="tasks", no=1).state) == ("set", "done")
    assert "已交回" in _text(client.get(f"/packs/{pack.code}/"))


def test_a_broken_file_is_refused_on_its_form_in_words(field):
    pack = field.pack()

    answer = field.browser().post(
        f"/packs/{pack.code}/return/", _upload(b"QFPACK1\n" + pack.code.encode() + b"x" * 90)
    )

    assert answer.status_code == 422
    assert "文件打不开" in _text(answer)


def test_a_pack_that_is_back_says_so_to_whoever_brings_it_again(field):
    pack, client = field.pack(), field.browser()
    data = a_parcel(pack, [a_result(1, filled("enterprise"))])
    client.post(f"/packs/{pack.code}/return/", _upload(data))
    client.post(f"/packs/{pack.code}/preview/")

    again = client.post(f"/packs/{pack.code}/return/", _upload(data))

    assert again.status_code == 422
    assert "只计一次" in _text(again)
    assert field.one.name in _text(again)


def test_what_stands_on_signed_sheets_is_entered_with_their_scan(field):
    pack, client = field.pack(), field.browser()
    form = {f"{key}-1-0": ("on" if value is True else value) for key, value in filled("enterprise").items()}

    answer = client.post(
        f"/packs/{pack.code}/paper/",
        {
            "scan": _scan(),
            "done-1": "on",
            "present-1": pack.carriers,
            "at-1": "2026-11-20T09:30",
            "found-1": "小票与发票一致。",
            **form,
        },
    )

    line = field.matter.lines.get(ledger="tasks", no=1)
    assert answer.status_code == 302
    assert (line.state, line.facts["result"]) == ("done", "小票与发票一致。")
    assert field.matter.files.get(line=line).attachment.kind == "pdf"


def test_several_invoices_on_one_sheet_are_several_records(field):
    pack, client = field.pack(field.task(2)), field.browser()
    form = {
        f"{key}-2-{place}": ("on" if value is True else f"{value}{place}")
        for place in (0, 1)
        for key, value in filled("invoice").items()
    }
    signed = {
        "done-2": "on",
        "present-2": pack.carriers,
        "at-2": "2026-11-20T09:30",
        "found-2": "两张均已查验。",
    }

    client.post(f"/packs/{pack.code}/paper/", {"scan": _scan(), **signed, **form})

    numbers = [line.facts["invoice_no"] for line in field.matter.lines.filter(ledger="invoice_checks")]
    assert numbers == ["答invoice_no0", "答invoice_no1"]


def test_a_sheet_with_one_signature_is_not_entered(field):
    """监察法 Art. 44: two persons."""
    pack = field.pack()
    sheet = {"done-1": "on", "present-1": pack.carriers[:1], "at-1": "2026-11-20T09:30", "found-1": "一致"}

    answer = field.browser().post(f"/packs/{pack.code}/paper/", {"scan": _scan(), **sheet})

    assert answer.status_code == 422
    assert "两名核查人签字" in _text(answer)


@pytest.mark.parametrize("typed", ["{0}", "{1}", "qingfeng:pack/1/{0}", " {1} "])
def test_a_code_that_is_typed_or_scanned_leads_to_its_pack(field, typed):
    pack = field.pack()

    answer = field.browser().post("/packs/return/", {"code": typed.format(pack.code, pack.typed.lower())})

    assert answer.url == f"/packs/{pack.code}/"


def test_a_lost_pack_is_declared_after_a_second_look(field):
    pack, client = field.pack(), field.browser()
    form = {"state": "lost", "reason": "车上遗失"}

    asked = client.post(f"/packs/{pack.code}/end/", form)
    client.post(f"/packs/{pack.code}/end/", {**form, "confirmed": "yes"})

    pack.refresh_from_db()
    assert "不能撤回" in _text(asked)
    assert (pack.state, pack.ended_by) == ("lost", field.one)


@pytest.mark.parametrize("number", ["W0103", "W0102"])
def test_to_people_of_a_unit_there_is_no_pack(field, number):
    pack, client = field.pack(), field.browser(number)

    answers = [
        client.get(address).status_code for address in ("/packs/", f"/packs/{pack.code}/", _new(field))
    ]

    assert answers == [404, 404, 404]


def test_whoever_sees_the_matter_whole_sees_its_packs_and_takes_none_along(field):
    pack, client = field.pack(), field.browser("Y0401")

    below = [
        client.get(f"/packs/{pack.code}/{page}").status_code
        for page in ("sheets.pdf", "form.html", "return/")
    ]

    assert pack.typed in _text(client.get("/packs/"))
    assert client.get(f"/packs/{pack.code}/").status_code == 200
    assert below == [404, 404, 404]
    assert client.get(_new(field)).status_code == 404


def test_to_whoever_is_recused_there_is_no_pack(field):
    """监察法 Art. 67."""
    pack, person = field.pack(), field.person("Y0401")
    client = field.browser("Y0401")
    RecusalDecision.objects.create(matter=field.matter, person=person, ground="亲属", at=timezone.now())

    assert pack.typed not in _text(client.get("/packs/"))
    assert client.get(f"/packs/{pack.code}/").status_code == 404


def test_two_of_those_to_whom_the_task_was_given_go(field):
    answer = field.browser().post(_new(field), _wanted(field, companion=field.one.pk))

    assert answer.status_code == 422
    assert not Pack.objects.exists()


def test_the_page_of_the_matter_offers_to_take_tasks_along(field):
    from qingfeng.desk.kinds import address

    pack = field.pack()

    page = field.browser().get(address(field.matter)).content.decode()

    assert _new(field) in page
    assert f"/packs/{pack.code}/" in page


def test_the_journal_keeps_every_copy_that_was_given_out(field):
    from qingfeng.journal.models import JournalEntry

    pack, client = field.pack(), field.browser()

    client.get(f"/packs/{pack.code}/sheets.pdf")
    client.get(f"/packs/{pack.code}/form.html")

    given = [
        bytes(one.body).decode() for one in JournalEntry.objects.filter(kind="packs.given").order_by("pk")
    ]
    assert ['"sheets"' in one for one in given] == [True, False]
