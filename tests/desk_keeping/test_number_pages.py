"""The general office keeps document numbers: in use, void with a reason, missing, begun after paper."""

from __future__ import annotations

import pytest
from a_keeper import text_of
from django.db import transaction
from django.utils import timezone

from qingfeng.documents import numbering
from qingfeng.documents.models import Counter, Number
from qingfeng.journal.models import JournalEntry
from qingfeng.matters.registry import mechanisms

pytestmark = pytest.mark.django_db
NUMBERS = "/numbers/"
CODE, KIND = "云纪督", "slip:督"


@pytest.fixture
def three(house):
    """A series of three numbers."""
    year = timezone.localdate().year
    with transaction.atomic():
        taken = [numbering.take(CODE, KIND, year=year, subject="directive/2026-001") for _each in range(3)]
    return taken, Counter.objects.get(code=CODE, kind=KIND, year=year)


def test_series_stand_with_what_is_in_use_and_void(house, three):
    taken, counter = three
    numbering.void(taken[0], reason="文书未印发", by=house.account("registrar"))

    index = text_of(house.browser("registrar").get(NUMBERS))
    page = text_of(house.browser("registrar").get(f"{NUMBERS}{counter.pk}/"))

    assert CODE in index
    assert taken[2].text in page
    assert "文书未印发" in page
    assert "作废" in page


def test_a_number_is_made_void_once_with_a_reason_and_the_journal_keeps_it(house, three):
    taken, _counter = three
    browser, address = house.browser("registrar"), f"{NUMBERS}void/{taken[1].pk}/"

    silent = browser.post(address, {"reason": " "})
    done = browser.post(address, {"reason": "重复印发"})
    again = browser.post(address, {"reason": "再一次"})

    assert silent.status_code == 422
    assert done.status_code == 302
    assert again.status_code == 404
    held = Number.objects.get(pk=taken[1].pk)
    assert held.void_reason == "重复印发"
    assert JournalEntry.objects.get(kind="documents.number_voided").subject == held.text


def test_a_number_of_a_matter_is_not_made_void_here(house):
    number = Number.objects.filter(kind="matter:parcel").first()

    assert house.browser("registrar").get(f"{NUMBERS}void/{number.pk}/").status_code == 404


def test_a_missing_number_is_told_and_what_became_of_it_is_kept(house, three):
    taken, counter = three
    Number.objects.filter(pk=taken[1].pk).delete()
    browser = house.browser("registrar")

    told = text_of(browser.get(NUMBERS))
    browser.post(f"{NUMBERS}{counter.pk}/2/", {"reason": "迁移前纸质登记本已用"})

    assert "有 1 个缺号" in told
    assert numbering.gaps(CODE, KIND, year=counter.year) == []
    assert Number.objects.get(code=CODE, kind=KIND, n=2).void_reason == "迁移前纸质登记本已用"
    assert JournalEntry.objects.filter(kind="documents.gap_explained").count() == 1
    assert browser.get(f"{NUMBERS}{counter.pk}/2/").status_code == 404


def test_a_series_begins_after_the_numbers_on_paper_and_only_before_its_first(house):
    begun = set(Counter.objects.values_list("kind", flat=True))
    declared = next(one for one in mechanisms() if f"matter:{one.key}" not in begun)
    key = f"{declared.number or declared.term}|matter:{declared.key}"
    year = timezone.localdate().year
    form = {"series": key, "year": str(year), "last": "41"}
    browser = house.browser("registrar")

    done = browser.post(f"{NUMBERS}begin/", form)
    with transaction.atomic():
        first = numbering.take(declared.number or declared.term, f"matter:{declared.key}", year=year)
    late = browser.post(f"{NUMBERS}begin/", form)

    assert done.status_code == 302
    assert first.n == 42
    assert late.status_code == 422
    assert "已在本系统取过号" in text_of(late)
    assert JournalEntry.objects.get(kind="documents.series_begun").by.startswith("account:")


@pytest.mark.parametrize("given", [{"last": "-1"}, {"last": "many"}, {"last": "3", "series": "x|y"}, {}])
def test_what_cannot_begin_a_series_is_told_beside_the_field(house, given):
    assert house.browser("registrar").post(f"{NUMBERS}begin/", given).status_code == 422


def test_what_a_number_was_taken_for_is_shown_to_those_only_who_may_know_of_it(house):
    matter = house.a_parcel()
    counter = Counter.objects.get(kind="matter:parcel", year=matter.opened_on.year)

    seen = text_of(house.browser("auditor").get(f"{NUMBERS}{counter.pk}/"))

    assert matter.number not in seen


@pytest.mark.parametrize("who", ["handler", "principal", "system_admin"])
def test_the_pages_exist_for_the_general_office_and_the_auditor_alone(house, who):
    assert house.browser(who).get(NUMBERS).status_code == 404
    assert house.browser("auditor").get(NUMBERS).status_code == 200
    assert house.browser("auditor").get(f"{NUMBERS}begin/").status_code == 404
