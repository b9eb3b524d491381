"""Nobody reads a key in the journal: every kind and every fact has words, in both languages."""

from __future__ import annotations

import re

import pytest
from a_keeper import text_of
from django.utils import translation
from kinds_written import fact_keys, kinds

from qingfeng.desk.keeping import journal_words, told
from qingfeng.desk.values import KERNEL_ACTS
from qingfeng.journal.models import JournalEntry
from qingfeng.journal.store import append
from qingfeng.matters.registry import mechanisms
from qingfeng.organization.models import Person

JOURNAL = "/audit/journal/"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
NOT_KINDS = {"l.row_id"}  # a column of a query


def _acts():
    return {f"matter.{act.key}" for one in mechanisms() for act in one.acts}


def test_every_kind_that_the_source_writes_has_words_in_both_languages():
    written = kinds() - NOT_KINDS - {f"matter.{key}" for key in KERNEL_ACTS}

    assert len(written) > 200
    assert {one for one in written if one not in journal_words.words()["kinds"]} == set()


def test_no_words_stand_for_a_kind_that_nobody_writes():
    spoken = {*journal_words.words()["kinds"]}

    assert spoken - kinds() == set()


def test_every_fact_that_the_source_hands_over_has_a_name():
    unsaid = {one for one in fact_keys() if not told.fact_name(one)}

    assert len(fact_keys()) > 100
    assert unsaid == set()


@pytest.mark.parametrize("part", ["kinds", "subjects", "facts"])
def test_words_are_english_and_chinese(part):
    for key, (english, chinese) in journal_words.words()[part].items():
        assert english.strip(), key
        assert not CHINESE.search(english), key
        assert CHINESE.search(chinese), key


def test_every_act_of_every_kind_of_matter_is_said_by_its_declaration():
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for one in mechanisms():
                for act in one.acts:
                    entry = JournalEntry(kind=f"matter.{act.key}", subject=f"{one.key}/2026-001")
                    words = told.happened(entry)
                    assert words == (journal_words.kind_words(entry.kind) or str(act.name))
                    assert words != entry.kind


@pytest.mark.django_db
def test_an_entry_of_an_act_says_stages_parts_and_people_by_name(house):
    matter = house.a_parcel()
    entry = matter.story.first().entry

    facts = {one.key: one for one in told.facts_of(entry, entry.said["facts"])}

    declared = next(one for one in mechanisms() if one.key == "parcel")
    assert facts["to"].words == str(declared.stages[0].name)
    assert facts["role"].words == str(declared.role(facts["role"].raw).name)
    assert all(one.name != one.key for one in facts.values())


@pytest.mark.django_db
def test_a_kind_is_found_by_its_words_and_by_its_key(house):
    append("documents.number_voided", subject="云纪督〔2026〕9号", by="house", facts={})
    browser = house.browser("auditor")

    by_words = text_of(browser.get(JOURNAL, {"kind": "文号作废"}))
    by_key = text_of(browser.get(JOURNAL, {"kind": "documents."}))
    other = text_of(browser.get(JOURNAL, {"kind": "登记过问"}))

    assert "云纪督〔2026〕9号" in by_words
    assert "云纪督〔2026〕9号" in by_key
    assert "云纪督〔2026〕9号" not in other


@pytest.mark.django_db
def test_no_raw_key_stands_on_the_page_of_the_journal(house):
    house.a_parcel()
    page = text_of(house.browser("auditor").get(JOURNAL))

    for kind in JournalEntry.objects.order_by("-id").values_list("kind", flat=True)[:50]:
        assert kind not in page


@pytest.mark.django_db
def test_entries_about_people_are_told_without_a_query_for_each(house, django_assert_max_num_queries):
    people = [Person.objects.get(pk=pk) for pk in Person.objects.values_list("pk", flat=True)[:20]]
    entries = [JournalEntry(kind="x.y", subject=f"person:{one.pk}", by=f"person:{one.pk}") for one in people]

    with django_assert_max_num_queries(2):
        known = told.people_in(entries)
        said = [told.subject(one, known) for one in entries]

    assert said == [f"{one.name} ({one.number})" for one in people]


@pytest.mark.django_db
@pytest.mark.parametrize("before", ["²", "9" * 40, "-1"])
def test_an_address_with_a_number_of_no_entry_shows_the_newest(house, before):
    assert house.browser("auditor").get(JOURNAL, {"before": before}).status_code == 200
