"""The journal as others use it: append, erase, prove.

`append` is called inside the caller's transaction and commits with it: what happened and the
entry that says so stand or fall together.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.journal.driver import later
from qingfeng.journal.entry import Opening, commitment_of, make_entry
from qingfeng.journal.errors import Broken, JournalProblem, Refused
from qingfeng.journal.folder import COUNTER, INTERNAL, LogFolder
from qingfeng.journal.models import JournalEntry, JournalSecret, Log
from qingfeng.journal.proof import EntryProof, check_proof, parse_proof
from qingfeng.journal.proving import prove_index
from qingfeng.journal.straight import insert, insert_keyless
from qingfeng.journal.tree import leaf_hash
from qingfeng.journal.verifying import ERASED

QR_TEXT = "qingfeng/entry@v1"
QR_BYTES = 1_200  # a QR code of 4 cm with this much is still read by a plain telephone
AT_ONCE = 500  # entries that share one look at the clock
MOST_CHARACTERS = {"kind": 80, "subject": 200, "by": 80}
ERASED_AT_ONCE = 200  # values that one entry about an erasure names


@dataclass(frozen=True)
class Draft:
    """An entry before it is written; the arguments of `append`."""

    kind: str
    subject: str = ""
    by: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    personal: Mapping[str, str] = field(default_factory=dict)
    at: datetime | None = None


def folder_of(log: str) -> LogFolder:
    """Return the files of a log in this installation's home."""
    return LogFolder(Path(settings.HOME), log)


def append(
    kind: str,
    *,
    subject: str = "",
    by: str = "",
    facts: Mapping[str, Any] | None = None,
    personal: Mapping[str, str] | None = None,
    log: str = INTERNAL,
    at: datetime | None = None,
) -> JournalEntry:
    """Write an entry that commits with the caller's transaction, or not at all.

    Args:
        kind: What happened: lower-case words with dots between, `matter.performed`.
        subject: Public number of what it happened to; never a name.
        by: Number of the account; never a name.
        facts: The rest: JSON, days, instants, money; nothing personal; of files their digest.
        personal: Values that enter as salted commitments; they are kept beside the entry
            and can be erased.
        log: `internal`; `public` for published objects; `counter`, whose clock knows hours only.
        at: When it happened; now by default. What the clock says is always written too.

    Returns:
        The entry; its `index` is None until the publisher has been.

    Raises:
        JournalProblem: If there is no transaction to commit with.
        Refused: If something has no place in an entry.
    """
    draft = Draft(kind, subject, by, facts or {}, personal or {}, at)
    return append_many([draft], log=log)[0]


def append_many(drafts: Iterable[Draft], *, log: str = INTERNAL) -> list[JournalEntry]:
    """Write many entries in the caller's transaction, in order, as `append` does."""
    if not connection.in_atomic_block:
        raise JournalProblem(
            "An entry must commit with what it tells of.",
            where="qingfeng.journal.store.append",
            then="Call it inside transaction.atomic().",
        )
    entries: list[JournalEntry] = []
    waiting = iter(drafts)
    while some := list(islice(waiting, AT_ONCE)):
        entries += _append_some(some, str(Log(log)))
    if entries:
        _count(log, len(entries))
    return entries


def _append_some(drafts: list[Draft], log: str) -> list[JournalEntry]:
    """Write entries that share one look at the clock; few enough that ids and clocks rise together."""
    written = moment(log)
    made = [_made(draft, log, written) for draft in drafts]
    entries = [entry for entry, _ in made]
    insert(entries)
    secrets = [
        JournalSecret(
            entry=entry,
            name=name,
            commitment=commitment_of(opening.value, opening.salt),
            value=opening.value,
            salt=opening.salt,
        )
        for entry, opened in made
        for name, opening in opened.items()
    ]
    for start in range(0, len(secrets), AT_ONCE):
        insert_keyless(secrets[start : start + AT_ONCE])
    return entries


def moment(log: str) -> datetime:
    """Return now, as exactly as a log says it: the log of the counter knows hours only, in UTC."""
    now = timezone.localtime()
    return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) if log == COUNTER else now


def _made(draft: Draft, log: str, written: datetime) -> tuple[JournalEntry, dict[str, Opening]]:
    at = timezone.localtime(draft.at) if draft.at and log != COUNTER else written
    body, openings = make_entry(
        log,
        draft.kind,
        at=at,
        written=written,
        subject=draft.subject,
        by=draft.by,
        facts=draft.facts,
        personal=draft.personal,
    )
    entry = JournalEntry(
        log=log,
        kind=draft.kind,
        subject=draft.subject,
        by=draft.by,
        at=at,
        written_at=written,
        body=body,
        leaf_hash=leaf_hash(body),
    )
    for name, most in MOST_CHARACTERS.items():
        if len(getattr(draft, name)) > most:
            raise Refused(f"The {name} of an entry has at most {most} characters.", where=draft.kind)
    return entry, openings


def _count(log: str, appended: int) -> None:
    """Add to this connection's tally."""
    slot = connection.connection.info.backend_pid if connection.vendor == "postgresql" else 0
    later(
        "INSERT INTO journal_journaltally (log, slot, appended) VALUES (%s, %s, %s) "
        "ON CONFLICT (log, slot) DO UPDATE SET appended = journal_journaltally.appended + excluded.appended",
        (log, slot, appended),
    )


