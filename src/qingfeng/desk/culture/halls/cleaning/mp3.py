"""MP3 (MPEG audio, layer III): its frames and nothing between, before or after them."""

from __future__ import annotations

from qingfeng.desk.culture.halls.cleaning.found import Cleaned, kinds_in

KBITS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
KBITS_LOW = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
HERTZ = (44100, 48000, 32000)
FIRST, LAYER_3 = 3, 1  # as two bits say them
SLOWER = {3: 1, 2: 2, 0: 4}  # MPEG 1, 2 and 2.5


def cleaned(data: bytes) -> Cleaned:
    """Return its frames; nothing where there is none."""
    kept, beside, at = bytearray(), bytearray(), 0
    while at < len(data):
        size = frame_at(data, at)
        if size:
            kept += data[at : at + size]
        else:
            size = _next(data, at) - at
            beside += data[at : at + size]
        at += size
    return Cleaned(bytes(kept), frozenset(kinds_in(bytes(beside))))


def frame_at(data: bytes, at: int) -> int:
    """Return how many bytes the frame has that begins there, 0 where none does or it is not whole."""
    head = int.from_bytes(data[at : at + 4], "big")
    version, layer = head >> 19 & 3, head >> 17 & 3
    rate, hertz, is_padded = head >> 12 & 15, head >> 10 & 3, head >> 9 & 1
    if head >> 21 != 0x7FF or version not in SLOWER or layer != LAYER_3 or not 0 < rate < 15 or hertz > 2:
        return 0
    is_first = version == FIRST
    kbits = (KBITS if is_first else KBITS_LOW)[rate]
    size = (144 if is_first else 72) * kbits * 1000 // (HERTZ[hertz] // SLOWER[version]) + is_padded
    return size if at + size <= len(data) else 0


def _next(data: bytes, at: int) -> int:
    """Return where the next frame begins that another one or the end follows, or a tag ends."""
    if data[at : at + 3] == b"ID3" and at + 10 <= len(data):
        size = sum((byte & 0x7F) << 7 * (3 - no) for no, byte in enumerate(data[at + 6 : at + 10]))
        return min(len(data), at + 10 + size + (10 if data[at + 5] & 0x10 else 0))
    at += 1
    while (at := data.find(b"\xff", at)) >= 0:
        size = frame_at(data, at)
        if size and (at + size == len(data) or frame_at(data, at + size)):
            return at
        at += 1
    return len(data)
