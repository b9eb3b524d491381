"""The tag that shows a thread in small beside what a page is about."""

from __future__ import annotations

from django import template

from qingfeng.desk.seen import Seen
from qingfeng.desk.thread.knots import Thread, thread_of, thread_of_lead
from qingfeng.desk.thread.walk import NEAR
from qingfeng.findings.models import Lead
from qingfeng.organization.viewer import Viewer

register = template.Library()


@register.simple_tag
def thread_near(seen: Seen) -> Thread:
    """Return the thread near a matter."""
    return thread_of(seen.viewer, seen.matter, NEAR)


@register.simple_tag
def lead_thread_near(viewer: Viewer, lead: Lead) -> Thread:
    """Return the thread near a lead."""
    return thread_of_lead(viewer, lead, NEAR)
