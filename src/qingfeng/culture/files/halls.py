"""Halls in files: a row a zone, scene, spot and medium, or a feature without a point that has its tour whole.

Files are named; what is not here yet is wanted, and the draft says so. A hall that was built from a list goes
out as it is walked; the list it was built from, and the files, go along in its archive (`archives/`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.culture.drafts import BUILT, CAPTIONS, HALL, WORDS, Draft
from qingfeng.culture.files import cells, shared
from qingfeng.culture.files.cells import Cell, NotRead
from qingfeng.culture.files.shared import Piece
from qingfeng.culture.files.tables import Wrong, in_lines, object_of, plainly, text_of
from qingfeng.culture.halls.building import CannotBuild, plan_of
from qingfeng.culture.halls.naming import laid_out, named
from qingfeng.culture.halls.reading import EMPTY, Fault, NotATour, tour_of
from qingfeng.culture.halls.saying import say
from qingfeng.culture.halls.standing import laid_out as laid_out_rooms
from qingfeng.culture.halls.tours import WITH_MEDIUM

ZONE, SCENE, SPOT, MEDIUM = "zone", "scene", "spot", "medium"
WHATS = (HALL, ZONE, SCENE, SPOT, MEDIUM)
NUMBERS = ("yaw", "pitch", "hfov", "x", "y")
QUIZ = ("question_zh", "question_en", "answers_zh", "answers_en", "right", "why_zh", "why_en")
OF_TEXTS = tuple(name for name in shared.TEXT_COLUMNS if name != "names_living")
COLUMNS = (
    "hall", "what", "key", "within", *OF_TEXTS, "names_living", "told_zh", "told_en", "kind", "file",
    *NUMBERS, "to", "href", "captions_zh", "captions_en", *QUIZ, *shared.SOURCE_COLUMNS, *shared.OF_MEDIUM,
)  # fmt: skip
NEEDED = ("hall", *shared.NEEDED)
BLANK: Draft = {"kind": HALL, "slug": "", **shared.BLANK, "tour": named(EMPTY, {}, {}), BUILT: None}
CELLS: dict[str, Cell] = {
    "yaw": cells.number(-180, 180), "pitch": cells.number(-90, 90), "hfov": cells.number(30, 110, 75),
    "x": cells.number(0, 1), "y": cells.number(0, 1),
}  # fmt: skip
Row = dict[str, Any]
SIDES = ("zh", "en")
SAID_BY: dict[str, dict[str, str]] = {
    ZONE: {f"{name}_{side}": f"{name}_{side}" for name in ("name", "text") for side in SIDES},
    SCENE: {f"{name}_{side}": f"{name}_{side}" for name in ("name", "told") for side in SIDES}
    | {"zone": "within", "panorama": "file"},
    SPOT: {f"title_{side}": f"name_{side}" for side in SIDES}
    | {f"{name}_{side}": f"{name}_{side}" for name in ("text", "told", "captions") for side in SIDES}
    | {"medium": "file"}
    | {name: name for name in ("kind", "yaw", "pitch", "to", "href")},
}
"""What a part of a tour says, and the column that says it."""


def draft_of_piece(piece: Piece, before: Draft | None) -> Draft:
    """Return the draft that the lines of a hall make of what is there.

    Raises:
        Wrong: With every fault, each at its line.
    """
    is_feature = piece.first[1].get("geometry") is not None
    whole = _of_feature(piece) if is_feature else _of_table(piece)
    draft = shared.begun(before, BLANK) | {"slug": piece.slug}
    if is_feature and BUILT in whole.said:
        draft[BUILT] = _built(whole.said[BUILT], whole)
    if whole.tour is not None and not is_feature:
        _leave(whole.tour, draft["tour"], set(piece.first[1]))
    wrong = shared.texts_into(draft, whole.said)
    faults = [*whole.faults, *((piece.first[0], one) for one in wrong)]
    if whole.tour is not None:
        try:
            tour, files = _read(whole.tour)
        except NotATour as error:
            faults += [(whole.line_of(one.where), say(one)) for one in error.faults]
        else:
            draft["tour"] = tour
            draft["media"] = [*draft["media"], *_named_alone(tour, files, draft["media"])]
    if faults:
        raise Wrong(*faults)
    return draft


def rows_out(draft: Draft) -> Iterator[Row]:
    """Yield a hall as rows: itself, its zones, scenes with their spots, its media."""
    tour, slug = draft["tour"], draft["slug"]
    front = {
        name: value for name, value in shared.texts_out(draft).items() if name not in shared.MEDIUM_COLUMNS
    }
    yield {"hall": slug, "what": HALL, "to": tour["first"], **front}
    for zone in tour["zones"]:
        yield {"hall": slug, "what": ZONE, **zone}
    for scene in tour["scenes"]:
        plan, view = scene.get("plan") or {}, scene["view"]
        said = {name: scene[name] for name in ("key", "name_zh", "name_en", "told_zh", "told_en")}
        yield (
            {"hall": slug, "what": SCENE, **said, "within": scene["zone"], "file": scene["panorama"]}
            | view
            | plan
        )
        for spot in scene["spots"]:
            yield {"hall": slug, "what": SPOT, "within": scene["key"], **_spot_out(spot)}
    for one in draft["media"]:
        words = {name: one[name] for name in WORDS} | {"shows_living": shared.flag_out(one["shows_living"])}
        yield {"hall": slug, "what": MEDIUM, "kind": one["kind"], "file": one["name"], **words}


def feature_out(draft: Draft) -> dict[str, Any]:
    """Return a hall as a feature that lies nowhere."""
    said = {"hall": draft["slug"]} | shared.properties_out(draft) | {"tour": draft["tour"]}
    return {"type": "Feature", "properties": said, "geometry": None}


def _built(value: Any, whole: _Whole) -> Any:
    """Return the list that a hall is built from, once it can be built; None of one that was photographed."""
    if value is None:
        return None
    try:
        for plan in filter(None, (value, object_of(value).get("built"))):
            laid_out_rooms(plan_of(plan))
    except CannotBuild as error:
        whole.faults += [(whole.first, f"{BUILT}: {one.where} {one.says}") for one in error.wrongs]
    return value


class _Whole:
    """What a file says of a hall: texts, tour (None where it says nothing of it), the line of each part."""

    def __init__(self, first: int) -> None:
        self.said: dict[str, Any] = {}
        self.tour: dict[str, Any] | None = None
        self.faults: list[tuple[int, str]] = []
        self.first, self.lines = first, dict[str, int]()

    def line_of(self, where: str) -> int:
        """Return the line that a part of the tour stands in: the longest part of its place that has one."""
        while where and where not in self.lines:
            where = where.rpartition(".")[0]
        return self.lines.get(where, self.first)


def _of_feature(piece: Piece) -> _Whole:
    no, said = piece.first
    whole = _Whole(no)
    whole.said = said
    if "tour" in said:
        whole.tour = object_of(said["tour"])
    return whole


def _of_table(piece: Piece) -> _Whole:
    """Read the rows of a hall; those of its parts make its tour."""
    whole = _Whole(piece.first[0])
    zones: list[Row] = []
    scenes: list[Row] = []
    spots: list[tuple[int, Row, Row]] = []
    media: list[Row] = []
    for no, row in piece.lines:
        what = plainly(text_of(row.get("what"))).lower() or HALL
        if what == HALL:
            if whole.said:
                whole.faults.append((no, _("The hall itself stands in two lines.")))
            whole.said = {k: v for k, v in row.items() if k not in {*shared.MEDIUM_COLUMNS, "kind"}}
        elif what == ZONE:
            whole.lines[f"zones[{len(zones)}]"] = no
            zones.append(_words(row, "name", "text") | {"key": _key(row)})
        elif what == SCENE:
            whole.lines[f"scenes[{len(scenes)}]"] = no
            scenes.append(_scene(no, row, whole.faults))
        elif what == SPOT:
            spots.append((no, row, _spot(no, row, whole.faults)))
        elif what == MEDIUM:
            media.append(row)
        else:
            said = _("It is one of %(kinds)s.") % {"kinds": ", ".join(WHATS)}
            whole.faults.append((no, f"what: {said}"))
    _hang(spots, scenes, whole)
    if zones or scenes or spots:
        first = plainly(text_of(whole.said.get("to"))) or (scenes[0]["key"] if scenes else "")
        whole.tour = {"v": 1, "zones": zones, "first": first, "scenes": scenes}
    if media:
        whole.said = whole.said | {"media": media}
    return whole


def _leave(tour: Row, before: Row, columns: set[str]) -> None:
    """Leave what a table has no column for in the zones, scenes and spots that are there already."""
    there = _parts(before)
    for at, part in _parts(tour).items():
        old = there.get(at)
        if old is None or ("kind" in part and "kind" in columns and part["kind"] != old["kind"]):
            continue
        fields = SAID_BY[at[0]]
        part |= {name: old[name] for name, column in fields.items() if column not in columns and name in old}
        if at[0] == SCENE:
            part["view"] |= {name: value for name, value in old["view"].items() if name not in columns}
            if "plan" in old and not {"x", "y"} & columns:
                part["plan"] = old["plan"]
        if quiz := old.get("quiz"):
            held = {name: quiz[name] for name in quiz if name != "answers" and name not in columns}
            alone = {} if {"answers_zh", "answers_en"} <= columns else {"answers": quiz["answers"]}
            part["quiz"] = part.get("quiz", {}) | held | alone


def _parts(tour: Row) -> dict[tuple[str, ...], Row]:
    """Return zones, scenes and spots by what they are and their keys."""
    found: dict[tuple[str, ...], Row] = {(ZONE, one["key"]): one for one in tour["zones"]}
    for scene in tour["scenes"]:
        found[SCENE, scene["key"]] = scene
        found |= {(SPOT, scene["key"], one.get("key", "")): one for one in scene["spots"]}
    return found


def _hang(spots: list[tuple[int, Row, Row]], scenes: list[Row], whole: _Whole) -> None:
    """Put spots into their scenes."""
    at = {one["key"]: no for no, one in enumerate(scenes)}
    for no, row, spot in spots:
        within = plainly(text_of(row.get("within")))
        if within not in at:
            whole.faults.append((no, _("There is no scene “%(key)s”.") % {"key": within}))
            continue
        there = scenes[at[within]]["spots"]
        whole.lines[f"scenes[{at[within]}].spots[{len(there)}]"] = no
        there.append(spot)


def _scene(no: int, row: Row, faults: list[tuple[int, str]]) -> Row:
    numbers = _numbers(no, row, NUMBERS, faults)
    view = {name: numbers.get(name) or 0 for name in ("yaw", "pitch")} | {"hfov": numbers.get("hfov") or 75}
    plan = {"x": numbers.get("x"), "y": numbers.get("y")}
    return {
        "key": _key(row), "zone": plainly(text_of(row.get("within"))), **_words(row, "name", "told"),
        "panorama": text_of(row.get("file")), "view": view, "spots": [],
        **({"plan": plan} if None not in plan.values() else {}),
    }  # fmt: skip


def _spot(no: int, row: Row, faults: list[tuple[int, str]]) -> Row:
    numbers = _numbers(no, row, ("yaw", "pitch"), faults)
    title = {f"title_{side}": text_of(row.get(f"name_{side}")).strip() for side in ("zh", "en")}
    said = {
        "key": _key(row), "kind": plainly(text_of(row.get("kind"))).lower(), **numbers, **title,
        **_words(row, "text", "told"), "medium": text_of(row.get("file")),
        **{name: text_of(row.get(name)) for name in ("to", "href", "captions_zh", "captions_en")},
    }  # fmt: skip
    said = {name: value for name, value in said.items() if value != ""}
    return said | ({"quiz": _quiz(no, row, faults)} if said.get("kind") == "quiz" else {})


def _quiz(no: int, row: Row, faults: list[tuple[int, str]]) -> Row:
    sides = [list(in_lines(text_of(row.get(f"answers_{side}")))) for side in ("zh", "en")]
    count = max(map(len, sides))
    zh, en = ([*one, *[""] * (count - len(one))] for one in sides)
    right: dict[str, Any] = {}
    wrong = cells.read_cells({"right": row.get("right")}, {"right": cells.whole(0, 5, 0)}, right)
    faults += [(no, one) for one in wrong]
    answers = [{"zh": one, "en": other} for one, other in zip(zh, en, strict=True)]
    return _words(row, "question", "why") | {"answers": answers, "right": right.get("right", 0)}


def _numbers(no: int, row: Row, names: tuple[str, ...], faults: list[tuple[int, str]]) -> Row:
    found: Row = {}
    wrong = cells.read_cells({n: row[n] for n in names if n in row}, {n: CELLS[n] for n in names}, found)
    faults += [(no, one) for one in wrong]
    if text_of(row.get("what")) == SPOT:
        return {name: value if value is not None else 0 for name, value in found.items()}
    return found


def _read(tour: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a tour whose files are named with every field, and where it names what.

    Raises:
        NotATour: If it cannot be read.
    """
    faults = []
    try:
        bare, files = laid_out(dict(tour), {})
    except (KeyError, TypeError, AttributeError, IndexError):
        bare, files = dict(tour), {}
    for at, name in files.items():
        try:
            files[at] = cells.file_name(text_of(name))
        except NotRead as error:
            faults.append(Fault(at, str(error).replace("%", "%%")))
    tour_of(bare)
    if faults:
        raise NotATour(faults)
    return named(bare, {}, files), files


