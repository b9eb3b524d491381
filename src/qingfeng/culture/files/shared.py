"""What every kind of entry says in a file: names and texts, sources, pictures with licence and author."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.culture.coordinates import Point
from qingfeng.culture.drafts import PICTURE, WORDS, Draft
from qingfeng.culture.files import cells
from qingfeng.culture.files.cells import Cell, NotRead
from qingfeng.culture.files.tables import in_lines, list_of, object_of, text_of
from qingfeng.culture.models import Entry, Medium
from qingfeng.culture.packing import packed, unpacked

LENGTHS = {
    "name_zh": 60, "name_en": 120, "abstract_zh": 120, "abstract_en": 300, "text_zh": 800, "text_en": 3000,
}  # fmt: skip
OF_ENTRY: dict[str, Cell] = {
    "theme": cells.one_of(Entry.Theme.choices),
    **{name: cells.text(most) for name, most in LENGTHS.items()},
    "names_living": cells.flag,
}
NEEDED = ("theme", "name_zh", "name_en", "text_zh")
OF_MEDIUM: dict[str, Cell] = {
    "alt_zh": cells.text(120), "alt_en": cells.text(300), "licence": cells.one_of(Medium.Licence.choices),
    "author": cells.text(80), "shows_living": cells.flag,
}  # fmt: skip
TOLD: dict[str, Cell] = {"told_zh": cells.text(20_000), "told_en": cells.text(60_000)}
TEXT_COLUMNS = tuple(OF_ENTRY)
SOURCE_COLUMNS = ("source", "source_where")
MEDIUM_COLUMNS = ("file", *OF_MEDIUM)
MOST_SOURCES, MOST_MEDIA = 100, 500
BLANK: Draft = {"theme": "", **dict.fromkeys(LENGTHS, ""), "names_living": False, "sources": [], "media": []}


@dataclass
class Piece:
    """What a file says of one entry: its lines, one or several of a table, and of a feature one."""

    kind: str
    slug: str
    lines: list[tuple[int, dict[str, Any]]]

    @property
    def first(self) -> tuple[int, dict[str, Any]]:
        """The line that begins it."""
        return self.lines[0]


@dataclass
class Ground:
    """What a file is read against.

    Attributes:
        datum: Of coordinates that do not say theirs.
        places: Slug to point (WGS-84) of every place there is, and of those in the same file.
        bounds: Of the base map: west, south, east, north; None where there is none.
    """

    datum: str
    places: dict[str, Point] = field(default_factory=dict)
    bounds: Any = None


def begun(before: Draft | None, blank: Mapping[str, Any]) -> Draft:
    """Return what a line changes: the draft that is there, or an empty one."""
    made: Draft = unpacked(packed(blank if before is None else before))
    return made


def texts_into(draft: Draft, said: Mapping[str, Any]) -> list[str]:
    """Read names, texts, sources and pictures; return what is wrong."""
    wrong = cells.read_cells(said, OF_ENTRY, draft, needed=NEEDED)
    if (sources := sources_in(said, draft["sources"])) is not None:
        draft["sources"] = sources
        if len(sources) > MOST_SOURCES:
            wrong.append("source: " + _("At most %(n)d of them.") % {"n": MOST_SOURCES})
        if any(not title or len(title) > 160 or len(where) > 80 for title, where in sources):
            wrong.append("source: " + _("A source has a title of at most 160 signs, its page at most 80."))
    if (media := media_in(said)) is not None:
        draft["media"] = media_into(media, wrong, draft["media"])
        if len(media) > MOST_MEDIA:
            wrong.append("file: " + _("At most %(n)d of them.") % {"n": MOST_MEDIA})
    return wrong


def sources_in(said: Mapping[str, Any], before: Iterable[Iterable[str]] = ()) -> list[list[str]] | None:
    """Return the sources that a line names, each with its page; None where it says nothing of them.

    A table without a column of pages leaves those of the sources that are there.
    """
    if "sources" in said:
        rows = [object_of(one) for one in list_of(said["sources"])]
        return [[_line(text_of(one.get(name))) for name in ("title", "where")] for one in rows]
    if "source" not in said:
        return None
    found = [[_line(one) for one in pair] for pair in _abreast(said, SOURCE_COLUMNS) if any(pair)]
    pages: dict[str, str] = {} if "source_where" in said else {title: where for title, where in before}  # noqa: C416 - rows are lists
    return [[title, where or pages.get(title, "")] for title, where in found]


_line: Cell = cells.in_a_line(str)


def media_in(said: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """Return the media that a line names, as they are written; None where it says nothing of them."""
    if "media" in said:
        return [dict(object_of(one)) for one in list_of(said["media"])]
    if "file" not in said:
        return None
    columns = [name for name in MEDIUM_COLUMNS if name in said]
    rows = [dict(zip(columns, row, strict=True)) for row in _abreast(said, columns)]
    return [one for one in rows if any(one.values())]


def media_into(
    media: Iterable[Mapping[str, Any]], wrong: list[str], before: Iterable[Mapping[str, Any]] = ()
) -> list[dict[str, Any]]:
    """Read media as they are written; what is wrong with them is added.

    Of one that is there already stays what the file has no column for: licence, author, what is told of it.
    """
    there = {one["name"]: one for one in before}
    found: dict[str, dict[str, Any]] = {}
    for one in media:
        made: dict[str, Any] = dict.fromkeys(WORDS, "") | {"shows_living": False}
        said, usual = list[str](), PICTURE
        try:
            name = cells.file_name(text_of(one.get("file")))
            if name in there:
                made, usual = {word: there[name][word] for word in WORDS}, there[name]["kind"]
            kind = cells.one_of(Medium.Kind.choices, usual)(text_of(one.get("kind")))
        except NotRead as error:
            name, kind = "", ""
            said.append(str(error))
        said = [*cells.read_cells(one, {**OF_MEDIUM, **TOLD}, made), *said]
        if not name and not said:
            said.append(_("A picture has no file name."))
        if name in found:
            said.append(_("“%(key)s” is there twice.") % {"key": name})
        wrong += [f"file: {name} {words}".replace("  ", " ") for words in said]
        if name:
            found[name] = {"name": name, "kind": kind, **made}
    return list(found.values())


def texts_out(draft: Draft) -> dict[str, Any]:
    """Return names, texts, sources and pictures as cells of a table."""
    row = {name: draft[name] for name in TEXT_COLUMNS} | {"names_living": flag_out(draft["names_living"])}
    row["source"] = "\n".join(title for title, _where in draft["sources"])
    row["source_where"] = "\n".join(where for _title, where in draft["sources"]).rstrip("\n")
    row["file"] = "\n".join(one["name"] for one in draft["media"])
    for name in OF_MEDIUM:
        values = [flag_out(one[name]) if name == "shows_living" else one[name] for one in draft["media"]]
        row[name] = "\n".join(values).rstrip("\n")
    return row


def properties_out(draft: Draft) -> dict[str, Any]:
    """Return names, texts, sources and media as properties of a feature."""
    said = {name: draft[name] for name in TEXT_COLUMNS}
    said["sources"] = [{"title": title, "where": where} for title, where in draft["sources"]]
    media = []
    for one in draft["media"]:
        told = {name: one[name] for name in (*OF_MEDIUM, *TOLD) if name in OF_MEDIUM or one[name]}
        media.append({"file": one["name"], "kind": one["kind"], **told})
    return said | {"media": media}


def flag_out(value: object) -> str:
    """Return yes or no as a table says it: 1, or nothing."""
    return "1" if value else ""


def _abreast(said: Mapping[str, Any], columns: Iterable[str]) -> Iterable[tuple[str, ...]]:
    """Return the lines of cells that stand side by side; the first column says how many there are."""
    held = [list(in_lines_of(said.get(name))) for name in columns]
    count = max(map(len, held))
    return zip(*([*one, *[""] * (count - len(one))] for one in held), strict=True)


def in_lines_of(value: Any) -> Iterable[str]:
    """Return the lines of a cell, none of an empty one."""
    return in_lines(text_of(value))
