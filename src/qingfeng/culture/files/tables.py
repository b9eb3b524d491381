"""Tables and collections of features as careless hands save them: marks, separators, headings, digits."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from qingfeng.plain.cells import refuse_endless

Row = dict[str, str]
FORMULAS = re.compile(r"'*[=+\-@\t]")
SEPARATORS = ",\t;"
WHY = "why"
"""Column of a file of what was not taken in; it is not read again."""
HEADINGS = {
    "地址名": "slug", "网址": "slug", "标识": "slug", "类别": "category", "类型": "category",
    "主题": "theme", "经度": "lon", "纬度": "lat", "坐标系": "datum", "名称": "name_zh",
    "中文名称": "name_zh", "英文名称": "name_en", "摘要": "abstract_zh", "英文摘要": "abstract_en",
    "正文": "text_zh", "故事": "text_zh", "英文正文": "text_en", "地址": "address_zh",
    "英文地址": "address_en", "开放时间": "opens_at", "关闭时间": "closes_at", "闭馆日": "rest_days",
    "无障碍": "wheelchair", "联系单位": "contact_zh", "英文联系单位": "contact_en", "contact": "contact_zh",
    "出处": "source", "出处页码": "source_where", "线路": "route", "顺序": "no", "点位": "place",
    "停留分钟": "minutes", "讲解词": "guide_zh", "英文讲解词": "guide_en", "路程公里": "leg_km",
    "路程分钟": "leg_minutes", "出行方式": "mode", "适合人群": "audience_zh", "季节": "season_zh",
    "出发时间": "starts_at", "容量": "capacity", "office": "office_zh", "展馆": "hall", "文件": "file",
    "授权": "licence", "作者": "author",
}  # fmt: skip
"""What offices call the columns, and what columns were called before."""


class Wrong(Exception):  # noqa: N818 - says what happened
    """What keeps one thing of a file out: (line, what is wrong) of each fault."""

    def __init__(self, *faults: tuple[int, str]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{no}: {says}" for no, says in faults))


class TooMany(ValueError):  # noqa: N818 - says what happened
    """More lines than are read at once; the message says what to do."""

    def __init__(self, most: int) -> None:
        super().__init__(_("The file has more than %(n)d lines: split it.") % {"n": most})


@dataclass(frozen=True)
class Sheet:
    """What a table or collection holds.

    Attributes:
        rows: (line or feature from 1, its cells by column); of features what their properties say.
        raw: Line to what stands there, as it is handed back.
        unknown: Headings that nothing reads.
        is_table: Whether it is CSV.
    """

    rows: list[tuple[int, dict[str, Any]]]
    raw: dict[int, Any]
    headings: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    is_table: bool = False


def decoded(data: bytes) -> str:
    """Return a text as it was written by a browser, a spreadsheet of today, or one of a Chinese office.

    Raises:
        ValueError: If it is no text; the message says what to do.
    """
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for name in ("utf-16",) if is_wide else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    raise ValueError(_("The file is no text that can be read: save it as CSV UTF-8 or as GeoJSON."))


def table_of(text: str, known: Iterable[str], *, most: int) -> Sheet:
    """Return what a CSV file says, its headings in the words of the columns.

    Raises:
        ValueError: If a quotation mark is not closed, a heading stands twice, or there are more lines than
            `most`: they are not held to be counted.
    """
    first = text.partition("\n")[0].partition("\r")[0]
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=max(SEPARATORS, key=first.count))
    rows: list[tuple[int, Row]] = []
    raw: dict[int, Any] = {}
    known = {*known, WHY}
    try:
        headings = next(reader, [])
        refuse_endless(headings)
        names = [heading(one) for one in headings]
        twice = sorted({one for one in names if one in known and names.count(one) > 1})
        if twice:
            raise ValueError(_("A heading stands twice: %(columns)s.") % {"columns": ", ".join(twice)})
        blank = {name: "" for name in names if name in known}
        for cells in reader:
            refuse_endless(cells)
            if any(one.strip() for one in cells):
                if len(rows) == most:
                    raise TooMany(most)
                said = zip(names, cells, strict=False)
                row = {name: unguarded(text_of(one)) for name, one in said if name in known}
                rows.append((reader.line_num, blank | row))
                raw[reader.line_num] = cells
    except csv.Error as error:
        said = _("Line %(line)d is no line of a table: look for a quotation mark that is not closed.")
        raise ValueError(said % {"line": reader.line_num}) from error
    unknown = [one for one, name in zip(headings, names, strict=True) if name not in known and one.strip()]
    return Sheet(rows, raw, headings, unknown, is_table=True)


def features_of(text: str, *, most: int) -> Sheet:
    """Return what a GeoJSON collection says: of each feature its properties, with its `geometry`.

    Raises:
        ValueError: If it is none, or has more features than `most`.
    """
    try:
        features = list(json.loads(text)["features"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(_("This is no GeoJSON collection of features.")) from error
    if len(features) > most:
        raise TooMany(most)
    rows = []
    for no, one in enumerate(features, 1):
        feature = object_of(one)
        said = {heading(str(key)): value for key, value in object_of(feature.get("properties")).items()}
        rows.append((no, said | {"geometry": object_of(feature.get("geometry"))}))
    return Sheet(rows, dict(enumerate(features, 1)))


def handed_back(sheet: Sheet, faults: Mapping[int, str]) -> bytes:
    """Return what was not taken in as a file of the same kind, each line with what is wrong with it."""
    if not sheet.is_table:
        features = []
        for no in sorted(faults):
            one = object_of(sheet.raw[no])
            features.append({**one, "properties": {**object_of(one.get("properties")), WHY: faults[no]}})
        whole = {"type": "FeatureCollection", "features": features}
        return json.dumps(whole, ensure_ascii=False, indent=1).encode(errors="ignore")
    out = io.StringIO()
    writer = csv.writer(out)
    at = [heading(one) for one in sheet.headings].index(WHY) if WHY in sheet.headings else None
    keep = [no for no in range(len(sheet.headings)) if no != at]
    writer.writerow([*(sheet.headings[no] for no in keep), WHY])
    for line in sorted(faults):
        cells = [*sheet.raw[line], *[""] * len(sheet.headings)]
        writer.writerow([*(guarded(unguarded(cells[no])) for no in keep), faults[line]])
    return out.getvalue().encode("utf-8-sig", errors="ignore")


def table_out(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return rows as CSV with a byte order mark, as spreadsheets like it; no cell is a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(columns), restval="")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: guarded(value) for key, value in row.items()})
    return out.getvalue().encode("utf-8-sig")


def collection_out(features: Iterable[Mapping[str, Any]]) -> bytes:
    """Return features as a collection."""
    whole = {"type": "FeatureCollection", "features": list(features)}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def heading(text: str) -> str:
    """Return the name of the column that a heading means."""
    plain = plainly(text).lower()
    return HEADINGS.get(plain, plain)


def plainly(text: str) -> str:
    """Return a text of wide digits and letters in those of a keyboard, without blanks around."""
    return unicodedata.normalize("NFKC", text).strip()


def guarded(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and FORMULAS.match(value) else value


def unguarded(text: str) -> str:
    """Return a cell without the sign that keeps a spreadsheet from taking it for a formula."""
    return text[1:] if text[:1] == "'" and FORMULAS.match(text) else text


def object_of(value: Any) -> dict[str, Any]:
    """Return an object, an empty one of what is none."""
    return value if isinstance(value, dict) else {}


def list_of(value: Any) -> list[Any]:
    """Return a list, an empty one of what is none."""
    return value if isinstance(value, list) else []


def text_of(value: Any) -> str:
    """Return a value as text without signs that no database takes: zero, and half a sign."""
    return "" if value is None else str(value).replace("\0", "").encode(errors="ignore").decode().strip(" \t")


def choice_of(text: str, choices: Iterable[tuple[str, Any]]) -> str:
    """Return the key that a text means: itself, or its words in either language; the text where none fits."""
    plain = plainly(text)
    for key, words in choices:
        if plain.lower() == key:
            return key
        for language in ("zh-hans", "en"):
            with translation.override(language):
                if plain.lower() == str(words).lower():
                    return key
    return plain


def in_lines(cell: str) -> Iterator[str]:
    """Yield the lines of a cell that holds several things, none of an empty one."""
    yield from (one.strip() for one in cell.split("\n")) if cell.strip() else ()
