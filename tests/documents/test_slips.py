import hashlib
import io
import threading

import pytest
from a_document import a_docx, a_picture, an_official
from django.db import IntegrityError, connection, transaction
from docx import Document
from pypdf import PdfReader

from qingfeng.documents import storage
from qingfeng.documents.attachments import keep
from qingfeng.documents.models import Slip
from qingfeng.documents.numbering import take, void
from qingfeng.documents.official import Proof
from qingfeng.documents.qr import NotASlip, read_qr_text, slip_text
from qingfeng.documents.refusal import Damaged
from qingfeng.documents.rendering import pdf_of
from qingfeng.documents.slips import (
    CannotBind,
    bind_record_copy,
    docx_response,
    make_slip,
    official_of,
    pdf_response,
    release_record_copy,
    render,
    slip_of,
)
from qingfeng.documents.templates import Wording
from qingfeng.journal.models import JournalEntry

PROOF = Proof("https://house.example/proof/4711", "house.example 4712 9hQ7", "4711")
WORDING = Wording("directive.slip", "1", "", "", "")
pytestmark = pytest.mark.django_db


def body_of(response):
    return b"".join(response.streaming_content)


def test_a_slip_keeps_what_was_issued_and_from_what(a_slip):
    slip = Slip.objects.get()

    assert (slip.template_key, slip.template_version) == ("directive.slip", "1")
    assert slip.fields == {"unit": "区城市管理局党组", "due": "2026-11-26"}
    assert official_of(slip).title == an_official().title


def test_a_document_prints_the_number_that_was_taken_for_it():
    number = take("云纪督", "directive", year=2026)

    with pytest.raises(ValueError, match="云纪督〔2026〕9号"):
        make_slip(number, an_official(number="云纪督〔2026〕9号"), template=WORDING, fields={})


@pytest.mark.django_db(transaction=True)
def test_a_slip_that_is_rolled_back_leaves_no_number_behind():
    def issue_and_fail():
        with transaction.atomic():
            number = take("云纪督", "directive", year=2026)
            make_slip(number, an_official(number=number.text), template=WORDING, fields={})
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        issue_and_fail()

    with transaction.atomic():
        assert take("云纪督", "directive", year=2026).n == 1
    assert not Slip.objects.exists()


def test_typesetting_keeps_the_pdf_with_its_proof_and_says_so_in_the_journal(a_slip):
    slip = render(a_slip, proof=PROOF)

    data = body_of(pdf_response(slip))
    assert hashlib.sha256(data).hexdigest() == slip.pdf_sha256
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    assert "house.example 4712 9hQ7" in text
    assert slip.made_with["typst"]
    entry = JournalEntry.objects.order_by("id").last()
    assert (entry.kind, entry.said["facts"]) == ("documents.slip_typeset", {"sha256": slip.pdf_sha256})


