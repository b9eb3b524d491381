"""What every page of returns begins with: somebody for whom returns exist, and one that exists for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.desk.keeping.doors import needs
from qingfeng.desk.returns import doors
from qingfeng.desk.returns.models import Definition, Edition
from qingfeng.desk.views.ground import viewer_in

Page = Callable[..., HttpResponse]
Crumb = tuple[Any, str]


def definition_page(page: Page) -> Page:
    """Open a page of a definition (`key`) to own staff for whom it exists."""

    @needs(doors.is_inside)
    @wraps(page)
    def guarded(request: HttpRequest, key: str, *args: Any, **kwargs: Any) -> HttpResponse:
        found = doors.definition_or_none(viewer_in(request), key)
        if found is None:
            raise Http404
        return page(request, found, *args, **kwargs)

    return guarded


def edition_page(page: Page) -> Page:
    """Open a page of an edition (`key`, `edition`) to whom it exists for."""

    @needs(doors.may_open)
    @wraps(page)
    def guarded(request: HttpRequest, key: str, edition: str, *args: Any, **kwargs: Any) -> HttpResponse:
        found = doors.edition_or_none(viewer_in(request), key, edition)
        if found is None:
            raise Http404
        return page(request, found, *args, **kwargs)

    return guarded


def crumbs(*rest: Crumb) -> list[Crumb]:
    """Return where a page is."""
    return [(_("Returns"), reverse("desk:returns")), *rest]


def of_definition(definition: Definition, *rest: Crumb) -> list[Crumb]:
    """Return where a page below a definition is."""
    return crumbs(
        (definition.title, reverse("desk:return_definition", kwargs={"key": definition.key})), *rest
    )


def of_edition(edition: Edition, *rest: Crumb) -> list[Crumb]:
    """Return where a page below an edition is."""
    here = reverse("desk:return_edition", kwargs={"key": edition.key, "edition": edition.slug})
    return of_definition(edition.definition, (edition.slug, here), *rest)
