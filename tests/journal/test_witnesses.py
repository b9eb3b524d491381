"""Witnesses outside the office: what they sign can never be taken back."""

import shutil

import pytest
from a_journal import (
    WITNESS_KEY,
    all_entries,
    behind_its_back,
    differences,
    places,
    published,
    put,
    some_entries,
)

from qingfeng.journal import check_proof as offline
from qingfeng.journal.alarms import open_alarms
from qingfeng.journal.checkpoint import cosign
from qingfeng.journal.errors import Alarm, Broken
from qingfeng.journal.models import JournalCheckpoint, JournalEntry, JournalState, JournalTally
from qingfeng.journal.note import Signer
from qingfeng.journal.publisher import Publisher
from qingfeng.journal.store import folder_of, prove
from qingfeng.journal.tree import consistency_proof
from qingfeng.journal.witnesses import import_cosignature, trust_witness


def cosigned(seen=None, witness=WITNESS_KEY):
    folder = folder_of("internal")
    newest = folder.checkpoint(folder.note())
    proof = consistency_proof(seen.size, newest.size, folder.tree(newest.size).node) if seen else []
    return cosign(folder.note(), folder.verifier(), witness, seen=seen, proof=proof, at=1_780_000_000)


def test_a_cosignature_is_kept_and_proofs_carry_it(home):
    published(home, 5)
    trust_witness(WITNESS_KEY.verifier.vkey, by="3")

    kept = import_cosignature(cosigned(), by="3")
    published(home, 1)

    assert kept.witnessed
    assert [entry.kind for entry in all_entries()][5:7] == ["journal.witness_trusted", "journal.cosigned"]
    assert folder_of("internal").witnesses() == (WITNESS_KEY.verifier,)
    vkey = folder_of("internal").verifier().vkey
    first, last = all_entries()[0], all_entries()[-1]
    lines = offline.check(prove(first), vkey, bytes(first.body), witnesses=[WITNESS_KEY.verifier.vkey])
    assert any("jianghuai.example/witness" in line for line in lines)
    with pytest.raises(offline.Wrong, match="has not signed"):
        offline.check(prove(last), vkey, bytes(last.body), witnesses=[WITNESS_KEY.verifier.vkey])
    assert differences(home) == []


def test_a_witness_goes_on_from_what_it_saw(home):
    published(home, 5)
    trust_witness(WITNESS_KEY.verifier.vkey, by="3")
    import_cosignature(cosigned(), by="3")
    folder = folder_of("internal")
    seen = folder.checkpoint(folder.witnessed())
    published(home, 300)

    kept = import_cosignature(cosigned(seen), by="3")

    assert kept.size > seen.size
    assert folder.checkpoint(folder.witnessed()).size == kept.size


def test_an_unknown_witness_or_a_log_key_is_not_taken_for_a_witness(home):
    published(home, 5)

    with pytest.raises(Broken, match="No witness that this home knows"):
        import_cosignature(cosigned(), by="3")
    with pytest.raises(Broken, match="no key of a witness"):
        trust_witness(Signer("x", bytes(32)).verifier.vkey, by="3")

    assert folder_of("internal").witnessed() == b""


def test_an_altered_cosignature_is_refused(home):
    published(home, 5)
    trust_witness(WITNESS_KEY.verifier.vkey, by="3")
    held = cosigned()

    for at in range(len(held) - 30, len(held) - 4):
        changed = bytearray(held)
        changed[at] ^= 1
        with pytest.raises(Broken):
            import_cosignature(bytes(changed), by="3")


def test_a_journal_that_is_older_than_what_a_witness_saw_signs_nothing(home, tmp_path_factory):
    """A complete older backup, keys included: nothing here remembers, only the witness does."""
    published(home, 5)
    trust_witness(WITNESS_KEY.verifier.vkey, by="3")
    Publisher(home).publish("internal")
    backup = tmp_path_factory.mktemp("backup") / "home"
    shutil.copytree(home, backup)
    entries, there, state = all_entries(), places(), JournalState.objects.get(log="internal")
    published(home, 3)
    seen_by_witness = cosigned()
    shutil.rmtree(home)
    shutil.copytree(backup, home)
    behind_its_back("DELETE FROM journal_journalentry")
    JournalEntry.objects.bulk_create(entries)
    put(there)
    JournalCheckpoint.objects.filter(size__gt=state.size).delete()
    JournalTally.objects.update(appended=len(entries))
    JournalState.objects.filter(log="internal").update(size=state.size, root=bytes(state.root))
    assert differences(home) == []

    with pytest.raises(Alarm) as told:
        import_cosignature(seen_by_witness, by="3")

    assert told.value.code == "shrunk"
    some_entries(9)
    with pytest.raises(Alarm) as stopped:
        Publisher(home).publish("internal")
    assert stopped.value.code == "shrunk"
    assert {alarm.code for alarm in open_alarms()} == {"shrunk"}
    assert any("it is older" in one for one in differences(home))


def test_another_journal_under_the_same_key_is_noticed(home, tmp_path_factory):
    published(home, 5)
    trust_witness(WITNESS_KEY.verifier.vkey, by="3")
    Publisher(home).publish("internal")
    note = folder_of("internal").note().decode()
    signer = folder_of("internal").signer(may_make=False)
    other = cosign_another(note, signer)

    with pytest.raises(Alarm) as told:
        import_cosignature(other, by="3")

    assert told.value.code == "forked"
    with pytest.raises(Alarm) as stopped:
        Publisher(home).publish("internal")
    assert stopped.value.code == "forked"


def cosign_another(note, signer):
    """A checkpoint of the same size with another root, signed by the log and by the witness."""
    from base64 import b64encode

    from qingfeng.journal.note import signed

    lines = note.split("\n")
    text = "\n".join([lines[0], lines[1], b64encode(b"x" * 32).decode()]) + "\n"
    return cosign(signed(text, signer).encoded(), signer.verifier, WITNESS_KEY, seen=None, proof=[], at=1)
