"""Secrecy marks (密级标志): told from the words that only speak of secrecy.

A mark is a level in the form in which a document carries it, not the word (docs/decisions/0012). The law on
keeping state secrets leaves such documents to other networks and to confidential carriers.

Law:
    中华人民共和国保守国家秘密法; GB/T 9704-2012 7.2.2
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LEVEL = r"(?:绝\s*密|机\s*密|秘\s*密)"
TERM = r"(?:[一二两三四五六七八九十\d]+\s*(?:年|个?月|天)|长\s*期|启用前|解密前)"
STAR = re.compile(rf"{LEVEL}\s*(?:级)?\s*[★☆⭐*]")
ALONE = re.compile(rf"[\[(【〔<《「\s]*{LEVEL}\s*(?:级|件|文件|资料)?\s*[:(]?\s*{TERM}?[\])】〕>》」\s]*")
LABEL = re.compile(
    rf"(?:密\s*级|秘密等级|保密等级|涉密等级|密级和保密期限)\s*[:|\s]\s*{LEVEL}(?!(?!级)[\u4e00-\u9fff])"
)
TOKEN = re.compile(rf"{LEVEL}(?:级|件|文件|资料)?{TERM}?")
APART = re.compile(r"[\s_\-–—·.、,，;；()（）【】\[\]〔〕{}<>《》「」+&@#=]+")
HEAD_LINES = 12  # non-empty lines at the head of a page among which a mark may stand


def mark_in_text(pages: Iterable[str]) -> bool:
    """Return whether a text carries a secrecy mark.

    Args:
        pages: The text, page by page; a text without pages is one page.
    """
    return any(_page_has_mark(page) for page in pages)


def mark_in_name(name: str) -> bool:
    """Return whether a file's name carries a secrecy mark: with a star, or as a word of its own."""
    stem = _folded(name.rsplit(".", 1)[0])
    return bool(STAR.search(stem)) or any(TOKEN.fullmatch(word) for word in APART.split(stem) if word)


def has_marking(line: str) -> bool:
    """Return whether one line is or holds a secrecy mark."""
    line = _folded(line)
    return bool(STAR.search(line) or ALONE.fullmatch(line) or LABEL.search(line))


def _page_has_mark(page: str) -> bool:
    page = _folded(page)
    if STAR.search(page):
        return True
    head = [line.strip() for line in page.splitlines() if line.strip()][:HEAD_LINES]
    return any(ALONE.fullmatch(line) or LABEL.search(line) for line in head)


def _folded(text: str) -> str:
    """Return text with full-width forms and traditional characters of the levels made plain."""
    text = unicodedata.normalize("NFKC", text).replace("絕", "绝").replace("機密", "机密")
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
