"""WebM (Matroska): only elements that playing needs stay; the others become a void of the same size.

The time of recording, titles and names of files go, names of programs become blank.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from qingfeng.desk.culture.halls.cleaning.found import Cleaned, Unreadable, kinds_in

EBML, SEGMENT, VOID = b"\x1a\x45\xdf\xa3", 0x18538067, 0xEC
HEAD, INFO, TRACKS, CLUSTER, CUES, SEEK = (
    0x1A45DFA3,
    0x1549A966,
    0x1654AE6B,
    0x1F43B675,
    0x1C53BB6B,
    0x114D9B74,
)
DURATION, SCALE, SUM = 0x4489, 0x2AD7B1, 0xBF
ENTRY, NAME, TYPE = 0xAE, 0x536E, 0x83
PARTS = {INFO, TRACKS, CLUSTER, CUES, SEEK}  # of a segment
BESIDES = {0x1254C367, 0x1941A469, 0x1043A770}  # tags, attachments, chapters
PROGRAMS = {0x4D80, 0x5741}
SAID = {0x4461: "time", 0x7BA9: "tags", 0x7384: "tags", 0x3C83AB: "tags", 0x3E83BB: "tags", 0x73A4: "tags"}
BLANK = {SUM, VOID}
SHOWN = {1, 2, 17}  # seen, heard, read
Element = tuple[int, int, int, int]


def cleaned(data: bytes) -> Cleaned:
    """Return it without what it knows of its maker.

    Raises:
        Unreadable: If its elements cannot be followed to their end, or it has tracks of data.
    """
    work = _Work(data)
    for one in elements(data, 0, len(data)):
        if one[3] == SEGMENT:
            work.segment(one)
        elif one[3] != HEAD:
            work.beside(one)
    return Cleaned(bytes(work.out), frozenset(work.taken))


def is_torn(data: bytes) -> bool:
    """Return whether it breaks off before its end."""
    try:
        return all(one[3] != SEGMENT for one in elements(data, 0, len(data)))
    except Unreadable:
        return True


def seconds_of(data: bytes) -> int | None:
    """Return how long it is, None where it does not say."""
    for _at, inner, stop, name in elements(data, 0, len(data)):
        if name != SEGMENT:
            continue
        for _begin, at, end, part in elements(data, inner, stop):
            if part == INFO:
                said = {one: data[i:e] for _b, i, e, one in elements(data, at, end)}
                scale = int.from_bytes(said.get(SCALE, b"\x0f\x42\x40"), "big")
                long = said.get(DURATION, b"")
                form = {4: ">f", 8: ">d"}.get(len(long))
                return round(struct.unpack(form, long)[0] * scale / 1e9) if form else None
    return None


def elements(data: bytes, begin: int, end: int) -> Iterator[Element]:
    """Yield the elements of a stretch: where one begins, where its content does, where it ends, its number.

    Raises:
        Unreadable: If one is no element, or ends behind its stretch.
    """
    at = begin
    while at < end:
        inner, stop, number = _head(data, at, end)
        if stop is None:
            stop = _end_of(data, inner, end, number)
        yield at, inner, stop, number
        at = stop


def _head(data: bytes, at: int, end: int) -> tuple[int, int | None, int]:
    """Return where the content of an element begins and ends, None where it does not say, and its number."""
    long = 9 - data[at].bit_length()
    size_at = at + long
    wide = 9 - data[size_at].bit_length() if long <= 4 and size_at < end else 9
    inner = size_at + wide
    if wide > 8 or inner > end:
        raise Unreadable
    number = int.from_bytes(data[at:size_at], "big")
    size = int.from_bytes(data[size_at:inner], "big") & ((1 << 7 * wide) - 1)
    if size == (1 << 7 * wide) - 1:  # written while it was recorded
        return inner, None, number
    if inner + size > end:
        raise Unreadable
    return inner, inner + size, number


def _end_of(data: bytes, inner: int, end: int, number: int) -> int:
    """Return where an element ends that does not say how long it is: a cluster before the next part."""
    if number == SEGMENT:
        return end
    if number != CLUSTER:
        raise Unreadable
    at = inner
    while at < end:
        _inner, stop, one = _head(data, at, end)
        if one in PARTS | BESIDES:
            return at
        if stop is None:
            raise Unreadable
        at = stop
    return end


class _Work:
    """A film under way: what is written over, and what that was."""

    def __init__(self, data: bytes) -> None:
        self.data, self.out, self.taken = data, bytearray(data), set[str]()

    def segment(self, segment: Element) -> None:
        """Clean a segment."""
        for one in elements(self.data, segment[1], segment[2]):
            if one[3] == INFO:
                self._info(one)
            elif one[3] == TRACKS:
                self._tracks(one)
            elif one[3] not in PARTS:
                self.beside(one)

    def beside(self, one: Element) -> None:
        """Make a void of what playing does not need; of a void too: what was written over may lie in it."""
        self.taken |= kinds_in(self.data[one[1] : one[2]]) if one[3] != SUM else set()
        self.gone(one)

    def _info(self, info: Element) -> None:
        for one in elements(self.data, info[1], info[2]):
            if one[3] in PROGRAMS and self.data[one[1] : one[2]].strip(b"\0"):
                self.out[one[1] : one[2]] = bytes(one[2] - one[1])
                self.taken.add("device")
            elif one[3] in SAID or one[3] in BLANK:
                self.gone(one, SAID.get(one[3], ""))

    def _tracks(self, tracks: Element) -> None:
        for track in elements(self.data, tracks[1], tracks[2]):
            if track[3] in BLANK:
                self.gone(track)
            if track[3] != ENTRY:
                continue
            for one in elements(self.data, track[1], track[2]):
                if one[3] == TYPE and int.from_bytes(self.data[one[1] : one[2]], "big") not in SHOWN:
                    raise Unreadable
                if one[3] == NAME or one[3] in BLANK:
                    self.gone(one, "device" if one[3] == NAME else "")

    def gone(self, one: Element, what: str = "") -> None:
        """Make a void of an element."""
        begin, _inner, stop, _number = one
        self.out[begin:stop] = _void(stop - begin)
        self.taken |= {what} - {""}


def _void(size: int) -> bytes:
    """Return a void element that takes exactly so many bytes, two at least."""
    if size < 9:
        return bytes([VOID, 0x80 | size - 2]) + bytes(size - 2)
    return bytes([VOID]) + (size - 9 | 1 << 56).to_bytes(8, "big") + bytes(size - 9)
