"""A file read piece by piece: in which signs it is written, its lines, its features; never held whole."""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from django.utils.translation import gettext as _

Source = bytes | Path
"""A small file, or where one lies; it is opened as often as it is read."""
CHUNK = 1 << 18
BLANK = " \t\r\n"
AFTER = frozenset(f"{BLANK},:]}}")


def opened(source: Source) -> BinaryIO:
    """Return a file from its beginning."""
    return source.open("rb") if isinstance(source, Path) else io.BytesIO(source)


def encoding_of(source: Source) -> str:
    """Return how a text is written: by a browser, a spreadsheet of today, or one of a Chinese office.

    Raises:
        ValueError: If it is no text; the message says what to do.
    """
    with opened(source) as file:
        is_wide = file.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}
    for name in ("utf-16",) if is_wide else ("utf-8-sig", "gb18030"):
        if _is_written(source, name):
            return name
    raise ValueError(_("The file is no text that can be read: save it as CSV UTF-8 or as GeoJSON."))


def features_of(source: Source, encoding: str) -> Iterator[Any]:
    """Yield what stands in `features` of a collection, in its order; what else it says is passed over.

    Raises:
        ValueError: If it is no collection: maybe after some features, for it is read as it goes.
    """
    with opened(source) as file, io.TextIOWrapper(file, encoding=encoding, newline="") as text:
        try:
            yield from _Walk(text).features()
        except (ValueError, RecursionError) as error:  # JSON, and an integer of thousands of digits
            raise ValueError(_("This is no GeoJSON collection of features.")) from error


class _NoCollection(ValueError):  # noqa: N818 - says what it is
    """A sign stands where a collection has another one."""


class _Walk:
    """A walk through a JSON text of which only what is being read is held; values are read by `json`."""

    def __init__(self, text: TextIO) -> None:
        self.text, self.held, self.at, self.is_over = text, "", 0, False
        self.read = json.JSONDecoder().raw_decode

    def features(self) -> Iterator[Any]:
        there = False
        for key in self.keys():
            if key == "features":
                there = True
                yield from self.elements()
            else:
                self.value()
        if not there or self.sign():
            raise _NoCollection

    def keys(self) -> Iterator[Any]:
        self.past("{")
        if self.sign() == "}":
            self.past("}")
            return
        while True:
            if self.sign() != '"':
                raise _NoCollection
            key = self.value()
            self.past(":")
            yield key
            if self.past(",}") == "}":
                return

    def elements(self) -> Iterator[Any]:
        self.past("[")
        if self.sign() == "]":
            self.past("]")
            return
        while True:
            yield self.value()
            if self.past(",]") == "]":
                return

    def sign(self) -> str:
        """Return the next sign that is no blank, "" at the end."""
        while True:
            while self.at < len(self.held) and self.held[self.at] in BLANK:
                self.at += 1
            if self.at < len(self.held) or self.is_over:
                return self.held[self.at : self.at + 1]
            self.more()

    def past(self, expected: str) -> str:
        """Go past one of some signs; return it."""
        found = self.sign()
        if not found or found not in expected:
            raise _NoCollection
        self.at += 1
        return found

    def value(self) -> Any:
        """Return the next value; one that the held part cuts short is read again with twice as much."""
        self.sign()
        while True:
            try:
                found, end = self.read(self.held, self.at)
            except json.JSONDecodeError:
                if self.is_over:
                    raise
            else:
                if self.is_over or self.held[end : end + 1] in AFTER:  # a number may go on
                    self.at = end
                    return found
            self.more()

    def more(self) -> None:
        """Hold more of the text, and nothing of what was read."""
        left = self.held[self.at :]
        came = self.text.read(max(CHUNK, len(left)))
        self.held, self.at, self.is_over = left + came, 0, not came


def _is_written(source: Source, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with opened(source) as file:
        try:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True
