"""A log that was written when the format was settled: it must read, and be written, the same for ever."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from qingfeng.journal import check_proof as offline
from qingfeng.journal.checkpoint import Checkpoint, cosign
from qingfeng.journal.entry import canonical, read_entry
from qingfeng.journal.folder import LogFolder
from qingfeng.journal.note import WITNESS, Signer, signed
from qingfeng.journal.proving import prove_index
from qingfeng.journal.tiles import Edge, bundles_after
from qingfeng.journal.tree import leaf_hashes
from qingfeng.journal.verifying import verify_home

GOLDEN = Path(__file__).with_name("golden")
LOG = Signer("golden.example/internal", bytes(range(32)))
WITNESS_KEY = Signer("golden.example/witness", bytes(range(1, 33)), WITNESS)
SIZE = 261


def an_entry(number):
    at = (datetime(2026, 3, 3, 1, tzinfo=UTC) + timedelta(minutes=number)).isoformat()
    said = {
        "v": 1,
        "log": "internal",
        "kind": "matter.performed",
        "subject": f"2026-督-{number:03}",
        "by": "12",
    }
    more = {"at": at, "written": at, "facts": {}, "personal": {}, "nonce": f"{number:032x}"}
    return canonical(said | more)


def write_log(home):
    """Write the golden log with the code of today."""
    folder, edge = LogFolder(home, "internal"), Edge()
    entries = [an_entry(number) for number in range(SIZE)]
    folder.write([*edge.grow(leaf_hashes(entries)), *bundles_after(0, [], entries)])
    note = signed(Checkpoint(LOG.name, edge.size, edge.root).text, LOG).encoded()
    note = cosign(note, LOG.verifier, WITNESS_KEY, seen=None, proof=[], at=1_780_000_000)
    folder.remember(note)
    shutil.rmtree(home / "keys")
    (folder.root / "vkey").write_text(f"{LOG.verifier.vkey}\n", encoding="utf-8")
    (home / "receipt.proof").write_bytes(prove_index(folder, 137, carry=True))


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A copy of the golden log that may be damaged and must be mended."""
    home = tmp_path_factory.mktemp("copied")
    shutil.copytree(GOLDEN, home, dirs_exist_ok=True)
    (home / "journal" / "witnesses").write_text(f"{WITNESS_KEY.verifier.vkey}\n", encoding="utf-8")
    return home


def files_of(home):
    return {
        path.relative_to(home).as_posix(): path.read_bytes() for path in home.rglob("*") if path.is_file()
    }


def test_the_golden_log_is_written_the_same_to_the_byte(tmp_path):
    write_log(tmp_path)

    assert files_of(tmp_path) == files_of(GOLDEN)


def test_the_golden_log_and_its_proof_are_right():
    folder = LogFolder(GOLDEN, "internal")

    assert verify_home(GOLDEN) == []
    assert folder.checkpoint(folder.note()).size == SIZE
    assert read_entry(folder.entry(260, SIZE))["subject"] == "2026-督-260"
    proof = (GOLDEN / "receipt.proof").read_bytes()
    assert offline.check(proof, LOG.verifier.vkey, witnesses=[WITNESS_KEY.verifier.vkey])[0].startswith(
        "核验通过"
    )


@given(some.data())
def test_any_byte_of_the_golden_log_that_is_changed_is_a_difference(copied, data):
    files = sorted(path for path in (copied / "journal" / "internal").rglob("*") if path.is_file())
    path = data.draw(some.sampled_from(files))
    held = path.read_bytes()
    # The newline behind the key says nothing, and a signature line that names no known key is not read.
    ends = {"vkey": len(held) - 1, "checkpoint": held.rfind("\n— golden.example/witness".encode())}
    end = ends.get(path.name, len(held))
    changed = bytearray(held)
    changed[data.draw(some.integers(min_value=0, max_value=end - 1))] ^= data.draw(
        some.integers(min_value=1, max_value=255)
    )

    try:
        path.write_bytes(bytes(changed))
        assert verify_home(copied) != []
        path.write_bytes(held[: data.draw(some.integers(min_value=0, max_value=end - 1))])
        assert verify_home(copied) != []
    finally:
        path.write_bytes(held)
    assert verify_home(copied) == []
