"""Tiles of another host below a map (瓦片): the page that draws them may ask that host, no other page may."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def origins(addresses: Iterable[str]) -> list[str]:
    """Return the origins of addresses, once each; none for what lies on our own."""
    parts = [urlsplit(one) for one in addresses]
    return sorted({f"{one.scheme}://{one.netloc}" for one in parts if one.netloc})


def asks_tiles_of(addresses: Callable[[], Iterable[str]]) -> Callable[[View], View]:
    """Return a decorator that lets a page ask for tiles.

    Args:
        addresses: Gives the addresses of the tiles as the page is drawn; none opens nothing.
    """

    def opened(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            hosts = origins(addresses())
            if not hosts:
                return view(request, *args, **kwargs)
            drawn: View = csp_update({"img-src": hosts, "connect-src": hosts})(view)
            return drawn(request, *args, **kwargs)

        return answer

    return opened
