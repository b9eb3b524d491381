"""Doors of these pages: what somebody may not do does not exist for them, so the answer is 404."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from qingfeng.desk.keeping.offices import keeps_wording, sees_interference
from qingfeng.desk.seen import Seen
from qingfeng.desk.views.ground import seen_or_404, viewer_in
from qingfeng.matters import access, guarding, keeping
from qingfeng.matters.passing_on import GIVERS
from qingfeng.matters.registry import mechanisms
from qingfeng.matters.vocabulary import Mechanism
from qingfeng.organization.roles import ROLES
from qingfeng.organization.viewer import Viewer

Page = Callable[..., HttpResponse]
SECRETARIES = ("registrar", "case_supervisor", "dept_head", "deputy", "principal")


def needs(may: Callable[[Viewer], bool]) -> Callable[[Page], Page]:
    """Open a page to those of whom `may` holds; whoever has not signed in is sent to sign in."""

    def door(page: Page) -> Page:
        @login_required
        @wraps(page)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            viewer = viewer_in(request)
            if viewer.person_id is None or not may(viewer):
                raise Http404
            return page(request, *args, **kwargs)

        return guarded

    return door


def is_person(viewer: Viewer) -> bool:
    """Whether a person of the organisation looks; none of the three administrators."""
    return viewer.person_id is not None and not viewer.is_administrator


def is_staff(viewer: Viewer) -> bool:
    """Whether own staff look; none of the three administrators."""
    return is_person(viewer) and viewer.is_ours


def carries_matters(viewer: Viewer) -> bool:
    """Whether own staff look who can be given anything of a matter."""
    return is_staff(viewer) and any(ROLES[key].is_ours and ROLES[key].reads_matters for key in viewer.roles)


def audits(viewer: Viewer) -> bool:
    """Whether the auditor looks."""
    return viewer.has("auditor")


def registers_interference(viewer: Viewer) -> bool:
    """Whether somebody registers interference or sees the register: all own staff."""
    return viewer.person_id is not None and (viewer.is_ours or sees_interference(viewer))


def reviews_glass(viewer: Viewer) -> bool:
    """Whether somebody reviews emergency access."""
    return viewer.has("principal", "auditor")


def hands_over(viewer: Viewer) -> bool:
    """Whether somebody may hand work over: their own, or that of those below them."""
    return is_staff(viewer) or viewer.has(*GIVERS)


def calls_meetings(viewer: Viewer) -> bool:
    """Whether somebody puts matters on the agenda of a meeting."""
    return is_staff(viewer) and viewer.has(*SECRETARIES)


def takes_over(viewer: Viewer) -> bool:
    """Whether somebody takes matters over that are under way: who may open any kind."""
    return is_staff(viewer) and bool(kinds_to_take_over(viewer))


def kinds_to_take_over(viewer: Viewer) -> list[Mechanism]:
    """Return the kinds of matter that somebody may open, by key."""
    return [one for one in mechanisms() if access.may_take_over(viewer, one)]


def writes_wording(viewer: Viewer) -> bool:
    """Whether somebody keeps the wording of documents."""
    return is_staff(viewer) and keeps_wording(viewer)


def keeps_numbers(viewer: Viewer) -> bool:
    """Whether somebody keeps the document numbers: the general office."""
    return is_staff(viewer) and keeps_wording(viewer)


def sees_numbers(viewer: Viewer) -> bool:
    """Whether somebody sees which numbers are in use: who keeps them, and the auditor."""
    return keeps_numbers(viewer) or audits(viewer)


def asks_own_words(viewer: Viewer) -> bool:
    """Whether somebody asks for own words of the office."""
    return viewer.has("system_admin")


def signs_own_words(viewer: Viewer) -> bool:
    """Whether somebody gives own words their second signature."""
    return viewer.has("system_admin", "security_admin")


def sees_own_words(viewer: Viewer) -> bool:
    """Whether somebody looks at own words and at who changed them."""
    return viewer.has("system_admin", "security_admin", "auditor")


def kept_or_404(request: HttpRequest, kind: Mechanism, slug: str) -> Seen:
    """Return a matter that the viewer keeps; the read of a restricted one is noted.

    Raises:
        Http404: If there is none, none for them, or others keep it.
    """
    seen = seen_or_404(request, kind, slug)
    if not keeping.may_keep(seen.viewer, seen.matter):
        raise Http404
    guarding.note_read(seen.viewer, seen.matter, "page")
    return seen


def whole_or_404(request: HttpRequest, kind: Mechanism, slug: str) -> Seen:
    """Return a matter that the viewer reads whole; the read of a restricted one is noted.

    Raises:
        Http404: If there is none, or not whole for them.
    """
    seen = seen_or_404(request, kind, slug)
    if not seen.is_whole:
        raise Http404
    guarding.note_read(seen.viewer, seen.matter, "page")
    return seen
