"""What can go wrong with the journal: what happened, where, what to do next."""

from __future__ import annotations


class JournalProblem(Exception):  # noqa: N818 - a problem is told, not a defect of the program
    """Something a person must know about the journal.

    Attributes:
        what: What happened, one sentence.
        where: The file, row or entry, or "".
        then: What to do next, one sentence, or "".
    """

    def __init__(self, what: str, *, where: str = "", then: str = "") -> None:
        self.what, self.where, self.then = what, where, then
        super().__init__("\n".join(line for line in (what, where, then) if line))


class Broken(JournalProblem):
    """A tile, note, checkpoint or proof is not what it claims to be."""


class Refused(JournalProblem):
    """An entry cannot be written as it was given."""


class Alarm(JournalProblem):
    """The publisher has stopped: signing now would hide that something was lost or changed.

    Attributes:
        code: One word of `CODES`, for whoever shows or counts alarms.
    """

    CODES = ("gap", "row", "root", "shrunk", "forked", "key", "clock")

    def __init__(self, code: str, what: str, *, where: str = "", then: str = "") -> None:
        self.code = code
        super().__init__(what, where=where, then=then)
