"""The tag that writes a panel of a matter's page."""

from __future__ import annotations

from django import template
from django.template.loader import render_to_string

from qingfeng.desk.panels import Panel

register = template.Library()


@register.simple_tag(takes_context=True)
def panel_body(context: template.Context, panel: Panel) -> str:
    """Return what is in a panel: its own context, and the request of the page."""
    return render_to_string(panel.template, dict(panel.context), context.get("request"))
