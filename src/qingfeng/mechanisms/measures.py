"""Measures that a reading may name: those of the house's returns, which lie above this floor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

Choices = Sequence[tuple[str, object]]
Reads = Callable[[str, date, date, str], str]
Shares = Callable[[str, date, date, str], tuple[int, int] | None]
_SOURCES: list[Callable[[], Choices]] = []
_READERS: list[Reads] = []
_SHARES: list[Shares] = []


def offer_measures(source: Callable[[], Choices], reads: Reads) -> None:
    """Let measures be named and read; the same again is no change.

    Args:
        source: Names them as (key, words) when they are asked for.
        reads: Given a key, the first and last day of a period and the path of an office (with all below
            it), returns the number in words; "" for a measure that it does not know or cannot count.
    """
    if source not in _SOURCES:
        _SOURCES.append(source)
        _READERS.append(reads)


def offer_shares(reads: Shares) -> None:
    """Let measures that are shares be read as two whole numbers; the same again is no change.

    Args:
        reads: Given what a reader is given, returns how many of how many; None for another kind of measure,
            and where so few are counted that it is not told.
    """
    if reads not in _SHARES:
        _SHARES.append(reads)


def share_of(key: str, since: date, until: date, office: str) -> tuple[int, int] | None:
    """Return how many of how many a measure counts over a period, None if it is no share or not told."""
    found = (reads(key, since, until, office) for reads in _SHARES)
    return next((one for one in found if one is not None), None)


def choices() -> list[tuple[str, object]]:
    """Return every measure that a reading may name, as (key, words)."""
    return [one for source in _SOURCES for one in source()]


def value_of(key: str, since: date, until: date, office: str) -> str:
    """Return the number of a measure over a period (both days inclusive) in words, "" if nobody reads it."""
    return next((found for reads in _READERS if (found := reads(key, since, until, office))), "")
