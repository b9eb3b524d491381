"""Routes in files: a row a stop, or a line through its stops, which stand in its properties."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.culture.coordinates import DATUMS, WGS84, to_wgs84
from qingfeng.culture.drafts import OF_STOP, ROUTE, Draft
from qingfeng.culture.files import cells, shared
from qingfeng.culture.files.cells import Cell, NotRead
from qingfeng.culture.files.places import datum_of, in_wgs84, metres_off, point_of
from qingfeng.culture.files.shared import Ground, Piece
from qingfeng.culture.files.tables import Wrong, list_of, object_of, plainly, text_of
from qingfeng.culture.models import Route

NEAR_M = 50
"""How far a stop may lie from the place it is taken for; farther is said, or told where it names none."""

CELLS: dict[str, Cell] = {
    "mode": cells.one_of(Route.Mode.choices, "walk"),
    "audience_zh": cells.text(60), "audience_en": cells.text(120), "season_zh": cells.text(40),
    "season_en": cells.text(80), "office_zh": cells.text(60, is_office=True),
    "office_en": cells.text(120, is_office=True), "starts_at": cells.hour("09:00"),
    "capacity": cells.whole(1, 500, 30),
}  # fmt: skip
STOP: dict[str, Cell] = {
    "minutes": cells.whole(1, 599, 20), "guide_zh": cells.in_a_line(cells.text(300)),
    "guide_en": cells.in_a_line(cells.text(900)),
    "leg_km": cells.number(0, 500), "leg_minutes": cells.whole(0, 1440),
}  # fmt: skip
COLUMNS = (
    "route", *shared.TEXT_COLUMNS, *CELLS, "quiz", *shared.SOURCE_COLUMNS, *shared.MEDIUM_COLUMNS,
    "no", "place", "lon", "lat", "datum", *STOP,
)  # fmt: skip
NEEDED = ("route", *shared.NEEDED)
OF_ROUTE = frozenset({*shared.TEXT_COLUMNS, *CELLS, "quiz", *shared.SOURCE_COLUMNS, *shared.MEDIUM_COLUMNS})
BLANK: Draft = {
    "kind": ROUTE, "slug": "", **shared.BLANK, "mode": "walk", "audience_zh": "", "audience_en": "",
    "season_zh": "", "season_en": "", "office_zh": "", "office_en": "", "starts_at": "09:00", "capacity": 30,
    "quiz": [], "stops": [],
}  # fmt: skip
A_STOP: dict[str, Any] = {
    "place": "", "minutes": 20, "guide_zh": "", "guide_en": "", "leg_km": None, "leg_minutes": None
}  # fmt: skip
MOST_STOPS = 100
OF_QUESTION = {"ask_zh": 120, "ask_en": 120, "why_zh": 300, "why_en": 300}
MOST_QUESTIONS, MOST_ANSWERS, LONGEST_ANSWER = 12, 4, 80


def draft_of_piece(piece: Piece, before: Draft | None, ground: Ground) -> tuple[Draft, list[str]]:
    """Return the draft that the lines of a route make of what is there, and what is to be looked at.

    Raises:
        Wrong: With every fault, each at its line.
    """
    faults: list[tuple[int, str]] = []
    said = _of_route(piece, faults)
    draft = shared.begun(before, BLANK) | {"slug": piece.slug}
    no = piece.first[0]
    faults += [(no, one) for one in shared.texts_into(draft, said)]
    faults += [(no, one) for one in cells.read_cells(said, CELLS, draft)]
    if "quiz" in said:
        try:
            draft["quiz"] = _quiz(said["quiz"])
        except NotRead as error:
            faults.append((no, f"quiz: {error}"))
    notes: list[str] = []
    lines = _stop_lines(piece)
    if lines is not None:
        draft["stops"] = _stops(lines, ground, faults, notes, draft["stops"])
    if faults:
        raise Wrong(*faults)
    return draft, notes


def rows_out(draft: Draft, ground: Ground) -> list[dict[str, Any]]:
    """Return a route as rows: one a stop, one where it has none."""
    said = {"route": draft["slug"]} | shared.texts_out(draft) | {name: draft[name] for name in CELLS}
    said["quiz"] = json.dumps(draft["quiz"], ensure_ascii=False) if draft["quiz"] else ""
    stops = [_stop_out(no, one, ground) for no, one in enumerate(draft["stops"], 1)] or [{}]
    return [{key: _cell(value) for key, value in (said | stop).items()} for stop in stops]


def feature_out(draft: Draft, ground: Ground) -> dict[str, Any]:
    """Return a route as a feature."""
    said = {"route": draft["slug"]} | shared.properties_out(draft) | {name: draft[name] for name in CELLS}
    stops = [_stop_out(no, one, ground) for no, one in enumerate(draft["stops"], 1)]
    return {
        "type": "Feature",
        "properties": said | {"quiz": draft["quiz"], "stops": stops},
        "geometry": _shape([[one["lon"], one["lat"]] for one in stops]),
    }


def _of_route(piece: Piece, faults: list[tuple[int, str]]) -> dict[str, Any]:
    """Return what the lines say of the route itself: each column once, whichever line says it."""
    first, found = piece.lines[0][0], dict(piece.lines[0][1])
    said_at = dict.fromkeys(found, first)
    for no, row in piece.lines[1:]:
        for name in sorted(OF_ROUTE & set(row)):
            if not text_of(row[name]) or text_of(row[name]) == text_of(found.get(name)):
                continue
            if text_of(found.get(name)):
                told = _("%(column)s says another thing than line %(no)d.")
                faults.append((no, told % {"column": name, "no": said_at[name]}))
            else:
                found[name], said_at[name] = row[name], no
    return found


def _stop_lines(piece: Piece) -> list[tuple[int, dict[str, Any]]] | None:
    """Return the lines of the stops in their order; None where the file says nothing of them."""
    no, said = piece.first
    if "stops" in said:
        return [(no, object_of(one)) for one in list_of(said["stops"])]
    if said.get("geometry") is not None or not {"place", "lon"} & set(said):
        return None
    rows = [one for one in piece.lines if text_of(one[1].get("place")) or text_of(one[1].get("lon"))]
    turns = [plainly(text_of(row.get("no"))) for _no, row in rows]
    if all(one.isdecimal() for one in turns):
        rows = [row for _turn, row in sorted(zip(map(int, turns), rows, strict=True), key=lambda one: one[0])]
    return rows


def _stops(
    lines: list[tuple[int, dict[str, Any]]],
    ground: Ground,
    faults: list[tuple[int, str]],
    notes: list[str],
    before: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """Read stops; of one that is there already stays what its line has no column for."""
    if len(lines) > MOST_STOPS:
        faults.append((lines[0][0], "place: " + _("At most %(n)d of them.") % {"n": MOST_STOPS}))
        return []
    there = {one["place"]: one for one in before}
    found: list[dict[str, Any]] = []
    for no, row in lines:
        wrong, slug = list[str](), ""
        try:
            slug = _place(row, ground, notes)
        except NotRead as error:
            wrong.append(str(error))
        stop: dict[str, Any] = {**A_STOP, **there.get(slug, {}), "place": slug}
        wrong = [*cells.read_cells(row, STOP, stop), *wrong]
        if slug and slug in {one["place"] for one in found}:
            wrong.append(_("One place stands twice: %(line)s") % {"line": stop["place"]})
        if (stop["leg_km"] is None) != (stop["leg_minutes"] is None):
            wrong.append(
                _("A measured leg has kilometres and minutes; leave out both to have it worked out.")
            )
        faults += [(no, one) for one in wrong]
        stop["leg_km"] = None if stop["leg_km"] is None else round(stop["leg_km"], 3)
        found.append(stop)
    return found


def _place(row: dict[str, Any], ground: Ground, notes: list[str]) -> str:
    """Return the place of a stop: the one it names, else the one that lies where it says."""
    slug, at = plainly(text_of(row.get("place"))), point_of(row)
    is_there = at is not None and any(text_of(one) for one in at)
    point = in_wgs84(*at, datum_of(row, ground.datum)) if at is not None and is_there else None
    if slug:
        if slug not in ground.places:
            raise NotRead(_("There is no place “%(slug)s”: bring it in first.") % {"slug": slug})
        off = metres_off(point, ground.places[slug]) if point else 0
        if at is not None and off > NEAR_M:
            notes.append(_off(slug, off, at, ground))
        return slug
    if point is None:
        raise NotRead(_("A stop names its place, or says where it lies."))
    near = min(ground.places, key=lambda one: metres_off(point, ground.places[one]), default="")
    if not near or metres_off(point, ground.places[near]) > NEAR_M:
        raise NotRead(_("No place lies within 50 m of it; is the datum another one?"))
    return near


def _off(slug: str, off: int, at: tuple[Any, Any], ground: Ground) -> str:
    """Return what is said of a stop that lies elsewhere than its place, and in which datum it would fit."""
    words = _("%(slug)s lies %(m)d m from where its stop says; the place counts.") % {"slug": slug, "m": off}
    for datum in DATUMS:
        point = to_wgs84((float(text_of(at[0])), float(text_of(at[1]))), datum)
        if metres_off(point, ground.places[slug]) <= NEAR_M:
            return f"{words} " + _("Read as %(datum)s it would fit.") % {"datum": datum}
    return words


def _quiz(value: Any) -> list[dict[str, Any]]:
    """Read questions as the quiz page keeps them.

    Raises:
        NotRead: If one is none.
    """
    try:
        rows = json.loads(value or "[]") if isinstance(value, str) else value
        found = [_question(one) for one in rows]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise NotRead(_("The questions cannot be read: write them on the page of the quiz.")) from error
    if len(found) > MOST_QUESTIONS:
        raise NotRead(_("At most %(n)d of them.") % {"n": MOST_QUESTIONS})
    return found


def _question(one: Any) -> dict[str, Any]:
    said: dict[str, Any] = {name: text_of(one[name]).strip() for name in OF_QUESTION}
    answers = [[text_of(word).strip() for word in pair] for pair in one["answers"]]
    right = one["right"]
    is_right = type(right) is int and 0 <= right < len(answers) and 2 <= len(answers) <= MOST_ANSWERS
    fits = all(len(said[name]) <= most for name, most in OF_QUESTION.items())
    if (
        not is_right
        or not fits
        or any(len(pair) != 2 or max(map(len, pair)) > LONGEST_ANSWER for pair in answers)
    ):
        raise ValueError
    return said | {"answers": answers, "right": right}


def _stop_out(no: int, stop: dict[str, Any], ground: Ground) -> dict[str, Any]:
    lon, lat = ground.places[stop["place"]]
    said = {name: stop[name] for name in OF_STOP}
    return {"no": no, "place": stop["place"], "lon": lon, "lat": lat, "datum": WGS84} | said


def _cell(value: Any) -> Any:
    return "" if value is None else value


def _shape(points: list[list[float]]) -> dict[str, Any] | None:
    """Return a line, which has two points at least (RFC 7946, 3.1.4)."""
    if len(points) > 1:
        return {"type": "LineString", "coordinates": points}
    return {"type": "Point", "coordinates": points[0]} if points else None
