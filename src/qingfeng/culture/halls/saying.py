"""Faults of a tour in the words of whoever reads them."""

from __future__ import annotations

from django.utils.translation import gettext

from qingfeng.culture.halls.reading import Fault


def say(fault: Fault) -> str:
    """Return what is wrong, in the reader's language, after its place."""
    return f"{fault.where}: {gettext(fault.says) % fault.values}"
