"""Who opens the desk of culture pages: those who write, proofread, review and answer for them."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import pgettext_lazy

from qingfeng.look.rail import RailEntry, register
from qingfeng.organization.viewer import Viewer

READS = ("editor", "registrar", "handler", "reviewer", "analyst", "dept_head", "deputy", "principal")
WRITES = ("editor",)
REVIEWS = {
    "review_1": ("editor", "handler", "dept_head"),
    "review_2": ("dept_head",),
    "review_3": ("deputy", "principal"),
}
PUBLISHES = ("editor", "dept_head", "deputy", "principal")


def may_open(request: HttpRequest) -> bool:
    """Return whether the desk exists for somebody."""
    return bool(request.viewer.has(*READS))


def may_write(viewer: Viewer) -> bool:
    """Return whether somebody writes."""
    return bool(viewer.has(*WRITES))


def may_sign(viewer: Viewer, step: str) -> bool:
    """Return whether somebody has the role for a step; every reader of the desk may proofread."""
    return bool(viewer.has(*REVIEWS.get(step, READS)))


def may_publish(viewer: Viewer) -> bool:
    """Return whether somebody publishes, withdraws, and looks again."""
    return bool(viewer.has(*PUBLISHES))


def hang() -> None:
    """Put the entry on the rail."""
    name = pgettext_lazy("culture", "Culture pages")
    register(RailEntry(name, "desk:culture", 460, None, may_open, "map-pin"))
