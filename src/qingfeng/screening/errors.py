"""What can go wrong and is told to a person: what happened, where, what to do next."""

from __future__ import annotations


class Problem(Exception):  # noqa: N818 - a problem is told, not a defect of the program
    """Something a person must know, in one to three lines.

    Attributes:
        what: What happened, one sentence.
        where: The file, row or address, or "".
        then: What to do next, one sentence, or "".
        exit_code: 1 failed, 2 wrong use, 3 rows were rejected (`--strict`).
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", then: str = "") -> None:
        self.what, self.where, self.then = what, where, then
        super().__init__("\n".join(line for line in (what, where, then) if line))


class WrongUse(Problem):
    """The command was asked for something it does not do."""

    exit_code = 2


class RowsRejected(Problem):
    """`--strict`: everything was done, but rows were rejected."""

    exit_code = 3
