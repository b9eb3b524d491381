"""What records hang on the rail: for the data analyst; deletions for those who confirm them, too."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qingfeng.desk.records.register import AUDITOR
from qingfeng.desk.shelves import RECORDS
from qingfeng.findings.access import may_assign, may_read_records
from qingfeng.findings.models import Forgetting
from qingfeng.look.rail import RailEntry, register


def _reads(request: HttpRequest) -> bool:
    return may_read_records(request.viewer)


def _to_decide(request: HttpRequest) -> int:
    asked = Forgetting.objects.filter(standing=Forgetting.Standing.ASKED)
    return asked.exclude(asked_by=request.viewer.person_id).count()


def _decides(request: HttpRequest) -> bool:
    """Leaders see the entry while something waits for them; an analyst finds it among the tabs."""
    viewer = request.viewer
    return may_assign(viewer) and not may_read_records(viewer) and bool(_to_decide(request))


def _reads_register(request: HttpRequest) -> bool:
    """The auditor and leaders see the entry; an analyst finds it among the tabs."""
    viewer = request.viewer
    return viewer.has(AUDITOR) or (may_assign(viewer) and not may_read_records(viewer))


def hang() -> None:
    """Put the entries on the rail, after those of leads."""
    register(RailEntry(_("Records"), "desk:records", 50, None, _reads, "upload", RECORDS))
    decides = RailEntry(
        _("Deletions of records"), "desk:records_deletions", 51, _to_decide, _decides, "trash", RECORDS
    )
    register(decides)
    sets = RailEntry(
        _("Register of data sets"),
        "desk:records_register",
        52,
        None,
        _reads_register,
        "list-details",
        RECORDS,
    )
    register(sets)
