"""The smallest words of a declaration: a field, a provision, how near somebody is let. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, overload

Words = Any  # a text or a lazily translated text
OPEN = "open"  # the act that opens a matter; a clock may start with it


class Looked(Sequence[tuple[str, Words]]):
    """Choices that are looked up when they are needed, from something that may grow without a new version.

    They are no part of a declaration's digest.
    """

    def __init__(self, look: Callable[[], Sequence[tuple[str, Words]]]) -> None:
        self._look = look

    def __iter__(self) -> Iterator[tuple[str, Words]]:
        return iter(self._look())

    def __len__(self) -> int:
        return len(self._look())

    @overload
    def __getitem__(self, place: int) -> tuple[str, Words]: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[tuple[str, Words]]: ...

    def __getitem__(self, place: int | slice) -> tuple[str, Words] | Sequence[tuple[str, Words]]:
        return self._look()[place]


class Mark(StrEnum):
    """How sure a provision or a figure is (the marks of the field's own texts)."""

    LAW = "law"
    REPORTED = "reported"
    VERIFY = "verify"
    PROPOSAL = "proposal"


class Confidentiality(StrEnum):
    """Who is let near a matter, from most to fewest; `access` says what each means."""

    ORDINARY = "ordinary"
    INTERNAL = "internal"
    RESTRICTED = "restricted"


@dataclass(frozen=True)
class Law:
    """A provision, or the practice a figure rests on. Its name is data and is never translated.

    Attributes:
        name: As published, for example 政务处分法.
        article: For example "Art. 43"; "" where the whole text is meant.
        mark: How sure this is; anything but LAW is a setting of the district.
    """

    name: str
    article: str = ""
    mark: Mark = Mark.LAW

    def __str__(self) -> str:
        return f"{self.name} {self.article}".strip()


Kind = Literal[
    "text",
    "long",
    "day",
    "moment",
    "money",
    "whole",
    "score",
    "choice",
    "choices",
    "flag",
    "unit",
    "units",
    "person",
    "persons",
    "file",
    "files",
    "line",
]


@dataclass(frozen=True)
class Field:
    """One thing that an act or a ledger row asks for.

    Attributes:
        key: Name in facts and exports.
        name: What the form says.
        kind: What is entered; money is DECIMAL(14,2) yuan, a day a civil date of Asia/Shanghai, `line` the
            number of a ledger line that the act changes.
        term: The field's Chinese term where documents use another word than the form.
        needed: Whether it may be left out.
        choices: (value, words) pairs, in order, for `choice` and `choices`; `Looked` where they may grow.
        help: One sentence beside the field.
        least: Smallest number, amount or count; for a day, days before (negative) or after today.
        most: Largest; for text, characters.
        sealed: Encrypted to `holders`: absent from search, logs and exports.
        holders: Keys of the roles that can open a sealed field.
        personal: About a private person: left out of anonymous slips and of statistics.
        setting: Key of a district setting (yes or no; no by default) that switches the field on.
    """

    key: str
    name: Words
    kind: Kind = "text"
    term: str = ""
    needed: bool = True
    choices: Sequence[tuple[str, Words]] = ()
    help: Words = ""
    least: int | None = None
    most: int | None = None
    sealed: bool = False
    holders: tuple[str, ...] = ()
    personal: bool = False
    setting: str = ""
