"""Measures that a reading may name: those of the house's returns, which lie above this floor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

Choices = Sequence[tuple[str, object]]
Reads = Callable[[str, date, date, str], str]
_SOURCES: list[Callable[[], Choices]] = []
_READERS: list[Reads] = []


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


def choices() -> list[tuple[str, object]]:
    """Return every measure that a reading may name, as (key, words)."""
    return [one for source in _SOURCES for one in source()]


def value_of(key: str, since: date, until: date, office: str) -> str:
    """Return the number of a measure over a period (both days inclusive) in words, "" if nobody reads it."""
    return next((found for reads in _READERS if (found := reads(key, since, until, office))), "")
