"""Appending, erasing and proving, as the rest of the house does it."""

from datetime import UTC, datetime, timedelta

import pytest
from a_journal import all_entries, an_entry, behind_its_back, differences, every_tile, published, some_entries
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from qingfeng.journal import check_proof as offline
from qingfeng.journal.entry import opens
from qingfeng.journal.errors import JournalProblem, Refused
from qingfeng.journal.models import JournalEntry, JournalSecret, JournalTally
from qingfeng.journal.proof import check_proof
from qingfeng.journal.publisher import publish
from qingfeng.journal.store import (
    append,
    entries_about,
    entry_of_qr,
    erase,
    folder_of,
    opened,
    proof_of_entry,
    prove,
    qr_text,
)


@pytest.fixture(autouse=True)
def _in_english():
    """What is refused is told in the reader's language; these tests read English."""
    with translation.override("en"):
        yield


def test_an_entry_commits_with_what_it_tells_of_or_not_at_all(home):
    with transaction.atomic():
        append("matter.performed", subject="2026-督-001")
        transaction.set_rollback(True)
    kept = an_entry()

    assert all_entries() == [kept]
    assert sum(JournalTally.objects.values_list("appended", flat=True)) == 1


def test_an_entry_without_a_transaction_is_refused(home):
    with pytest.raises(JournalProblem, match=r"transaction\.atomic"):
        append("matter.performed")


def test_an_entry_says_who_what_and_when_and_the_clock_beside(home):
    at = datetime(2026, 3, 3, 4, 1, tzinfo=UTC)

    entry = an_entry(facts={"stage": "issued"}, at=at)

    entry.refresh_from_db()
    assert entry.said["facts"] == {"stage": "issued"}
    assert entry.said["at"] == "2026-03-03T12:01:00+08:00"
    assert entry.at == at
    assert entry.written_at - at > timedelta(days=30)
    assert (entry.said["by"], entry.index) == ("12", None)


@pytest.mark.parametrize(
    "parts", [{"subject": "长" * 201}, {"by": "1" * 81}, {"facts": {"x": "长" * 30_000}}, {"log": "third"}]
)
def test_what_is_too_long_or_belongs_to_no_log_is_refused(home, parts):
    with pytest.raises((Refused, ValueError)), transaction.atomic():
        append("matter.performed", **parts)

    assert all_entries() == []


def test_an_entry_is_neither_changed_nor_deleted(home):
    entry = an_entry()

    for act in (
        entry.save,
        entry.delete,
        JournalEntry.objects.all().delete,
        lambda: JournalEntry.objects.update(kind="x"),
    ):
        with pytest.raises(Refused):
            act()


def test_appending_takes_as_many_statements_however_many_entries(home):
    def statements(number):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            some_entries(number)
        return len(seen)

    some_entries(1)

    assert statements(1) == statements(100)


def test_personal_values_stand_beside_the_entry_until_they_are_erased(home):
    entry = an_entry(personal={"petitioner": "赵清和", "phone": "000-0000-0000"})
    published(home)
    proof = prove(entry, carry=True)

    (told,) = erase([entry], reason="撤回同意", by="7", names=["petitioner"])

    assert opened(entry) == {"phone": "000-0000-0000"}
    secret = JournalSecret.objects.get(entry=entry, name="petitioner")
    assert (secret.value, secret.salt) == (None, None)
    assert told.said["facts"]["erased"] == [{"leaf": entry.leaf_hash.hex(), "name": "petitioner"}]
    assert told.said["facts"]["reason"] == "撤回同意"
    published(home)
    assert differences(home) == []
    assert check_proof(proof, folder_of("internal").verifier()).entry == bytes(entry.body)
    assert check_proof(prove(entry), folder_of("internal").verifier())


