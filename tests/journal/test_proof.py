"""Proofs of entry: checked by the house and by the one file that outsiders use."""

import ast
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from nacl.signing import SigningKey

from qingfeng.journal import check_proof as offline
from qingfeng.journal.checkpoint import Checkpoint, cosign
from qingfeng.journal.errors import Broken
from qingfeng.journal.note import WITNESS, Signer, signed
from qingfeng.journal.proof import EntryProof, check_proof, parse_proof
from qingfeng.journal.tree import GrowingTree, inclusion_proof, leaf_hash, leaf_hashes, subtree_root

LOG = Signer("yunshui.example/internal", bytes(range(32)))
WITNESS_KEY = Signer("jianghuai.example/witness", bytes(range(1, 33)), WITNESS)
RECEIPTS = [f'{{"receipt":{number}}}'.encode() for number in range(300)]

# RFC 8032 §7.1: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f05"
            "95bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4"
            "302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e971"
            "6ed28dc027beceea1ec40a"
        ),
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        (
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643"
            "ce80e2a9ac94fa54ca49f"
        ),
        (
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138"
            "ac17ad9bef1177331a704"
        ),
    ),
]


def a_proof(index=137, size=300, carry="entry", witness=None):
    leaves = leaf_hashes(RECEIPTS[:size])
    tree = GrowingTree()
    tree.extend(leaves)
    note = signed(Checkpoint(LOG.name, size, tree.root).text, LOG).encoded()
    if witness:
        note = cosign(note, LOG.verifier, witness, seen=None, proof=[], at=1_780_000_000)
    hashes = inclusion_proof(
        index, size, lambda level, n: subtree_root(b"".join(leaves[n << level : (n + 1) << level]))
    )
    extra = {"entry": RECEIPTS[index], "leaf": leaves[index], "": b""}[carry]
    return EntryProof(index, tuple(hashes), note, extra).encoded()


@given(some.integers(min_value=1, max_value=300), some.data())
def test_both_checkers_agree_that_a_right_proof_is_right(size, data):
    index = data.draw(some.integers(min_value=0, max_value=size - 1))
    held = a_proof(index, size)

    proven = check_proof(held, LOG.verifier)

    assert (proven.index, proven.entry, proven.leaf) == (index, RECEIPTS[index], leaf_hash(RECEIPTS[index]))
    assert proven.leaf.hex() in "\n".join(offline.check(held, LOG.verifier.vkey))
    assert parse_proof(held).encoded() == held


@given(some.data())
def test_both_checkers_refuse_a_proof_with_any_byte_changed(data):
    held = a_proof()
    at = data.draw(some.integers(min_value=0, max_value=len(held) - 1))
    changed = bytearray(held)
    changed[at] ^= data.draw(some.integers(min_value=1, max_value=255))

    with pytest.raises(Broken):
        check_proof(bytes(changed), LOG.verifier)
    with pytest.raises(offline.Wrong):
        offline.check(bytes(changed), LOG.verifier.vkey)


@given(some.integers(min_value=0, max_value=len(a_proof()) - 1))
def test_both_checkers_refuse_a_proof_cut_short(cut):
    with pytest.raises(Broken):
        check_proof(a_proof()[:cut], LOG.verifier)
    with pytest.raises(offline.Wrong):
        offline.check(a_proof()[:cut], LOG.verifier.vkey)


@pytest.mark.parametrize("carry", ["entry", "leaf", ""])
def test_the_entry_may_stand_beside_the_proof_and_must_be_the_right_one(carry):
    held, entry, other = a_proof(carry=carry), RECEIPTS[137], RECEIPTS[138]

    assert check_proof(held, LOG.verifier, entry=entry).entry == entry
    assert entry.decode() in offline.check(held, LOG.verifier.vkey, entry)
    with pytest.raises(Broken):
        check_proof(held, LOG.verifier, entry=other)
    with pytest.raises(offline.Wrong):
        offline.check(held, LOG.verifier.vkey, other)


def test_a_proof_with_only_the_fingerprint_shows_no_entry():
    held = a_proof(carry="leaf")

    assert check_proof(held, LOG.verifier).entry == b""
    assert not any("receipt" in line for line in offline.check(held, LOG.verifier.vkey))
    assert RECEIPTS[137] not in held
    assert b64encode(RECEIPTS[137]) not in held


