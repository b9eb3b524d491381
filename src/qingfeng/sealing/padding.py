"""Sizes that tell little: what is sealed is filled up to a step first.

Steps are those of Padmé (Nikitin et al., Reducing Metadata Leakage from Encrypted Files, 2019): a size
keeps only its leading bits, so that a copy adds at most 12 % and sizes of a kind fall together.
Below 1 KiB everything is 1 KiB: a short report and a shorter one look the same.
"""

from __future__ import annotations

from qingfeng.sealing.errors import SealingError

LEAST = 1024
_MARK = b"\x80"


def stepped(size: int) -> int:
    """Return the smallest step of Padmé that is not below a size; whole units, whatever they are."""
    if size < 2:
        return size
    exponent = size.bit_length() - 1
    loose = exponent - exponent.bit_length()
    mask = (1 << loose) - 1 if loose > 0 else 0
    return (size + mask) & ~mask


def pad(data: bytes) -> bytes:
    """Return data with a mark and zeros behind it, as long as the next step."""
    return (data + _MARK).ljust(stepped(max(len(data) + 1, LEAST)), b"\x00")


def unpad(padded: bytes) -> bytes:
    """Return the data again.

    Raises:
        SealingError: If it was not padded here.
    """
    data = padded.rstrip(b"\x00")
    if not data.endswith(_MARK):
        raise SealingError(SealingError.FORM, "The padding is not ours.")
    return data[:-1]