def test_a_value_that_is_still_kept_opens_the_commitment_of_the_entry(home):
    entry = an_entry(personal={"petitioner": "赵清和"})

    secret = JournalSecret.objects.get(entry=entry)

    assert opens(entry.said["personal"]["petitioner"], opened(entry)["petitioner"], bytes(secret.salt))


def test_an_erasure_has_a_reason_and_nothing_is_erased_twice(home):
    entry = an_entry(personal={"petitioner": "赵清和"})

    with pytest.raises(Refused):
        erase([entry], reason=" ", by="7")
    assert len(erase([entry.pk], reason="到期", by="7")) == 1
    assert erase([entry], reason="到期", by="7") == []


def test_an_erased_value_is_in_no_file_of_the_home(house):
    planted = "赵清和很长的名字以便寻找"
    code = """
from pathlib import Path
from django.db import transaction
from qingfeng.journal.store import append, erase
from qingfeng.journal.publisher import publish
with transaction.atomic():
    entry = append("petition.registered", personal={"petitioner": sys.argv[1]})
publish()
files = [path for path in Path(sys.argv[2]).rglob("*") if path.is_file()]
print(any(sys.argv[1].encode() in path.read_bytes() for path in files))
erase([entry], reason="到期", by="7")
publish()
"""
    exit_code, said, complaint = house.run(code, planted, house.home)

    assert exit_code == 0, complaint
    if "DATABASE_URL" not in house.environment:
        assert said == "True", "the value must have been somewhere for this test to see it go"
    found = [
        path for path in house.home.rglob("*") if path.is_file() and planted.encode() in path.read_bytes()
    ]
    assert found == []


def test_a_proof_of_a_published_entry_is_right_and_one_of_a_waiting_entry_is_not_given(home):
    entry = some_entries(5)[3]

    with pytest.raises(JournalProblem, match="not published yet"):
        prove(entry)
    assert proof_of_entry(entry) is None
    publish()

    vkey = folder_of("internal").verifier().vkey
    assert "核验通过" in offline.check(prove(entry), vkey, bytes(entry.body))[0]
    assert proof_of_entry(entry).index == 3
    assert bytes(entry.body) not in prove(entry)


def test_a_public_entry_is_carried_by_its_proof(home):
    entry = some_entries(1, log="public")[0]
    publish()

    proven = check_proof(prove(entry), folder_of("public").verifier())

    assert proven.entry == bytes(entry.body)


def test_a_proof_of_a_row_that_was_changed_is_not_given(home):
    entry = some_entries(3)[1]
    publish()
    behind_its_back("UPDATE journal_journalentry SET body = %s WHERE id = %s", b"{}", entry.pk)
    entry.refresh_from_db()

    with pytest.raises(JournalProblem, match="says something else"):
        prove(entry)


def test_the_code_on_a_receipt_is_the_proof_or_names_the_entry(home):
    entry = some_entries(3)[1]

    before = qr_text(entry)
    publish()
    entry.refresh_from_db()
    proof, short = qr_text(entry), qr_text(entry, most_bytes=100)

    assert check_proof(proof.encode(), folder_of("internal").verifier()).index == 1
    assert entry_of_qr(before) == entry_of_qr(short) == entry
    assert before.split("\n")[4] == "-"
    assert short.split("\n")[4] == "1"
    assert len(short.encode()) < 200
    changed = short.replace(short.split("\n")[3], "A" * 43 + "=")
    for text in ("", "x\n" * 9, changed, short.replace(f"\n{entry.pk}\n", "\n٣\n"), proof):
        assert entry_of_qr(text) is None


def test_entries_about_a_subject_are_found(home):
    wanted = an_entry("2026-督-009")
    an_entry("2026-督-010")

    assert list(entries_about("2026-督-009")) == [wanted]
    assert list(entries_about("")) == []


def test_no_tile_holds_anything_personal(home):
    an_entry(personal={"petitioner": "赵清和"})
    publish()

    assert every_tile(home)
    assert not any("赵清和".encode() in path.read_bytes() for path in every_tile(home))
