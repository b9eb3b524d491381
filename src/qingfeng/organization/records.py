"""Every change of rights, posts, accounts, settings and declarations is an entry in the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction

from qingfeng.organization.models import Account


def record(
    kind: str,
    subject: models.Model | str,
    *,
    by: Account | None,
    facts: Mapping[str, Any] | None = None,
    personal: Mapping[str, Any] | None = None,
) -> None:
    """Append one entry to the internal log, in the transaction of the change it tells of.

    Args:
        kind: What happened, as `organization.<thing>.<past participle>`.
        subject: The row it happened to; told as `<model>:<key>`.
        by: Who did it; None for the house itself.
        facts: What an outsider may read: keys, dates, roles, never a name of a person.
        personal: Names of people; only salted commitments of them enter the log.
    """
    from qingfeng.journal import store  # noqa: PLC0415 - its tables are loaded after this room's signals

    with transaction.atomic():
        store.append(
            kind,
            subject=subject if isinstance(subject, str) else reference(subject),
            by=reference(by) if by else "house",
            facts=dict(facts or {}),
            personal=dict(personal or {}),
        )


def reference(row: models.Model) -> str:
    """Return how the journal names a row: `person:17`."""
    return f"{row._meta.model_name}:{row.pk}"  # noqa: SLF001 - Django's own way to a model's name
