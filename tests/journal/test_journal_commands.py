"""`qingfeng journal …` as a person says it."""

import shutil
import sqlite3
import subprocess
import sys
from types import SimpleNamespace

import pytest

from qingfeng.journal import check_proof as offline
from qingfeng.journal.folder import LogFolder
from qingfeng.journal.proof import check_proof
from qingfeng.journal.tiles import tiles_of
from qingfeng.project import cli

BEGIN = """
from django.db import transaction
from qingfeng.journal.publisher import publish
from qingfeng.journal.store import Draft, append_many
with transaction.atomic():
    append_many([Draft("matter.performed", subject=f"2026-督-{at}") for at in range(300)])
publish()
with transaction.atomic():
    append_many([Draft("matter.performed", personal={"name": "赵清和"})])
"""
CHANGE = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute(sys.argv[1])
"""
WITNESSED = """
from pathlib import Path
from qingfeng.journal.checkpoint import cosign
from qingfeng.journal.note import WITNESS, Signer
from qingfeng.journal.store import folder_of
from qingfeng.project import cli
home, folder = sys.argv[1], folder_of("internal")
witness = Signer("jianghuai.example/witness", bytes(range(1, 33)), WITNESS)
file = Path(home, "cosigned")
file.write_bytes(cosign(folder.note(), folder.verifier(), witness, seen=None, proof=[], at=1_780_000_000))
print(cli.run(["journal", "cosigned", str(file), "--home", home]))
print(cli.run(["journal", "witness", witness.verifier.vkey, "--home", home]))
print(cli.run(["journal", "cosigned", str(file), "--home", home]))
"""


@pytest.fixture
def begun(house):
    """A house with 300 published entries and one that waits."""
    exit_code, _, complaint = house.run(BEGIN)
    assert exit_code == 0, complaint
    return house


@pytest.fixture
def say(house, monkeypatch, capsysbinary):
    """Say `qingfeng …` in that house, in this process; its start takes longer than the work."""

    def run(*arguments):
        if "DATABASE_URL" in house.environment:
            monkeypatch.setenv("DATABASE_URL", house.environment["DATABASE_URL"])
        words = [*map(str, arguments)]
        if "--home" not in words:
            words += ["--home", str(house.home)]
        capsysbinary.readouterr()
        exit_code = cli.run(words)
        said = capsysbinary.readouterr()
        return SimpleNamespace(returncode=exit_code, stdout=said.out, stderr=said.err)

    return run


def test_verify_says_what_is_right(say, begun):
    told = say("journal", "verify")

    lines = told.stdout.decode().splitlines()
    assert told.returncode == 0, told.stderr.decode()
    assert lines[0].startswith("internal: 300 entries, 1 waiting, root ")
    assert lines[0].endswith("files and rows right")
    assert lines[1].startswith("public: 1 entries, 0 waiting")


def test_verify_says_where_a_row_differs_and_ends_with_1(say, begun):
    change = """UPDATE journal_journalentry SET subject = '2026-督-999' WHERE id =
        (SELECT first_id + 137 - start FROM journal_journalstretch WHERE log = 'internal' AND start <= 137
         ORDER BY start DESC LIMIT 1)"""
    assert begun.run(CHANGE, change)[0] == 0

    told = say("journal", "verify")

    assert told.returncode == 1
    assert "internal: entry 137, row" in told.stdout.decode()
    assert told.stderr.decode().startswith("The journal is not what was signed.")
    assert len(told.stderr.decode().splitlines()) == 2


def test_verify_says_where_a_file_differs(say, begun):
    bundle = begun.home / "journal/internal/tile/entries/000"
    held = bundle.read_bytes()
    bundle.write_bytes(held[:5000] + bytes([held[5000] ^ 1]) + held[5001:])

    told = say("journal", "verify")

    assert told.returncode == 1
    assert "internal: tile/0/000, entry " in told.stdout.decode()


def test_verify_needs_no_key_no_django_and_no_database(begun, tmp_path):
    alone = tmp_path / "alone"
    shutil.copytree(begun.home / "journal", alone / "journal")
    code = (
        "import sys; sys.modules['django'] = None; sys.modules['psycopg'] = None\n"
        "from pathlib import Path\n"
        "from qingfeng.journal.verifying import verdicts\n"
        "told = verdicts(Path(sys.argv[1]))\n"
        "print([(one.log, one.checkpoint.size, one.differences) for one in told if one.checkpoint])"
    )

    seen = subprocess.run([sys.executable, "-c", code, alone], capture_output=True, text=True, check=False)

    assert seen.returncode == 0, seen.stderr
    assert seen.stdout.strip() == "[('internal', 300, []), ('public', 1, [])]"


def test_verify_of_a_home_without_a_journal_says_so(say, house, tmp_path):
    (tmp_path / "empty").mkdir()

    told = say("journal", "verify", "--home", tmp_path / "empty")

    assert told.returncode == 0
    assert told.stdout.decode().splitlines()[0].startswith("internal: nothing published")
    assert not any((tmp_path / "empty").iterdir())


def test_a_home_that_is_not_there_is_wrong_use_and_is_not_made(say, tmp_path):
    for command in (("journal", "verify"), ("lake", "show"), ("explain", "0123456789abcdef")):
        told = say(*command, "--home", tmp_path / "no such home")

        assert told.returncode == 2
        assert "There is no home here." in told.stderr.decode()
    assert not (tmp_path / "no such home").exists()


def test_a_deletion_of_nothing_is_wrong_use_before_anybody_is_asked(say, tmp_path):
    told = say("delete", "--under", "清单 3 号", "--home", tmp_path)

    assert told.returncode == 2
    assert told.stderr.decode().startswith("Say which to delete")


def test_verify_of_a_damaged_database_says_what_to_do(say, begun):
    if "DATABASE_URL" in begun.environment:
        begun.environment["DATABASE_URL"] += "x"
    else:
        (begun.home / "qingfeng.sqlite3").write_bytes(b"no database at all" * 100)
        for more in begun.home.glob("qingfeng.sqlite3-*"):
            more.unlink()

    told = say("journal", "verify")

    assert told.returncode == 1
    assert "cannot be read" in told.stderr.decode()
    assert b"Traceback" not in told.stderr


def test_export_writes_what_the_specification_lays_out_and_adds_what_is_new(say, begun, tmp_path):
    out = tmp_path / "out"

    first = say("journal", "export", out)
    assert begun.run(BEGIN)[0] == 0
    second = say("journal", "export", out)

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    source = LogFolder(begun.home, "internal")
    size = source.checkpoint(source.note()).size
    found = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert {"checkpoint", "vkey"} <= found
    assert found - {"checkpoint", "vkey"} >= {tile.path for tile in tiles_of(size)}
    assert not any("/000.p/" in name for name in found if "tile/0/" in name)
    assert (out / "checkpoint").read_bytes() == source.note()
    moved = LogFolder(tmp_path / "elsewhere", "internal")
    moved.root = out
    assert moved.entries(0, 256) == source.entries(0, 256)


def test_export_does_not_mix_two_logs(say, begun, tmp_path):
    assert say("journal", "export", tmp_path / "out").returncode == 0

    told = say("journal", "export", tmp_path / "out", "--log", "public")

    assert told.returncode == 1
    assert "Another log stands there" in told.stderr.decode()


def test_a_proof_is_written_by_index_by_log_and_by_leaf_hash(say, begun, tmp_path):
    internal, public = LogFolder(begun.home, "internal"), LogFolder(begun.home, "public")

    by_index = say("journal", "prove", "137").stdout
    proven = check_proof(by_index, internal.verifier(), entry=internal.entry(137, 300))
    by_leaf = say("journal", "prove", proven.leaf.hex()).stdout
    of_public = say("journal", "prove", "public/0").stdout
    to_file = say("journal", "prove", "137", "--carry", "--out", tmp_path / "receipt.proof")

    assert proven.index == 137
    assert by_leaf == by_index
    assert check_proof(of_public, public.verifier()).entry == public.entry(0, 1)
    assert to_file.returncode == 0
    held = (tmp_path / "receipt.proof").read_bytes()
    assert offline.check(held, internal.verifier().vkey)[0].startswith("核验通过")


@pytest.mark.parametrize(
    ("entry", "exit_code", "says"),
    [
        ("300", 1, "has no entry 300"),
        ("ab" * 32, 1, "No published entry"),
        ("督办", 2, "names no entry"),
        ("third/1", 2, "names no entry"),
    ],
)
def test_an_entry_that_is_not_there_is_told(say, begun, entry, exit_code, says):
    told = say("journal", "prove", entry)

    assert told.returncode == exit_code
    assert says in told.stderr.decode()
    assert told.stdout == b""


def test_a_home_without_a_journal_has_nothing_to_prove_or_export(say, house, tmp_path):
    for command in (("prove", "0"), ("export", tmp_path / "out")):
        told = say("journal", *command)

        assert told.returncode == 1
        assert "Nothing has been published" in told.stderr.decode()


def test_a_cosigned_checkpoint_is_taken_in_once_its_witness_is_known(begun):
    exit_code, said, complaint = begun.run(WITNESSED, str(begun.home))

    assert exit_code == 0, complaint
    first, *then = said.splitlines()
    assert first == "1"
    assert then[::2] == [
        "Known from now on: jianghuai.example/witness.",
        "internal: 300 entries are witnessed.",
    ]
    assert then[1::2] == ["0", "0"]
    assert "qingfeng journal witness VKEY" in complaint
    assert LogFolder(begun.home, "internal").witnessed()


def test_verify_while_others_write_and_publish_finds_no_difference(say, begun):
    code = """
from django.db import transaction
from qingfeng.journal.publisher import publish
from qingfeng.journal.store import append
for at in range(60):
    with transaction.atomic():
        append("matter.performed", subject=str(at))
    publish("internal")
"""
    writer = begun.start(code)
    told = [say("journal", "verify") for _ in range(3)]
    _, complaint = writer.communicate(timeout=300)

    assert writer.returncode == 0, complaint
    assert [one.returncode for one in told] == [0, 0, 0], [one.stdout.decode() for one in told]


def test_the_database_is_only_read(say, begun):
    if "DATABASE_URL" in begun.environment:
        pytest.skip("the connection is declared read-only to the server")
    file = begun.home / "qingfeng.sqlite3"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    before = file.read_bytes()

    say("journal", "verify")

    assert file.read_bytes() == before
