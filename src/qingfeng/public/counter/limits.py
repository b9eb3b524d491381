"""Published limits (公布的限度): what keeps the counter open for everybody, the same for everybody.

Nobody is told from another here, so nobody can be limited by who they are. Each form costs a little work of
the machine, or a little waiting; when much comes in an hour, everybody's costs more, and the counter never
closes. A district changes the figures in `counter.toml` in the home; a page shows what is in force.
"""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.conf import settings

from qingfeng.screening.errors import Problem

FILE = "counter.toml"
log = logging.getLogger("qingfeng.counter")
_last: dict[str, Any] = {}


WORK, SECONDS, TIMES, LETTERS = (1, 24), (0, 600), (1, 20), (1, 1_000_000)
"""Least and most: even when crowded a form can be handed in long before its ticket runs out (six hours)."""


def _figure(usual: int, least_and_most: tuple[int, int], words: str) -> int:
    return field(default=usual, metadata={"from_to": least_and_most, "words": words})


@dataclass(frozen=True)
class Limits:
    """The figures in force; what each is and from where to where it may go stands beside it."""

    wait_seconds: int = _figure(20, SECONDS, "seconds to wait from reading it over to handing it in")
    work_bits: int = _figure(16, WORK, "work in place of that: 2 to this power tries of a hash, on average")
    read_seconds: int = _figure(5, SECONDS, "seconds to wait before a code is opened")
    read_bits: int = _figure(14, WORK, "work in place of that")
    busy_letters: int = _figure(300, LETTERS, "letters in an hour from which on everybody waits longer")
    busy_times: int = _figure(3, TIMES, "how many times as long")
    crowded_letters: int = _figure(3000, LETTERS, "the same, once more")
    crowded_times: int = _figure(9, TIMES, "how many times as long")
    text_characters: int = _figure(10_000, (500, 100_000), "characters of the longest text")
    files: int = _figure(5, (0, 10), "enclosures of one letter")
    file_mb: int = _figure(10, (1, 50), "MB of the largest enclosure")
    pending_hours: int = _figure(1, (1, 24), "hours that an enclosure waits to be handed in")
    draft_days: int = _figure(7, (1, 60), "days that a draft is kept")

    def times(self, letters: int) -> int:
        """Return how many times as long everybody waits when so many letters have come in this hour."""
        if letters >= self.crowded_letters:
            return self.crowded_times
        return self.busy_times if letters >= self.busy_letters else 1


def limits() -> Limits:
    """Return the figures in force: those of the file, as it last made sense.

    A file that makes none does not close the counter: what was in force goes on, and the log names the file.
    """
    try:
        found = said_limits()
    except Problem as problem:
        if _last.get("wrong") != str(problem):
            told_once = " ".join(str(problem).split("\n"))
            log.error("counter: %s", told_once)  # noqa: TRY400 - says what to mend; where it was read helps nobody
        _last["wrong"] = str(problem)
        return _last.get("limits", Limits())
    _last.update(limits=found, wrong="")
    return found


def said_limits() -> Limits:
    """Return the figures that `counter.toml` in the home says; the usual ones where there is no file.

    Raises:
        Problem: If the file cannot be read or says something that is no limit.
    """
    file = Path(settings.HOME) / FILE
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Limits()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise Problem(f"The limits of the counter cannot be read: {error}.", where=FILE) from error
    return Limits(**dict(_figures(said)))


def told() -> list[str]:
    """Return a line for each limit: its name, the figure in force, from where to where it may go, what it is.

    Raises:
        Problem: As `said_limits`.
    """
    now = said_limits()
    rows = [(one, one.metadata["from_to"]) for one in fields(Limits)]
    return [
        f"{one.name:<16} {getattr(now, one.name):>7,}   {least:,} to {most:,}: {one.metadata['words']}"
        for one, (least, most) in rows
    ]


def _figures(said: dict[str, object]) -> Iterator[tuple[str, int]]:
    known = {one.name: one.metadata["from_to"] for one in fields(Limits)}
    for name, figure in said.items():
        if name not in known:
            near = get_close_matches(name, known, n=1)
            raise Problem(
                f"The counter has no limit {name}.",
                where=FILE,
                then=f"Did you mean {near[0]}?" if near else f"It has: {', '.join(known)}.",
            )
        least, most = known[name]
        if type(figure) is not int or not least <= figure <= most:
            raise Problem(f"This limit is a whole number from {least} to {most:,}.", where=f"{FILE}, {name}")
        yield name, figure
