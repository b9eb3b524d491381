"""What every page of appraisal begins with: a person, and a round that exists for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from qingfeng.appraisal import doors
from qingfeng.appraisal.models import Rated, Round, Slate
from qingfeng.desk.views.ground import Page
from qingfeng.organization.permissions import needs_person
from qingfeng.organization.viewer import Viewer

May = Callable[[Viewer, Round], bool]


def round_page(may: May) -> Callable[[Page], Page]:
    """Let in those for whom a round exists so; to others it does not. Administrators vote too."""

    def guard(page: Page) -> Page:
        @needs_person
        @wraps(page)
        def guarded(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponse:
            round_ = get_object_or_404(Round, code=code)
            if not may(request.viewer, round_):
                raise Http404
            return page(request, round_, *args, **kwargs)

        return guarded

    return guard


def conducting(viewer: Viewer, round_: Round) -> bool:
    """Return whether somebody follows the round."""
    del round_
    return doors.conducts(viewer)


def following(viewer: Viewer, round_: Round) -> bool:
    """Return whether somebody follows the round or may open it."""
    del round_
    return doors.conducts(viewer) or viewer.has(*doors.LEADS)


def rated_or_404(round_: Round, number: str) -> Rated:
    """Return somebody who is evaluated in a round, by the person's number."""
    rows = round_.rated.select_related("round", "person", "unit")
    return get_object_or_404(rows, person__number=number)


def slate_or_404(round_: Round, pk: int) -> Slate:
    """Return a slate of a round."""
    return get_object_or_404(round_.slates.select_related("round", "unit"), pk=pk)
