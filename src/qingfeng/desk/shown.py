"""What a page shows of a matter, in words: a field, a clock, an act of its story, a ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qingfeng.look.lights import Light
from qingfeng.matters.models import ClockRun, LedgerLine, MatterFile, MatterSlip, Performance
from qingfeng.matters.vocabulary import Clock, Field, Ledger


@dataclass(frozen=True)
class Said:
    """A field with its value in words."""

    field: Field
    words: str
    is_wide: bool = False


@dataclass(frozen=True)
class Step:
    """What one act entered of the facts that count now.

    Attributes:
        name: Words of the act; "" where facts stand without their acts.
        said: The facts, in the order of the declaration.
        is_open: Whether it is unfolded when the page opens.
    """

    name: Any
    said: list[Said]
    is_open: bool


@dataclass(frozen=True)
class ClockShown:
    """A clock with its light and the working of its due date."""

    run: ClockRun
    clock: Clock | None
    light: Light
    working: list[str]

    @property
    def name(self) -> Any:
        """What must be done."""
        return self.clock.name if self.clock else self.run.key


@dataclass(frozen=True)
class Told:
    """One act of the story, in words."""

    performance: Performance
    title: str
    who: str
    role: Any
    instead_of: str
    second: str
    entered: list[Said]
    lines: list[tuple[Ledger, int, str]]
    slips: list[MatterSlip]
    files: list[MatterFile]


@dataclass(frozen=True)
class LedgerShown:
    """A ledger as a table: heads, and lines with cells (words, whether it is a day), state and files."""

    ledger: Ledger
    heads: list[Any]
    lines: list[tuple[LedgerLine, list[tuple[str, bool]], str, list[MatterFile]]]
