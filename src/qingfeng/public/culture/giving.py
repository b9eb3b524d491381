"""What is given by its hash, and how long a browser may show its copy unasked.

What is public can be withdrawn, so nothing is given for ever: after some minutes a browser asks again, and an
address by hash that nothing public shows any more answers that it is gone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from qingfeng.culture.giving import Given, given
from qingfeng.public.culture import shown

UNASKED_SECONDS = 600
"""How long a copy is shown before its browser asks: what was withdrawn is seen no longer than that."""
KEPT = f"public, max-age={UNASKED_SECONDS}, must-revalidate"
kept_a_while = cache_control(max_age=UNASKED_SECONDS, public=True, must_revalidate=True)


def read_from_anywhere(view: Callable[..., Given]) -> Callable[..., Given]:
    """Let pages of any other site read what a view gives: it is public, and the same without a cookie.

    `*` never goes with cookies, so nothing that somebody's session shows can be read this way. Only what a
    tour needs to be walked elsewhere (Pannellum) is given so: its JSON and its panoramas.
    """

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Given:
        given_out = view(*args, **kwargs)
        given_out["Access-Control-Allow-Origin"] = "*"
        return given_out

    return answer


DIGEST = re.compile(r"[0-9a-f]{64}")
HALL = "hall"  # panoramas are shown by halls alone


def file_of(digest: str, request: HttpRequest, file: Path, *, content_type: str, part: str = "") -> Given:
    """Give a file by the hash it stands under, if something public shows it; 410 where something did.

    Args:
        digest: Of what is shown: the file itself, or the panorama that it is a part of.
        request: May ask for a range, or whether its copy is still the same.
        file: Where the bytes lie.
        content_type: Of the answer.
        part: Tells files under the same hash apart.

    Raises:
        Http404: If nothing public ever showed it, or it is not there.
    """
    if not DIGEST.fullmatch(digest):
        raise Http404
    if not shown.is_shown(digest, HALL if part else ""):
        if shown.was_shown(digest) is None:
            raise Http404
        return HttpResponse(status=410, headers={"Cache-Control": "no-cache"})
    if not file.is_file():
        raise Http404
    tag = f"{digest}-{part}" if part else digest
    return given(request, file, content_type=content_type, tag=tag, cache=KEPT)
