"""Cosignatures of witnesses outside the office come in as files and are kept with the checkpoint."""

from __future__ import annotations

from django.db import transaction

from qingfeng.journal.alarms import raise_alarm
from qingfeng.journal.checkpoint import witnessed_by
from qingfeng.journal.errors import Alarm, Broken
from qingfeng.journal.folder import LogFolder
from qingfeng.journal.models import JournalCheckpoint
from qingfeng.journal.note import WITNESS, Note, Verifier, parse_note, parse_vkey
from qingfeng.journal.store import append, folder_of
from qingfeng.journal.tree import root_of

COSIGNED = "journal.cosigned"


def trust_witness(vkey: str, *, by: str) -> Verifier:
    """Let a witness's key be known in this home; the journal keeps who did that.

    Args:
        vkey: The witness's key, `name+id+base64`.
        by: Number of the account.

    Raises:
        Broken: If it is no key of a witness (cosignature/v1).
    """
    witness = parse_vkey(vkey)
    if witness.kind != WITNESS:
        raise Broken("This is no key of a witness.", then="A witness has a key of kind cosignature/v1.")
    with transaction.atomic():
        append("journal.witness_trusted", by=by, facts={"witness": witness.vkey})
        folder_of("internal").add_witness(witness)
    return witness


def import_cosignature(note: bytes, *, by: str, log: str = "internal") -> JournalCheckpoint:
    """Take in a checkpoint that a witness has signed too.

    From then on the journal can never again be shorter than this checkpoint, whatever is restored.

    Args:
        note: The whole checkpoint with the log's and the witness's signatures.
        by: Number of the account.
        log: Which log.

    Returns:
        The kept checkpoint, witnessed.

    Raises:
        Broken: If a signature is wrong, or no known witness has signed.
        Alarm: If the witness saw a journal that this one does not continue.
    """
    folder = folder_of(log)
    read, witnesses = parse_note(note), folder.witnesses()
    checkpoint = folder.checkpoint(read, witnesses)
    signers = witnessed_by(read, witnesses)
    if not signers:
        raise Broken(
            "No witness that this home knows has signed this checkpoint.",
            then="First let its key be known: `qingfeng journal witness VKEY`.",
        )
    _remember(folder, read, checkpoint.size)
    with transaction.atomic():
        kept = JournalCheckpoint.objects.select_for_update().filter(log=log, size=checkpoint.size).first()
        if kept is None or bytes(kept.root) != checkpoint.root:
            alarm = _contradiction(folder, checkpoint.size, checkpoint.root)
        else:
            merged = parse_note(kept.note.encode()).signed_also(read.signatures)
            kept.note, kept.witnessed = merged.encoded().decode(), True
            kept.save(update_fields=["note", "witnessed"])
            facts = {"size": kept.size, "witnesses": [one.name for one in signers], "log": log}
            append(COSIGNED, by=by, facts=facts)
            return kept
    raise_alarm(log, alarm)
    raise alarm


def _remember(folder: LogFolder, note: Note, size: int) -> None:
    held = folder.witnessed()
    if not held or folder.checkpoint(held).size <= size:
        folder.remember_witnessed(note.encoded())


def _contradiction(folder: LogFolder, size: int, root: bytes) -> Alarm:
    newest = JournalCheckpoint.objects.filter(log=folder.log).order_by("size").last()
    here = newest.size if newest else 0
    if here >= size and root_of(size, folder.tree(here).node) == root:
        return Alarm(
            "root",
            f"A witness has signed {size} entries that this tree has, but no such checkpoint is kept here.",
            where=folder.log,
            then="Say: qingfeng journal verify.",
        )
    if here < size:
        return Alarm(
            "shrunk",
            f"A witness has seen {size} entries, this journal has {here}: it is an older backup.",
            where=folder.log,
            then="Restore the newest backup; the publisher signs nothing before.",
        )
    return Alarm(
        "forked",
        f"A witness has signed another journal of {size} entries under the same key.",
        where=folder.log,
        then="Find out which one is true; the publisher signs nothing before.",
    )
