"""Two versions side by side, field by field in words, with what was taken out and put in marked."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from qingfeng.culture.content import Content, content_of, differences
from qingfeng.culture.models import Entry, Version
from qingfeng.desk.culture.views import PAGES, reads

FIELDS = {
    "name": gettext_lazy("Name"), "abstract": pgettext_lazy("culture", "Abstract"),
    "text": gettext_lazy("Story"), "theme": pgettext_lazy("culture", "Theme"),
    "address": pgettext_lazy("culture", "Address"), "category": pgettext_lazy("culture", "Kind"),
    "lon": gettext_lazy("Longitude"), "lat": gettext_lazy("Latitude"),
    "opens_at": gettext_lazy("Opens at"), "closes_at": gettext_lazy("Closes at"),
    "rest_days": gettext_lazy("Closed on weekdays"), "wheelchair": gettext_lazy("Wheelchair"),
    "contact": gettext_lazy("Who answers"), "office": gettext_lazy("Who answers"),
    "is_closed": gettext_lazy("Closed for the time being."), "media": gettext_lazy("Pictures"),
    "sources": pgettext_lazy("culture", "Sources"),
    "names_living": gettext_lazy("It names somebody who lives"),
    "has_consent": gettext_lazy("Consent"), "mode": gettext_lazy("How one gets on"),
    "audience": gettext_lazy("For whom"), "season": gettext_lazy("Season"),
    "starts_at": gettext_lazy("Begins at"),
    "capacity": gettext_lazy("Group of at most"), "quiz": pgettext_lazy("culture", "Quiz"),
    "stops": gettext_lazy("Stops"),
    "zh": gettext_lazy("Chinese"), "en": gettext_lazy("English"), "place": pgettext_lazy("culture", "Place"),
    "minutes": gettext_lazy("minutes"), "guide": gettext_lazy("what to say"), "title": gettext_lazy("title"),
    "where": gettext_lazy("page"), "alt": gettext_lazy("what it shows"), "licence": gettext_lazy("Licence"),
    "author": gettext_lazy("Author"), "digest": gettext_lazy("file"), "answers": gettext_lazy("answers"),
    "right": gettext_lazy("right answer"),
    "ask_zh": gettext_lazy("Question, Chinese"), "ask_en": gettext_lazy("Question, English"),
    "why_zh": gettext_lazy("Why, Chinese"), "why_en": gettext_lazy("Why, English"),
}  # fmt: skip
WORDS = re.compile(r"[A-Za-z0-9']+|\s+|.", re.DOTALL)
_SIDE = re.compile(r"_(?=(?:zh|en)$)")
LONGEST = 4000


@reads
@require_safe
def compare(request: HttpRequest, slug: str, no: int) -> HttpResponse:
    """Show a version beside the one before it."""
    held = get_object_or_404(Entry, slug=slug)
    version = get_object_or_404(held.versions, no=no)
    before = held.versions.filter(no__lt=no).first()
    title = _("Version %(no)d beside the one before it") % {"no": no}
    context = _sides(before, version.content) | {
        "title": title,
        "after": _version(version),
        "version": version,
    }
    return render(request, PAGES + "compare.html", context | {"entry": held})


@reads
@require_safe
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the draft as it stands beside what is public, or the last version where nothing is."""
    held = get_object_or_404(Entry, slug=slug)
    live = held.publications.filter(is_live=True).select_related("version").first()
    before = live.version if live else held.versions.first()
    if before is None:
        raise Http404
    context = _sides(before, content_of(held)) | {
        "title": _("The draft beside what is public") if live else _("The draft beside its last version"),
        "after": _("Draft as it stands"),
    }
    return render(request, PAGES + "compare.html", context | {"entry": held})


def marked(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Return two texts with what was taken out (`<del>`) and put in (`<ins>`), by words or Chinese signs."""
    if not before or not after or max(len(before), len(after)) > LONGEST:
        return SafeString(conditional_escape(before)), SafeString(conditional_escape(after))
    one, other = WORDS.findall(before), WORDS.findall(after)
    left, right = [], []
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        taken, put = "".join(one[a:b]), "".join(other[c:d])
        left.append(
            format_html("<del>{}</del>", taken) if kind != "equal" and taken else conditional_escape(taken)
        )
        right.append(
            format_html("<ins>{}</ins>", put) if kind != "equal" and put else conditional_escape(put)
        )
    return mark_safe("".join(left)), mark_safe("".join(right))  # noqa: S308 - each part is escaped above


def in_words(key: str) -> str:
    """Return what a field is called: `stops.2.guide.zh` as “Stops 2 what to say Chinese”."""
    parts = (
        part for whole in key.split(".") for part in ([whole] if whole in FIELDS else _SIDE.split(whole))
    )
    return " ".join(str(FIELDS.get(part, part)) for part in parts)


def _sides(before: Version | None, after: Content) -> dict[str, Any]:
    rows = differences(before.content if before else {}, after)
    told = [(in_words(key), *marked(one, other)) for key, one, other in rows]
    return {"before": _version(before) if before else "", "rows": told}


def _version(version: Version) -> str:
    return _("Version %(no)d") % {"no": version.no}
