"""Telling a person at a terminal how far work is, and plain lines everywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

QUIET_SECONDS = 5.0  # how often a plain log hears of a long phase


class Terminal:
    """Progress on standard error: bars on a terminal, plain lines in a log.

    Attributes:
        console: Where it writes.
    """

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(stderr=True, highlight=False)
        self._bars: Progress | None = None

    @contextmanager
    def phase(self, title: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
        """Show a phase while the block runs; phases may lie inside each other."""
        if not self.console.is_terminal:
            yield from self._plain(title, total)
            return
        outermost = self._bars is None
        if self._bars is None:
            self._bars = Progress(
                SpinnerColumn(),
                TextColumn("{task.description}"),
                BarColumn(bar_width=30),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=self.console,
            )
            self._bars.start()
        task = self._bars.add_task(title, total=total)
        bars = self._bars
        try:
            yield lambda steps: bars.advance(task, steps)
        finally:
            bars.update(task, total=total or 1, completed=total or 1)
            if outermost:
                bars.stop()
                self._bars = None

    def _plain(self, title: str, total: int | None) -> Iterator[Callable[[int], None]]:
        began = said = time.monotonic()
        done = 0

        def advance(steps: int) -> None:
            nonlocal done, said
            done += steps
            if time.monotonic() - said > QUIET_SECONDS:
                said = time.monotonic()
                self.say(f"{title}: {done:,}" + (f" / {total:,}" if total else ""))

        yield advance
        self.say(f"{title}: {time.monotonic() - began:.1f} s")

    def say(self, line: str) -> None:
        """Write one line that stays."""
        self.console.print(line, markup=False, soft_wrap=True)


def tell(text: str) -> None:
    """Write a result to standard output."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
    sys.stdout.flush()
