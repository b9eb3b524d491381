"""A rule asks about a pattern, never about somebody: no text of a rule may identify anyone."""

from __future__ import annotations

import re
import unicodedata

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_GAP = r"[·•.．\-_\s]?"
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "a plate",
        re.compile(rf"[{_PROVINCES}]{_GAP}[A-HJ-NP-Z]{_GAP}(?:[A-HJ-NP-Z0-9]{_GAP}){{4,6}}(?![A-Z0-9])"),
    ),
    ("a plate", re.compile(rf"[{_PROVINCES}][A-HJ-NP-Z]{_GAP}[A-Z0-9]{{4}}(?:警|学|挂|港|澳|应急)")),
    (
        "an ID number",
        re.compile(
            r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX](?![\dA-Z])"
        ),
    ),
    ("a phone number", re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")),
    ("a phone number", re.compile(r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)")),
    ("an account or a card", re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){2,4}(?:[ -]?\d{1,3})?(?!\d)")),
    ("an account or a card", re.compile(r"(?<!\d)\d{12,}(?!\d)")),
    ("a keyed hash", re.compile(r"(?<![0-9A-F])[0-9A-F]{32}(?![0-9A-F])")),
)


def identifies(text: str, known: frozenset[str] = frozenset()) -> str:
    """Return what a text identifies somebody by, or "".

    Args:
        text: A literal, a parameter or a sentence of a rule.
        known: Names of people and plates in the home's registers; a text that equals one,
            apart from the wildcards of LIKE, identifies.
    """
    folded = unicodedata.normalize("NFKC", text).upper()
    for name, shape in _SHAPES:
        if shape.search(folded):
            return name
    bare = folded.strip("%_ \t\n")
    if bare and bare in known:
        return "a person or a plate of the registers"
    return ""


def mentions(text: str, known: frozenset[str]) -> str:
    """Return the first name or plate of the registers that a sentence contains, or "".

    Names of two characters are passed over: they are words too often.
    """
    folded = unicodedata.normalize("NFKC", text).upper()
    return next((name for name in sorted(known) if len(name) > 2 and name in folded), "")