def _named_alone(tour: Mapping[str, Any], files: Mapping[str, str], media: list[Row]) -> Iterator[Row]:
    """Yield what the tour names and no row describes, with the kind that its place has."""
    known = {one["name"] for one in media}
    kinds = {
        f"{scene['key']}/{spot['key']}/medium": WITH_MEDIUM.get(spot["kind"], "picture")
        for scene in tour["scenes"]
        for spot in scene["spots"]
    }
    for at, name in files.items():
        last = at.rpartition("/")[2]
        if name in known or last.startswith(CAPTIONS):
            continue
        known.add(name)
        blank: Row = dict.fromkeys(WORDS, "") | {"shows_living": False}
        yield {"name": name, "kind": "panorama" if last == "panorama" else kinds[at], **blank}


def _spot_out(spot: Row) -> Row:
    said = {
        name: spot.get(name, "") for name in ("key", "kind", "yaw", "pitch", "text_zh", "text_en", "told_zh")
    }
    said |= {name: spot.get(name, "") for name in ("told_en", "to", "href", "captions_zh", "captions_en")}
    said |= {
        "name_zh": spot.get("title_zh", ""),
        "name_en": spot.get("title_en", ""),
        "file": spot.get("medium", ""),
    }
    if quiz := spot.get("quiz"):
        said |= {name: quiz[name] for name in ("question_zh", "question_en", "right", "why_zh", "why_en")}
        said |= {f"answers_{side}": "\n".join(one[side] for one in quiz["answers"]) for side in ("zh", "en")}
    return said


def _words(row: Row, *names: str) -> Row:
    return {
        f"{name}_{side}": text_of(row.get(f"{name}_{side}")).strip()
        for name in names
        for side in ("zh", "en")
    }


def _key(row: Row) -> str:
    return plainly(text_of(row.get("key")))
