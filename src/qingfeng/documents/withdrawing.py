"""Taking back what a slip says: its number stays, void, and nothing of its text does.

What was printed or downloaded before is out of our hands; whoever takes a slip back tells those who have it.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingfeng.documents import attachments
from qingfeng.documents.body import Paragraph
from qingfeng.documents.journaling import note
from qingfeng.documents.models import Slip
from qingfeng.documents.numbering import void
from qingfeng.documents.official import Official, as_json, from_json


def withdraw(slip: Slip, *, reason: str, by: Any = None) -> None:
    """Take back what a slip says: its text, its fields, its PDF and the stamped copy go for good.

    Args:
        slip: One that was issued.
        reason: Why; it stands with the number and in the journal, so nothing of what the slip said.
        by: The account; None for the house itself.

    Raises:
        ValueError: If there is no reason.
    """
    with transaction.atomic():
        held = Slip.objects.select_for_update().select_related("number").get(pk=slip.pk)
        was, pdf, copy = from_json(held.official), held.pdf_sha256, held.record_copy
        left = Official(
            issuer=was.issuer,
            number=was.number,
            title=was.title,
            dated=was.dated,
            body=(Paragraph(_("This document was taken back. Nothing of what it said is kept here.")),),
            return_qr=was.return_qr,
        )
        held.fields, held.official, held.made_with, held.proof = {}, as_json(left), {}, None
        held.pdf_sha256, held.rendered_at = "", None
        held.record_copy = held.record_copy_at = None
        held.save()
        if held.number.voided_at is None:
            void(held.number, reason=reason, by=by)
        note("documents.slip_withdrawn", subject=held.number.text, by=by, facts={"sha256": pdf})
        if copy is not None:
            attachments.erase(copy, by=by, reason=reason)
        if pdf:
            transaction.on_commit(lambda: attachments.discard_unheld(pdf))
