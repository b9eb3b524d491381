"""The forms that a round begins with, read from `defaults.toml`, and what a form must hold."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

LOWEST, HIGHEST = 1, 10
WHOLE = 100


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(files("qingfeng.appraisal").joinpath("defaults.toml").read_text(encoding="utf-8"))


def forms() -> list[dict[str, Any]]:
    """Return the five forms in order: key, weight, dimensions with name and anchors."""
    read = _read()
    return [
        {**form, "dimensions": [{"key": key, **read["dimensions"][key]} for key in form["dimensions"]]}
        for form in read["forms"]
    ]


def dimensions() -> dict[str, Any]:
    """Return what can be scored: key → name and anchors, in order."""
    return dict(_read()["dimensions"])


def said(words: str) -> str:
    """Return words of a form in the reader's language; what an office changed stands as it wrote it."""
    if (get_language() or "").startswith("zh"):
        return words
    return str(_read()["english"].get(words, words))


def wrong_weights(weights: Mapping[str, int]) -> str:
    """Return what is wrong with weights, "" for nothing."""
    if any(not 0 < one < WHOLE for one in weights.values()):
        return _("Every form weighs something: enter 1 to 99.")
    total = sum(weights.values())
    return "" if total == WHOLE else _("The weights make %(total)s; they must make 100.") % {"total": total}
