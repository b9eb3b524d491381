"""Sounds and films without what they know of their maker: place, device, owner; and how long they are.

Nothing is encoded anew. In MP4 and M4A the boxes that hold such things become free space of the same size, in
WebM a void of the same size; of an MP3 the tags before and after it are cut off. Of an Ogg
the list of comments is emptied where it lies, and its page gets the check sum that fits.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

TELLING = (b"udta", b"meta", b"uuid", b"xyz ", b"\xa9xyz")
WITHIN = (b"moov", b"trak", b"mdia", b"minf", b"moof", b"traf")
EBML, SEGMENT, TAGS, VOID = b"\x1a\x45\xdf\xa3", 0x18538067, 0x1254C367, b"\xec"
INFO, DURATION, SCALE = 0x1549A966, 0x4489, 0x2AD7B1


def cleaned(data: bytes) -> bytes:
    """Return a sound or film without its metadata; what is of no known form comes back as it is."""
    if data[4:8] == b"ftyp":
        return _mp4(data)
    if data.startswith(EBML):
        return _webm(data)
    if data.startswith(b"OggS"):
        return _ogg(data)
    return _mp3(data)


def seconds_of(data: bytes) -> int | None:
    """Return how long a film or sound in MP4, M4A or WebM is; None where it does not say."""
    if data[4:8] == b"ftyp":
        return _mp4_seconds(data)
    if data.startswith(EBML):
        return _webm_seconds(data)
    return None


def is_torn(data: bytes) -> bool:
    """Return whether an MP4, M4A or WebM breaks off before its end; what lies behind would not be cleaned.

    An MP3 or Ogg says nowhere how long it is.
    """
    if data[4:8] == b"ftyp":
        boxes = list(_boxes(data, 0, len(data)))
        ends = boxes[-1][2] if boxes else 0
        return len(data) - ends >= 8 or all(kind != b"moov" for _at, _inner, _stop, kind in boxes)
    if data.startswith(EBML):
        return all(one != SEGMENT for _at, _inner, _stop, one in _elements(data, 0, len(data)))
    return False


def _boxes(data: bytes, begin: int, end: int) -> Iterator[tuple[int, int, int, bytes]]:
    """Yield the boxes of an MP4: where one begins, where its content does, where it ends, its kind."""
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


def _mp4(data: bytes) -> bytes:
    out = bytearray(data)

    def walk(begin: int, end: int) -> None:
        for at, inner, stop, kind in _boxes(data, begin, end):
            if kind in TELLING:
                out[at + 4 : at + 8] = b"free"
                out[inner:stop] = bytes(stop - inner)
            elif kind in WITHIN:
                walk(inner, stop)

    walk(0, len(data))
    return bytes(out)


def _mp4_seconds(data: bytes) -> int | None:
    for _at, inner, stop, kind in _boxes(data, 0, len(data)):
        if kind != b"moov":
            continue
        for _begin, at, _end, name in _boxes(data, inner, stop):
            if name == b"mvhd":
                wide = data[at] == 1
                scale_at = at + (20 if wide else 12)
                scale = int.from_bytes(data[scale_at : scale_at + 4], "big")
                long = int.from_bytes(data[scale_at + 4 : scale_at + (12 if wide else 8)], "big")
                return round(long / scale) if scale else None
    return None


def _elements(data: bytes, begin: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield the elements of a WebM: where one begins, where its content does, where it ends, its number."""
    at = begin
    while at < end:
        long = 9 - data[at].bit_length()
        if long > 4 or at + long >= end:
            return
        number, size_at = int.from_bytes(data[at : at + long], "big"), at + long
        wide = 9 - data[size_at].bit_length()
        if wide > 8:
            return
        size = int.from_bytes(data[size_at : size_at + wide], "big") & ((1 << 7 * wide) - 1)
        inner = size_at + wide
        is_unknown = size == (1 << 7 * wide) - 1
        stop = end if is_unknown else inner + size
        if stop > end:
            return
        yield at, inner, stop, number
        at = stop


def _webm(data: bytes) -> bytes:
    out = bytearray(data)
    for _at, inner, stop, number in _elements(data, 0, len(data)):
        if number != SEGMENT:
            continue
        for begin, _inner, end, name in _elements(data, inner, stop):
            if name == TAGS and end - begin >= 10:
                out[begin:end] = _void(end - begin)
    return bytes(out)


def _void(size: int) -> bytes:
    """Return a void element that takes exactly so many bytes, ten at least."""
    return VOID + (size - 9 | 1 << 56).to_bytes(8, "big") + bytes(size - 9)


def _webm_seconds(data: bytes) -> int | None:
    for _at, inner, stop, number in _elements(data, 0, len(data)):
        if number != SEGMENT:
            continue
        for _begin, at, end, name in _elements(data, inner, stop):
            if name == INFO:
                said = {one: data[i:e] for _b, i, e, one in _elements(data, at, end)}
                scale = int.from_bytes(said.get(SCALE, b"\x0f\x42\x40"), "big")
                long = said.get(DURATION, b"")
                form = {4: ">f", 8: ">d"}.get(len(long))
                return round(struct.unpack(form, long)[0] * scale / 1e9) if form else None
    return None


def _mp3(data: bytes) -> bytes:
    while data[:3] == b"ID3" and len(data) > 10:
        size = sum((byte & 0x7F) << 7 * (3 - no) for no, byte in enumerate(data[6:10]))
        data = data[10 + size + (10 if data[5] & 0x10 else 0) :]
    if data[-128:-125] == b"TAG":
        data = data[:-128]
    if data[-32:-24] == b"APETAGEX":
        size = int.from_bytes(data[-20:-16], "little")
        has_head = int.from_bytes(data[-12:-8], "little") >> 31
        data = data[: max(0, len(data) - size - (32 if has_head else 0))]
    return data


def _ogg(data: bytes) -> bytes:
    """Empty the comments: they are the first packet of the second page; vendor and length stay."""
    begin = data.find(b"OggS", 27)
    if begin < 0:
        return data
    laces = data[begin + 27 : begin + 27 + data[begin + 26]]
    inner = begin + 27 + len(laces)
    stop, long = (
        inner + sum(laces),
        next((no for no, one in enumerate(laces) if one < 255), len(laces) - 1) + 1,
    )
    packet = bytearray(data[inner : inner + sum(laces[:long])])
    head = 8 if packet.startswith(b"OpusTags") else 7 if packet.startswith(b"\x03vorbis") else 0
    if not head:
        return data
    at = head + 4 + int.from_bytes(packet[head : head + 4], "little")
    packet[at:] = bytes(len(packet) - at)
    if head == 7 and at + 4 < len(packet):
        packet[at + 4] = 1  # the bit that ends the packet of a Vorbis stream
    page = bytearray(data[begin:inner] + bytes(packet) + data[inner + len(packet) : stop])
    page[22:26] = bytes(4)
    page[22:26] = _ogg_sum(page).to_bytes(4, "little")
    return data[:begin] + bytes(page) + data[stop:]


def _ogg_sum(page: bytes | bytearray) -> int:
    held = 0
    for byte in page:
        held ^= byte << 24
        for _bit in range(8):
            held = (held << 1 ^ 0x04C11DB7 if held >> 31 else held << 1) & 0xFFFFFFFF
    return held
