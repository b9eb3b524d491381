"""The QR code on a slip, by which a stamped or signed copy finds its way back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

TEXT = re.compile(r"(?:qingfeng:slip/1/|https?://\S{1,200}/s/)([2-9A-HJ-NP-Z]{10})-([0-9a-f]{8})/?")


class NotASlip(ValueError):  # noqa: N818 - told to a person as it is
    """A scanned text is no slip's, or was read wrongly."""


@dataclass(frozen=True)
class SlipCode:
    """What a slip's QR code says.

    Attributes:
        code: Of the slip.
        check: Eight hex digits over code and number: a code on the wrong paper does not fit.
    """

    code: str
    check: str


def slip_text(code: str, number: str, *, address: str = "") -> str:
    """Return the text of a slip's QR code.

    Args:
        code: Of the slip.
        number: Its document number.
        address: Where this installation answers, as `https://host`; then a phone opens the page. Empty: none.
    """
    end = f"{code}-{_check(code, number)}"
    return f"{address.rstrip('/')}/s/{end}" if address else f"qingfeng:slip/1/{end}"


def read_qr_text(text: str) -> SlipCode:
    """Return what a scanned text says.

    Raises:
        NotASlip: If it is no slip's.
    """
    found = TEXT.fullmatch(text.strip())
    if not found:
        raise NotASlip("the code is not of a slip of this house")
    return SlipCode(found[1], found[2])


def fits(scanned: SlipCode, number: str) -> bool:
    """Return whether a scanned code belongs to a document of this number."""
    return scanned.check == _check(scanned.code, number)


def _check(code: str, number: str) -> str:
    return sha256(f"{code}\n{number}".encode()).hexdigest()[:8]
