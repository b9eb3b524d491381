"""Doors of this room's pages: what one may not see does not exist, so the answer is 404."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def needs_role(*roles: str) -> Callable[[View], View]:
    """Open a page to holders of one of the roles; 404 for everybody else.

    Whoever has not signed in is sent to sign in, as on every address that exists or not.
    """

    def door(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not request.viewer.is_signed_in:
                return redirect_to_login(request.get_full_path())
            if not request.viewer.has(*roles):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]  # walked by the test of every address and role
        return guarded

    return door


def needs_person(view: View) -> View:
    """Open a page to whoever has signed in and is a person on record; 404 for other accounts."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.viewer.is_signed_in:
            return redirect_to_login(request.get_full_path())
        if request.viewer.person_id is None:
            raise Http404
        return view(request, *args, **kwargs)

    guarded.roles = ("*",)  # type: ignore[attr-defined]
    return guarded
