"""What in a text tells who wrote another one: their name, a number of theirs, a long quotation.

Signs are compared however they are spaced, written wide or narrow, in capitals or not. A quotation counts
from `LEAST_QUOTED` Chinese signs on; other letters say less each. What is common property (the name of an
office) is spared. What is not found proves little: a hint in other words, a nickname or a detail cannot be
seen by comparing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from qingfeng.plain.source_words import BETWEEN, LEAST_SIGNS

LEAST_QUOTED = 12.0
LEAST_DIGITS = 7
LETTER = 0.4  # what a letter that is no Chinese sign says, in Chinese signs
_SHINGLE = 5
_NUMBER = re.compile(
    r"(?<![\d.,¥￥])\d(?:[ \-]?\d){6,}x?(?![\d.]*\s*(?:元|万|亿|块|亩|公里|吨|度|yuan))", re.IGNORECASE
)
_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
Span = tuple[int, int]  # of signs of the text, the end exclusive


@dataclass(frozen=True)
class Known:
    """What tells who wrote.

    Attributes:
        names: Who they are and how they are reached, each whole.
        texts: What they said.
        spared: What anybody may say: names of offices.
    """

    names: Collection[str] = ()
    texts: Collection[str] = ()
    spared: Collection[str] = ()


@dataclass(frozen=True)
class _Folded:
    """A text as it is compared, and where in the text each sign of it stands."""

    signs: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        return self.places[start], self.places[end - 1] + 1


def telling_signs(text: str, known: Known) -> tuple[str, ...]:
    """Return the pieces of a text that tell who wrote, as it has them, each once, in its order."""
    return tuple(dict.fromkeys(text[start:end] for start, end in _spans(text, known)))


def masked(text: str, known: Known, mask: str) -> str:
    """Return a text with those pieces masked."""
    for start, end in reversed(_spans(text, known)):
        text = f"{text[:start]}{mask}{text[end:]}"
    return text


def _spans(text: str, known: Known) -> list[Span]:
    """Return where such pieces stand, in order, those that touch as one."""
    folded = _fold(text)
    spared = list(_places(folded, text, known.spared))
    found = [*_names(folded, text, known.names, spared), *_numbers(text, (*known.names, *known.texts))]
    for one in known.texts:
        found += _quotations(folded, _fold(one).signs, spared)
    return _joined(found)


def _joined(spans: Iterable[Span]) -> list[Span]:
    told: list[Span] = []
    for start, end in sorted(spans):
        if told and start <= told[-1][1]:
            told[-1] = told[-1][0], max(end, told[-1][1])
        else:
            told.append((start, end))
    return told


def _fold(text: str) -> _Folded:
    signs: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text):
        for one in BETWEEN.sub("", unicodedata.normalize("NFKC", sign)).casefold():
            signs.append(one)
            places.append(at)
    return _Folded("".join(signs), tuple(places))


def _places(folded: _Folded, text: str, words: Iterable[str]) -> Iterator[Span]:
    """Yield where words stand; in Latin script as words of their own."""
    for one in words:
        sought = _fold(one).signs
        start = folded.signs.find(sought) if len(sought) >= LEAST_SIGNS else -1
        while start >= 0:
            span = folded.span(start, start + len(sought))
            if not _is_within_a_word(text, span):
                yield span
            start = folded.signs.find(sought, start + 1)


def _is_within_a_word(text: str, span: Span) -> bool:
    def latin(at: int) -> bool:
        return 0 <= at < len(text) and text[at].isascii() and text[at].isalnum()

    start, end = span
    return (latin(start) and latin(start - 1)) or (latin(end - 1) and latin(end))


def _names(folded: _Folded, text: str, names: Iterable[str], spared: Collection[Span]) -> Iterator[Span]:
    for start, end in _places(folded, text, names):
        if not any(left <= start and end <= right for left, right in spared):
            yield start, end


def _numbers(text: str, texts: Iterable[str]) -> Iterator[Span]:
    """Yield numbers to reach or to know somebody by: not days, not amounts."""
    known = {number for one in texts for number, _span in _numbers_in(one)}
    for number, span in _numbers_in(text):
        if any(number in one or one in number for one in known):
            yield span


def _numbers_in(text: str) -> Iterator[tuple[str, Span]]:
    for found in _NUMBER.finditer("".join(_narrow(sign) for sign in text)):
        number = re.sub(r"[ \-]", "", found.group()).casefold()
        if not (_DATE.fullmatch(number) or len(number) < LEAST_DIGITS):
            yield number, found.span()


def _narrow(sign: str) -> str:
    """Return the narrow form of a sign where it is one sign as well: places stay as they are."""
    narrow = unicodedata.normalize("NFKC", sign)
    return narrow if len(narrow) == 1 else sign


def _quotations(folded: _Folded, source: str, spared: Collection[Span]) -> Iterator[Span]:
    """Yield the longest pieces that two texts have in common, long enough without what is spared."""
    signs = folded.signs
    begins = {source[at : at + _SHINGLE] for at in range(len(source) - _SHINGLE + 1)}
    at = 0
    while at + _SHINGLE <= len(signs):
        end = at + _SHINGLE
        if signs[at:end] not in begins:
            at += 1
            continue
        while end < len(signs) and signs[at : end + 1] in source:
            end += 1
        free = (one for one in range(at, end) if not _is_in(folded.places[one], spared))
        is_long = sum(_weight(signs[one]) for one in free) >= LEAST_QUOTED
        if is_long:
            yield folded.span(at, end)
        at = end - _SHINGLE + 1 if is_long else at + 1


def _is_in(place: int, spans: Collection[Span]) -> bool:
    return any(start <= place < end for start, end in spans)


def _weight(sign: str) -> float:
    return 1.0 if sign >= "\u2e80" else LETTER
