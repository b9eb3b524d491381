"""A list of exhibits from a workbook, a CSV file or the clipboard: what can be hung, and what cannot."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from qingfeng.culture.halls.building import MOST_ROOMS, SIDES, SIZES, CannotBuild, plan_of
from qingfeng.desk.culture.halls.tours import free_key
from qingfeng.plain.cells import refuse_endless

LARGEST = 4 * 1024**2
MOST_UNPACKED = 64 * 1024**2
MOST_ROWS = 500
COLUMNS = {
    "room_zh": ("展厅", "房间", "room", "展厅名称"),
    "room_en": ("展厅英文", "room (english)", "room_en"),
    "title_zh": ("标题", "名称", "展品", "title", "中文标题", "title_zh"),
    "title_en": ("英文标题", "标题英文", "title (english)", "title_en"),
    "text_zh": ("说明", "文字", "内容", "text", "中文说明", "text_zh"),
    "text_en": ("英文说明", "说明英文", "text (english)", "text_en"),
    "picture": ("图片", "图片文件", "picture", "file"),
    "size": ("大小", "尺寸", "size"),
    "wall": ("墙面", "墙", "wall"),
}
SIZE_WORDS = {"小": "small", "中": "medium", "大": "large", **{one: one for one in SIZES}}
WALL_WORDS = {"北": "north", "东": "east", "南": "south", "西": "west", **{one: one for one in SIDES}}
Row = dict[str, Any]
Pictures = Mapping[str, Mapping[str, Any]]


@dataclass
class Found:
    """What a list holds: rows that can be hung, and (line, why) of those that cannot."""

    rows: list[Row] = field(default_factory=list)
    rejects: list[tuple[int, str]] = field(default_factory=list)


def columns_wanted() -> str:
    """Return what the first line of a list says."""
    return _("The first line names the columns: 展厅, 标题, 英文标题, 说明, 英文说明, 图片, 大小, 墙面.")


def read(data: bytes, *, pictures: Pictures) -> Found:
    """Read a list.

    Args:
        data: XLSX, or CSV or what was copied from a table, in UTF-8 or GB18030.
        pictures: By name: `digest`, `aspect`, `alt_zh`, `alt_en` of the pictures of the hall.

    Raises:
        ValueError: If it has no head that says which column is what; the message says what is wanted.
    """
    if len(data) > LARGEST:
        raise ValueError(_("The list has more than 4 MB: leave pictures out of it, their names are enough."))
    lines = _of_workbook(data) if data.startswith(b"PK") else _of_text(data)
    head = next(lines, None)
    columns = _columns(head[1]) if head else {}
    if "title_zh" not in columns or "title_en" not in columns:
        raise ValueError(columns_wanted())
    found, room = Found(), ("", "")
    for no, cells in lines:
        if no > MOST_ROWS:
            found.rejects.append(
                (no, _("More than %(most)d rows: bring the rest as a second list.") % {"most": MOST_ROWS})
            )
            break
        said = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
        room = (
            said.get("room_zh") or room[0],
            said.get("room_en") or (room[1] if not said.get("room_zh") else ""),
        )
        try:
            row = _row(said, pictures) | {
                "room_zh": room[0] or "展厅",
                "room_en": room[1] or room[0] or "Hall",
            }
            _check(row)
        except ValueError as error:
            found.rejects.append((no, str(error)))
        else:
            found.rows.append(row)
    return found


def hung_in(value: Any, rows: list[Row], *, replaces: bool) -> Any:
    """Return the list of a hall with these rows, room by room; rooms that are not there are added.

    Args:
        value: As `plan_of` reads it, or None.
        rows: As `read` gives them.
        replaces: Whether what hung there goes; rooms of the same name keep their look.
    """
    rooms: list[dict[str, Any]] = [dict(one) for one in (value or {}).get("rooms", [])]
    names = {row["room_zh"] for row in rows}
    if replaces:
        rooms = [{**one, "exhibits": []} for one in rooms if one["name_zh"] in names]
    taken = {each["key"] for one in rooms for each in one.get("exhibits", [])}
    for row in rows:
        room = next((one for one in rooms if one["name_zh"] == row["room_zh"]), None)
        if room is None:
            key = free_key({one["key"] for one in rooms}, "room")
            room = {"key": key, "name_zh": row["room_zh"], "name_en": row["room_en"], "exhibits": []}
            rooms.append(room)
        key = free_key(taken, "piece")
        taken.add(key)
        exhibit = {name: one for name, one in row.items() if name not in {"room_zh", "room_en"}}
        room["exhibits"] = [*room.get("exhibits", []), {"key": key, **exhibit}]
    keys = [one["key"] for one in rooms]
    doors = [one for one in (value or {}).get("doors") or [] if {one["from"], one["to"]} <= set(keys)]
    return {"v": 1, "rooms": rooms[:MOST_ROOMS], "doors": _all_reached(keys[:MOST_ROOMS], doors)}


def _all_reached(keys: list[str], doors: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return doors by which every room is reached: one that has none gets one from the room before."""
    made = list(doors)
    for before, key in pairwise(keys):
        if not any(key in (one["from"], one["to"]) for one in made):
            made.append({"from": before, "wall": "north", "to": key})
    return made


