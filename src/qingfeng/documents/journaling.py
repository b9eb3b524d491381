"""How this room writes into the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def note(
    kind: str,
    *,
    subject: str = "",
    by: Any = None,
    facts: Mapping[str, Any] | None = None,
    personal: Mapping[str, Any] | None = None,
) -> Any:
    """Append an entry, in the caller's transaction, and return it.

    Args:
        kind: What happened, as `documents.number_voided`.
        subject: What it is about: a number, a hash.
        by: The account that did it; None for the house itself.
        facts: What may be read by everybody who may read the journal; never content.
        personal: What is kept as salted commitments.
    """
    from qingfeng.journal.store import append  # noqa: PLC0415 - models are ready only when the house has started

    who = "house" if by is None else f"account:{by.pk}"
    return append(kind, subject=subject, by=who, facts=dict(facts or {}), personal=dict(personal or {}))
