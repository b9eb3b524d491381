"""A receipt is checked at the counter in its language, without a trace; and by one file from a disk."""

import re
from base64 import b64decode

import pytest
from a_counter import PETITION, Writer, text_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qingfeng.public import proofs

pytestmark = pytest.mark.django_db


@pytest.fixture
def proof(home):
    """The proof of a receipt, as its file says it."""
    page = Writer().writes(PETITION).content.decode()
    return b64decode(re.search(r"data:text/plain;base64,([^\"]+)\"", page)[1]).decode()


@pytest.mark.parametrize(
    ("lang", "right", "wrong"), [("zh", "核验通过", "核验未通过"), ("en", "It verifies", "not verify")]
)
def test_a_receipt_is_checked_without_scripts_in_the_language_of_the_counter(proof, lang, right, wrong):
    writer = Writer(lang)

    by_text = writer.send({"text": proof}, "proof")
    by_file = writer.send({"file": SimpleUploadedFile("a.proof", proof.encode())}, "proof")
    changed = writer.send({"text": proof.replace("index ", "index 1")}, "proof")

    assert right in text_of(by_text)
    assert right in text_of(by_file)
    assert wrong in text_of(changed)


def test_whoever_checks_needs_no_cookie_and_leaves_none(proof):
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post("/counter/en/proof/", {"text": proof})

    assert answer.status_code == 200
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("brought", "words"),
    [
        ({"text": " "}, "Paste the text, or choose the file."),
        ({"file": SimpleUploadedFile("a.proof", b"x" * (proofs.MOST_BYTES + 1))}, "too large"),
    ],
)
def test_what_can_be_no_proof_is_said_beside_the_field(proof, brought, words):
    answer = Writer("en").send(brought, "proof")

    assert answer.status_code == 422
    assert words in text_of(answer)


def test_the_file_for_ones_own_machine_has_the_keys_and_asks_for_nothing(proof, client):
    answer = client.get("/proof/check-receipt.html?lang=en")

    page, keys = answer.content.decode(), proofs.keys()
    assert "attachment" in answer["Content-Disposition"]
    assert all(key.vkey in page for _log, _name, key in keys)
    assert '<html lang="en">' in page
    assert "default-src 'none'" in page
    assert re.findall(r"<(?:script|link|img)[^>]+(?:src|href)=", page) == []
    assert page.count("<main lang=") == 2
