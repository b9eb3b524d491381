"""What leaves the building with a pack, and that nothing else does."""

import io
import re
from dataclasses import replace

import pytest
from a_verification import ELSEWHERE, GARAGE, NOT_TAKEN, PLANTED, PURPOSE, RULE, STATION, THRESHOLD
from pypdf import PdfReader

from qingfeng.desk.packs.form import form_html
from qingfeng.desk.packs.leaving import contents_of, end, take_along
from qingfeng.desk.packs.models import Pack
from qingfeng.desk.packs.sheets import blank_sheets
from qingfeng.documents.fieldwork import sheets_pdf
from qingfeng.journal.models import JournalEntry
from qingfeng.look.outgoing import NamesSource


def _text(pdf):
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def _leaving(pack):
    """Everything that leaves with a pack, as text: the form, and the words of the sheets."""
    contents = contents_of(pack)
    return form_html(contents).decode() + _text(sheets_pdf(blank_sheets(contents, None)))


def test_a_pack_carries_the_rows_of_its_task(field):
    pack = field.pack()

    said = _leaving(pack)

    assert all(words in said for words in (STATION, GARAGE, PURPOSE, "监察法第十八条"))


@pytest.mark.parametrize(
    "what", ["row not taken", "other records", "title", "number", "lead", "rule", "threshold"]
)
def test_nothing_else_of_the_matter_the_lead_or_the_rule_is_in_any_byte_of_a_pack(field, what):
    pack = field.pack()
    words = {
        "row not taken": NOT_TAKEN,
        "other records": ELSEWHERE,
        "title": PLANTED,
        "number": field.matter.number,
        "lead": field.lead.key,
        "rule": RULE,
        "threshold": str(THRESHOLD),
    }[what]

    assert words not in _leaving(pack)


def test_a_task_that_needs_no_row_takes_none_along(field):
    pack = field.pack(field.task(3, rows=0))

    said = _leaving(pack)

    assert STATION not in said
    assert "苏M12345" not in said


def test_names_of_people_do_not_go_to_an_enterprise(field):
    from qingfeng.desk.packs.verification import Evidence

    row = Evidence(
        "k", "fuel", "加油明细", "f.csv", "", 2, (("driver", "驾驶员", "方知远"), ("liters", "升数", "80"))
    )

    assert row.for_task("enterprise") == (("升数", "80"),)
    assert row.for_task("office") == (("驾驶员", "方知远"), ("升数", "80"))


def test_sheets_have_what_a_task_needs_on_paper(field):
    pack = field.pack(field.task(1, questions=("加油员是否记得车辆？",)))

    said = _text(sheets_pdf(blank_sheets(contents_of(pack), None)))

    assert all(
        words in said
        for words in (
            pack.typed,
            *pack.carriers,
            "访企业",
            "核查人",
            "接待人员",
            "加油员是否记得车辆？",
            "不影响正常经营",
        )
    )


def test_sheets_for_residents_leave_no_place_for_a_name(field):
    pack = field.pack(field.task(3, rows=0))

    said = _text(sheets_pdf(blank_sheets(contents_of(pack), None)))

    assert "不问姓名" in said
    assert "接待人员" not in said


def test_the_journal_says_which_rows_left_and_until_when_and_names_nobody(field):
    pack = field.pack()

    entry = JournalEntry.objects.get(kind="packs.left")
    said = bytes(entry.body).decode()

    assert entry.pk == pack.entry_id
    assert '"fuel 2"' in said
    assert '"fuel 3"' in said
    assert pack.expires_on.isoformat() in said
    assert not any(name in said for name in pack.carriers)


def test_the_sheets_carry_the_proof_that_the_journal_says_they_left(field):
    from qingfeng.desk.packs.leaving import proof_of

    pack = field.pack()

    proof = proof_of(pack)
    said = _text(sheets_pdf(blank_sheets(contents_of(pack), proof)))

    assert f"日志序号：{proof.entry}" in said


def test_what_a_pack_says_lies_sealed_in_the_database(field):
    field.pack()

    assert PURPOSE.encode() not in bytes(Pack.objects.get().contents)


def test_a_pack_that_is_lost_is_not_kept_any_longer(field):
    pack = field.pack()

    end(pack, "lost", by=field.viewer("Y0402"), reason="车上遗失，已报部门负责人")

    held = Pack.objects.get()
    assert (held.state, bytes(held.contents)) == ("lost", b"")
    assert JournalEntry.objects.filter(kind="packs.lost").exists()


def test_two_different_people_take_a_pack_along(field):
    with pytest.raises(ValueError, match="two carriers"):
        take_along(
            field.matter,
            [field.task(1)[0]],
            by=field.viewer("Y0402"),
            carriers=(field.one, field.one),
            expires_on=field.viewer("Y0402").on,
            sources=[],
        )


def test_a_form_is_small_enough_for_an_old_device(field):
    pack = field.pack()

    assert len(form_html(contents_of(pack))) < 150_000


def test_a_pack_that_would_name_a_source_does_not_leave(field):
    """rights.md 6: what is taken along says what is known, not from whom."""
    task = replace(field.task(1)[0], questions=("举报人说的钥匙在谁手里？",))

    with pytest.raises(NamesSource, match="举报人"):
        take_along(
            field.matter,
            [task],
            by=field.viewer("Y0402"),
            carriers=(field.one, field.two),
            expires_on=field.viewer("Y0402").on,
            sources=[],
        )

    assert not Pack.objects.exists()
