"""How long work says how far it is, without knowing whether anybody looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol


class Progress(Protocol):
    """Somebody who is told of phases and lines: a terminal, a log, a worker's record."""

    def phase(self, title: str, total: int | None = None) -> AbstractContextManager[Callable[[int], None]]:
        """Begin a phase; call what it yields with the steps done since the last call."""

    def say(self, line: str) -> None:
        """Tell one line that stays."""


class Silent:
    """Nobody looks."""

    @contextmanager
    def phase(self, title: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
        """Yield a counter that counts nothing."""
        del title, total
        yield lambda _steps: None

    def say(self, line: str) -> None:
        """Say nothing."""
