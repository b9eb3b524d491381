"""Formulas of indicators (计分公式): a small language over named readings, read by hand, run by nobody else.

    expression = term {("+" | "-") term}
    term       = factor {("*" | "×" | "/" | "÷") factor}
    factor     = number | name | ("min" | "max") "(" expression {"," expression} ")" | "(" expression ")"

There is no other name than that of a reading, no text, no comparison and no loop. Arithmetic is decimal, so
that the same inputs give the same points on every machine. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
TOKEN = re.compile(
    r"\s*(?:(?P<number>\d{1,6}(?:\.\d{1,4})?)|(?P<name>[^\W\d]\w*)|(?P<sign>[-+*/(),×÷（），]))"
)
SAME = str.maketrans("×÷（），", "*/(),")
FUNCTIONS = ("min", "max")
DEEPEST = 20


class FormulaError(ValueError):
    """A formula cannot be read.

    Attributes:
        what: `sign`, `name`, `end`, `deep` or `empty`.
        at: Position in the text, from 0.
        near: What stands there.
    """

    def __init__(self, what: str, at: int, near: str = "") -> None:
        self.what, self.at, self.near = what, at, near
        super().__init__(f"{what} at {at}: {near!r}")


@dataclass(frozen=True)
class Node:
    """A number, a reading, or an operation on others.

    Attributes:
        kind: `number`, `name`, or one of `+ - * / min max`.
        value: The number, or the name of the reading.
        parts: What it operates on.
    """

    kind: str
    value: Decimal | str = ""
    parts: tuple[Node, ...] = ()


def parse(text: str, known: Container[str]) -> Node:
    """Return a formula as a tree.

    Args:
        text: The formula; Chinese signs are taken as well.
        known: Names of readings.

    Raises:
        FormulaError: With what cannot be read and where.
    """
    return _Reader(text, known).whole()


def renamed(text: str, to: Mapping[str, str]) -> str:
    """Return a formula with other names of its readings and plain signs, spaced evenly."""
    words = [to.get(word, word) for _kind, word, _at in _tokens(text)]
    spaced = "".join(f" {word} " if word in {"+", "-", "*", "/"} else word for word in words)
    return spaced.replace(",", ", ").strip()


def names(node: Node) -> Iterator[str]:
    """Yield the readings a formula reads, each as often as it stands there."""
    if node.kind == "name":
        yield str(node.value)
    for part in node.parts:
        yield from names(part)


def points(node: Node, inputs: Mapping[str, Decimal], most: Decimal) -> Decimal | None:
    """Return the points of a formula: never less than 0 or more than its maximum, in hundredths.

    Args:
        node: The formula.
        inputs: What was read, by name; a reading without anything to read is not there.
        most: Points at most.

    Returns:
        None where a reading it needs found nothing, or it would divide by nothing: what is not shown gives
        no points.
    """
    if any(name not in inputs for name in names(node)):
        return None
    found = _value(node, inputs)
    if found is None:
        return None
    return min(max(found, Decimal(0)), most).quantize(CENT, ROUND_HALF_UP)


def _value(node: Node, inputs: Mapping[str, Decimal]) -> Decimal | None:
    if node.kind == "number":
        return Decimal(node.value)
    if node.kind == "name":
        return inputs[str(node.value)]
    parts = [_value(part, inputs) for part in node.parts]
    known = [one for one in parts if one is not None]
    if len(known) < len(parts):
        return None
    if node.kind in FUNCTIONS:
        return min(known) if node.kind == "min" else max(known)
    left, right = known
    if node.kind == "/":
        return None if right == 0 else left / right
    return {"+": left + right, "-": left - right, "*": left * right}[node.kind]


class _Reader:
    """Reads a formula from left to right, once."""

    def __init__(self, text: str, known: Container[str]) -> None:
        self.known, self.tokens, self.deep = known, list(_tokens(text)), 0
        self.place, self.end = 0, len(text)

    def whole(self) -> Node:
        if not self.tokens:
            raise FormulaError("empty", 0)
        found = self.sum()
        if self.place < len(self.tokens):
            self._wrong("sign")
        return found

    def sum(self) -> Node:
        return self._chain("+-", self.product)

    def product(self) -> Node:
        return self._chain("*/", self.factor)

    def _chain(self, signs: str, read: Callable[[], Node]) -> Node:
        found = read()
        while (kind := self._peek()) and kind in signs:
            self.place += 1
            found = Node(kind, parts=(found, read()))
        return found

    def factor(self) -> Node:
        kind, text, _at = self._take()
        if kind == "number":
            return Node("number", Decimal(text))
        if kind == "name":
            return self._named(text)
        if text != "(":
            self.place -= 1
            self._wrong("sign")
        return self._within()[0]

    def _named(self, text: str) -> Node:
        if text in FUNCTIONS:
            self._need("(")
            return Node(text, parts=self._within(many=True))
        if text not in self.known:
            self.place -= 1
            self._wrong("name")
        return Node("name", text)

    def _within(self, *, many: bool = False) -> tuple[Node, ...]:
        """Read what stands before the closing bracket."""
        self.deep += 1
        if self.deep > DEEPEST:
            self._wrong("deep")
        found = [self.sum()]
        while many and self._peek() == ",":
            self.place += 1
            found.append(self.sum())
        self._need(")")
        self.deep -= 1
        return tuple(found)

    def _peek(self) -> str:
        return self.tokens[self.place][1] if self.place < len(self.tokens) else ""

    def _take(self) -> tuple[str, str, int]:
        if self.place >= len(self.tokens):
            raise FormulaError("end", self.end)
        self.place += 1
        return self.tokens[self.place - 1]

    def _need(self, sign: str) -> None:
        if self._peek() != sign:
            self._wrong("sign")
        self.place += 1

    def _wrong(self, what: str) -> None:
        if self.place >= len(self.tokens):
            raise FormulaError("end", self.end)
        _kind, text, at = self.tokens[self.place]
        raise FormulaError(what, at, text)


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = TOKEN.match(text, at)
        if found is None:
            near = text[at:].lstrip()[:8]
            raise FormulaError("sign", end - len(text[at:end].lstrip()), near)
        kind = str(found.lastgroup)
        yield kind, found[kind].translate(SAME), found.start(kind)
        at = found.end()
