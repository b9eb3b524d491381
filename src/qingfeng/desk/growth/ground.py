"""What every page of growth begins with: somebody of the house, and a file that is their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from qingfeng.desk.keeping.doors import needs
from qingfeng.desk.views.ground import viewer_in
from qingfeng.growth import files, society
from qingfeng.growth.models import GrowthFile

Page = Callable[..., HttpResponse]
ours = needs(society.may_join)


def own_file(page: Page) -> Page:
    """Open a page of one's own growth file; whoever has none is led to where one begins it."""

    @ours
    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file = files.file_of(viewer_in(request))
        if file is None:
            return redirect("desk:growth")
        response = page(request, file, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return guarded


def entry_or_404(file: GrowthFile, pk: int) -> Any:
    """Return an entry of a file.

    Raises:
        Http404: If the file has none of that key.
    """
    found = file.entries.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
