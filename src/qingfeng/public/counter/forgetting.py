"""Forgetting (不留痕): what a browser says of itself is taken off before any other part of the site sees it.

Below `/counter/` a request has no address, no browser, no cookies and nobody signed in; the answer sets no
cookie, is kept nowhere, tells no other site where its reader came from, and is written to no log. The web
server in front must not write one either; `deploy/` has it so.

Law:
    domain rights 21
"""

from __future__ import annotations

import logging
from collections.abc import Callable, MutableMapping
from time import monotonic, sleep
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from qingfeng.public.counter import away

Answer = Callable[[HttpRequest], HttpResponse]
PREFIX = "/counter/"
AWAY_SECONDS = 20.0
"""How long somebody waits while the database is started again; then they are told, and nothing is lost."""
AGAIN_SECONDS = 0.3
KEPT = frozenset(
    {
        "REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "CONTENT_TYPE", "CONTENT_LENGTH",
        "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "HTTP_HOST", "HTTP_X_FORWARDED_PROTO",
        "HTTP_ACCEPT_LANGUAGE",
    }
)  # fmt: skip
LOGS = ("django.request", "django.server", "django.security", "django.security.csrf", "qingfeng.errors")
log = logging.getLogger("qingfeng.counter")


def forgetting_middleware(answer: Answer) -> Answer:
    """Take off what a browser says of itself; stands before every other middleware."""
    keep_out_of_logs()

    def forgetful(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return answer(request)
        forget(request.META)
        request.__dict__.pop("COOKIES", None)
        response = answer(request)
        response.cookies.clear()
        del response["Vary"]
        patch_vary_headers(response, ["Accept-Language"])
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return forgetful


class QuietFailure:
    """Waits for a database that is away and comes back, and answers what fails; logs where, not with what.

    Whatever is done below `/counter/` can be done again: a form leads to one receipt however often it comes.
    """

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass it on."""
        return self._answer(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Answer with the view, again and again while the database is away; None where it stays away."""
        if not request.path_info.startswith(PREFIX):
            return None
        until = monotonic() + AWAY_SECONDS
        while monotonic() < until:
            try:
                return view(request, *args, **kwargs)
            except (OperationalError, InterfaceError) as failure:
                if not away.goes_by(failure):
                    return self.process_exception(request, failure)
                if not connection.in_atomic_block:
                    connection.close()
                sleep(AGAIN_SECONDS)
            except Exception as failure:
                answer = self.process_exception(request, failure)  # Django asks it for its own call only
                if answer is None:
                    raise
                return answer
        return None

    def process_exception(self, request: HttpRequest, failure: Exception) -> HttpResponse | None:
        """Answer for a view that failed."""
        if not request.path_info.startswith(PREFIX) or isinstance(failure, Http404):
            return None
        at = failure.__traceback__
        while at is not None and at.tb_next is not None:
            at = at.tb_next
        where = f"{at.tb_frame.f_code.co_name}, line {at.tb_lineno}" if at else "?"
        log.error("counter: %s in %s", type(failure).__name__, where)
        from qingfeng.look.errors import failed  # noqa: PLC0415 - draws a page; only where one is needed

        return away.kept_on_the_page(request) or failed(request)


def forget(meta: MutableMapping[str, Any]) -> None:
    """Take everything out of a request's headers but what is needed to answer it."""
    for name in list(meta):
        if name not in KEPT and not name.startswith("wsgi."):
            del meta[name]


def keep_out_of_logs() -> None:
    """Let no logger of the site write a record that belongs to a request below `/counter/`."""
    for name in LOGS:
        logger = logging.getLogger(name)
        if _is_elsewhere not in logger.filters:
            logger.addFilter(_is_elsewhere)


def _is_elsewhere(record: logging.LogRecord) -> bool:
    request = getattr(record, "request", None)
    path = getattr(request, "path_info", "")
    return not path.startswith(PREFIX) and PREFIX not in record.getMessage()
