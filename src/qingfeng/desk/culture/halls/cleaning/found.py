"""What cleaning a file comes to."""

from __future__ import annotations

from dataclasses import dataclass

PLACE = (b"\xa9xyz", b"loci", b"location", b"GPS", b"gps")
TIME = (b"creationdate", b"\xa9day", b"DATE")
DEVICE = (b"\xa9mak", b"\xa9mod", b"\xa9swr", b"make", b"model", b"manu", b"software", b"ENCODER")


@dataclass(frozen=True)
class Cleaned:
    """A file as it is kept, and what was taken off it: keys of `cleaning.TAKEN`."""

    data: bytes
    taken: frozenset[str]


class Unreadable(Exception):  # noqa: N818 - says what it is
    """A file that cannot be read to its end; what lies there would go along."""


def kinds_in(data: bytes) -> set[str]:
    """Return what tags speak of, as far as their names tell; `tags` where they tell nothing."""
    named = {"place": PLACE, "time": TIME, "device": DEVICE}
    found = {kind for kind, marks in named.items() if any(one in data for one in marks)}
    return found or ({"tags"} if data.strip(b"\0 ") else set())
