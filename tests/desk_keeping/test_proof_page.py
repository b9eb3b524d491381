"""The public check of a proof of entry: anybody, without a script; and the checker that needs none of it."""

import subprocess
import sys

import pytest
from a_keeper import text_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from qingfeng.journal import publisher, store
from qingfeng.journal.models import JournalEntry

pytestmark = pytest.mark.django_db(transaction=True)
PROOF = "/proof/"


@pytest.fixture
def entry(settings, tmp_path):
    """A published entry of the internal log, in a home of its own."""
    settings.HOME = tmp_path
    with transaction.atomic():
        made = [store.append("test.done", subject=f"test:{no}", facts={"no": no}) for no in range(5)]
    publisher.publish()
    return JournalEntry.objects.get(pk=made[3].pk)


def _file(data):
    return SimpleUploadedFile("entry.proof", data)


def test_a_right_proof_verifies_as_file_and_as_text_with_any_line_ends(client, entry):
    held = store.prove(entry)

    by_file = client.post(PROOF, {"file": _file(held)})
    by_text = client.post(PROOF, {"text": held.decode().replace("\n", "\r\n").strip()})

    for page in (by_file, by_text):
        assert "核验通过" in text_of(page)
        assert bytes(entry.leaf_hash).hex() in page.content.decode()


def test_any_changed_byte_of_a_proof_is_noticed(client, entry):
    held = store.prove(entry)
    places = range(0, len(held) - 1, 37)

    said = [
        text_of(client.post(PROOF, {"file": _file(held[:at] + bytes([held[at] ^ 1]) + held[at + 1 :])}))
        for at in places
    ]

    assert [at for at, page in zip(places, said, strict=True) if "核验未通过" not in page] == []


def test_the_text_of_a_code_leads_to_the_proof_it_names(client, entry):
    page = client.post(PROOF, {"text": store.qr_text(entry, most_bytes=0)})

    assert "核验通过" in text_of(page)
    assert "c2sp.org/tlog-proof@v1" in page.content.decode()


def test_a_code_of_an_entry_that_waits_or_is_none_is_told_apart_from_a_right_one(client, entry):
    with transaction.atomic():
        waiting = store.append("test.waits", subject="test:9")
    none = store.qr_text(entry, most_bytes=0).replace(f"\n{entry.pk}\n", f"\n{entry.pk + 1}\n")

    assert "尚未公布" in text_of(client.post(PROOF, {"text": store.qr_text(waiting, most_bytes=0)}))
    assert "没有这条记录" in text_of(client.post(PROOF, {"text": none}))


@pytest.mark.parametrize("text", ["", "随便什么", "c2sp.org/tlog-proof@v1\nindex 1\n\n"])
def test_what_is_no_proof_is_said_in_words_and_never_fails(client, entry, text):
    page = client.post(PROOF, {"text": text})

    assert page.status_code in {200, 422}
    assert 'id="verdict">核验通过' not in page.content.decode()


def test_a_proof_of_another_house_is_said_to_be_of_another_log(client, entry, settings, tmp_path):
    held = store.prove(entry)
    other = tmp_path / "other"
    origin = held.split(b"\n\n")[1].split(b"\n")[0]
    foreign = held.replace(origin, b"somebody.example/log")
    settings.HOME = other

    assert "核验未通过" in text_of(client.post(PROOF, {"file": _file(foreign)}))


def test_the_downloaded_checker_and_key_verify_the_same_proof_without_this_house(client, entry, tmp_path):
    (tmp_path / "check_proof.py").write_bytes(client.get("/proof/check_proof.py").content)
    (tmp_path / "internal.vkey").write_bytes(client.get("/proof/internal.vkey").content)
    (tmp_path / "entry.proof").write_bytes(store.prove(entry))

    ran = subprocess.run(
        [sys.executable, "-I", "check_proof.py", "entry.proof", "internal.vkey"],
        cwd=tmp_path, capture_output=True, check=False, text=True,
    )  # fmt: skip

    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_page_shows_the_public_key_and_asks_nobody_to_sign_in(client, entry):
    page = client.get(PROOF)

    assert page.status_code == 200
    assert store.folder_of("internal").verifier().vkey in page.content.decode()
    assert client.get("/proof/nothing.vkey").status_code == 404


def test_what_is_brought_leaves_nothing_behind(client, entry):
    before = JournalEntry.objects.count()

    client.post(PROOF, {"text": store.prove(entry).decode()})

    assert JournalEntry.objects.count() == before


def test_a_file_that_is_too_large_is_refused(client, entry):
    assert client.post(PROOF, {"file": _file(b"x" * 200_000)}).status_code == 422
