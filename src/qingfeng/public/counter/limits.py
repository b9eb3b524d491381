"""Published limits (公布的限度): what keeps the counter open for everybody, the same for everybody.

Nobody is told from another here, so nobody can be limited by who they are. Each form costs a little work of
the machine, or a little waiting; when much comes in an hour, everybody's costs more, and the counter never
closes. A district changes the figures in `counter.toml` in the home; a page shows what is in force.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path

from django.conf import settings

from qingfeng.screening.errors import Problem

FILE = "counter.toml"


@dataclass(frozen=True)
class Limits:
    """The figures in force.

    Attributes:
        wait_seconds: From the page on which one reads over what one wrote until it can be handed in.
        work_bits: Work of a browser that does not wait: 2 to this power tries of a hash, on average.
        read_seconds: The same for opening an answer with a code.
        read_bits: The same.
        busy_letters: From so many in an hour on all wait `busy_times` as long.
        busy_times: How many times as long.
        crowded_letters: From so many in an hour on all wait `crowded_times` as long.
        crowded_times: How many times as long.
        text_characters: Longest text.
        files: Most enclosures of one letter.
        file_mb: Largest enclosure.
        pending_hours: How long an enclosure is kept that was not handed in.
        draft_days: How long a draft is kept.
    """

    wait_seconds: int = 20
    work_bits: int = 16
    read_seconds: int = 5
    read_bits: int = 14
    busy_letters: int = 300
    busy_times: int = 3
    crowded_letters: int = 3000
    crowded_times: int = 9
    text_characters: int = 10_000
    files: int = 5
    file_mb: int = 10
    pending_hours: int = 1
    draft_days: int = 7

    def times(self, letters: int) -> int:
        """Return how many times as long everybody waits when so many letters have come in this hour."""
        if letters >= self.crowded_letters:
            return self.crowded_times
        return self.busy_times if letters >= self.busy_letters else 1


def limits() -> Limits:
    """Return the figures in force.

    Raises:
        Problem: If `counter.toml` cannot be read or says something that is no limit.
    """
    file = Path(settings.HOME) / FILE
    if not file.exists():
        return Limits()
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Problem(f"The limits of the counter cannot be read: {error}.", where=FILE) from error
    return Limits(**dict(_figures(said)))


def _figures(said: dict[str, object]) -> Iterator[tuple[str, int]]:
    known = [one.name for one in fields(Limits)]
    for name, figure in said.items():
        if name not in known:
            near = get_close_matches(name, known, n=1)
            raise Problem(
                f"The counter has no limit {name}.",
                where=FILE,
                then=f"Did you mean {near[0]}?" if near else f"It has: {', '.join(known)}.",
            )
        if type(figure) is not int or not 0 <= figure <= 1_000_000:
            raise Problem("A limit is a whole number from 0 to 1,000,000.", where=f"{FILE}, {name}")
        yield name, figure
