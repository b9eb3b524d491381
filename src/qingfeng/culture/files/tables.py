"""Tables and collections of features as careless hands save them: marks, separators, headings, digits."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TextIO

from django.utils import translation
from django.utils.translation import gettext as _

from qingfeng.culture.files.streams import Source, encoding_of, features_of, opened
from qingfeng.plain.cells import refuse_endless

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


class Table:
    """A CSV file, its headings in the words of the columns; its lines are read whenever they are asked for.

    Attributes:
        headings: As the file has them.
        names: Of the columns that they mean.
        unknown: Headings that nothing reads.
    """

    is_table = True

    def __init__(self, source: Source, known: Iterable[str]) -> None:
        """Read the headings.

        Raises:
            ValueError: If one stands twice.
        """
        self.source, self.encoding, self.known = source, encoding_of(source), {*known, WHY}
        with self._opened() as text:
            first = text.readline()
        self.sign = max(SEPARATORS, key=first.count)
        self.headings = next((cells for _no, cells in self._lines()), [])
        self.names = [heading(one) for one in self.headings]
        twice = sorted({one for one in self.names if one in self.known and self.names.count(one) > 1})
        if twice:
            raise ValueError(_("A heading stands twice: %(columns)s.") % {"columns": ", ".join(twice)})
        pairs = zip(self.headings, self.names, strict=True)
        self.unknown = [one for one, name in pairs if name not in self.known and one.strip()]

    def rows(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield what each line says by column, with its number; empty lines are passed over.

        Raises:
            ValueError: If a quotation mark is not closed, or a cell never ends.
        """
        blank = {name: "" for name in self.names if name in self.known}
        for no, cells in self._said():
            pairs = zip(self.names, cells, strict=False)
            yield no, blank | {name: unguarded(text_of(one)) for name, one in pairs if name in self.known}

    def handed_back(self, faults: Mapping[int, str]) -> bytes:
        """Return the lines that were not taken in as a table, each with what is wrong with it."""
        out = io.StringIO()
        writer = csv.writer(out)
        at = self.names.index(WHY) if WHY in self.names else None
        keep = [no for no in range(len(self.headings)) if no != at]
        writer.writerow([*(self.headings[no] for no in keep), WHY])
        for line, cells in self._said():
            if line in faults:
                padded = [*cells, *[""] * len(self.headings)]
                writer.writerow([*(guarded(unguarded(padded[no])) for no in keep), faults[line]])
        return out.getvalue().encode("utf-8-sig", errors="ignore")

    def _said(self) -> Iterator[tuple[int, list[str]]]:
        lines = self._lines()
        next(lines, None)
        yield from ((no, cells) for no, cells in lines if any(one.strip() for one in cells))

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        with self._opened() as text:
            reader = csv.reader(text, delimiter=self.sign)
            try:
                for cells in reader:
                    refuse_endless(cells)
                    yield reader.line_num, cells
            except csv.Error as error:
                said = _("Line %(line)d is no line of a table: look for a quotation mark that is not closed.")
                raise ValueError(said % {"line": reader.line_num}) from error

    def _opened(self) -> TextIO:
        return io.TextIOWrapper(opened(self.source), encoding=self.encoding, newline=None)


class Collection:
    """A GeoJSON collection; its features are read as often as they are asked for."""

    is_table = False

    def __init__(self, source: Source) -> None:
        self.source, self.encoding = source, encoding_of(source)
        self.headings: list[str] = []
        self.unknown: list[str] = []

    def rows(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield what the properties of each feature say, with its `geometry`; features are counted from 1.

        Raises:
            ValueError: If it is no collection.
        """
        for no, one in enumerate(features_of(self.source, self.encoding), 1):
            feature = object_of(one)
            said = {heading(str(key)): value for key, value in object_of(feature.get("properties")).items()}
            yield no, said | {"geometry": object_of(feature.get("geometry"))}

    def handed_back(self, faults: Mapping[int, str]) -> bytes:
        """Return the features that were not taken in as a collection, each with what is wrong with it."""
        return b"".join(collection_out(self._with(faults), errors="ignore"))

    def _with(self, faults: Mapping[int, str]) -> Iterator[Mapping[str, Any]]:
        for no, feature in enumerate(features_of(self.source, self.encoding), 1):
            if no in faults:
                one = object_of(feature)
                yield {**one, "properties": {**object_of(one.get("properties")), WHY: faults[no]}}


Sheet = Table | Collection


def table_out(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return rows as CSV with a byte order mark, as spreadsheets like it; no cell is a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(columns), restval="")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: guarded(value) for key, value in row.items()})
    return out.getvalue().encode("utf-8-sig")


def collection_out(features: Iterable[Mapping[str, Any]], *, errors: str = "strict") -> Iterator[bytes]:
    """Yield the parts of a collection, a feature a line.

    Args:
        features: What stands in it.
        errors: What becomes of half a sign: "strict" or "ignore".
    """
    yield b'{"type": "FeatureCollection", "features": ['
    for no, one in enumerate(features):
        yield b",\n" if no else b"\n"
        yield json.dumps(one, ensure_ascii=False).encode(errors=errors)
    yield b"\n]}\n"


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


def choices_of(choices: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """Return the key of each of several things by what it may be called, lower case: itself, or its words."""
    found: dict[str, str] = {}
    for key, words in choices:
        found.setdefault(key, key)
        for language in ("zh-hans", "en"):
            with translation.override(language):
                found.setdefault(str(words).lower(), key)
    return found


def in_lines(cell: str) -> Iterator[str]:
    """Yield the lines of a cell that holds several things, none of an empty one."""
    yield from (one.strip() for one in cell.split("\n")) if cell.strip() else ()
