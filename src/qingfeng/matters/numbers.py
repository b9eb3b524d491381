"""Numbers of matters: gapless per kind and year through the whole house, and a short name for addresses."""

from __future__ import annotations

from datetime import date

from qingfeng.documents.numbering import take, take_many
from qingfeng.matters.vocabulary import Mechanism


def next_number(declared: Mechanism, on: date) -> tuple[str, str]:
    """Return the number that people use and the slug of the address, inside the caller's transaction.

    Args:
        declared: Kind of matter; its word stands in the number.
        on: Civil date; its year numbers.

    Returns:
        For example ("督办〔2026〕17号", "2026-017").
    """
    taken = take(
        declared.number or declared.term, f"matter:{declared.key}", year=on.year, subject=declared.key
    )
    return taken.text, f"{on.year}-{taken.n:03d}"


def next_slugs(declared: Mechanism, year: int, count: int) -> list[str]:
    """Return the slugs of the next matters of a year, which keep the numbers that they had elsewhere."""
    taken = take_many(
        declared.number or declared.term,
        f"matter:{declared.key}",
        year=year,
        count=count,
        subject=declared.key,
    )
    return [f"{year}-{one.n:03d}" for one in taken]
