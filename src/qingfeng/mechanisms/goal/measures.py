"""Measures that a reading may name: those of the house's returns, which lie above this floor."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Choices = Sequence[tuple[str, object]]
_SOURCES: list[Callable[[], Choices]] = []


def offer_measures(source: Callable[[], Choices]) -> None:
    """Let a function name measures as (key, words) when they are asked for; the same again is no change."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def choices() -> list[tuple[str, object]]:
    """Return every measure that a reading may name, as (key, words)."""
    return [one for source in _SOURCES for one in source()]