def erase(
    entries: Iterable[JournalEntry | int],
    *,
    reason: str,
    by: str,
    names: Collection[str] | None = None,
) -> list[JournalEntry]:
    """Erase personal values for good; the entries, their hashes and proofs stay as they were.

    Salt and value go, so that nothing leads back to the value; an entry says that it was done.
    In SQLite the freed bytes are overwritten and the write-ahead log is emptied after the commit;
    PostgreSQL frees them at its next vacuum. Backups made before keep what they hold.

    Args:
        entries: Entries or the numbers of their rows.
        reason: Why, under which provision; it stays in the journal, so nothing personal.
        by: Number of the account.
        names: Which values; all by default.

    Returns:
        The entries that say so, one a log and 200 values; none where nothing was left to erase.

    Raises:
        Refused: If there is no reason.

    Law:
        个人信息保护法 Art. 47
    """
    if not reason.strip():
        raise Refused(_("An erasure has a reason."), then=_("Say under which provision it is done."))
    numbers = [one.pk if isinstance(one, JournalEntry) else one for one in entries]
    with transaction.atomic():
        held = JournalSecret.objects.filter(entry__in=numbers, erased_at=None).select_related("entry")
        if names is not None:
            held = held.filter(name__in=names)
        secrets = list(held.select_for_update(of=("self",)).order_by("id"))
        JournalSecret.objects.filter(pk__in=[one.pk for one in secrets]).update(
            value=None, salt=None, erased_at=timezone.now()
        )
        told = []
        for log in Log.values:
            of_log = [one for one in secrets if one.entry.log == log]
            for start in range(0, len(of_log), ERASED_AT_ONCE):
                some = of_log[start : start + ERASED_AT_ONCE]
                erased = [{"leaf": bytes(one.entry.leaf_hash).hex(), "name": one.name} for one in some]
                told.append(append(ERASED, by=by, facts={"reason": reason, "erased": erased}, log=log))
        if secrets and connection.vendor == "sqlite":
            transaction.on_commit(_empty_write_ahead_log)
    return told


def _empty_write_ahead_log() -> None:
    if connection.in_atomic_block:  # a program that commits all it does at once
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def opened(entry: JournalEntry) -> dict[str, str]:
    """Return the personal values of an entry that are still kept."""
    return dict(entry.secrets.filter(erased_at=None).values_list("name", "value"))


def prove(entry: JournalEntry, *, carry: bool | None = None) -> bytes:
    """Return the proof of entry as a file (C2SP tlog-proof).

    Args:
        entry: A published entry.
        carry: Whether the proof carries the entry itself or only its fingerprint; by default
            it does in the public log and does not in the internal one.

    Raises:
        JournalProblem: If the entry is not published yet.
    """
    index = entry.index
    if index is None:
        raise JournalProblem(
            _("This entry is not published yet."),
            where=str(entry),
            then=_("Ask again in a minute; the receipt's code already names the entry."),
        )
    folder = folder_of(entry.log)
    held = prove_index(folder, index, carry=carry)
    try:
        check_proof(held, folder.key_of(parse_proof(held).note), entry=bytes(entry.body))
    except Broken as broken:
        raise JournalProblem(
            _("The row says something else than the journal."),
            where=str(entry),
            then=_("Say: qingfeng journal verify"),
        ) from broken
    return held


def proof_of_entry(entry: JournalEntry) -> EntryProof | None:
    """Return the proof of an entry in its parts; None while it is not published."""
    try:
        return parse_proof(prove(entry))
    except JournalProblem:
        if entry.index is None:
            return None
        raise


def qr_text(entry: JournalEntry, *, most_bytes: int = QR_BYTES) -> str:
    """Return the text of the QR code on a receipt: the proof if small enough, else what names the entry.

    Five lines name an entry: what this is, the log, the row, the leaf hash and the index (or `-`
    while it is not published). None of it leads anywhere outside; the public page takes it.

    Args:
        entry: The entry.
        most_bytes: The longest proof that becomes a code.
    """
    proof = proof_of_entry(entry)
    if proof is not None and len(proof.encoded()) <= most_bytes:
        return proof.encoded().decode()
    folder = folder_of(entry.log)
    origin = folder.verifier().name if folder.has_key() else entry.log
    leaf = b64encode(bytes(entry.leaf_hash)).decode()
    at = entry.index
    index = "-" if at is None else str(at)
    return "\n".join([QR_TEXT, origin, str(entry.pk), leaf, index]) + "\n"


def entry_of_qr(text: str) -> JournalEntry | None:
    """Return the entry that the five lines of a code name, or None."""
    lines = text.split("\n")
    if len(lines) < 5 or lines[0] != QR_TEXT or not lines[2].isascii() or not lines[2].isdigit():
        return None
    entry = JournalEntry.objects.filter(pk=int(lines[2][:18])).first()
    if entry is None or b64encode(bytes(entry.leaf_hash)).decode() != lines[3]:
        return None
    return entry


def entries_about(subject: str, *, log: str = INTERNAL) -> Sequence[JournalEntry]:
    """Return what the journal holds about a subject, oldest first."""
    return JournalEntry.objects.filter(log=log, subject=subject).exclude(subject="").order_by("id")
