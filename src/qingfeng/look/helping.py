"""Help beside the thing: whoever has help for pages says so once, the desk's layout shows it.

from qingfeng.look import helping

helping.say_with(help_in)    # given the request: an object with name, what, then, law; None for no help
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

_said_by: list[Callable[[HttpRequest], Any]] = []


def say_with(function: Callable[[HttpRequest], Any]) -> None:
    """Ask this function for the help of a page; the last one said holds."""
    _said_by[:] = [function]


def help_for(request: HttpRequest) -> Any:
    """Return the help of the page that is asked for, None if nobody has any."""
    return _said_by[0](request) if _said_by else None
