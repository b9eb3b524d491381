"""Pairs, how good they are against an answer key, and the model's common ground."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

SEED = 1
logging.getLogger("splink").setLevel(logging.ERROR)


@dataclass(frozen=True)
class Pair:
    """Two rows that are perhaps of the same.

    Attributes:
        left: Key of the one row.
        right: Key of the other; within one list the greater of the two.
        probability: That they are of the same, 0 to 1, by the model.
    """

    left: str
    right: str
    probability: float


@dataclass(frozen=True)
class Quality:
    """How good pairs are against an answer key.

    Attributes:
        found: Pairs found.
        right: Of them, pairs that the key has.
        true: Pairs that the key has.
    """

    found: int
    right: int
    true: int

    @property
    def precision(self) -> float | None:
        """Share of the found that is right; None if nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of the true that was found; None if the key has none."""
        return self.right / self.true if self.true else None


def measured(pairs: Collection[Pair], key: Collection[tuple[str, str]]) -> Quality:
    """Return how many pairs an answer key confirms."""
    true = set(key)
    return Quality(len(pairs), sum((pair.left, pair.right) in true for pair in pairs), len(true))


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the library's advice to model builders away from people who only link."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
