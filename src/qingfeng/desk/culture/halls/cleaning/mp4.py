"""MP4 and M4A (ISO 14496-12): boxes that playing needs stay, the others become free space of their size.

Times of recording become 0, names of handlers and encoders blank. A track that is neither seen, heard nor
read (positions, sensors) goes with its samples, which lie in the middle of the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import calcsize, iter_unpack, unpack_from
from struct import error as struct_error

from qingfeng.desk.culture.halls.cleaning.found import Cleaned, Unreadable, kinds_in

STAYS = {
    b"": {b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"mfra", b"sidx", b"ssix", b"pdin"},
    b"moov": {b"mvhd", b"trak", b"mvex", b"iods"},
    b"trak": {b"tkhd", b"edts", b"tref", b"mdia", b"trgr"},
    b"mdia": {b"mdhd", b"hdlr", b"minf", b"elng"},
    b"minf": {b"vmhd", b"smhd", b"hmhd", b"sthd", b"nmhd", b"gmhd", b"dinf", b"stbl", b"hdlr"},
    b"stbl": {
        b"stsd", b"stts", b"ctts", b"stss", b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"sgpd", b"sbgp",
        b"sdtp", b"subs", b"saiz", b"saio", b"cslg", b"stsh", b"padb", b"stdp",
    },
    b"moof": {b"mfhd", b"traf"},
    b"traf": {b"tfhd", b"tfdt", b"trun", b"sbgp", b"sgpd", b"subs", b"saiz", b"saio", b"senc"},
}  # fmt: skip
TIMED = {b"mvhd", b"tkhd", b"mdhd"}
SHOWN = {b"vide", b"soun", b"text", b"sbtl", b"subt", b"clcp"}
VENDOR, ENCODER = (12, 16), (42, 74)  # in the entry of a picture track
Box = tuple[int, int, int, bytes]


def cleaned(data: bytes) -> Cleaned:
    """Return it without what it knows of its maker.

    Raises:
        Unreadable: If its boxes cannot be followed to their end.
    """
    work = _Work(data)
    work.within(b"", 0, len(data))
    return Cleaned(bytes(work.out), frozenset(work.taken))


def is_torn(data: bytes) -> bool:
    """Return whether it ends before its last box does, or has no head."""
    found = list(boxes(data, 0, len(data)))
    ends = found[-1][2] if found else 0
    return len(data) - ends >= 8 or all(kind != b"moov" for _at, _inner, _stop, kind in found)


def seconds_of(data: bytes) -> int | None:
    """Return how long it is, None where it does not say."""
    head = _first(data, 0, len(data), b"moov")
    said = head and _first(data, head[1], head[2], b"mvhd")
    if not said:
        return None
    wide = data[said[1]] == 1
    scale_at = said[1] + (20 if wide else 12)
    scale, long = unpack_from(">IQ" if wide else ">II", data, scale_at)
    return round(long / scale) if scale else None


def boxes(data: bytes, begin: int, end: int) -> Iterator[Box]:
    """Yield the boxes of a stretch: where one begins, where its content does, where it ends, its kind."""
    at = begin
    while at + 8 <= end:
        size, kind, head = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = end - at
        if size < head or at + size > end:
            return
        yield at, at + head, at + size, kind
        at += size


class _Work:
    """A film under way: what is written over, and what that was."""

    def __init__(self, data: bytes) -> None:
        self.data, self.out, self.taken = data, bytearray(data), set[str]()

    def within(self, name: bytes, begin: int, end: int) -> None:
        """Clean what lies in a box of that name, all of it."""
        at = begin
        for box in boxes(self.data, begin, end):
            at = box[2]
            if box[3] in STAYS[name]:
                self._cleaned(box)
            else:
                self._gone(box, kinds_in(self.data[box[1] : box[2]]) if box[3] != b"mdat" else set())
        if self.data[at:end].strip(b"\0"):
            raise Unreadable

    def _cleaned(self, box: Box) -> None:
        _at, inner, stop, kind = box
        if kind in TIMED:
            self._blank(inner + 4, inner + (20 if self.data[inner] == 1 else 12), "time")
        elif kind == b"hdlr":
            self._blank(inner + 24, stop, "device")
        elif kind == b"trak" and _handler(self.data, box) not in SHOWN:
            for begin, end in _samples(self.data, box):
                self._blank(begin, end, "tracks")
            self._gone(box, set())
        elif kind in STAYS:
            self.within(kind, inner, stop)
        elif kind == b"stsd":
            self._entries(inner + 8, stop)

    def _entries(self, begin: int, end: int) -> None:
        for _at, inner, stop, kind in boxes(self.data, begin, end):
            if kind[:2] in {b"av", b"hv", b"he", b"vp", b"mp"} and kind != b"mp4a":
                for first, last in (VENDOR, ENCODER):
                    self._blank(min(inner + first, stop), min(inner + last, stop), "device")

    def _blank(self, begin: int, end: int, what: str) -> None:
        begin, end = min(begin, len(self.out)), min(end, len(self.out))
        if self.out[begin:end].strip(b"\0"):
            self.taken.add(what)
            self.out[begin:end] = bytes(end - begin)

    def _gone(self, box: Box, what: set[str]) -> None:
        at, inner, stop, _kind = box
        self.taken |= what
        self.out[at + 4 : at + 8] = b"free"
        self.out[inner:stop] = bytes(stop - inner)


def _first(data: bytes, begin: int, end: int, kind: bytes) -> Box | None:
    return next((one for one in boxes(data, begin, end) if one[3] == kind), None)


def _down(data: bytes, box: Box, *kinds: bytes) -> Box | None:
    """Return a box below others, None where one of them is not there."""
    found: Box | None = box
    for kind in kinds:
        found = _first(data, found[1], found[2], kind) if found else None
    return found


def _handler(data: bytes, track: Box) -> bytes:
    found = _down(data, track, b"mdia", b"hdlr")
    return data[found[1] + 8 : found[1] + 12] if found else b""


def _samples(data: bytes, track: Box) -> Iterator[tuple[int, int]]:
    """Yield where the samples of a track lie, chunk by chunk.

    Raises:
        Unreadable: If its tables do not say, or it is written in fragments.
    """
    table = _down(data, track, b"mdia", b"minf", b"stbl")
    named = {one[3]: one[1] for one in boxes(data, table[1], table[2])} if table else {}
    begins = b"co64" if b"co64" in named else b"stco"
    if not {b"stsc", b"stsz", begins} <= set(named) or _first(data, 0, len(data), b"moof"):
        raise Unreadable
    try:
        chunks = _numbers(data, named[begins] + 4, "Q" if begins == b"co64" else "I")
        runs = _numbers(data, named[b"stsc"] + 4, "III")
        alike, count = unpack_from(">II", data, named[b"stsz"] + 4)
        sizes = [] if alike else _numbers(data, named[b"stsz"] + 8, "I")
    except (struct_error, ValueError) as error:
        raise Unreadable from error
    no = 0
    for chunk, (begin,) in enumerate(chunks, 1):
        many = next((run[1] for run in reversed(runs) if run[0] <= chunk), 0)
        many = min(many, count - no)
        long = alike * many if alike else sum(one for (one,) in sizes[no : no + many])
        yield begin, begin + long
        no += many


def _numbers(data: bytes, at: int, form: str) -> list[tuple[int, ...]]:
    """Return the rows of a table: their number, then each of them."""
    (count,) = unpack_from(">I", data, at)
    size = calcsize(">" + form)
    if at + 4 + count * size > len(data):
        raise ValueError
    return list(iter_unpack(">" + form, data[at + 4 : at + 4 + count * size]))
