"""A plain paper that somebody takes along: a title, sections, lines; no office, no number, no red head.

The same paper and fonts give the same bytes, as for official documents.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from pathlib import Path

import typst

from qingfeng.documents.fonts import FontSet, font_set
from qingfeng.documents.rendering import HERE, CannotSet

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
    fonts = fonts or font_set()
    at = int(datetime.combine(paper.dated, time(), HERE).timestamp())
    said = asdict(paper) | {
        "dated": paper.said_on,
        "day": [paper.dated.year, paper.dated.month, paper.dated.day],
    }
    inputs = {
        "document": json.dumps(said, ensure_ascii=False),
        "faces": json.dumps(fonts.families, ensure_ascii=False),
    }
    try:
        made = typst.Compiler(
            str(LAYOUT), root=str(LAYOUT.parent), font_paths=fonts.fonts, sys_inputs=inputs
        ).compile(format="pdf", timestamp=at)
    except typst.TypstError as error:
        raise CannotSet(f"{paper.title} could not be typeset: {error}") from error
    assert isinstance(made, bytes), "one PDF, and not a picture a page"
    return made
