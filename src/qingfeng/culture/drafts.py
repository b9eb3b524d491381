"""A draft as one value by which files name it, and drafts written from such values, many at once.

Files are named as their owners call them, never by hash: what a draft names and has not yet is `Wanted`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from typing import Any

from django.db.models import Prefetch, QuerySet

from qingfeng.culture.brought_models import Wanted
from qingfeng.culture.halls.naming import captions_in, laid_out, named
from qingfeng.culture.halls.reading import EMPTY
from qingfeng.culture.models import Entry, Hall, Medium, Place, Route, Source, Stop
from qingfeng.culture.packing import AT_ONCE, parted
from qingfeng.organization.models import Person

Draft = dict[str, Any]
TEXTS = ("name_zh", "name_en", "abstract_zh", "abstract_en", "text_zh", "text_en")
OF_ENTRY = ("theme", *TEXTS, "names_living")
OF_PLACE = (
    "category", "lon", "lat", "address_zh", "address_en", "opens_at", "closes_at", "rest_days", "wheelchair",
    "contact_zh", "contact_en", "is_closed",
)  # fmt: skip
OF_ROUTE = (
    "mode", "audience_zh", "audience_en", "season_zh", "season_en", "office_zh", "office_en", "starts_at",
    "capacity", "quiz",
)  # fmt: skip
OF_STOP = ("minutes", "guide_zh", "guide_en", "leg_km", "leg_minutes")
WORDS = ("alt_zh", "alt_en", "told_zh", "told_en", "licence", "author", "shows_living")
HOURS = ("opens_at", "closes_at", "starts_at")
PLACE, ROUTE, HALL = "place", "route", "hall"
PICTURE, CAPTIONS, BUILT = "picture", "captions", "built"


def loaded(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Return entries with all that `draft_of` reads of them."""
    beside = [Prefetch(name, to_attr=f"held_{name}") for name in ("sources", "media", "wanted")]
    return entries.select_related("place", "route", "hall").prefetch_related(
        *beside, "route__stops__place__entry"
    )


def draft_of(entry: Entry) -> Draft:
    """Return what a draft says: its texts, sources, media by name, and what its kind has.

    The list that a hall was built from calls its pictures by hash. Where the consent of somebody lies stays
    here: it is proven in this house or nowhere.
    """
    said: Draft = {"kind": entry.kind, "slug": entry.slug} | {name: getattr(entry, name) for name in OF_ENTRY}
    said["sources"] = [[one.title, one.where] for one in _beside(entry, "sources")]
    wants = _beside(entry, "wanted")
    media = [*_beside(entry, "media"), *(one for one in wants if one.kind != CAPTIONS)]
    said["media"] = [_medium(one) for one in sorted(media, key=lambda one: one.no)]
    if entry.kind == PLACE:
        return said | {name: _plain(name, getattr(entry.place, name)) for name in OF_PLACE}
    if entry.kind == ROUTE:
        own = {name: _plain(name, getattr(entry.route, name)) for name in OF_ROUTE}
        stops = [
            {"place": one.place.entry.slug} | {name: getattr(one, name) for name in OF_STOP}
            for one in entry.route.stops.all()
        ]
        return said | own | {"stops": stops}
    wanted = {at: one.name for one in wants for at in one.at}
    has_hall = hasattr(entry, "hall")
    tour = entry.hall.tour if has_hall else EMPTY
    built = entry.hall.built if has_hall else None
    return said | {"tour": named(tour, file_names(entry), wanted), BUILT: built}


