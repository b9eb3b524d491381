"""What every page of the desk begins with: somebody who is signed in, and a matter that exists for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from qingfeng.desk.listing import knows
from qingfeng.desk.seen import Seen, seen_of
from qingfeng.journal.straight import Question
from qingfeng.matters.models import Matter
from qingfeng.matters.vocabulary import Confidentiality, Mechanism
from qingfeng.organization.viewer import Viewer

Page = Callable[..., HttpResponse]
LONGEST_WAY = 300


def viewer_in(request: HttpRequest) -> Viewer:
    """Return who is looking."""
    return request.viewer


def way_back(request: HttpRequest) -> str:
    """Return where somebody came from (`back`, a page of this house), "" where none is said."""
    back = request.GET.get("back", "")
    is_here = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_here and len(back) <= LONGEST_WAY else ""


def desk_page(page: Page) -> Page:
    """Let in whoever has a desk: a person, and one of the three administrators at the own part only.

    To others the page does not exist.
    """

    @login_required
    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        viewer = viewer_in(request)
        kind = kwargs.get("kind")
        is_own = isinstance(kind, Mechanism) and knows(viewer, kind)
        if viewer.person_id is None or (viewer.is_administrator and not is_own):
            raise Http404
        answer = page(request, *args, **kwargs)
        if isinstance(kind, Mechanism) and leaves_no_trace(kind):
            answer["Cache-Control"] = "private, no-store"
        return answer

    return guarded


def person_page(page: Page) -> Page:
    """Let in any person, the three administrators too; to others the page does not exist."""

    @login_required
    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if viewer_in(request).person_id is None:
            raise Http404
        return page(request, *args, **kwargs)

    return guarded


def leaves_no_trace(kind: Mechanism) -> bool:
    """Return whether nothing of a kind stays with a browser: it names sources, or few may know of it."""
    return kind.names_sources or kind.confidentiality is Confidentiality.RESTRICTED


def draft_of(request: HttpRequest, kind: Mechanism) -> str:
    """Return the name under which a browser keeps what is typed into a form; "" where it keeps nothing."""
    return "" if leaves_no_trace(kind) else f"{viewer_in(request).account_id}:{request.path}"


def kind_page(page: Page) -> Page:
    """Let in whoever may know of a kind of matter (`kind`, a mechanism); to others it does not exist."""

    @desk_page
    @wraps(page)
    def guarded(request: HttpRequest, kind: Mechanism, *args: Any, **kwargs: Any) -> HttpResponse:
        if not knows(viewer_in(request), kind):
            raise Http404
        return page(request, kind, *args, **kwargs)

    return guarded


_NAMED = Question(lambda kind, slug: Matter.objects.filter(mechanism=kind, slug=slug), "ss")


def seen_or_404(request: HttpRequest, kind: Mechanism, slug: str) -> Seen:
    """Return a matter as the viewer sees it.

    Raises:
        Http404: If there is none, or none for them.
    """
    viewer = viewer_in(request)
    matter = next(iter(_NAMED(kind.key, slug)), None)
    seen = seen_of(viewer, matter) if matter else None
    if seen is None:
        raise Http404
    return seen
