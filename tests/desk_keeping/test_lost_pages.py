"""The ceremony of a lost phrase at three desks; and a report from the level to the auditor's count."""

import pytest
from a_keeper import text_of

from qingfeng.matters import escrow, sealing
from qingfeng.matters.door import perform
from qingfeng.matters.key_models import PersonKey
from qingfeng.matters.models import Matter
from qingfeng.mechanisms.report.sample import CONTENT, REPORTER
from qingfeng.sealing import wrapping

pytestmark = pytest.mark.django_db
OLD, NEW = "忘了的那一句很长的解锁口令", "重新想好的那一句解锁口令"
INNER, OUTER = "里面保管人自己的解锁口令", "外面保管人自己的解锁口令"
GROUND = "当面核对本人和工作证，办理中的密封件须由其开启。"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Phrases that cost an eighth of the memory, as a wrapped key says of itself."""
    monkeypatch.setattr(wrapping, "MEMORY_KIB", wrapping.MEMORY_KIB // 8)


def test_a_lost_phrase_comes_back_at_three_desks(house):
    custodian, inside, outside = (house.browser(one) for one in ("custodian", "Y0101", "escrow_holder"))
    for browser, phrase in ((custodian, OLD), (inside, INNER), (outside, OUTER)):
        browser.post("/sealed/phrase/", {"new": phrase, "again": phrase})
    deposited = custodian.post("/sealed/escrow/", {"phrase": OLD})

    asked = custodian.post("/sealed/lost/", {"new": NEW, "again": NEW})
    early = custodian.post("/sealed/lost/finish/", {"phrase": NEW})
    listed = text_of(inside.get("/sealed/halves/"))
    pk = PersonKey.objects.get(person=house.person("custodian")).recoveries.get().pk
    given = [
        browser.post(f"/sealed/halves/{pk}/", {"ground": GROUND, "phrase": phrase})
        for browser, phrase in ((inside, INNER), (outside, OUTER))
    ]
    done = custodian.post("/sealed/lost/finish/", {"phrase": NEW})

    assert str(house.person("custodian").name) in listed
    assert (deposited.status_code, asked.status_code, early.status_code) == (302, 302, 422)
    assert [one.status_code for one in (*given, done)] == [302, 302, 302]
    key = PersonKey.objects.get(person=house.person("custodian"))
    assert sealing.unlocked(key, NEW)
    assert escrow.is_in_escrow(key)
    assert outside.get(f"/sealed/halves/{pk}/").status_code == 404


def test_what_belongs_above_leads_to_the_paper_route_and_one_sealed_item(house):
    browser = house.browser("custodian")

    led = browser.post("/sealed-reports/enter/", {"level": "above"})
    shown = text_of(browser.get(led["Location"]))
    done = browser.post(led["Location"], {"sent_on": "2026-01-05"})

    assert led["Location"].endswith("/sealed-reports/enter/above/")
    assert "textarea" not in browser.get(led["Location"]).content.decode()
    assert any(word in shown for word in ("信封", "envelope"))
    matter = Matter.objects.get(mechanism="report")
    assert done["Location"] == f"/reports/{matter.slug}/"
    assert (matter.stage, set(matter.facts)) == (
        "sent_up",
        {"level_asked", "received_on", "channel", "sent_up_on"},
    )


def test_a_report_is_sealed_read_extracted_and_compared_on_pages(house):
    browser = house.browser("custodian")
    browser.post("/sealed/phrase/", {"new": OLD, "again": OLD})
    sealed = browser.post("/sealed-reports/enter/ours/", {
        "received_on": "2026-01-05", "channel": "letter", "reporter": REPORTER, "reporter_reached": "邮局",
        "content": CONTENT,
    })  # fmt: skip
    matter = Matter.objects.get(mechanism="report")
    at = f"/sealed-reports/{matter.slug}"
    perform("accept", matter, by=house.viewer("custodian"), facts={"is_named": True})

    page = browser.get(sealed["Location"])
    read = browser.post(f"{at}/read/", {"phrase": OLD})
    wrong = browser.post(f"{at}/read/", {"phrase": OLD + "?"})
    refused = browser.post(f"{at}/extract/", {"extract": f"请向{REPORTER}了解。", "phrase": OLD})
    made = browser.post(f"{at}/extract/", {"extract": "某单位一张油卡同日在两处加油，请核。", "phrase": OLD})
    compared = browser.post("/sealed-reports/compare/", {"lines": f"{REPORTER},调离", "phrase": OLD})

    checked = browser.post("/sealed-reports/check/", {"text": f"听举报人{REPORTER}称", "phrase": OLD})
    theirs = house.browser("handler").post("/sealed-reports/check/", {"text": f"听举报人{REPORTER}称"})

    assert (text_of(checked).count(REPORTER), text_of(theirs).count(REPORTER)) == (1, 0)
    assert "举报人" in text_of(theirs)
    assert f"{at}/read/" in page.content.decode()
    assert (REPORTER in text_of(read), "no-store" in read["Cache-Control"]) == (True, True)
    assert CONTENT[:20] in text_of(read)
    assert (wrong.status_code, REPORTER in text_of(wrong)) == (422, False)
    assert (refused.status_code, made.status_code) == (422, 302)
    assert (REPORTER in text_of(compared), matter.number in text_of(compared)) == (True, True)
    assert house.browser("principal").get(f"{at}/read/").status_code == 404
    assert house.browser("principal").get(f"/reports/{matter.slug}/").status_code == 404
