"""Attachments: files that people bring, judged, kept once by content hash, and given back safely.

`keep` is called outside a transaction: a refusal is an entry in the journal, and it must stay when the form
that brought the file is not accepted. What nothing points to after a day is swept away (`discard_orphans`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any, BinaryIO

from django.db import transaction
from django.http import FileResponse
from django.utils import timezone

from qingfeng.documents import storage
from qingfeng.documents.admission import admit, too_large
from qingfeng.documents.journaling import note
from qingfeng.documents.kinds import KINDS
from qingfeng.documents.layers import layers
from qingfeng.documents.models import Attachment, Slip
from qingfeng.documents.names import clean_name
from qingfeng.documents.refusal import Damaged, Refused

BLOCK = 1 << 20
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
SANDBOX = (
    f"{NOTHING}; sandbox"  # PDF goes without: browsers do not show it in a sandbox, and run nothing in it
)


def keep(source: Any, name: str, *, by: Any = None) -> Attachment:
    """Judge a file and keep it; outside any transaction.

    Args:
        source: An uploaded file, an open binary file, or bytes.
        name: The name it was brought under; path and signs that deceive are taken off.
        by: The account that brings it; None for the house itself.

    Returns:
        The stored row. A picture is kept without its metadata, so its hash is not that of the file that came.

    Raises:
        Refused: If it may not come in; the attempt is in the journal, its name and content are not.
        NoRoom: If the disk is full; nothing is kept.
        RuntimeError: If a transaction is open.
    """
    with transaction.atomic(durable=True):
        pass  # a call inside a transaction fails here always, and not only on the day of a refusal
    name = clean_name(name)
    try:
        with ExitStack() as stack:
            raw, clean = stack.enter_context(storage.incoming()), stack.enter_context(storage.incoming())
            most = max(kind.limit for kind in KINDS.values())
            storage.write(_blocks(source), raw, most=most, too_large=too_large)
            admitted = admit(raw, name, clean)
            sha256, size = storage.keep_file(clean if admitted.changed else raw)
    except Refused as refusal:
        with transaction.atomic(durable=True):
            note("documents.attachment_refused", by=by, facts={"reason": refusal.code})
        raise
    with transaction.atomic(durable=True):
        kept = Attachment.objects.create(
            sha256=sha256,
            size=size,
            kind=admitted.kind.key,
            name=name,
            text_searched=admitted.text_searched,
            uploaded_by=by,
            at=timezone.now(),
        )
        note(
            "documents.attachment_kept",
            subject=f"attachment:{kept.pk}",
            by=by,
            facts={"sha256": sha256, "size": size, "kind": kept.kind},
        )
    return kept


def opened(attachment: Attachment) -> BinaryIO:
    """Return the bytes of an attachment as an open file, checked against its hash.

    Raises:
        Damaged: If they are missing or were changed; this is an entry in the journal.
    """
    try:
        return storage.opened(attachment.sha256)
    except Damaged:
        with transaction.atomic():
            note(
                "documents.attachment_damaged",
                subject=f"attachment:{attachment.pk}",
                facts={"sha256": attachment.sha256},
            )
        raise


def response_for(attachment: Attachment, *, inline: bool = False) -> FileResponse:
    """Return an answer that gives the file and nothing else; whoever calls has asked whether it may be seen.

    Args:
        attachment: What to give.
        inline: Whether the browser may show it; kinds that could do more than be looked at are downloads.

    Raises:
        Damaged: As `opened`.
    """
    kind = KINDS[attachment.kind]
    return sealed_response(
        opened(attachment), name=attachment.name, media_type=kind.media_type, inline=inline and kind.inline
    )


def sealed_response(held: BinaryIO, *, name: str, media_type: str, inline: bool = False) -> FileResponse:
    """Return an answer with the headers of a file from the house: not sniffed, not cached, not run."""
    response = FileResponse(held, as_attachment=not inline, filename=name, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = NOTHING if inline and media_type == "application/pdf" else SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def erase(attachment: Attachment, *, by: Any, reason: str) -> None:
    """Delete an attachment for good, its bytes too unless another row holds them; the journal keeps the hash.

    Raises:
        ValueError: If there is no reason.
        ProtectedError: If a matter or slip still holds it.
    """
    if not reason.strip():
        raise ValueError("say why the file is deleted")
    with transaction.atomic():
        subject, sha256 = f"attachment:{attachment.pk}", attachment.sha256
        attachment.delete()
        note(
            "documents.attachment_erased",
            subject=subject,
            by=by,
            facts={"sha256": sha256},
            personal={"reason": reason.strip()},
        )
        transaction.on_commit(lambda: discard_unheld(sha256))


def discard_orphans(*, older_than_hours: float = 24) -> int:
    """Delete what nothing points to: rows of forms never sent, bytes without a row, halves of a crash.

    Returns:
        How many rows and files went.
    """
    before, gone = timezone.now() - timedelta(hours=older_than_hours), 0
    for attachment in Attachment.objects.filter(at__lte=before):
        with transaction.atomic():
            held = Attachment.objects.select_for_update().filter(pk=attachment.pk).first()
            if held and not _is_pointed_to(held):
                held.delete()
                gone += 1
    for sha256 in storage.stored(older_than_hours=older_than_hours):
        gone += discard_unheld(sha256)
    return gone + storage.discard_halves(older_than_hours=older_than_hours)


def _is_pointed_to(attachment: Attachment) -> bool:
    """Return whether any row of any floor points to an attachment, also where nothing points back."""
    fields = Attachment._meta.get_fields(include_hidden=True)  # noqa: SLF001 - Django's own list of who points here
    links = [field for field in fields if field.auto_created and not field.concrete]
    return any(
        link.related_model._base_manager.filter(**{link.field.name: attachment}).exists()  # noqa: SLF001
        for link in links
    )


def discard_unheld(sha256: str) -> int:
    """Delete the bytes of a hash that no row holds any more; return how many files went."""
    if Attachment.objects.filter(sha256=sha256).exists() or Slip.objects.filter(pdf_sha256=sha256).exists():
        return 0
    storage.discard(sha256)
    return 1


def _blocks(source: Any) -> Iterable[bytes]:
    if isinstance(source, bytes):
        return [source]
    if hasattr(source, "chunks"):
        return source.chunks()
    return _read(source)


def _read(source: BinaryIO) -> Iterator[bytes]:
    while block := source.read(BLOCK):
        yield block


def texts_of(attachments: Iterable[int]) -> Iterator[str]:
    """Yield the text of attached files, a page or part at a time; nothing of pictures and recordings.

    Args:
        attachments: Their ids; unknown ones are passed over.
    """
    for one in Attachment.objects.filter(pk__in=list(attachments)):
        yield one.name
        yield from layers(storage.place_of(one.sha256), one.kind)
