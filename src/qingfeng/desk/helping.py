"""Help beside the thing: what a page is, what to do next, on which law; one entry a page, as data.

`help/<room>.toml` holds tables named for what they explain. Each names its `pages` (names of addresses) and
says `what` and `next` in Chinese and English; `law` is a name and is not translated.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from qingfeng.look.said import provision

FOLDER = Path(__file__).parent / "help"
NEEDED = ("pages", "name", "name_en", "what", "what_en", "next", "next_en")


@dataclass(frozen=True)
class Help:
    """What is said beside a page, in the reader's language.

    Attributes:
        name: What the page is called.
        what: What it is.
        then: What to do next.
        law: Its basis, "" for none.
        page: Name of its address.
    """

    name: str
    what: str
    then: str
    law: str
    page: str


@cache
def entries() -> Mapping[str, Mapping[str, Any]]:
    """Return what is said, by the name of the page's address.

    Raises:
        ValueError: If an entry is not whole or a page is explained twice; with the file and the entry.
    """
    found: dict[str, Mapping[str, Any]] = {}
    for file in sorted(FOLDER.glob("*.toml")):
        for key, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
            missing = [one for one in NEEDED if not entry.get(one)]
            if missing:
                raise ValueError(f"{file.name}: [{key}] does not say {', '.join(missing)}.")
            for page in entry["pages"]:
                if page in found:
                    raise ValueError(f"{file.name}: [{key}] explains {page}, which is explained already.")
                found[page] = entry
    return found


def help_of(page: str) -> Help | None:
    """Return the help of a page by the name of its address, None where there is none."""
    entry = entries().get(page)
    if entry is None:
        return None
    tail = "_en" if (get_language() or "").startswith("en") else ""
    name, what, then = (str(entry[f"{one}{tail}"]) for one in ("name", "what", "next"))
    return Help(name, what, then, provision(entry.get("law", "")), page)


def help_in(request: HttpRequest) -> Help | None:
    """Return the help of the page that is asked for."""
    match = request.resolver_match
    return help_of(match.view_name) if match else None
