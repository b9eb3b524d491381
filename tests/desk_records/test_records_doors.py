"""Pages of records exist for the analyst alone; what leaves them is in the journal."""

import pytest
from a_delivery import noted

from qingfeng.findings.models import Delivery

OTHERS = ("handler", "dept_head", "principal", "unit_contact", "auditor", "system_admin", "recused")


@pytest.mark.parametrize("name", OTHERS)
def test_for_everybody_else_there_are_no_records(records, name):
    delivery = records.delivery()
    browser = records.browser(name)
    file = delivery.files.first()
    pages = [
        "/records/",
        f"/records/{delivery.pk}/",
        "/records/lake/",
        "/records/screenings/",
        "/records/watched/",
    ]
    posts = [
        f"/records/{delivery.pk}/{what}/" for what in ("finish", "bring-in", "discard", "rejects", "files")
    ]

    answers = [browser.get(page).status_code for page in pages]
    answers += [browser.post(page).status_code for page in posts]
    answers.append(browser.put(f"/records/{delivery.pk}/files/{file.pk}/", b"x").status_code)

    assert set(answers) == {404}
    assert Delivery.objects.get().state == Delivery.State.RECEIVING


def test_what_was_rejected_is_downloaded_and_the_download_is_noted(records):
    delivery = records.brought_in()

    answer = records.browser().post(f"/records/{delivery.pk}/rejects/")

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "加油明细/2026-10.csv" in text
    assert "不是日期" in text
    assert len(noted("findings.rejects.downloaded")) == 1


def test_every_page_says_what_it_has(records):
    delivery = records.brought_in()
    browser = records.browser()

    said = {
        page: browser.get(page).content.decode()
        for page in ("/records/", f"/records/{delivery.pk}/", "/records/lake/", "/records/deletions/")
    }

    assert "加油公司10月" in said["/records/"]
    assert "水利局机关" in said[f"/records/{delivery.pk}/"]
    assert "加油明细" in said["/records/lake/"]
    assert delivery.batch in said["/records/deletions/"]
