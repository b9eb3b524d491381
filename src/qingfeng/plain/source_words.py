"""Words that name a source (举报人, 来信反映, a number of a report or petition): what goes out has none.

Whom something is said of is no source: every clue has a 被反映人, whether an audit, an inspection or a letter
named them, and a paper that asks them must be able to say so. 被举报人 and its like are found: they name the
same person and say that somebody reported, which nobody outside shall learn (rights.md 6). The longest word
counts: 被反映人 is not read as 反映人.

What is found is certain; what is not found proves little: a hint that only one person could have given, a
way of writing or a detail that gives somebody away cannot be seen by comparing words.
"""

from __future__ import annotations

import re

PHRASES = (
    "举报人",
    "检举人",
    "控告人",
    "检举控告人",
    "反映人",
    "来信人",
    "来访人",
    "来电人",
    "写信人",
    "被举报人",
    "被检举人",
    "被控告人",
    "被检举控告人",
    "实名举报",
    "匿名举报",
    "实名反映",
    "匿名反映",
    "匿名信",
    "举报信",
    "检举信",
    "控告信",
    "来信反映",
    "来信称",
    "来电反映",
    "来电称",
    "来访反映",
    "群众举报",
    "有人举报",
    "据举报",
    "经举报",
    "接举报",
)
NO_SOURCE = ("被反映人",)
_INNOCENT = {"反映人": "(?![民均口])"}  # 反映人民群众诉求, 反映人均用量
_PHRASES = re.compile(
    "|".join(
        one + _INNOCENT.get(one, "")
        for one in sorted(map(re.escape, (*PHRASES, *NO_SOURCE)), key=len, reverse=True)
    )
)
_NUMBER = re.compile(r"(?:(?<![质药])检|(?<![工经网电通])信)\s*[〔\[(（]\s*\d{4}\s*[〕\])）]\s*\d+\s*号?")
"""Letters of bureaus whose own short name ends in the same sign (工信〔2026〕5号) are none of ours."""
BETWEEN = re.compile(r"[\s·•・.,，。、()（）\[\]【】“”\"'‘’_-]+")
LEAST_SIGNS = 2


def source_words(text: str) -> tuple[str, ...]:
    """Return the words that say that somebody reported, or the number of a report or petition; once each."""
    told = BETWEEN.sub("", text)
    found = [one.group() for one in _PHRASES.finditer(told) if one.group() not in NO_SOURCE]
    found += [one.group() for one in _NUMBER.finditer(text)]
    return tuple(dict.fromkeys(found))


def names_in(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of some names, or numbers to reach somebody, that a text contains however spaced."""
    told = BETWEEN.sub("", text).casefold()
    wanted = {one: BETWEEN.sub("", one).casefold() for one in names}
    return tuple(one for one, folded in wanted.items() if len(folded) >= LEAST_SIGNS and folded in told)
