"""What the chain of duty and the register hang on the rail: beside the cockpit, for those who open them."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qingfeng.desk.duty import views
from qingfeng.look.rail import RailEntry, register


def _leads(request: HttpRequest) -> bool:
    return views.may_open(request.viewer)


def _reads(request: HttpRequest) -> bool:
    return views.may_open_register(request.viewer)


def hang() -> None:
    """Put the entries on the rail, after the cockpit."""
    register(RailEntry(_("Chain of duty"), "desk:duty_chain", 34, may_see=_leads, icon="sitemap"))
    register(
        RailEntry(_("Register of deployments"), "desk:deployment_register", 36, may_see=_reads, icon="table")
    )
