"""What is public, in one language: read from the published versions, never from drafts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from qingfeng.culture.bilingual import in_language
from qingfeng.culture.content import Content
from qingfeng.culture.coordinates import BD09, GCJ02, from_wgs84, in_degrees
from qingfeng.culture.legs import Reached, as_hour, day_of, suggested
from qingfeng.culture.models import BaseMap, Entry, Medium, Place, Publication, Route

DAYS = "一二三四五六日"
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def live(kind: str = "") -> QuerySet[Publication]:
    """Return what is public, by name; places or routes alone where a kind is given."""
    rows = Publication.objects.filter(is_live=True)
    return rows.filter(kind=kind) if kind else rows


def sought(
    rows: QuerySet[Publication], *, words: str = "", category: str = "", theme: str = ""
) -> QuerySet[Publication]:
    """Return those that hold every word and are of a kind and theme; what is not asked does not count."""
    for word in words.lower().split()[:6]:
        rows = rows.filter(sought__contains=word)
    if category in Place.Category.values:
        rows = rows.filter(category=category)
    return rows.filter(theme=theme) if theme in Entry.Theme.values else rows


def asked_for(kind: str, asked: Mapping[str, str]) -> QuerySet[Publication]:
    """Return what is public of a kind, as far as it was asked: `q`, `kind`, `theme`."""
    words, category, theme = (asked.get(name, "") for name in ("q", "kind", "theme"))
    return sought(live(kind), words=words, category=category, theme=theme)


def one_or_404(kind: str, slug: str) -> Publication:
    """Return a publication that is live.

    Raises:
        Http404: If there never was one.
    """
    found = live(kind).filter(slug=slug).select_related("version").first()
    if found is None:
        raise Http404
    return found


def is_shown(digest: str, kind: str = "") -> bool:
    """Return whether something public shows a file by its hash; of a kind alone where one is given."""
    return live(kind).filter(pictures__contains=digest).exists()


def was_shown(digest: str) -> Publication | None:
    """Return what showed a file last, None where it is public still or never was."""
    if is_shown(digest):
        return None
    return Publication.objects.filter(pictures__contains=digest).order_by("-at").first()


def withdrawn(kind: str, slug: str) -> Publication | None:
    """Return what was public under a slug and is not any more, None where it is live or never was."""
    rows = Publication.objects.filter(kind=kind, slug=slug)
    return None if rows.filter(is_live=True).exists() else rows.order_by("-at").first()


def spoken(value: Any, language: str) -> Any:
    """Return a content with each text of two languages said in one."""
    if isinstance(value, dict):
        if set(value) == {"zh", "en"}:
            return in_language(value, language)
        return {key: spoken(one, language) for key, one in value.items()}
    return [spoken(one, language) for one in value] if isinstance(value, list) else value


def card(row: Publication, language: str) -> Content:
    """Return what a card of a list says."""
    said = card_of(row.version.content, language)
    return said | {"at": row.at}


def card_of(content: Content, language: str) -> Content:
    """Return a content in one language with the labels of what it names by key."""
    said: Content = spoken(content, language)
    said["theme_name"] = Entry.Theme(said["theme"]).label
    if said["kind"] == Entry.Kind.PLACE:
        said["kind_name"] = Place.Category(said["category"]).label
        said["hours"] = hours_of(said, language)
        said["access_name"] = Place.Access(said["wheelchair"]).label
    elif said["kind"] == Entry.Kind.HALL:
        said["kind_name"] = _("Online hall")
    else:
        said["kind_name"] = Route.Mode(said["mode"]).label
        said["quiz"] = [_question(one, language) for one in said["quiz"]]
    for one in said["media"]:
        one["licence_name"] = dict(Medium.Licence.choices).get(one["licence"], "—")  # a draft may lack it
    pictures = [one for one in said["media"] if one.get("kind", "picture") == "picture"]
    said["cover"] = pictures[0] if pictures else None
    return said


def hours_of(said: Content, language: str) -> str:
    """Return opening hours as people say them."""
    if not said["opens_at"]:
        return _("Open at all hours")
    hours = f"{said['opens_at']}–{said['closes_at']}"
    if not said["rest_days"]:
        return _("Daily %(hours)s") % {"hours": hours}
    days = [int(one) for one in said["rest_days"]]
    names = (
        ", ".join(WEEK[no - 1] for no in days)
        if language == "en"
        else "、".join(f"周{DAYS[no - 1]}" for no in days)
    )
    return _("%(hours)s, closed on %(days)s") % {"hours": hours, "days": names}


def coordinates_of(content: Content) -> list[tuple[str, str]]:
    """Return a place in the three datums, each with its name."""
    point = (content["lon"], content["lat"])
    return [
        ("WGS-84", in_degrees(point)),
        ("GCJ-02", in_degrees(from_wgs84(point, GCJ02))),
        ("BD-09", in_degrees(from_wgs84(point, BD09))),
    ]


def contents_of(slugs: Iterable[str]) -> dict[str, Content]:
    """Return the published contents of places by slug."""
    rows = live("place").filter(slug__in=list(slugs)).select_related("version")
    return {one.slug: one.version.content for one in rows}


def day_as_said(route: Content, language: str) -> tuple[list[Content], Content] | None:
    """Return the stops of a route as they are reached, and the sums of the day; None where a stop is gone.

    Args:
        route: Published content of the route.
        language: `zh` or `en`.
    """
    places = contents_of(one["place"] for one in route["stops"])
    if any(one["place"] not in places for one in route["stops"]):
        return None
    reached = day_of(route, places)
    order, best, now = suggested(route, places)
    names = [spoken(places[route["stops"][no]["place"]], language)["name"] for no in order.order]
    sums = {
        "km": round(sum(one.km or 0 for one in reached), 1),
        "moving": sum(one.minutes or 0 for one in reached),
        "whole": _span(reached),
        "ends": as_hour(reached[-1].leaves),
        "is_late": any(one.is_late for one in reached),
        "suggested": names,
        "saves": max(0, round(now - best)),
        "is_exact": order.is_exact,
        "is_same": list(order.order) == list(range(len(reached))),
    }
    return [_stop(one, language) for one in reached], sums


def base_sheet() -> BaseMap | None:
    """Return whose map lies below and its approval number."""
    return BaseMap.objects.first()


def _span(reached: list[Reached]) -> str:
    minutes = reached[-1].leaves - reached[0].arrives
    return _("%(hours)d h %(minutes)02d min") % {"hours": minutes // 60, "minutes": minutes % 60}


def _stop(one: Reached, language: str) -> Content:
    said = card_of(one.place, language)
    return {
        "no": one.no, "place": said, "guide": spoken(one.stop["guide"], language), "km": one.km,
        "minutes": one.minutes, "stay": one.stop["minutes"], "arrives": as_hour(one.arrives),
        "waits": one.begins - one.arrives, "is_late": one.is_late, "is_measured": one.is_measured,
        "lon": one.place["lon"], "lat": one.place["lat"],
    }  # fmt: skip


def _question(one: Content, language: str) -> Content:
    side = 1 if language == "en" else 0
    return {
        "ask": one["ask_en" if side else "ask_zh"], "answers": [pair[side] for pair in one["answers"]],
        "right": one["right"], "why": one["why_en" if side else "why_zh"],
    }  # fmt: skip
