"""Slips: documents as issued, their PDF, and the stamped copy that becomes the record.

A slip is made inside the transaction of the act that issues it. It is typeset afterwards (`render`), when the
journal has a checkpoint to print; typesetting twice gives the same file, and the first one stays.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.documents import storage
from qingfeng.documents.attachments import discard_unheld, sealed_response
from qingfeng.documents.journaling import note
from qingfeng.documents.kinds import KINDS
from qingfeng.documents.models import Attachment, Number, Slip, new_code
from qingfeng.documents.names import clean_name
from qingfeng.documents.official import Official, Proof, as_json, from_json
from qingfeng.documents.qr import NotASlip, fits, read_qr_text, slip_text
from qingfeng.documents.rendering import made_with, pdf_of
from qingfeng.documents.templates import Wording
from qingfeng.documents.word import docx_of
from qingfeng.journal.straight import put

RECORD_KINDS = ("pdf", "ofd", "tiff", "jpg", "png")
ENCODER = DjangoJSONEncoder()


class CannotBind(ValueError):  # noqa: N818 - told to a person as it is
    """A copy cannot become the record copy of a slip."""


def make_slip(
    number: Number,
    official: Official,
    *,
    template: Wording,
    fields: Mapping[str, Any],
    journal_entry: int | None = None,
    replaces: Slip | None = None,
    address: str = "",
) -> Slip:
    """Store an issued document, inside the transaction of the act that issues it.

    Args:
        number: The number taken for it.
        official: What it says.
        template: The wording it was filled from.
        fields: The values that were filled in.
        journal_entry: The entry of the act, if it is known already.
        replaces: The slip that this one corrects; a slip is corrected once.
        address: Where this installation answers, for the QR code.

    Raises:
        ValueError: If the document prints another number.
        RuntimeError: If no transaction is open.
        IntegrityError: If the number has a slip, or the corrected one a correction, already.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("make a slip inside the transaction of the act that issues it")
    if official.number != number.text:
        raise ValueError(f"the document prints {official.number!r}, the number taken is {number.text!r}")
    code = new_code()
    official = replace(official, return_qr=slip_text(code, number.text, address=address), proof=None)
    return put(
        Slip(
            code=code,
            number=number,
            template_key=template.key,
            template_version=template.version,
            fields=_plain(fields),
            official=as_json(official),
            journal_entry=journal_entry,
            replaces=replaces,
            made_at=timezone.now(),
        )
    )


def render(slip: Slip, *, proof: Proof | None = None) -> Slip:
    """Typeset a slip and keep the PDF; once. Called again, it returns what is there, whatever the proof.

    Args:
        slip: Committed.
        proof: What lets a reader check the entry.

    Raises:
        CannotSet: If the typesetter gives up.
        NoRoom: If the disk is full; the slip stays as it was and can be typeset again.
    """
    slip.refresh_from_db()
    if slip.pdf_sha256:
        return slip
    data = pdf_of(from_json(slip.official).proven(proof))
    sha256 = storage.keep_bytes(data)
    with transaction.atomic():
        held = Slip.objects.select_for_update().get(pk=slip.pk)
        if held.pdf_sha256:
            return held
        as_set = held.official == slip.official
        if as_set:
            held.pdf_sha256, held.rendered_at, held.made_with = sha256, timezone.now(), made_with()
            held.proof = asdict(proof) if proof else None
            held.save(update_fields=["pdf_sha256", "rendered_at", "made_with", "proof"])
            note("documents.slip_typeset", subject=held.number.text, facts={"sha256": sha256})
    if not as_set:  # it was taken back meanwhile
        discard_unheld(sha256)
        return render(held, proof=proof)
    return held


def official_of(slip: Slip) -> Official:
    """Return the document of a slip as it is printed, with its proof."""
    return from_json(slip.official).proven(Proof(**slip.proof) if slip.proof else None)


def pdf_response(slip: Slip, *, inline: bool = False) -> FileResponse:
    """Return the PDF of a slip that is typeset; whoever calls has asked whether it may be seen.

    Raises:
        ValueError: If it is not typeset yet.
        Damaged: If the file is missing or was changed.
    """
    if not slip.pdf_sha256:
        raise ValueError(f"{slip.number} is not typeset yet")
    held = storage.opened(slip.pdf_sha256)
    return sealed_response(held, name=file_name(slip, "pdf"), media_type="application/pdf", inline=inline)


def docx_response(slip: Slip) -> FileResponse:
    """Return the DOCX of a slip, made now from the stored document."""
    held = io.BytesIO(docx_of(official_of(slip)))
    return sealed_response(held, name=file_name(slip, "docx"), media_type=KINDS["docx"].media_type)


def file_name(slip: Slip, extension: str) -> str:
    """Return the name of a slip's file: number and title."""
    return clean_name(f"{slip.number.text} {slip.official['title']}.{extension}")


def slip_of(scanned: str) -> Slip:
    """Return the slip whose QR code was scanned.

    Raises:
        NotASlip: If the text is no slip's, or the code does not fit the number it is printed on.
    """
    code = read_qr_text(scanned)
    slip = Slip.objects.select_related("number").filter(code=code.code).first()
    if not slip or not fits(code, slip.number.text):
        raise NotASlip("the code is not of a slip of this house")
    return slip


def bind_record_copy(slip: Slip, attachment: Attachment, by: Any) -> Slip:
    """Bind the stamped or signed scan to its number; it is the record copy from then on.

    Args:
        slip: Found by its QR code (`slip_of`).
        attachment: The scan.
        by: The account that binds it.

    Raises:
        CannotBind: If the slip is void or has another record copy, or the file is no scan.
    """
    with transaction.atomic():
        held = Slip.objects.select_for_update().get(pk=slip.pk)
        number = Number.objects.get(pk=held.number_id)
        if number.voided_at:
            raise CannotBind(_("{number} was voided; nothing can be bound to it.").format(number=number.text))
        if held.record_copy_id == attachment.pk:
            return held
        if held.record_copy_id:
            raise CannotBind(
                _("{number} has a record copy. Release it first and say why.").format(number=number.text)
            )
        if attachment.kind not in RECORD_KINDS:
            raise CannotBind(_("A record copy is a scan: PDF, OFD, TIFF, JPEG or PNG."))
        held.record_copy, held.record_copy_at = attachment, timezone.now()
        held.save(update_fields=["record_copy", "record_copy_at"])
        note("documents.record_copy_bound", subject=number.text, by=by, facts={"sha256": attachment.sha256})
    return held


def release_record_copy(slip: Slip, *, by: Any, reason: str) -> Slip:
    """Take a wrong record copy off its slip, with the reason in the journal.

    Raises:
        CannotBind: If there is no reason or nothing is bound.
    """
    with transaction.atomic():
        held = Slip.objects.select_for_update().get(pk=slip.pk)
        bound = held.record_copy
        if bound is None or not reason.strip():
            raise CannotBind(_("Say why the record copy is taken off; there must be one."))
        held.record_copy = held.record_copy_at = None
        held.save(update_fields=["record_copy", "record_copy_at"])
        note(
            "documents.record_copy_released",
            subject=held.number.text,
            by=by,
            facts={"sha256": bound.sha256},
            personal={"reason": reason.strip()},
        )
    return held


def _plain(fields: Mapping[str, Any]) -> Any:
    return json.loads(ENCODER.encode(dict(fields)))
