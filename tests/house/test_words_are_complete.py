"""No template holds a text of its own; that every text has its Chinese is asked in `look/test_words.py`."""

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
SOURCE = HOUSE / "src" / "qingfeng"
TEMPLATES = sorted(one for one in SOURCE.rglob("templates/**/*.html") if "gallery" not in one.parts)
TRANSLATED = re.compile(
    r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{%\s*blocktrans(late)?\b.*?{%\s*endblocktrans(late)?\s*%}|{%.*?%}|{{.*?}}|{#.*?#}",
    re.DOTALL,
)
TAG = re.compile(r"<(script|style|svg|code|kbd|pre)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.DOTALL)
SAID = re.compile(r"""\b(?:alt|title|placeholder|aria-label|content)="([^"{<]+)\"""")
NAMES = {
    "Qingfeng",
    "PDF",
    "DOCX",
    "XLSX",
    "CSV",
    "PNG",
    "GPX",
    "GeoJSON",
    "WGS",  # WGS-84
    "SHA",  # SHA-256
    "English",
}  # the house, formats, a language's own name
NO_WORD = {
    *("width", "device", "initial", "scale", "color", "scheme", "light", "dark", "noindex"),  # of the head
    *("true", "false", "includeIndicatorStyles"),  # settings of htmx
    # Classes that a page chooses in a block.
    *(
        "halves",
        "public",
        "wall",
        "column",
        "map",
        "split",
        "wide",
        "hall",
        "walk",
        "print",
        "paper",
        "sheet",
        "woven",
    ),
    *("article", "url"),  # of a card that is passed on, and of a page that goes on by itself
    *("check", "proof", "vkey"),  # names of files to be fetched
}


def bare(text):
    """Words that stand in a template outside of every translation."""
    plain = TRANSLATED.sub(" ", text)
    told = [*SAID.findall(plain), TAG.sub(" ", plain)]
    words = {
        word for one in told for word in re.findall(r"[A-Za-z]{3,}|[一-鿿]+", one.replace("&nbsp;", " "))
    }
    return sorted(
        word for word in words if word not in NAMES | NO_WORD and not re.fullmatch(r"清风|中文|字", word)
    )


def test_there_are_templates():
    assert len(TEMPLATES) > 30


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: str(one.relative_to(SOURCE)))
def test_a_template_holds_no_text_of_its_own(template):
    assert bare(template.read_text(encoding="utf-8")) == []


def test_the_lint_finds_a_bare_word():
    assert bare('<p>{% translate "Title" %} Sure</p><img alt="a house">') == ["Sure", "house"]
