"""Text as it is compared: one folding for headers, values and names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_UNSEEN = re.compile(r"[\s\u200b-\u200d\ufeff]+")


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """Return text as it is compared: NFKC, without white space and zero-width marks, lower case."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).lower()