def digest_of(draft: Draft | None) -> str:
    """Return the SHA-256 of a draft, of none "": it tells drafts apart in this house, and is told nowhere."""
    if draft is None:
        return ""
    return hashlib.sha256(json.dumps(draft, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def name_of(medium: Medium) -> str:
    """Return what a medium is called by files: its name, or its hash where it has none."""
    return medium.name or f"{medium.digest[:16]}.{medium.form}"


def file_names(entry: Entry) -> dict[str, str]:
    """Return what the files of an entry are called, by hash; captions are called by theirs."""
    return {one.digest: name_of(one) for one in _beside(entry, "media")}


def write(rows: Sequence[tuple[Entry | None, Draft]], *, by: Person) -> list[Entry]:
    """Write drafts, places before routes and halls; return their entries in the same order.

    A medium that a draft does not name stays; one that it names and that is not here is wanted from then on.

    Args:
        rows: The entry, None where it is new, and what its draft says.
        by: Who makes what is new.
    """
    turn = sorted(range(len(rows)), key=lambda no: rows[no][1]["kind"] != PLACE)
    entries = dict(zip(turn, _entries([rows[no] for no in turn], by), strict=True))
    pairs = [(entries[no], rows[no][1]) for no in turn]
    _own(Place, OF_PLACE, [pair for pair in pairs if pair[1]["kind"] == PLACE])
    routes = [pair for pair in pairs if pair[1]["kind"] == ROUTE]
    _own(Route, OF_ROUTE, routes)
    _gone([entries[no].pk for no in turn if rows[no][0] is not None])
    _stops(routes)
    _sources(pairs)
    _media(pairs)
    return [entries[no] for no in range(len(rows))]


def _entries(rows: Sequence[tuple[Entry | None, Draft]], by: Person) -> list[Entry]:
    made: list[Entry] = []
    changed: list[Entry] = []
    found: list[Entry] = []
    for entry, draft in rows:
        one = entry or Entry(kind=draft["kind"], slug=draft["slug"], made_by=by)
        for name in OF_ENTRY:
            setattr(one, name, draft[name])
        (changed if entry else made).append(one)
        found.append(one)
    Entry.objects.bulk_create(made, batch_size=AT_ONCE)
    Entry.objects.bulk_create(
        changed, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["id"],
        update_fields=[*OF_ENTRY, "changed_at"],
    )  # fmt: skip
    return found


def _own(table: type[Any], names: Sequence[str], pairs: Sequence[tuple[Entry, Draft]]) -> None:
    """Write the row that a kind has beside the entry."""
    rows = [
        table(entry=entry, **{name: _typed(name, draft[name]) for name in names}) for entry, draft in pairs
    ]
    table.objects.bulk_create(
        rows, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["entry"], update_fields=list(names)
    )


def _stops(pairs: Sequence[tuple[Entry, Draft]]) -> None:
    slugs = {stop["place"] for _entry, draft in pairs for stop in draft["stops"]}
    places = dict(Place.objects.filter(entry__slug__in=slugs).values_list("entry__slug", "pk"))
    Stop.objects.bulk_create(
        Stop(
            route_id=entry.pk, no=no, place_id=places[stop["place"]], **{name: stop[name] for name in OF_STOP}
        )
        for entry, draft in pairs
        for no, stop in enumerate(draft["stops"], 1)
    )


def _sources(pairs: Sequence[tuple[Entry, Draft]]) -> None:
    Source.objects.bulk_create(
        (
            Source(entry=entry, no=no, title=title, where=where)
            for entry, draft in pairs
            for no, (title, where) in enumerate(draft["sources"], 1)
        ),
        batch_size=AT_ONCE,
    )


def _media(pairs: Sequence[tuple[Entry, Draft]]) -> None:
    """Give what is here its words, want what is not, and lay out tours by it."""
    wanted: list[Wanted] = []
    keys = [entry.pk for entry, draft in pairs if draft["media"] or draft["kind"] == HALL]
    known: dict[int, dict[str, Medium]] = {}
    for some in parted(keys):
        for one in Medium.objects.filter(entry__in=some):
            known.setdefault(one.entry_id, {})[name_of(one)] = one
    for entry, draft in pairs:
        here = known.get(entry.pk, {})
        missing: dict[str, Wanted] = {}
        for no, said in enumerate(draft["media"], 1):
            words = {name: said[name] for name in WORDS}
            if there := here.get(said["name"]):
                if {"no": there.no, **{name: getattr(there, name) for name in WORDS}} != {"no": no, **words}:
                    Medium.objects.filter(pk=there.pk).update(no=no, **words)
            else:
                kind, name = said["kind"], said["name"]
                missing[name] = Wanted(entry=entry, no=no, name=name, kind=kind, words=words)
        if draft["kind"] == HALL:
            _tour(entry, draft, here, missing)
        wanted += missing.values()
    Wanted.objects.bulk_create(wanted, batch_size=AT_ONCE)


def _tour(entry: Entry, draft: Draft, here: Mapping[str, Medium], missing: dict[str, Wanted]) -> None:
    hall, _is_new = Hall.objects.get_or_create(entry=entry)
    digests = {name: one.digest for name, one in here.items()}
    for named_so in (draft.get(CAPTIONS, {}), captions_in(hall.tour)):  # what a batch kept, what is there
        digests |= {name: digest for digest, name in named_so.items()}
    tour, open_at = laid_out(draft["tour"], digests)
    for at, name in open_at.items():
        one = missing.setdefault(name, Wanted(entry=entry, no=len(missing) + 1, name=name, kind=CAPTIONS))
        one.at = [*one.at, at]
    hall.tour, hall.built = tour, draft.get(BUILT, hall.built)
    hall.save(update_fields=["tour", "built"])


def _gone(keys: Sequence[int]) -> None:
    """Take away what is written anew below entries that were there before."""
    for some in parted(keys):
        Stop.objects.filter(route__in=some).delete()
        Source.objects.filter(entry__in=some).delete()
        Wanted.objects.filter(entry__in=some).delete()


def _beside(entry: Entry, name: str) -> list[Any]:
    """Return what lies beside an entry, as `loaded` brought it or asked for now."""
    held: list[Any] | None = entry.__dict__.get(f"held_{name}")
    return list(getattr(entry, name).all()) if held is None else held


def _medium(one: Medium | Wanted) -> dict[str, Any]:
    if isinstance(one, Medium):
        words: Mapping[str, Any] = {name: getattr(one, name) for name in WORDS}
        return {"name": name_of(one), "kind": one.kind, **words}
    return {"name": one.name, "kind": one.kind, **{name: one.words.get(name, "") for name in WORDS}}


def _plain(name: str, value: Any) -> Any:
    if name in ("lon", "lat"):
        return round(value, 7)
    if name in HOURS:
        return value.strftime("%H:%M") if isinstance(value, time) else (value or "")
    return value


def _typed(name: str, value: Any) -> Any:
    return (value or None) if name in HOURS else value


def drafts_by_slug(slugs: Iterable[str]) -> dict[str, tuple[Entry, Draft]]:
    """Return entries with their drafts by slug, as far as there are such."""
    found: dict[str, tuple[Entry, Draft]] = {}
    for some in parted(slugs):
        for one in loaded(Entry.objects.filter(slug__in=some)):
            found[one.slug] = (one, draft_of(one))
    return found
