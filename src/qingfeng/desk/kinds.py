"""Kinds of matters in addresses: plural nouns, `/directives/2026-017/`."""

from __future__ import annotations

from qingfeng.look import compiled
from qingfeng.look.addresses import url
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanisms
from qingfeng.matters.vocabulary import Mechanism

VOWELS = "aeiou"


def plural(key: str) -> str:
    """Return the word of the address for a mechanism's key: `data_request` → `data-requests`."""
    noun = key.replace("_", "-")
    if noun.endswith("y") and noun[-2:-1] not in VOWELS:
        return f"{noun[:-1]}ies"
    if noun.endswith("iz"):
        return f"{noun}zes"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def kind_of(word: str) -> Mechanism | None:
    """Return the mechanism that a word of the address names, None if there is none."""
    return next((one for one in mechanisms() if plural(one.key) == word), None)


class KindConverter:
    """A plural noun of the address as its `Mechanism`; any other word is no address of the desk."""

    regex = "[a-z]+(?:-[a-z]+)*"

    def to_python(self, value: str) -> Mechanism:
        """Return the newest declaration.

        Raises:
            ValueError: If no mechanism is called so.
        """
        found = kind_of(value)
        if found is None:
            raise ValueError(value)
        return found

    def to_url(self, value: Mechanism | str) -> str:
        """Return the plural of a mechanism or of its key."""
        return plural(value if isinstance(value, str) else value.key)


def address(matter: Matter, name: str = "matter", **more: object) -> str:
    """Return the address of a page of a matter.

    Args:
        matter: The matter.
        name: Name of the page among the desk's addresses.
        more: Further parts of the address.
    """
    return url(f"desk:{name}", kind=matter.mechanism, slug=matter.slug, **more)


compiled.function(address)
