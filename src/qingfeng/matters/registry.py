"""Which mechanisms there are: every version that matters may stand on."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from qingfeng.matters.own_words import let_own
from qingfeng.matters.vocabulary import Mechanism

_KNOWN: dict[tuple[str, int], Mechanism] = {}
_NEWEST: dict[str, int] = {}


class UnknownMechanism(LookupError):  # noqa: N818 - told in words, as a key that is not there
    """A mechanism or a version of it that is not in the house."""


def register(mechanism: Mechanism) -> Mechanism:
    """Make a declaration known, and let the district's own words stand for its names.

    Raises:
        ValueError: If another declaration has the same key and version.
    """
    place = (mechanism.key, mechanism.version)
    there = _KNOWN.get(place)
    if there is not None and there is not mechanism:
        raise ValueError(
            f"Two declarations are called {mechanism.key}, version {mechanism.version}: count the newer up."
        )
    if there is None:
        let_own(mechanism)
    _KNOWN[place] = mechanism
    _NEWEST[mechanism.key] = max(mechanism.version, _NEWEST.get(mechanism.key, 0))
    return mechanism


def forget(mechanism: Mechanism) -> None:
    """Take a declaration out again (tests that upgrade one)."""
    _KNOWN.pop((mechanism.key, mechanism.version), None)
    versions = [version for key, version in _KNOWN if key == mechanism.key]
    if versions:
        _NEWEST[mechanism.key] = max(versions)
    else:
        _NEWEST.pop(mechanism.key, None)


def mechanism(key: str, version: int | None = None) -> Mechanism:
    """Return a mechanism, the newest version unless one is named.

    Raises:
        UnknownMechanism: With the nearest name.
    """
    try:
        return _KNOWN[key, version or _NEWEST[key]]
    except KeyError:
        near = get_close_matches(key, _NEWEST, 1)
        hint = f" Did you mean {near[0]}?" if near and near[0] != key else ""
        which = f"{key}, version {version}" if version else key
        raise UnknownMechanism(f"There is no mechanism {which} in this house.{hint}") from None


def is_known(key: str) -> bool:
    """Return whether the house has a mechanism of this key."""
    return key in _NEWEST


def mechanisms() -> Iterator[Mechanism]:
    """Yield the newest version of every mechanism, by key."""
    return (_KNOWN[key, version] for key, version in sorted(_NEWEST.items()))


def every_version() -> Iterator[Mechanism]:
    """Yield every version of every mechanism."""
    return (one for _, one in sorted(_KNOWN.items()))
