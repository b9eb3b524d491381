"""Slips: their page, the stamped copy that comes back by its code, and the numbered correction."""

import pytest
from a_keeper import REASON, at, paper, text_of

from qingfeng.documents.models import Slip
from qingfeng.matters import keeping
from qingfeng.matters.replacing import replace_slip

pytestmark = pytest.mark.django_db


def _row(house):
    return house.directive.slips.select_related("slip__number").first()


def _page(house, *more):
    return at(house.directive, "slips", _row(house).slip_id, *more)


def test_the_page_of_a_slip_gives_its_files_code_and_entry(house):
    page = house.browser("dept_head").get(_page(house))

    said = text_of(page)
    assert _row(house).slip.number.text in said
    assert _row(house).slip.official["return_qr"] in said
    assert "DOCX" in said


def test_a_proof_that_is_not_published_yet_is_said_in_words(house):
    answer = house.browser("dept_head").get(_page(house, "proof"), follow=True)

    assert answer.redirect_chain
    assert "记录尚未公布" in text_of(answer)


def test_a_stamped_copy_comes_back_through_its_code_and_is_released_with_a_reason(house):
    browser, slip = house.browser("dept_head"), _row(house).slip
    code = slip.official["return_qr"]

    look = browser.post("/returned/", {"code": code, "copy": paper("盖章件.pdf")})
    word = look.content.decode().split('name="copy-kept" value="')[1].split('"')[0]
    done = browser.post("/returned/", {"code": code, "copy-kept": word, "confirmed": "yes"})
    slip.refresh_from_db()
    bound = slip.record_copy
    released = browser.post(_page(house, "release"), {"reason": "扫错了一份"})

    assert slip.number.text in text_of(look)
    assert done["Location"] == _page(house)
    assert bound.name == "盖章件.pdf"
    assert released.status_code == 302
    slip.refresh_from_db()
    assert slip.record_copy is None


def test_the_code_of_an_address_opens_the_same_page(house):
    end = _row(house).slip.official["return_qr"].rpartition("/")[2]

    page = house.browser("dept_head").get(f"/s/{end}/")

    assert f"qingfeng:slip/1/{end}" in page.content.decode()


@pytest.mark.parametrize("code", ["无此码", "qingfeng:slip/1/ABCDEFGHJK-00000000"])
def test_an_unknown_code_binds_nothing(house, code):
    answer = house.browser("dept_head").post("/returned/", {"code": code, "copy": paper()})

    assert answer.status_code == 422


def test_a_code_of_a_matter_that_one_does_not_see_is_told_like_an_unknown_one(house):
    browser = house.browser("Y0802")

    known = browser.post("/returned/", {"code": _row(house).slip.official["return_qr"], "copy": paper()})
    unknown = browser.post("/returned/", {"code": "qingfeng:slip/1/ABCDEFGHJK-00000000", "copy": paper()})

    assert known.status_code == unknown.status_code == 422
    assert _row(house).slip.number.text not in text_of(known)


def test_an_erroneous_slip_is_replaced_by_a_numbered_correction_from_the_corrected_facts(house):
    browser, row = house.browser("dept_head"), _row(house)
    keeping.correct(
        house.directive, 1, {"source_no": "江纪督〔2026〕16号"}, by=house.viewer("dept_head"), reason=REASON
    )

    done = browser.post(_page(house, "replace"), {"reason": REASON})

    new = Slip.objects.get(replaces=row.slip)
    assert done["Location"] == at(house.directive, "slips", new.pk)
    assert new.number.text != row.slip.number.text
    assert "江纪督〔2026〕16号" in str(new.official)
    assert "江纪督〔2026〕16号" not in str(Slip.objects.get(pk=row.slip_id).official)
    assert new.number.text in text_of(browser.get(_page(house)))
    assert browser.get(_page(house, "replace")).status_code == 404


def test_a_slip_is_replaced_once_with_a_reason_and_by_who_keeps_the_matter(house):
    row = _row(house)

    unsaid = replace_slip(row, by=house.viewer("dept_head"), reason=" ")
    other = replace_slip(row, by=house.viewer("Y0702"), reason=REASON)
    done = replace_slip(row, by=house.viewer("dept_head"), reason=REASON)
    again = replace_slip(row, by=house.viewer("dept_head"), reason=REASON)

    assert (unsaid.why, other.why, again.why) == ("facts", "role", "conflict")
    assert done.performance.act == "kernel.replace_slip"
    assert done.performance.entry is not None


def test_only_who_sees_the_slip_finds_its_page(house):
    found = {who: house.browser(who).get(_page(house)).status_code
             for who in ("dept_head", "principal", "Y0802", "auditor", "partner")}  # fmt: skip

    assert found == {"dept_head": 200, "principal": 200, "Y0802": 404, "auditor": 404, "partner": 404}
    assert house.browser("dept_head").get(at(house.parcel, "slips", _row(house).slip_id)).status_code == 404


def test_a_correction_of_a_slip_is_asked_for_with_a_reason(house):
    assert house.browser("dept_head").post(_page(house, "replace"), {"reason": ""}).status_code == 422
