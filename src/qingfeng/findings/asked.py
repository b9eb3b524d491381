"""What a data request lists; whoever declares requests says how it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qingfeng.matters.models import Matter

Listed = Mapping[str, list[str]]
_readers: list[Callable[[Matter], Listed | None]] = []


def read_lists_with(reader: Callable[[Matter], Listed | None]) -> None:
    """Say how the list of a request is read; the last one said holds.

    Args:
        reader: Returns table to columns (no columns: the whole table), or None where nothing is listed.
    """
    _readers[:] = [reader]


def list_of(matter: Matter) -> Listed | None:
    """Return what a request lists, None where nobody can say."""
    return _readers[0](matter) if _readers else None
