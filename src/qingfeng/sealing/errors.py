"""What can go wrong with something sealed; never says more than whoever holds no key may know."""

from __future__ import annotations


class SealingError(Exception):
    """Something sealed cannot be opened, or cannot be sealed as it was asked.

    Attributes:
        why: One of the words below, for whoever turns it into a sentence for a person.
    """

    FORM = "form"  # this was not sealed by us, or was cut short
    RECEIVER = "receiver"  # it is not sealed to this key
    CHANGED = "changed"  # a byte of it was changed, or it stands where it does not belong
    PHRASE = "phrase"  # the phrase does not open this key
    SHARES = "shares"  # the two shares do not belong together
    NOBODY = "nobody"  # there is nobody to seal it to

    def __init__(self, why: str, what: str) -> None:
        self.why = why
        super().__init__(what)
