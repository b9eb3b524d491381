"""Backup in one file, taken while the site runs; restoring checks every byte and then the journal.

The publisher of the journal waits while the tables and the journal's files are read, so that they fit
together. Attachments and the lake only ever gain files, each under the hash or number of its content.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qingfeng.screening.errors import Problem, WrongUse

FORM = "qingfeng-backup/1"
MANIFEST = "manifest.json"
DATABASE = "qingfeng.sqlite3"
LEFT_OUT = ("staging", "spill", "static", "errors", "exports", "ballots")
INCOMING = ".incoming-"  # uploads on their way to where they are kept or refused (`documents.storage`)
NEVER_ALONG = "growth*.key"  # in `keys`: it opens growth files, so it is kept apart (decision 0037)
TABLES = "tables/"
BLOCK = 1 << 20


@dataclass(frozen=True)
class Told:
    """What a backup holds: files, rows of tables, size in bytes."""

    files: int
    rows: int
    size: int


def write_backup(file: Path) -> Told:
    """Write a backup beside the place it belongs, then move it there; half a backup is never seen.

    Args:
        file: New file; one that is there is not overwritten.

    Raises:
        Problem: If the file is there already.
    """
    from django.conf import settings  # noqa: PLC0415 - Django is started by the command
    from django.utils import timezone  # noqa: PLC0415

    if file.exists():
        raise Problem(
            "This file is there already; it was left alone.", where=str(file), then="Give a new name."
        )
    home = Path(settings.HOME)
    half = file.with_name(f".{file.name}.unfinished")
    sums: dict[str, str] = {}
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
                rows = _database_and_journal(packed, home, sums)
                for path in _files(home):
                    _pack(packed, path, path.relative_to(home).as_posix(), sums)
                manifest = {
                    "form": FORM,
                    "at": timezone.localtime().isoformat(timespec="seconds"),
                    "engine": _engine(),
                    "rows": rows,
                    "sha256": sums,
                }
                packed.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False))
            out.flush()
            os.fsync(out.fileno())
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
    return Told(len(sums), sum(rows.values()), file.stat().st_size)


def _engine() -> str:
    from django.db import connection  # noqa: PLC0415 - Django is started by the command

    return connection.vendor


def _files(home: Path) -> Iterator[Path]:
    """Yield what a home holds besides tables, journal, what is made anew, and what is kept apart."""
    for path in sorted(home.rglob("*")):
        first = path.relative_to(home).parts[0]
        own = first in LEFT_OUT or first == "journal" or first.startswith(DATABASE)
        own = own or (first == "keys" and path.match(NEVER_ALONG)) or path.name.startswith(INCOMING)
        if path.is_file() and not own and not path.name.endswith(".unfinished"):
            yield path


def _database_and_journal(packed: zipfile.ZipFile, home: Path, sums: dict[str, str]) -> dict[str, int]:
    from qingfeng.journal.folder import LOGS, LogFolder  # noqa: PLC0415 - Django is started by the command

    with _turns([LogFolder(home, log) for log in LOGS]):
        rows = _sqlite(packed, home, sums) if _engine() == "sqlite" else _postgres(packed, sums)
        for path in sorted((home / "journal").rglob("*")):
            if path.is_file() and not path.name.startswith("turn"):
                _pack(packed, path, path.relative_to(home).as_posix(), sums)
    return rows


class _turns:  # noqa: N801 - used as a word in a sentence
    """Holds the turn to publish of several logs."""

    def __init__(self, folders: list[Any]) -> None:
        self._held = [folder.turn(wait=True) for folder in folders]

    def __enter__(self) -> None:
        for one in self._held:
            one.__enter__()

    def __exit__(self, *error: object) -> None:
        for one in reversed(self._held):
            one.__exit__(*error)


def _pack(packed: zipfile.ZipFile, path: Path, name: str, sums: dict[str, str]) -> None:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as source, packed.open(name, "w", force_zip64=True) as into:
            while block := source.read(BLOCK):
                digest.update(block)
                into.write(block)
    except FileNotFoundError:  # swept away between listing and reading: staging of an upload
        return
    sums[name] = digest.hexdigest()


def _sqlite(packed: zipfile.ZipFile, home: Path, sums: dict[str, str]) -> dict[str, int]:
    with tempfile.TemporaryDirectory(dir=home) as folder:
        copy = Path(folder) / DATABASE
        source, into = sqlite3.connect(home / DATABASE), sqlite3.connect(copy)
        try:
            source.backup(into)
            names = [name for (name,) in into.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            rows = {name: into.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608
        finally:
            source.close()
            into.close()
        _pack(packed, copy, DATABASE, sums)
    return rows


def _postgres(packed: zipfile.ZipFile, sums: dict[str, str]) -> dict[str, int]:
    """Copy every table in one snapshot of the database."""
    from django.db import connection, transaction  # noqa: PLC0415

    rows: dict[str, int] = {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for table, columns in _tables(cursor):
            digest, count = hashlib.sha256(), 0
            quoted = ", ".join(f'"{one}"' for one in columns)
            query = f'COPY "{table}" ({quoted}) TO STDOUT (FORMAT csv, HEADER)'
            with (
                packed.open(f"{TABLES}{table}.csv", "w", force_zip64=True) as into,
                cursor.copy(query) as copy,
            ):
                for block in copy:
                    digest.update(block)
                    into.write(block)
            sums[f"{TABLES}{table}.csv"] = digest.hexdigest()
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608
            count = cursor.fetchone()[0]
            rows[table] = count
    return rows


def _tables(cursor: Any) -> list[tuple[str, list[str]]]:
    cursor.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND is_generated = 'NEVER' ORDER BY table_name, ordinal_position"
    )
    found: dict[str, list[str]] = {}
    for table, column in cursor.fetchall():
        found.setdefault(table, []).append(column)
    return list(found.items())


def check_backup(file: Path) -> Mapping[str, Any]:
    """Return the manifest of a backup after every byte of it has been checked.

    Raises:
        WrongUse: If there is no such file.
        Problem: If it is no backup, or a file in it was changed or is missing.
    """
    if not file.is_file():
        raise WrongUse("There is no such file.", where=str(file), then="Look at the spelling of the path.")
    try:
        with zipfile.ZipFile(file) as packed:
            manifest = json.loads(packed.read(MANIFEST))
            if manifest.get("form") != FORM:
                raise Problem("This backup was written by another version.", where=str(file))
            for name, expected in manifest["sha256"].items():
                digest = hashlib.sha256()
                with packed.open(name) as source:
                    while block := source.read(BLOCK):
                        digest.update(block)
                if digest.hexdigest() != expected:
                    where = f"{file}: {name}"
                    raise Problem("A file in the backup was changed.", where=where, then="Take an older one.")
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Problem("This is no whole backup.", where=str(file), then="Take an older one.") from error
    return dict(manifest, file=str(file))


def unpack(file: Path, home: Path, manifest: Mapping[str, Any]) -> None:
    """Put the files of a backup into an empty home; tables of PostgreSQL wait in `staging/restore`.

    Raises:
        Problem: If the home is not empty.
    """
    if home.exists() and any(home.iterdir()):
        raise Problem(
            "This home is not empty; it was left alone.", where=str(home), then="Give a new folder."
        )
    if manifest["engine"] == "postgresql" and not os.environ.get("DATABASE_URL"):
        then = "Set DATABASE_URL to an empty database, then say it again."
        raise Problem("This backup is of a PostgreSQL database.", then=then)
    beside = home.with_name(f".{home.name}.unfinished")
    shutil.rmtree(beside, ignore_errors=True)
    root = beside.resolve()
    try:
        with zipfile.ZipFile(file) as packed:
            for name in manifest["sha256"]:
                into = root / ("staging/restore/" + name if name.startswith(TABLES) else name)
                if not into.resolve().is_relative_to(root):
                    raise Problem("A name in the backup leads outside.", where=name)
                into.parent.mkdir(parents=True, exist_ok=True)
                with packed.open(name) as source, into.open("wb") as out:
                    shutil.copyfileobj(source, out, BLOCK)
        for key in (root / "keys").glob("*") if (root / "keys").exists() else ():
            key.chmod(0o600)
        if home.exists():
            home.rmdir()
        beside.replace(home)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def load_rows(manifest: Mapping[str, Any]) -> None:
    """Load the tables of a PostgreSQL backup into an empty database; nothing to do for the embedded one.

    Raises:
        Problem: If the database is not empty.
    """
    if manifest["engine"] != "postgresql":
        return
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection, transaction  # noqa: PLC0415

    folder = Path(settings.HOME) / "staging" / "restore" / "tables"
    if "django_migrations" in connection.introspection.table_names():
        then = "Point DATABASE_URL at an empty one."
        raise Problem("The database is not empty; it was left alone.", then=then)
    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table, _columns in _tables(cursor):
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608
        for table, _columns in _tables(cursor):
            source = folder / f"{table}.csv"
            if source.exists():
                _load(cursor, table, source)
        _continue_sequences(cursor)
    shutil.rmtree(folder.parent, ignore_errors=True)


def _load(cursor: Any, table: str, source: Path) -> None:
    with source.open(encoding="utf-8", newline="") as held:
        columns = next(csv.reader(io.StringIO(held.readline())))
    quoted = ", ".join(f'"{one}"' for one in columns)
    query = f'COPY "{table}" ({quoted}) FROM STDIN (FORMAT csv, HEADER)'
    with source.open("rb") as held, cursor.copy(query) as copy:
        while block := held.read(BLOCK):
            copy.write(block)


def _continue_sequences(cursor: Any) -> None:
    """Let identity columns go on after the highest number that was loaded."""
    cursor.execute(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND is_identity = 'YES'"
    )
    for table, column in cursor.fetchall():
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), "  # noqa: S608
            f'(SELECT coalesce(max("{column}"), 0) + 1 FROM "{table}"), false)'
        )


def has_growth_files() -> bool:
    """Return whether this home holds growth files: the key that opens them comes back apart."""
    from qingfeng.growth.models import GrowthFile  # noqa: PLC0415 - Django is started by the command

    return GrowthFile.objects.exists()


def verify_restored(home: Path) -> None:
    """Compare the journal's files, checkpoints and rows after restoring.

    Raises:
        Problem: If they differ; the home stays as it is, to be looked at.
    """
    from qingfeng.journal.rows import rows_of_home  # noqa: PLC0415
    from qingfeng.journal.verifying import remembered, verdicts  # noqa: PLC0415

    with rows_of_home(home) as rows:
        told = verdicts(home, rows, notes=remembered(home))
    wrong = [str(one) for verdict in told for one in verdict.differences]
    if wrong:
        said = "\n".join(wrong)
        raise Problem(
            "The restored journal does not hold together.", where=said, then="Take an older backup."
        )
