"""A new key for a log: what the old one signed stays true, what it signs afterwards does not."""

import pytest
from a_journal import all_entries, an_entry, differences, published, some_entries

from qingfeng.journal.checkpoint import Checkpoint
from qingfeng.journal.errors import Broken, Refused
from qingfeng.journal.handover import hand_over, read_handover
from qingfeng.journal.note import Signer, signed
from qingfeng.journal.proof import check_proof
from qingfeng.journal.publisher import Publisher, publish
from qingfeng.journal.rotating import rotate
from qingfeng.journal.store import folder_of, prove


def test_the_journal_goes_on_under_the_new_key_and_all_of_it_verifies(home):
    published(home, 5)
    folder = folder_of("internal")
    old = folder.verifier()
    some_entries(2)

    new = rotate("internal", by="3", reason="例行更换")

    assert folder.verifier() == new != old
    assert folder.key_of(folder.note()) == new
    assert [one.old for one in folder.former()] == [old]
    told = all_entries()[-1].said
    assert (told["kind"], told["facts"]["new"]) == ("journal.key_replaced", new.vkey)
    some_entries(3)
    assert Publisher(home).publish("internal") == 3
    assert differences(home) == []


def test_a_proof_that_the_old_key_signed_stays_right_and_a_new_one_names_the_new_key(home):
    published(home, 4)
    folder, old = folder_of("internal"), folder_of("internal").verifier()
    entry = all_entries()[1]
    before = prove(entry)

    new = rotate("internal", by="3", reason="例行更换")

    assert check_proof(before, old, entry=bytes(entry.body)).index == 1
    assert check_proof(prove(entry), new, entry=bytes(entry.body)).index == 1
    assert folder.checkpoint(before[before.index(old.name.encode()) :]).size == 4


def test_keys_are_replaced_again_and_the_first_still_counts(home):
    published(home, 2)
    first = folder_of("internal").note()

    for _ in range(3):
        rotate("internal", by="3", reason="例行更换")
        published(home, 1)

    folder = folder_of("internal")
    assert len(folder.former()) == 3
    assert folder.checkpoint(first).size == 2
    assert differences(home) == []


def test_what_the_old_key_signs_after_it_was_replaced_is_no_checkpoint(home):
    published(home, 3)
    folder = folder_of("internal")
    stolen = folder.signer(may_make=False)
    rotate("internal", by="3", reason="密钥疑似外泄")
    size = folder.checkpoint(folder.note()).size

    forged = signed(Checkpoint(stolen.name, size + 9, b"x" * 32).text, stolen).encoded()

    with pytest.raises(Broken, match="after it had been replaced"):
        folder.checkpoint(forged)
    (folder.root / "checkpoint").write_bytes(forged)
    assert any("replaced" in one for one in differences(home))


def test_a_handover_cut_off_before_the_public_key_is_completed_by_the_next_publisher(home):
    published(home, 3)
    folder = folder_of("internal")
    before = (folder.root / "vkey").read_bytes()
    new = rotate("internal", by="3", reason="例行更换")
    an_entry()
    (folder.root / "vkey").write_bytes(before)

    publish("internal")

    assert folder.verifier() == new
    assert differences(home) == []


def test_a_key_is_replaced_with_a_reason(home):
    published(home, 1)

    with pytest.raises(Refused):
        rotate("internal", by="3", reason=" ")

    assert folder_of("internal").former() == ()


def test_a_handover_that_one_of_the_keys_did_not_sign_is_none():
    old, new, other = (Signer("golden.example/internal", bytes([n] * 32)) for n in (1, 2, 3))
    note = hand_over(old, new, 7)

    assert (read_handover(note).old, read_handover(note).new) == (old.verifier, new.verifier)
    text = note.decode().partition("\n\n")[0] + "\n"
    for signers in ((old,), (new,), (old, other)):
        with pytest.raises(Broken):
            read_handover(signed(text, *signers).encoded())
