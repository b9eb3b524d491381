"""What the chain of duty and the register hang on the rail: for those who open them."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qingfeng.desk.duty import views
from qingfeng.desk.shelves import DUTY
from qingfeng.look.rail import RailEntry, register


def _leads(request: HttpRequest) -> bool:
    return views.may_open(request.viewer)


def _reads(request: HttpRequest) -> bool:
    return views.may_open_register(request.viewer)


def hang() -> None:
    """Put the entries on the rail."""
    register(
        RailEntry(
            _("Chain of duty"),
            "desk:duty_chain",
            290,
            None,
            _leads,
            "sitemap",
            DUTY,
            covered="desk:list",
            covers={"kind": "duty"},
        )
    )
    register(
        RailEntry(
            _("Register of deployments"),
            "desk:deployment_register",
            291,
            None,
            _reads,
            "table",
            DUTY,
            covered="desk:list",
            covers={"kind": "deployment"},
        )
    )
