"""Why a file is not taken."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - told to a person as it is
    """A file is not taken.

    Attributes:
        code: A word for the journal and for statistics: `secrecy_mark`, `wrong_type`, `too_large` …
        what: What is wrong, for the person who brought it.
        then: What to do instead.
    """

    def __init__(self, code: str, what: str, then: str = "") -> None:
        super().__init__(f"{what} {then}".strip())
        self.code = code
        self.what = str(what)
        self.then = str(then)


class NoRoom(Exception):  # noqa: N818 - told to a person as it is
    """The disk is full or a limit of the system is reached; nothing was kept."""


class Damaged(Exception):  # noqa: N818 - told to a person as it is
    """A kept file is missing or is not what its hash says."""
