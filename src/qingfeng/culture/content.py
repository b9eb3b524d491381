"""An entry as one value: what a version freezes, what is signed, what the public reads."""

from __future__ import annotations

import hashlib
from datetime import time
from typing import Any

import rfc8785

from qingfeng.culture.halls.reading import tour_of
from qingfeng.culture.models import Entry, Hall, Medium, Place, Route

Content = dict[str, Any]


def content_of(entry: Entry) -> Content:
    """Return the draft of an entry as JSON, with its pictures, sources and stops."""
    said: Content = {
        "kind": entry.kind,
        "slug": entry.slug,
        "theme": entry.theme,
        "name": {"zh": entry.name_zh, "en": entry.name_en},
        "abstract": {"zh": entry.abstract_zh, "en": entry.abstract_en},
        "text": {"zh": entry.text_zh, "en": entry.text_en},
        "names_living": entry.names_living,
        "has_consent": bool(entry.consent.strip()),
        "media": [_medium(one) for one in entry.media.all()],
        "sources": [{"title": one.title, "where": one.where} for one in entry.sources.all()],
    }
    own = {Entry.Kind.PLACE: _place, Entry.Kind.ROUTE: _route, Entry.Kind.HALL: _hall}[Entry.Kind(entry.kind)]
    return said | own(getattr(entry, entry.kind))


def digest_of(content: Content) -> str:
    """Return the SHA-256 of the canonical JSON, hex."""
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def shown_by(content: Content) -> list[str]:
    """Return the hashes of all that a content shows: its media, and the captions of a hall."""
    named = {one["digest"] for one in content["media"]}
    if content["kind"] == Entry.Kind.HALL:
        named |= tour_of(content["tour"]).digests()
    return sorted(named)


def differences(before: Content, after: Content) -> list[tuple[str, str, str]]:
    """Return what differs between two versions: (field, before, after), in the order of the later one."""
    one, other = _flat(before), _flat(after)
    return [
        (key, one.get(key, ""), other.get(key, ""))
        for key in dict.fromkeys([*other, *one])
        if one.get(key, "") != other.get(key, "")
    ]


def _flat(value: Any, name: str = "") -> dict[str, str]:
    if isinstance(value, dict):
        return {k: v for key, one in value.items() for k, v in _flat(one, f"{name}.{key}".strip(".")).items()}
    if isinstance(value, list):
        parts = {k: v for no, one in enumerate(value, 1) for k, v in _flat(one, f"{name}.{no}").items()}
        return parts or {name: ""}
    return {name: "" if value is None else str(value)}


def _medium(one: Any) -> Content:
    more = {
        "kind": one.kind,
        "width": one.width,
        "height": one.height,
        "seconds": one.seconds,
        "told": {"zh": one.told_zh, "en": one.told_en},
    }
    return (more if one.kind != Medium.Kind.PICTURE else {}) | {
        "digest": one.digest,
        "form": one.form,
        "alt": {"zh": one.alt_zh, "en": one.alt_en},
        "licence": one.licence,
        "author": one.author,
        "shows_living": one.shows_living,
    }


def _place(place: Place) -> Content:
    return {
        "category": place.category,
        "lon": round(place.lon, 6),
        "lat": round(place.lat, 6),
        "address": {"zh": place.address_zh, "en": place.address_en},
        "opens_at": _hour(place.opens_at),
        "closes_at": _hour(place.closes_at),
        "rest_days": place.rest_days,
        "wheelchair": place.wheelchair,
        "contact": {"zh": place.contact_zh, "en": place.contact_en},
        "is_closed": place.is_closed,
    }


def _route(route: Route) -> Content:
    stops = route.stops.select_related("place__entry")
    return {
        "mode": route.mode,
        "audience": {"zh": route.audience_zh, "en": route.audience_en},
        "season": {"zh": route.season_zh, "en": route.season_en},
        "office": {"zh": route.office_zh, "en": route.office_en},
        "starts_at": _hour(route.starts_at),
        "capacity": route.capacity,
        "quiz": route.quiz,
        "stops": [
            {
                "place": one.place.entry.slug,
                "minutes": one.minutes,
                "guide": {"zh": one.guide_zh, "en": one.guide_en},
                "leg_km": one.leg_km,
                "leg_minutes": one.leg_minutes,
            }
            for one in stops
        ],
    }


def _hall(hall: Hall) -> Content:
    return {"tour": hall.tour, "built": hall.built}


def _hour(at: time | str | None) -> str:
    return at.strftime("%H:%M") if isinstance(at, time) else (at or "")
