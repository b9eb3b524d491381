"""A file given whole, or in the range that is asked for (RFC 9110); not at all where the browser has it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeAlias

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags, quote_etag
from whitenoise.responders import SlicedFile

RANGE = re.compile(r"bytes=[ \t]*(\d{0,18})-(\d{0,18})[ \t]*", re.IGNORECASE)
Given: TypeAlias = HttpResponse | FileResponse


class Beyond(Exception):  # noqa: N818 - the file ends before
    """A range of which the file has no byte."""


def given(request: HttpRequest, file: Path, *, content_type: str, tag: str, cache: str) -> Given:
    """Give a file, or the range of it that is asked for; nothing where the browser has it already.

    Args:
        request: With `Range`, `If-Range` and `If-None-Match`, as far as they are said.
        file: That is there.
        content_type: Of the answer.
        tag: Changes with the bytes.
        cache: How long the answer may be kept.
    """
    etag, size = quote_etag(tag), file.stat().st_size
    headers = {"Cache-Control": cache, "ETag": etag, "Accept-Ranges": "bytes"}
    known = [one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))]
    if etag in known or "*" in known:
        return HttpResponseNotModified(headers=headers)
    wanted = request.headers.get("Range", "") if request.method == "GET" else ""
    if request.headers.get("If-Range", etag) != etag:
        wanted = ""  # of another file than the one that was begun
    try:
        found = range_in(wanted, size)
    except Beyond:
        return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    if found is None:
        return FileResponse(file.open("rb"), content_type=content_type, headers=headers)
    first, last = found
    headers |= {"Content-Range": f"bytes {first}-{last}/{size}", "Content-Length": str(last - first + 1)}
    part = SlicedFile(file.open("rb"), first, last)
    return FileResponse(part, status=206, content_type=content_type, headers=headers)


def range_in(asked: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte of a range, both inclusive; None where the whole file is to be given.

    What is no range of bytes, and several of them at once, is answered with the whole: a server may.

    Args:
        asked: The header `Range`, "" for none.
        size: Bytes of the file.

    Raises:
        Beyond: If the file ends before it.
    """
    found = RANGE.fullmatch(asked.strip())
    if not found or not any(found.groups()):
        return None
    first, last = (int(one) if one else None for one in found.groups())
    if first is None:
        count = min(last or 0, size)
        if not count:
            raise Beyond
        return size - count, size - 1
    if last is not None and last < first:
        return None
    if first >= size:
        raise Beyond
    return first, min(last, size - 1) if last is not None else size - 1
