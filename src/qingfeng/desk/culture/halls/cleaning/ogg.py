"""Ogg (RFC 3533): the comments, first packet of the second page, are emptied; vendor and length stay."""

from __future__ import annotations

from collections.abc import Iterator

from qingfeng.desk.culture.halls.cleaning.found import Cleaned, Unreadable, kinds_in

BEGINS = 2  # a page that begins a stream
HEADS = {b"OpusTags": 8, b"\x03vorbis": 7}


def cleaned(data: bytes) -> Cleaned:
    """Return it without its comments.

    Raises:
        Unreadable: If its pages cannot be followed, its streams are several, or its comments go over pages.
    """
    pages = list(_pages(data))
    if len(pages) < 2:
        return Cleaned(data[: pages[0][1]] if pages else b"", frozenset())
    if sum(bool(data[begin + 5] & BEGINS) for begin, _end in pages) > 1:
        raise Unreadable
    begin, stop = pages[1]
    laces = data[begin + 27 : begin + 27 + data[begin + 26]]
    inner, last = begin + 27 + len(laces), next((no for no, one in enumerate(laces) if one < 255), None)
    if last is None:
        raise Unreadable
    packet = bytearray(data[inner : inner + sum(laces[: last + 1])])
    head = next((long for mark, long in HEADS.items() if packet.startswith(mark)), 0)
    if not head:
        raise Unreadable
    at = head + 4 + int.from_bytes(packet[head : head + 4], "little")
    taken = kinds_in(bytes(packet[at + 4 :]).rstrip(b"\x01"))
    packet[at:] = bytes(len(packet) - at)
    if head == HEADS[b"\x03vorbis"] and at + 4 < len(packet):
        packet[at + 4] = 1  # the bit that ends the packet of a Vorbis stream
    page = bytearray(data[begin:inner] + bytes(packet) + data[inner + len(packet) : stop])
    page[22:26] = bytes(4)
    page[22:26] = sum_of(page).to_bytes(4, "little")
    return Cleaned(data[:begin] + bytes(page) + data[stop : pages[-1][1]], frozenset(taken))


def sum_of(page: bytes | bytearray) -> int:
    """Return the check sum of a page whose own is 0."""
    held = 0
    for byte in page:
        held ^= byte << 24
        for _bit in range(8):
            held = (held << 1 ^ 0x04C11DB7 if held >> 31 else held << 1) & 0xFFFFFFFF
    return held


def _pages(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield where each page begins and ends; what breaks off behind the last one is left out.

    Raises:
        Unreadable: If something else lies between them.
    """
    at = 0
    while at + 27 <= len(data):
        if data[at : at + 4] != b"OggS":
            raise Unreadable
        laces = data[at + 27 : at + 27 + data[at + 26]]
        stop = at + 27 + len(laces) + sum(laces)
        if len(laces) < data[at + 26] or stop > len(data):
            return
        yield at, stop
        at = stop
