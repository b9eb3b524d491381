"""Who comes in: the data analyst; on one sheet, whoever was asked to type its sample again."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from qingfeng.desk.typing.models import TypedSheet
from qingfeng.desk.views.ground import viewer_in
from qingfeng.findings.access import may_read_records
from qingfeng.organization.models import Person, PostRole
from qingfeng.organization.roles import ROLES
from qingfeng.organization.viewer import Viewer

STAFF = [key for key, role in ROLES.items() if role.is_ours and role.reads_matters]


def sheets_for(viewer: Viewer) -> QuerySet[TypedSheet]:
    """Return the sheets that exist for somebody: all for the analyst, to others those they type again."""
    sheets = TypedSheet.objects.select_related("by", "second", "scan", "delivery", "request")
    if may_read_records(viewer):
        return sheets
    asked = Q(second=viewer.person_id, state=TypedSheet.State.CHECKING)
    return sheets.filter(asked) if viewer.person_id and viewer.is_ours else sheets.none()


def sheet_or_404(request: HttpRequest, pk: int) -> TypedSheet:
    """Return a sheet.

    Raises:
        Http404: If there is none, or none for the viewer.
    """
    found = sheets_for(viewer_in(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def own_sheet_or_404(request: HttpRequest, pk: int) -> TypedSheet:
    """Return a sheet on which the viewer may do more than type the sample again.

    Raises:
        Http404: As `sheet_or_404`.
    """
    if not may_read_records(viewer_in(request)):
        raise Http404
    return sheet_or_404(request, pk)


def seconds_for(sheet: TypedSheet, viewer: Viewer) -> list[Person]:
    """Return who can type the sample again: own staff of the units in which the viewer serves."""
    units = {post.unit_id for post in viewer.posts}
    held = PostRole.objects.held_on(viewer.on).filter(post__unit__in=units, role__in=STAFF)
    found = Person.objects.filter(pk__in=held.values("post__person")).exclude(pk=sheet.by_id)
    return list(found.order_by("name"))
