"""Tags of the culture pages: `{% at "place" slug %}` leads there on the live site and offline alike."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from qingfeng.culture.bilingual import Said, in_language
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


@register.filter
def marked(text: str) -> str:
    """Say of a text that is there in the other language alone which one it is in."""
    if not isinstance(text, Said):
        return text
    return format_html('<span lang="{}">{}</span>', "en" if text.language == "en" else "zh-Hans", str(text))


@register.filter
def told(row: Any, name: str) -> str:
    """Return what a row says in the language of the page: `name_zh` or `name_en`, marked."""
    both = {language: getattr(row, f"{name}_{language}") for language in ("zh", "en")}
    return marked(in_language(both, get_language() or "zh"))
