"""The words of kinds and facts of the journal that no declaration names, and kinds found by their words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from qingfeng.desk.values import KERNEL_ACTS, act_name
from qingfeng.matters.registry import mechanisms

WORDS = Path(__file__).with_name("journal_words.toml")


@cache
def words() -> dict[str, dict[str, list[str]]]:
    """Return part (`kinds`, `subjects`, `facts`) → key → English, Chinese."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def said(part: str, key: str) -> str:
    """Return the words of a key in the reader's language, "" where there are none."""
    english, chinese = words()[part].get(key, ("", ""))
    return english if (get_language() or "").startswith("en") else chinese


def kind_words(kind: str) -> str:
    """Return what a kind is called where it is no act of a matter, "" where nobody says."""
    return said("kinds", kind)


def any_act(key: str) -> str:
    """Return what the first kind of matter that has such an act calls it; the key where none has."""
    for one in mechanisms():
        if key == "open" or key.startswith("kernel.") or any(act.key == key for act in one.acts):
            return act_name(one, key)
    return key


def kinds_in_words(kinds: Iterable[str]) -> list[str]:
    """Return what kinds are called, each word once, in order, for choosing."""
    return sorted({kind_words(one) or any_act(one.partition(".")[2]) for one in kinds})


def kinds_called(text: str) -> list[str]:
    """Return the kinds whose words, in either language, hold what somebody typed; acts in the reader's."""
    wanted = text.strip().casefold()
    found = {key for key, pair in words()["kinds"].items() if any(wanted in one.casefold() for one in pair)}
    acts = {act.key for one in mechanisms() for act in one.acts if wanted in str(act.name).casefold()}
    acts |= {one for one in ("open", *KERNEL_ACTS) if wanted in any_act(one).casefold()}
    return sorted(found | {f"matter.{one}" for one in acts})
