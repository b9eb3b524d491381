"""Checks of a letter's text: how alike two texts are, and whether one says who somebody is. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from math import sqrt

from django.utils.translation import gettext_noop as _

from qingfeng.screening.rulebook.somebody import identifies

GRAM = 3
SHORT = 12  # signs: below that two texts are alike by chance
MEANT = re.compile(r"[^\w]|_")

KINDS = {
    "an ID number": _("It holds what looks like an identity number: take it out."),
    "a phone number": _("It holds what looks like a telephone number: take it out."),
    "an account or a card": _("It holds what looks like a number of an account or a card: take it out."),
    "a plate": _("It holds what looks like the number of a vehicle: is it needed?"),
    "a keyed hash": _("It holds a key out of the records: take it out."),
}
NAME = _("It holds the name of somebody on record: write the post instead.")


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are: the cosine of their counts of three signs in a row, 0 to 1.

    Spaces, marks and width are left out, so that a comma more makes no difference. Texts shorter than
    twelve signs are never alike.

    Law:
        None. M. Damashek, "Gauging Similarity with n-Grams", Science 267 (1995), 843-848.
    """
    left, right = _grams(one), _grams(other)
    if not left or not right:
        return 0.0
    shared = sum(count * right[gram] for gram, count in left.items())
    norm = sqrt(sum(count**2 for count in left.values()) * sum(count**2 for count in right.values()))
    return shared / norm


def _grams(text: str) -> Counter[str]:
    bare = MEANT.sub("", unicodedata.normalize("NFKC", text).lower())
    if len(bare) < SHORT:
        return Counter()
    return Counter(bare[at : at + GRAM] for at in range(len(bare) - GRAM + 1))


def personal(text: str, names: Iterable[str]) -> Iterator[str]:
    """Yield what a text says about who somebody is, in words of the check; never the number or name itself.

    Numbers are known by their shape only; a name only if it is on record.

    Args:
        text: A part of the letter.
        names: Names of persons on record that count.
    """
    shape = identifies(text)
    if shape:
        yield KINDS[shape]
    if any(name in text for name in names):
        yield NAME
