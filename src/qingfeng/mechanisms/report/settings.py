"""What the district decides about reports."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qingfeng.organization.district_settings import Choice, register

OFFICE = "report.office"


def offer() -> None:
    """Let the district say which room owns what comes in by itself."""
    register(
        Choice(
            OFFICE,
            _("Room that owns reports from the counter"),
            "信访室",
            "",
            _("Short name of one of our own rooms; only custodians know of a report, whichever room it is."),
            "[proposal]",
        )
    )
