"""What a thread is made of: knots, and ties between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qingfeng.look.lights import Light


@dataclass(frozen=True)
class Knot:
    """One knot.

    Attributes:
        key: Unique on the thread: `m` and the matter's key; `l`, `f`, `r` and the lead's for what led to it.
        kind: What it is, in words.
        name: Number, or how many.
        href: Where it leads, "" for nowhere.
        on: Civil date on which it began.
        stage: Where it stands, in words.
        light: Heaviest light of its clocks, where the reader may know of them.
        title: What it is about, where the reader reads it whole.
        is_open: Whether something is still to be done.
        is_coming: Whether it is only expected.
    """

    key: str
    kind: str
    name: str
    href: str = ""
    on: date | None = None
    stage: str = ""
    light: Light | None = None
    title: str = ""
    is_open: bool = False
    is_coming: bool = False


@dataclass(frozen=True)
class Tie:
    """From the earlier knot to the later, with what that is called."""

    source: str
    target: str
    words: str
