"""What every page of growth begins with: somebody of the house or who left it, and a file of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from qingfeng.desk.keeping.doors import needs
from qingfeng.desk.views.ground import viewer_in
from qingfeng.documents.attachments import sealed_response
from qingfeng.documents.kinds import KINDS
from qingfeng.growth import files, keys, society
from qingfeng.growth.attaching import Attachment
from qingfeng.growth.models import GrowthFile
from qingfeng.organization.models import Person
from qingfeng.organization.parting import parting_of
from qingfeng.organization.viewer import Viewer

Page = Callable[..., HttpResponse]
ours = needs(society.may_join)


def reaches(viewer: Viewer) -> bool:
    """Return whether somebody reaches the own file: our people, and whoever left and has one or is asked."""
    if society.may_join(viewer):
        return True
    if viewer.person_id is None:
        return False
    return files.file_of(viewer) is not None or parting_of(Person(pk=viewer.person_id)) is not None


own = needs(reaches)


def own_file(page: Page) -> Page:
    """Open a page of one's own growth file; whoever has none, or a closed one, is led to where it is said."""
    return _with_file(page, opens_closed=False)


def own_file_closed_too(page: Page) -> Page:
    """Open a page of one's own growth file, where this house cannot open it too."""
    return _with_file(page, opens_closed=True)


def _with_file(page: Page, *, opens_closed: bool) -> Page:
    @own
    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file = files.file_of(viewer_in(request))
        if file is None or not (opens_closed or not keys.is_closed(file)):
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


def handed(attached: Attachment, held: bytes) -> HttpResponse:
    """Return an attachment as an answer that a browser keeps and does not run."""
    kind = KINDS.get(attached.kind)
    media_type = kind.media_type if kind else "application/octet-stream"
    return sealed_response(BytesIO(held), name=attached.name, media_type=media_type)