def test_a_proof_without_any_entry_asks_for_it():
    with pytest.raises(Broken, match="does not carry"):
        check_proof(a_proof(carry=""), LOG.verifier)
    with pytest.raises(offline.Wrong, match="does not carry"):
        offline.check(a_proof(carry=""), LOG.verifier.vkey)


def test_a_proof_under_another_key_is_refused():
    other = Signer(LOG.name, bytes(32))

    with pytest.raises(Broken):
        check_proof(a_proof(), other.verifier)
    with pytest.raises(offline.Wrong):
        offline.check(a_proof(), other.verifier.vkey)
    with pytest.raises(offline.Wrong):
        offline.check(a_proof(), WITNESS_KEY.verifier.vkey)


def test_a_witness_is_named_and_one_that_did_not_sign_is_missed():
    held, vkey = a_proof(witness=WITNESS_KEY), LOG.verifier.vkey
    absent = Signer("other.example/witness", bytes(32), WITNESS).verifier

    assert check_proof(held, LOG.verifier, witnesses=[WITNESS_KEY.verifier, absent]).witnesses == (
        WITNESS_KEY.verifier,
    )
    assert any(
        "2026-05-28" in line for line in offline.check(held, vkey, witnesses=[WITNESS_KEY.verifier.vkey])
    )
    with pytest.raises(offline.Wrong, match="has not signed"):
        offline.check(held, vkey, witnesses=[absent.vkey])


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_the_offline_checker_knows_the_answers_of_rfc_8032(key, message, signature):
    key, message, signature = map(bytes.fromhex, (key, message, signature))

    assert offline.signature_is_right(key, message, signature)
    assert not offline.signature_is_right(key, message + b"x", signature)


@given(some.binary(min_size=32, max_size=32), some.binary(max_size=200), some.data())
def test_the_offline_checker_agrees_with_a_library(seed, message, data):
    key = SigningKey(seed)
    signature = bytearray(key.sign(message).signature)

    assert offline.signature_is_right(bytes(key.verify_key), message, bytes(signature))
    at = data.draw(some.integers(min_value=0, max_value=63))
    signature[at] ^= data.draw(some.integers(min_value=1, max_value=255))
    assert not offline.signature_is_right(bytes(key.verify_key), message, bytes(signature))


def test_a_signature_with_a_factor_beyond_the_order_is_refused():
    key, message, signature = map(bytes.fromhex, VECTORS[1])
    factor = int.from_bytes(signature[32:], "little") + offline.ORDER

    assert not offline.signature_is_right(key, message, signature[:32] + factor.to_bytes(32, "little"))
    assert not offline.signature_is_right(b"\xff" * 32, message, signature)
    assert not offline.signature_is_right(key[:31], message, signature)


def test_the_offline_checker_imports_the_standard_library_only():
    tree = ast.parse(Path(offline.__file__).read_text(encoding="utf-8"))

    named = {
        (node.module if isinstance(node, ast.ImportFrom) else alias.name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }

    assert named <= set(sys.stdlib_module_names)


@pytest.fixture
def say(tmp_path):
    """Run the one file alone, in an isolated interpreter that finds nothing of ours."""
    script = tmp_path / "check_proof.py"
    script.write_bytes(Path(offline.__file__).read_bytes())

    def run(*arguments):
        command = [sys.executable, "-I", "-S", str(script), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, check=False, cwd=tmp_path, env={"LC_ALL": "C"})

    return run


def test_the_one_file_says_right_wrong_and_wrongly_asked(say, tmp_path):
    proof, entry, key = tmp_path / "receipt.proof", tmp_path / "entry.json", tmp_path / "vkey"
    proof.write_bytes(a_proof(carry="leaf"))
    entry.write_bytes(RECEIPTS[137])
    key.write_text(LOG.verifier.vkey + "\n", encoding="utf-8")

    right, from_file = say(proof, LOG.verifier.vkey, entry), say(proof, key)
    entry.write_bytes(RECEIPTS[138])
    wrong, nowhere = say(proof, LOG.verifier.vkey, entry), say(tmp_path / "missing", key)

    assert (right.returncode, from_file.returncode) == (0, 0), right.stderr.decode()
    assert "核验通过" in right.stdout.decode()
    assert RECEIPTS[137].decode() in right.stdout.decode()
    assert wrong.returncode == 1
    assert "核验不通过" in wrong.stderr.decode()
    assert nowhere.returncode == 2
    assert say().returncode == 2
    assert b"Traceback" not in wrong.stderr + nowhere.stderr
