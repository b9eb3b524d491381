"""What is done about findings is an entry in the journal, in the transaction of the change itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from qingfeng.journal import store
from qingfeng.organization.models import Person
from qingfeng.organization.records import reference


def tell(
    kind: str, subject: models.Model | str, *, by: Person | None, facts: Mapping[str, Any] | None = None
) -> None:
    """Append one entry to the internal log; the caller's transaction.

    Args:
        kind: What happened, as `findings.<thing>.<past participle>`.
        subject: The row it happened to, or its name; told as `<model>:<key>`.
        by: Who did it; None for the house itself.
        facts: Keys, rules, days, numbers: never a name of a person or a sentence of a lead.
    """
    store.append(
        kind,
        subject=subject if isinstance(subject, str) else reference(subject),
        by=reference(by) if by else "house",
        facts=dict(facts or {}),
    )
