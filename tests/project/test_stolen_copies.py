"""Somebody takes everything: database and write-ahead log, search, tasks, mail, papers, backup, output.

Nothing of who reported, what, or with which papers is in it, in any of the ways bytes are written.
"""

import os
import re
import sqlite3
import subprocess
import sys
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import a_migrated_database
import a_stolen_home
import pytest
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from ways_of_a_text import ways_of

pytestmark = pytest.mark.slow
_FLATE = re.compile(rb"stream\r?\n")


@pytest.fixture(scope="module")
def stolen(tmp_path_factory, django_db_setup):
    """Name and bytes of all that can be taken, packed streams unpacked."""
    root = tmp_path_factory.mktemp("stolen")
    home, backup = root / "home", root / "backup.zip"
    a_migrated_database.give(home)
    env = {key: value for key, value in os.environ.items() if not key.startswith(("QINGFENG", "DJANGO"))}
    ran = subprocess.run(
        [sys.executable, a_stolen_home.__file__, str(home), str(backup)],
        capture_output=True, env={**env, "PYTHONUTF8": "1"}, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr.decode()[-3000:]
    taken = {"output": ran.stdout, "errors": ran.stderr, "backup": backup.read_bytes()}
    taken |= {str(one.relative_to(home)): one.read_bytes() for one in home.rglob("*") if one.is_file()}
    taken |= {f"row {name}": said for name, said in rows_of(home / "qingfeng.sqlite3")}
    taken |= of_growth(home / "qingfeng.sqlite3")
    return {name: said for first, held in taken.items() for name, said in unpacked(first, held)}


def rows_of(database):
    """Every row of every table as bytes: long values lie in pieces in the file itself."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        connection.text_factory = bytes
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in names:
            quoted = name.decode().replace('"', '""')
            rows = connection.execute(f'SELECT * FROM "{quoted}"').fetchall()
            yield (
                name.decode(),
                b"\n".join(
                    cell if isinstance(cell, bytes) else str(cell).encode() for row in rows for cell in row
                ),
            )


def of_growth(database):
    """The one entry of the one growth file, its attachment, and the key they are under, as in the rows."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        (entry,) = connection.execute("SELECT sealed FROM growth_entry").fetchone()
        (attached,) = connection.execute("SELECT sealed FROM growth_attached").fetchone()
        (wrapped,) = connection.execute("SELECT wrapped FROM growth_growthfile").fetchone()
    return {"entries of growth": entry, "attachments of growth": attached, "keys of growth": wrapped}


def unpacked(name, held):
    yield name, held
    if zipfile.is_zipfile(BytesIO(held)):
        with zipfile.ZipFile(BytesIO(held)) as packed:
            for one in packed.infolist():
                yield from unpacked(f"{name}/{one.filename}", packed.read(one))
    for place, found in enumerate(_FLATE.finditer(held)):
        try:
            yield f"{name} stream {place}", zlib.decompressobj().decompress(held[found.end() :])
        except zlib.error:
            continue


def found_in(stolen, secret):
    return [(where, way) for way, said in ways_of(secret) for where, held in stolen.items() if said in held]


def test_what_is_no_secret_is_found_by_the_same_look(stolen):
    """The look itself can fail: what a report's card says in clear is found, in the backup too."""
    found = {where for where, _way in found_in(stolen, a_stolen_home.PLAIN)}

    assert "row matters_matter" in found
    assert any(where.startswith("backup/") for where in found)
    assert any(where.startswith("qingfeng.sqlite3") for where in found)


@pytest.mark.parametrize("secret", a_stolen_home.SECRETS, ids=range(len(a_stolen_home.SECRETS)))
def test_nothing_of_a_report_is_in_anything_that_can_be_taken(stolen, secret):
    assert found_in(stolen, secret) == []


def test_no_key_of_a_backup_opens_a_growth_file_and_the_one_left_out_does(stolen):
    """The look can fail: with the key that stays in the home the same rows are read."""
    kept = {name: said for name, said in stolen.items() if "/keys/" in name or name.startswith("keys/")}
    wrapped = stolen["keys of growth"]
    sealed = stolen["entries of growth"], stolen["attachments of growth"]

    def opened(keys):
        files = [file for key in keys.values() for file in tried(key, wrapped)]
        return [said for file in files for one in sealed for said in tried(file, one)]

    backup = {name: said for name, said in kept.items() if name.startswith("backup/")}
    assert len(backup) > 1
    assert opened(backup) == []
    entry, attached = opened(kept)[:2]
    assert a_stolen_home.GROWN in entry.decode()
    assert a_stolen_home.GROWN_HELD.encode() in attached


def tried(key, sealed):
    """What a key opens of what was sealed, where it is a key of that length."""
    for way in {key, key[:32]}:
        try:
            yield SecretBox(way).decrypt(sealed)
        except (CryptoError, ValueError, TypeError):
            continue


def test_the_copy_is_whole(stolen):
    """Search index, tasks, journal and keys were taken along: an empty copy would prove nothing."""
    rows = {name for name in stolen if name.startswith("row ")}

    assert {"row matters_sealed", "row matters_sealedfile", "row journal_journalentry"} <= rows
    assert any("task" in name for name in rows)
    assert any("search" in name for name in rows)
    assert stolen["row matters_sealed"]
    assert Path("keys").name in {name.split("/")[0] for name in stolen}
