"""A text of both languages in one of them; no tables, so that templates know it where there is no culture."""

from __future__ import annotations


class Said(str):  # noqa: SLOT000 - it carries its language
    """A text that is there in another language than the one that was asked for."""

    language = ""


def in_language(value: dict[str, str], language: str) -> str:
    """Return a text of both languages in one of them; in the other, as `Said`, where it is there alone."""
    asked, other = ("en", "zh") if language.startswith("en") else ("zh", "en")
    if value.get(asked) or not value.get(other):
        return value.get(asked, "")
    found = Said(value[other])
    found.language = other
    return found
