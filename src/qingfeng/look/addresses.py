"""Addresses by their names, looked up once: a page has hundreds of them, and the same for everybody."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, reverse

MOST = 16_384


def url(name: str, **parts: Any) -> str:
    """Return an address.

    Args:
        name: Its name.
        parts: Numbers and words.

    Raises:
        NoReverseMatch: If there is none.
    """
    found = address_or_none(name, parts)
    return reverse(name, kwargs=parts) if found is None else found  # the error says what there is


def address_or_none(name: str, parts: dict[str, Any]) -> str | None:
    """Return an address, None if there is none."""
    return _found(get_script_prefix(), settings.ROOT_URLCONF, name, tuple(sorted(parts.items())))


@lru_cache(MOST)
def _found(_prefix: str, _urls: str, name: str, parts: tuple[tuple[str, Any], ...]) -> str | None:
    try:
        return reverse(name, kwargs=dict(parts) or None)
    except NoReverseMatch:
        return None
