"""`journal`: verify the log, hand it out, prove an entry, without key or Django; its keys and witnesses."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from qingfeng.journal.errors import JournalProblem
from qingfeng.journal.folder import INTERNAL, LOGS, LogFolder
from qingfeng.journal.proving import index_of_leaf, prove_index
from qingfeng.journal.rows import rows_of_home
from qingfeng.journal.tiles import tiles_of
from qingfeng.journal.verifying import Verdict, remembered, verdicts
from qingfeng.project.options import MADE_HOME, PathType
from qingfeng.project.terminal import tell
from qingfeng.screening.errors import Problem, WrongUse

LOG = click.option("--log", type=click.Choice(LOGS), default=INTERNAL, show_default=True, help="Which log.")


@contextmanager
def _told() -> Iterator[None]:
    """Tell what goes wrong with the journal as every other command does."""
    try:
        yield
    except JournalProblem as problem:
        raise Problem(problem.what, where=problem.where, then=problem.then) from problem


@click.group()
def journal() -> None:
    """The log of all that happened: verify, hand out, prove."""


@journal.command()
@MADE_HOME
def verify(home: Path) -> None:
    """Compare tiles, checkpoints and rows, and say where they differ."""
    with _told():
        notes = remembered(home)
        with rows_of_home(home) as rows:
            told = verdicts(home, rows, notes=notes)
    for verdict in told:
        tell(_line(verdict))
    differences = [difference for verdict in told for difference in verdict.differences]
    for difference in differences:
        tell(str(difference))
    if differences:
        raise Problem(
            "The journal is not what was signed.",
            then="Keep everything as it is, and compare with the newest backup and with what witnesses hold.",
        )


def _line(verdict: Verdict) -> str:
    waiting = "" if verdict.waiting is None else f", {verdict.waiting:,} waiting"
    if verdict.checkpoint is None:
        return f"{verdict.log}: nothing published{waiting}"
    state = "DIFFERS" if verdict.differences else "right"
    checkpoint = verdict.checkpoint
    rows = "files alone" if verdict.waiting is None else "files and rows"
    return (
        f"{verdict.log}: {checkpoint.size:,} entries{waiting}, root {checkpoint.root.hex()}, "
        f"{checkpoint.origin}: {rows} {state}"
    )


@journal.command()
@click.argument("folder", metavar="DIR", type=PathType)
@LOG
@MADE_HOME
def export(folder: Path, log: str, home: Path) -> None:
    """Write checkpoint, tiles and key of a log to DIR.

    They lie as C2SP tlog-tiles lays them out: `checkpoint`, `tile/…`, `vkey`.

    Saying it again adds what is new; another log in DIR is not written over.
    """
    source = LogFolder(home, log)
    with _told():
        note = source.note()
        if not note:
            raise Problem("Nothing has been published in this log yet.", where=str(source.root))
        checkpoint = source.checkpoint(note)
        vkey = f"{source.verifier().vkey}\n"
        file = folder / "vkey"
        if file.exists() and file.read_text(encoding="utf-8") != vkey:
            raise Problem("Another log stands there.", where=str(folder), then="Give an empty folder.")
        for tile in tiles_of(checkpoint.size):
            target = folder / tile.path
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(source.read(tile))
        for tile in tiles_of(checkpoint.size):
            partial = folder / f"{tile.path}.p"
            shutil.rmtree(partial, ignore_errors=True)
    file.write_text(vkey, encoding="utf-8")
    (folder / "checkpoint").write_bytes(note)
    tell(f"{checkpoint.origin}: {checkpoint.size:,} entries to {folder}")


@journal.command()
@click.argument("entry")
@click.option("--out", type=PathType, help="The file to write; standard output by default.")
@click.option("--carry/--no-carry", default=None, help="Put the entry itself in; public entries by default.")
@LOG
@MADE_HOME
def prove(entry: str, out: Path | None, log: str, home: Path, *, carry: bool | None) -> None:
    """Write the proof that ENTRY is in the log.

    ENTRY is its index in the log, `LOG/INDEX`, or its leaf hash in hex.

    Anybody checks it with `python3 check_proof.py FILE VKEY`, offline.
    """
    with _told():
        folder, index = _entry(home, log, entry)
        held = prove_index(folder, index, carry=carry)
    if out:
        out.write_bytes(held)
        tell(f"{folder.log}, entry {index}: proof in {out}")
    else:
        sys.stdout.buffer.write(held)
        sys.stdout.buffer.flush()


@journal.command()
@click.option("--reason", required=True, help="Why; it stays in the journal.")
@LOG
@MADE_HOME
def rotate(reason: str, log: str, home: Path) -> None:
    """Replace the key that signs a log.

    What is signed stays true; new proofs need the new key.
    """
    _set_up(home)
    from qingfeng.journal.rotating import rotate as replaced  # noqa: PLC0415 - Django is started by now

    with _told():
        tell(replaced(log, by="house", reason=reason).vkey)


@journal.command()
@click.argument("vkey")
@MADE_HOME
def witness(vkey: str, home: Path) -> None:
    """Let the key of a witness outside the office be known.

    VKEY is `name+id+base64`, as the witness gives it; what it has cosigned is then taken in.
    """
    _set_up(home)
    from qingfeng.journal.witnesses import trust_witness  # noqa: PLC0415 - Django is started by now

    with _told():
        tell(f"Known from now on: {trust_witness(vkey, by='house').name}.")


@journal.command()
@click.argument("file", type=PathType)
@LOG
@MADE_HOME
def cosigned(file: Path, log: str, home: Path) -> None:
    """Take in a checkpoint that a witness has signed too.

    FILE is the log's `checkpoint` with the witness's line. No older backup signs anything after it.
    """
    if not file.is_file():
        raise WrongUse("There is no such file.", where=str(file))
    _set_up(home)
    from qingfeng.journal.witnesses import import_cosignature  # noqa: PLC0415 - Django is started by now

    with _told():
        kept = import_cosignature(file.read_bytes(), by="house", log=log)
    tell(f"{log}: {kept.size:,} entries are witnessed.")


def _set_up(home: Path) -> None:
    """Start Django on a home: the commands that write are the only ones of these that need the database."""
    from qingfeng.project import site  # noqa: PLC0415

    site.set_up(home)


def _entry(home: Path, log: str, entry: str) -> tuple[LogFolder, int]:
    named = re.fullmatch(r"(?:(internal|public)/)?([0-9]{1,18}|[0-9a-f]{64})", entry)
    if not named:
        raise WrongUse(
            f"{entry!r} names no entry.",
            then="Give an index (17), a log and an index (public/17), or a leaf hash.",
        )
    folder = LogFolder(home, named[1] or log)
    if len(named[2]) < 64:
        return folder, int(named[2])
    index = index_of_leaf(folder, bytes.fromhex(named[2]))
    if index is None:
        raise Problem("No published entry has this leaf hash.", where=str(folder.root))
    return folder, index