def _row(said: dict[str, str], pictures: Pictures) -> Row:
    row: Row = {name: said.get(name, "") for name in ("title_zh", "title_en", "text_zh", "text_en")}
    row["size"] = _word(said.get("size", ""), SIZE_WORDS, "medium", _("size"))
    row["wall"] = _word(said.get("wall", ""), WALL_WORDS, "", _("wall"))
    if name := said.get("picture", ""):
        held = pictures.get(name) or pictures.get(name.rpartition(".")[0])
        if held is None:
            raise ValueError(_("There is no picture “%(name)s”: bring it first.") % {"name": name})
        row |= {
            "picture": held["digest"],
            "aspect": held["aspect"],
            "alt_zh": held["alt_zh"],
            "alt_en": held["alt_en"],
        }
    return row


def _check(row: Row) -> None:
    """Refuse a row that could not hang: it is read as a hall with nothing else in it."""
    exhibit = {"key": "one", **{name: one for name, one in row.items() if not name.startswith("room_")}}
    room = {"key": "room", "name_zh": row["room_zh"], "name_en": row["room_en"], "exhibits": [exhibit]}
    try:
        plan_of({"v": 1, "rooms": [room]})
    except CannotBuild as error:
        said = (f"{one.where.rpartition('.')[2]}: {one.says}" for one in error.wrongs)
        raise ValueError("; ".join(said)) from error


def _word(said: str, known: Mapping[str, str], usual: str, what: str) -> str:
    if not said:
        return usual
    if said.lower() not in known:
        raise ValueError(_("Not a %(what)s: %(said)s") % {"what": what, "said": said})
    return known[said.lower()]


def _columns(head: list[str]) -> dict[str, int]:
    said = [one.strip().lower() for one in head]
    return {name: said.index(one) for name, spelt in COLUMNS.items() for one in spelt if one in said}


def _of_text(data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first = text.partition("\n")[0]
    sign = next((one for one in ("\t", ",", "，", ";") if one in first), ",")
    try:
        for no, cells in enumerate(csv.reader(io.StringIO(text), delimiter=sign), 1):
            refuse_endless(cells)
            if any(one.strip() for one in cells):
                yield no, cells
    except csv.Error as error:
        says = _("The list cannot be read to its end: look for a quotation mark that is not closed.")
        raise ValueError(says) from error


def _of_workbook(data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        with ZipFile(io.BytesIO(data)) as held:
            if sum(one.file_size for one in held.infolist()) > MOST_UNPACKED:
                raise ValueError  # noqa: TRY301 - told as what cannot be read
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        rows = list(sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2))
    except Exception as error:  # whatever a broken file makes of the reader
        raise ValueError(_("This workbook cannot be read: keep it as XLSX again.")) from error
    for no, cells in enumerate(rows, 1):
        said = ["" if one is None else str(one) for one in cells]
        if any(one.strip() for one in said):
            yield no, said
