"""A plain paper that somebody takes along: a title, sections, lines; no office, no number, no red head.

The same paper and fonts give the same bytes, as for official documents.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from qingfeng.documents.fonts import FontSet
from qingfeng.documents.rendering import set_plainly

LAYOUT = Path(__file__).with_name("own_papers.typ")


@dataclass(frozen=True)
class Item:
    """One thing that a section tells.

    Attributes:
        day: When, in words.
        title: In a line.
        text: More of it, "" for none; line breaks are kept.
        facts: (name, words) pairs below it.
    """

    day: str
    title: str
    text: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Section:
    """A section: its name and what it tells."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class OwnPaper:
    """A paper.

    Attributes:
        title: Of the paper.
        under: A line below the title: whose it is.
        dated: Day on which it is set.
        said_on: That day in words.
        language: Of the words, as `zh` or `en`.
        foot: What stands at the foot of each page.
        sections: In order.
    """

    title: str
    under: str
    dated: date
    said_on: str
    language: str
    foot: str
    sections: tuple[Section, ...] = field(default_factory=tuple)


def own_paper_pdf(paper: OwnPaper, *, fonts: FontSet | None = None) -> bytes:
    """Return the paper as PDF.

    Args:
        paper: What it says.
        fonts: What it is set in; the fonts of this machine if None.

    Raises:
        CannotSet: If the typesetter gives up. No text can cause it: texts are data, not markup.
    """
    said = asdict(paper) | {
        "dated": paper.said_on,
        "day": [paper.dated.year, paper.dated.month, paper.dated.day],
    }
    return set_plainly(LAYOUT, said, dated=paper.dated, name=paper.title, fonts=fonts)
