"""A log gets a new key: the old one says so once more, under a signature of both, and signs nothing else."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from qingfeng.journal.errors import JournalProblem, Refused
from qingfeng.journal.note import KEY_BYTES, Signer, Verifier
from qingfeng.journal.publisher import publish
from qingfeng.journal.store import append, folder_of

REPLACED = "journal.key_replaced"


def rotate(log: str, *, by: str, reason: str) -> Verifier:
    """Replace the key that signs a log; older checkpoints and proofs stay true.

    What waits is published under the old key first. The old secret key is gone afterwards.

    Args:
        log: `internal` or `public`.
        by: Number of the account.
        reason: Why; it stays in the journal.

    Returns:
        The new key, which whoever checks proofs must be given.

    Raises:
        Refused: If there is no reason.
        JournalProblem: If nothing was ever published.
    """
    if not reason.strip():
        raise Refused(_("Say why the key is replaced."))
    publish(log, wait=True)
    folder = folder_of(log)
    with folder.turn(wait=True):
        if not (note := folder.note()):
            raise JournalProblem("Nothing has been published in this log yet.", where=str(folder.root))
        old, size = folder.signer(may_make=False), folder.checkpoint(note).size
        new = Signer(old.name, secrets.token_bytes(KEY_BYTES))
        folder.hand_over(old, new, size)
    facts = {"log": log, "size": size, "old": old.verifier.vkey, "new": new.verifier.vkey}
    with transaction.atomic():
        append(REPLACED, by=by, facts={**facts, "reason": reason.strip()}, log=log)
    publish(log, wait=True)
    return new.verifier
