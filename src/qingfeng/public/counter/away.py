"""A database that is away (数据库暂不可用): what goes by while one waits, and what one is told at once.

Waiting helps where the database is started again, its connection was lost, or somebody else holds a lock. A
full disk, a missing table or a right that was never given lasts: whoever writes is told at once, and what
they typed stands on the page they are given, in a form that they can send again.
"""

from __future__ import annotations

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils import translation

from qingfeng.public.counter.views.speaking import LANGUAGES, page

BUSY = frozenset({5, 6})
"""Of SQLite: busy, locked."""
GOES_BY = ("08", "40", "55P03", "53300", "57P")
"""Beginnings of SQLSTATE: no connection, rolled back for another, locked, full, stopping, starting."""
LASTS = ("authentication failed", "does not exist", "pg_hba.conf", "permission denied")
"""What PostgreSQL says to a connection that it will refuse tomorrow too; it gives no SQLSTATE then."""
NOT_TYPED = frozenset({"csrfmiddlewaretoken"})


def goes_by(failure: Exception) -> bool:
    """Say whether what a database answered goes away by waiting."""
    if isinstance(failure, InterfaceError):
        return True
    cause = failure.__cause__
    if (code := getattr(cause, "sqlite_errorcode", None)) is not None:
        return code & 0xFF in BUSY
    if state := getattr(cause, "sqlstate", None):
        return str(state).startswith(GOES_BY)
    return isinstance(failure, OperationalError) and not any(words in str(failure) for words in LASTS)


def kept_on_the_page(request: HttpRequest) -> HttpResponse | None:
    """Return a page with everything that was typed, to be sent again or copied; None where nothing was.

    It asks nothing of the database.
    """
    lang = (request.resolver_match.kwargs if request.resolver_match else {}).get("lang")
    if request.method != "POST" or lang not in LANGUAGES:
        return None
    try:
        typed = [(name, one) for name, held in request.POST.lists() for one in held if name not in NOT_TYPED]
    except (UnreadablePostError, OSError, ValueError):
        return None
    if not typed:  # it was too large to be read
        return None
    text = next((one for name, one in typed if name == "text"), "")
    with translation.override(LANGUAGES[lang]):
        return page(
            request, "kept", lang, status=503, hidden=typed, text=text, has_file=_brought_files(request)
        )


def _brought_files(request: HttpRequest) -> bool:
    return (request.content_type or "").startswith("multipart/") and bool(request.FILES)
