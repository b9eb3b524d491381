"""Tags of the culture pages: `{% at "place" slug %}` leads there on the live site and offline alike."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from qingfeng.public.culture.drawing import MARKS

register = template.Library()


@register.simple_tag(takes_context=True)
def at(context: dict[str, Any], page: str, slug: str = "", form: str = "") -> str:
    """Return where a page of the site is, as seen from this one."""
    found: str = context["way"].to(page, slug, form)
    return found


@register.simple_tag(takes_context=True)
def whole(context: dict[str, Any], page: str, slug: str = "", form: str = "") -> str:
    """Return the address of a page with its host."""
    found: str = context["way"].whole(page, slug, form)
    return found


@register.simple_tag
def mark(kind: str) -> SafeString:
    """Draw the mark of a kind of place, as the map shows it."""
    return format_html(
        '<svg class="mark pin-{}" viewBox="-16 -16 32 32" aria-hidden="true">'
        '<path class="pin-mark" d="{}"/></svg>',
        kind,
        mark_safe(MARKS[kind]),  # noqa: S308 - one of five outlines of our own
    )