def test_typesetting_again_changes_nothing(a_slip):
    first = render(a_slip, proof=PROOF)

    second = render(a_slip, proof=Proof("another"))
    assert (second.pdf_sha256, second.rendered_at, second.proof) == (
        first.pdf_sha256,
        first.rendered_at,
        first.proof,
    )
    assert JournalEntry.objects.filter(kind="documents.slip_typeset").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_typeset_at_once_keep_one_file(a_slip):
    together, done = threading.Barrier(2), []

    def worker(name):
        try:
            together.wait()
            done.append(render(Slip.objects.get(), proof=Proof(name)).pdf_sha256)
        finally:
            connection.close()

    threads = [threading.Thread(target=worker, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(done) == 2
    assert set(done) == {Slip.objects.get().pdf_sha256}
    assert JournalEntry.objects.filter(kind="documents.slip_typeset").count() == 1


def test_the_stored_document_gives_the_same_file_again_and_a_changed_one_does_not(a_slip):
    render(a_slip, proof=PROOF)

    slip = Slip.objects.get()
    again = pdf_of(official_of(slip))
    slip.official["title"] = "另一个标题"
    changed = pdf_of(official_of(slip))

    assert hashlib.sha256(again).hexdigest() == slip.pdf_sha256
    assert hashlib.sha256(changed).hexdigest() != slip.pdf_sha256


def test_the_word_file_says_what_the_pdf_says_and_is_named_after_the_number(a_slip):
    response = docx_response(render(a_slip, proof=PROOF))

    paper = Document(io.BytesIO(body_of(response)))
    assert any("云纪督〔2026〕1号" in paragraph.text for paragraph in paper.paragraphs)
    assert "%E4%BA%91%E7%BA%AA%E7%9D%A3" in response["Content-Disposition"]


def test_a_slip_that_is_not_typeset_has_no_pdf(a_slip):
    with pytest.raises(ValueError, match="not typeset"):
        pdf_response(a_slip)


def test_a_changed_pdf_is_not_given(a_slip):
    slip = render(a_slip)
    storage.place_of(slip.pdf_sha256).write_bytes(b"%PDF-other")

    with pytest.raises(Damaged):
        pdf_response(slip)


def test_the_code_on_a_slip_leads_back_to_it(a_slip):
    assert slip_of(official_of(a_slip).return_qr) == a_slip


def test_the_code_may_be_an_address_of_the_house():
    text = slip_text("9F3KQ2M7XA", "云纪督〔2026〕1号", address="https://house.example/")

    assert text.startswith("https://house.example/s/9F3KQ2M7XA-")
    assert read_qr_text(f" {text}\n").code == "9F3KQ2M7XA"


@pytest.mark.parametrize(
    "scanned",
    [
        "",
        "https://evil.example/",
        "qingfeng:slip/1/9F3KQ2M7XA",
        "qingfeng:slip/1/9F3KQ2M7XO-00000000",
        "x" * 5000,
    ],
)
def test_another_code_is_no_slips(scanned):
    with pytest.raises(NotASlip):
        read_qr_text(scanned)


def test_a_code_on_the_wrong_paper_is_found(a_slip):
    with pytest.raises(NotASlip):
        slip_of(slip_text(a_slip.code, "云纪督〔2026〕2号"))


def test_a_scan_becomes_the_record_copy(a_slip):
    scan = keep(a_picture(), "扫描.png")

    slip = bind_record_copy(a_slip, scan, by=None)
    assert Slip.objects.get().record_copy == slip.record_copy == scan
    entry = JournalEntry.objects.order_by("id").last()
    assert (entry.kind, entry.subject) == ("documents.record_copy_bound", "云纪督〔2026〕1号")
    assert bind_record_copy(a_slip, scan, by=None) == slip


def test_a_second_scan_does_not_replace_the_record_copy(a_slip):
    bind_record_copy(a_slip, keep(a_picture(), "扫描.png"), by=None)
    other = keep(a_picture(size=(8, 8)), "另一页.png")

    with pytest.raises(CannotBind):
        bind_record_copy(a_slip, other, by=None)
    release_record_copy(a_slip, by=None, reason="扫错了")
    assert bind_record_copy(a_slip, other, by=None).record_copy == other


def test_a_voided_number_takes_no_record_copy(a_slip):
    void(a_slip.number, reason="打印有误", by=None)

    with pytest.raises(CannotBind):
        bind_record_copy(a_slip, keep(a_picture(), "扫描.png"), by=None)


def test_a_file_that_can_be_edited_is_no_record_copy(a_slip):
    with pytest.raises(CannotBind):
        bind_record_copy(a_slip, keep(a_docx("甲"), "甲.docx"), by=None)


def test_a_slip_is_corrected_once_by_one_with_its_own_number(a_slip):
    number = take("云纪督", "directive", year=2026)
    correction = make_slip(
        number, an_official(number=number.text), template=WORDING, fields={}, replaces=a_slip
    )
    assert a_slip.replaced_by == correction

    other = take("云纪督", "directive", year=2026)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_slip(other, an_official(number=other.text), template=WORDING, fields={}, replaces=a_slip)


def test_codes_are_not_guessed_from_each_other(a_slip):
    number = take("云纪督", "directive", year=2026)
    other = make_slip(number, an_official(number=number.text), template=WORDING, fields={})

    assert len({a_slip.code, other.code}) == 2
    assert len(other.code) == 10
