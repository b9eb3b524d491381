"""Nameless (不具名): what a browser says of itself is taken off before a ballot is seen.

Below `/ballot-box/` a request has no address, no browser, no cookies and nobody signed in; the answer sets no
cookie, and no logger of the house writes a line about it, not even where something failed. The web server in
front writes none either (`deploy/nginx.conf`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

Answer = Callable[[HttpRequest], HttpResponse]
PREFIX = "/ballot-box/"
KEPT = frozenset(
    {
        "REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "CONTENT_TYPE", "CONTENT_LENGTH",
        "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "HTTP_HOST", "HTTP_X_FORWARDED_PROTO",
        "HTTP_ACCEPT_LANGUAGE",
    }
)  # fmt: skip
LOGS = ("django.request", "django.server", "django.security", "django.security.csrf")


class Nameless:
    """Take off what a browser says of itself; stands before every other middleware but the like."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        for name in LOGS:
            logger = logging.getLogger(name)
            if is_elsewhere not in logger.filters:
                logger.addFilter(is_elsewhere)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with nothing of the browser left in the request and no cookie in the answer."""
        if not request.path_info.startswith(PREFIX):
            return self._answer(request)
        for name in [name for name in request.META if name not in KEPT and not name.startswith("wsgi.")]:
            del request.META[name]
        request.__dict__.pop("COOKIES", None)
        response = self._answer(request)
        response.cookies.clear()
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response

    def process_exception(self, request: HttpRequest, failure: Exception) -> HttpResponse | None:
        """Answer for a view that failed at a box, so that nothing of the request is reported anywhere."""
        if not request.path_info.startswith(PREFIX) or isinstance(failure, Http404):
            return None
        return JsonResponse({"why": type(failure).__name__}, status=500)


def is_elsewhere(record: logging.LogRecord) -> bool:
    """Return whether a log record belongs to another address."""
    request = getattr(record, "request", None)
    path = getattr(request, "path_info", "")
    return not path.startswith(PREFIX) and PREFIX not in record.getMessage()
