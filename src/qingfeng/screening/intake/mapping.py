"""Mappings: what a person says about a file whose headers nobody could guess (docs/mapping.md)."""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from qingfeng.screening.errors import Problem
from qingfeng.screening.intake import headers as spelt
from qingfeng.screening.intake.unpivot import AMOUNT, ITEM, has_items
from qingfeng.screening.normalise.macros import enums
from qingfeng.screening.tables import Column, tables

if TYPE_CHECKING:
    from qingfeng.screening.home import Home
    from qingfeng.screening.intake.sheet import RawSheet

FILE_NAME = "mapping.toml"
_KEYS = (
    "path",
    "sheet",
    "table",
    "header_row",
    "header_rows",
    "columns",
    "items",
    "units",
    "values",
    "formats",
    "headers",
)
SYSTEMS = ("WGS-84", "GCJ-02", "BD-09")


@dataclass(frozen=True)
class FileMapping:
    """One `[[file]]` of a mapping.

    Attributes:
        where: The mapping file, for messages.
        path: Glob over paths relative to the inputs' folder, or "" if `headers` decides.
        sheet: The sheet's name, or "" for every sheet.
        table: Declared table.
        header_rows: Rows of the header as a person counts, or empty: found as usual.
        columns: Header to declared column; "" drops it; `table.column` names a list's column.
        items: Headers that are items of a wide sheet: each filled cell is a row.
        units: Header to the unit of its numbers.
        values: Enum column to value to further spellings.
        formats: Column, or "date" for every date, to a strptime format; a longitude to a
            coordinate system.
        headers: Fingerprint of the header that a remembered mapping is for, else "".
    """

    where: str
    path: str
    table: str
    sheet: str = ""
    header_rows: tuple[int, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    items: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    formats: Mapping[str, str] = field(default_factory=dict)
    headers: str = ""

    def form(self, column: Column) -> str:
        """Return the format that the mapping gives for a column, or ""."""
        if column.name in self.formats:
            return self.formats[column.name]
        return self.formats.get("date", "") if column.type in ("day", "month", "instant") else ""


class Mappings:
    """Every mapping that a run goes by."""

    def __init__(self, files: Sequence[FileMapping] = (), home: Home | None = None) -> None:
        self._files = tuple(files)
        self._home = home
        self._applied: dict[str, FileMapping] = {}

    @classmethod
    def load(cls, inputs: Sequence[Path], home: Home | None = None) -> Mappings:
        """Read `mapping.toml` beside the inputs and what the home remembers.

        Args:
            inputs: The run's inputs. A folder is searched with all folders in it; beside a
                file its own folder counts.
            home: Its `mappings` folder holds remembered mappings (`*.toml`), or None.

        Raises:
            Problem: If a mapping cannot be read or names what does not exist.
        """
        root = _root(inputs)
        found: list[FileMapping] = []
        for file in _beside(inputs):
            folder = os.path.relpath(file.parent, root)
            found += _read(file, "" if folder == "." else PurePosixPath(*Path(folder).parts).as_posix() + "/")
        for file in sorted(home.mappings.glob("*.toml")) if home else ():
            found += _read(file, "")
        return cls(found, home)

    def for_sheet(self, sheet: RawSheet) -> FileMapping | None:
        """Return the mapping whose path and sheet fit, or None."""
        path = unicodedata.normalize("NFC", sheet.source.path)
        for told in self._files:
            if told.path and _fits(told.path, path) and told.sheet in ("", sheet.sheet or ""):
                return told
        return None

    def for_headers(self, rows: Sequence[Sequence[str]]) -> FileMapping | None:
        """Return the remembered mapping for header rows, or None."""
        print_ = header_fingerprint(rows)
        return next((told for told in self._files if told.headers == print_), None)

    @property
    def remembers(self) -> frozenset[int]:
        """How many header rows remembered mappings have."""
        return frozenset(len(told.header_rows) or 1 for told in self._files if told.headers)

    def note(self, told: FileMapping, rows: Sequence[Sequence[str]]) -> None:
        """Note that a mapping was used for a header, so that `remember` can keep it."""
        print_ = header_fingerprint(rows)
        if not told.headers:
            kept = tuple(range(1, len(rows) + 1))
            self._applied[print_] = replace(told, path="", sheet="", header_rows=kept, headers=print_)

    def remember(self) -> int:
        """Write the mappings that were used into the home; return how many.

        Next month's file with the same header is then mapped the same without its
        `mapping.toml`. Call it when the batch is kept.
        """
        if self._home is None:
            return 0
        for print_, told in self._applied.items():
            file = self._home.mappings / f"{print_[:16]}.toml"
            draft = file.with_suffix(".draft")
            draft.write_text(_as_toml(told), encoding="utf-8")
            draft.replace(file)
        return len(self._applied)


def header_fingerprint(rows: Sequence[Sequence[str]]) -> str:
    """Return SHA-256 over the header's folded cells, trailing empty ones left out."""
    cells = [[spelt.fold(cell) for cell in row] for row in rows]
    for row in cells:
        while row and not row[-1]:
            row.pop()
    return hashlib.sha256(json.dumps(cells, ensure_ascii=False).encode()).hexdigest()


def did_you_mean(word: str, choices: Sequence[str]) -> str:
    """Return "Did you mean …?" with the nearest choice, or the choices if they are few, or ""."""
    near = difflib.get_close_matches(word, choices, n=1, cutoff=0.5)
    if near:
        return f"Did you mean “{near[0]}”?"
    return f"Choices: {', '.join(choices)}." if choices else ""


def _root(inputs: Sequence[Path]) -> Path:
    folders = [os.path.normpath((p if p.is_dir() else p.parent).absolute()) for p in inputs]
    return Path(os.path.commonpath(folders)) if folders else Path.cwd()


def _beside(inputs: Sequence[Path]) -> list[Path]:
    found: dict[Path, None] = {}
    for path in inputs:
        told = sorted(path.rglob(FILE_NAME)) if path.is_dir() else [path.parent / FILE_NAME]
        found.update(dict.fromkeys(Path(os.path.normpath(f.absolute())) for f in told if f.is_file()))
    return list(found)


def _fits(glob: str, path: str) -> bool:
    pattern = ""
    for piece in re.findall(r"\*\*/|\*\*|\*|\?|[^*?]+", glob):
        pattern += {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(piece, re.escape(piece))
    return re.fullmatch(pattern, path) is not None


def _read(file: Path, prefix: str) -> list[FileMapping]:
    try:
        text = file.read_text(encoding="utf-8-sig")
        told = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(
            f"The mapping cannot be read: {error}.", where=str(file), then="Save it as UTF-8 text."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise Problem(
            f"The mapping is not TOML: {error}.", where=str(file), then="docs/mapping.md shows the form."
        ) from error
    reader = _Reader(file, text)
    unknown = [key for key in told if key != "file"]
    if unknown or not isinstance(told.get("file"), list):
        raise reader.problem(
            "A mapping is made of [[file]] sections only.", unknown[0] if unknown else "", ("file",)
        )
    return [reader.section(section, prefix) for section in told["file"]]


class _Reader:
    """Turns one mapping file's sections into `FileMapping`s, or says what is wrong in which line."""

    def __init__(self, file: Path, text: str) -> None:
        self._file, self._lines = file, text.splitlines()

    def problem(self, what: str, word: str, choices: Sequence[str]) -> Problem:
        line = next((n for n, text in enumerate(self._lines, 1) if word and word in text), 0)
        where = f"{self._file}:{line}" if line else str(self._file)
        then = did_you_mean(word, choices) if word and choices else "docs/mapping.md shows the form."
        return Problem(what, where=where, then=then or "docs/mapping.md shows the form.")

    def section(self, told: dict[str, object], prefix: str) -> FileMapping:
        for key in told:
            if key not in _KEYS:
                raise self.problem(f"A mapping has no key “{key}”.", key, _KEYS)
        table = told.get("table")
        if table not in tables():
            raise self.problem(f"There is no table “{table}”.", str(table or ""), tuple(tables()))
        path, headers = told.get("path", ""), told.get("headers", "")
        if not isinstance(path, str) or not isinstance(headers, str) or not (path or headers):
            raise self.problem('A [[file]] needs a path, such as path = "*.csv".', "[[file]]", ())
        columns = self._columns(self._texts(told, "columns"), str(table))
        return FileMapping(
            where=str(self._file),
            path=unicodedata.normalize("NFC", prefix + path) if path else "",
            table=str(table),
            sheet=str(told.get("sheet", "")),
            header_rows=self._rows(told),
            columns=columns,
            items=self._items(told, str(table), columns),
            units=self._units(self._texts(told, "units")),
            values=self._values(told, str(table)),
            formats=self._formats(self._texts(told, "formats"), str(table)),
            headers=headers,
        )

    def _texts(self, told: dict[str, object], key: str) -> dict[str, str]:
        section = told.get(key, {})
        if not isinstance(section, dict) or not all(isinstance(value, str) for value in section.values()):
            raise self.problem(f"[file.{key}] pairs a text with a text.", key, ())
        return section

    def _rows(self, told: dict[str, object]) -> tuple[int, ...]:
        rows = told.get("header_rows", [told["header_row"]] if "header_row" in told else [])
        if not isinstance(rows, list) or not all(isinstance(row, int) and row > 0 for row in rows):
            raise self.problem("Header rows are numbers from 1.", "header_row", ())
        if rows and rows != list(range(rows[0], rows[0] + len(rows))):
            raise self.problem("Header rows lie one below the other.", "header_row", ())
        return tuple(rows)

    def _columns(self, told: dict[str, str], table: str) -> dict[str, str]:
        choices = [*tables()[table].columns]
        for child in tables().values():
            if child.parent == table:
                choices += [f"{child.name}.{name}" for name in child.columns]
        columns = {header: name.removeprefix(f"{table}.") for header, name in told.items()}
        for header, name in columns.items():
            if name and name not in choices:
                raise self.problem(f"Table “{table}” has no column “{name}” (for “{header}”).", name, choices)
        twice = [name for name in columns.values() if name and list(columns.values()).count(name) > 1]
        if twice:
            raise self.problem(f"Two headers are given for column “{twice[0]}”.", twice[0], ())
        return columns

    def _items(self, told: dict[str, object], table: str, columns: Mapping[str, str]) -> tuple[str, ...]:
        items = told.get("items", [])
        if not isinstance(items, list) or not all(isinstance(item, str) and item for item in items):
            raise self.problem("items is a list of headers.", "items", ())
        if items and not has_items(tables()[table]):
            able = [name for name, declared in tables().items() if has_items(declared)]
            raise self.problem(f"Rows of table “{table}” are no items with an amount.", table, able)
        for header in items:
            if header in columns or items.count(header) > 1:
                raise self.problem(f"Header “{header}” is named twice.", header, ())
        for header, column in columns.items():
            if items and column in (ITEM, AMOUNT):
                what = f"“{header}” cannot be “{column}”: the items say it."
                raise self.problem(what, header, ())
        return tuple(items)

    def _units(self, told: dict[str, str]) -> dict[str, str]:
        for header, unit in told.items():
            if not spelt.is_unit(unit):
                raise self.problem(f"Unit “{unit}” of “{header}” is not known.", unit, spelt.unit_names())
        return told

    def _values(self, told: dict[str, object], table: str) -> dict[str, dict[str, tuple[str, ...]]]:
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        section = told.get("values", {})
        if not isinstance(section, dict):
            raise self.problem("[file.values] pairs a column with values and their spellings.", "values", ())
        kinds = {
            name: c.of for name, c in tables()[table].columns.items() if c.type == "enum" and c.of in enums()
        }
        for column, values in section.items():
            if column not in kinds:
                raise self.problem(f"Column “{column}” has no list of values.", column, tuple(kinds))
            if not isinstance(values, dict):
                raise self.problem(f"Values of “{column}”: value = [spellings].", column, ())
            for value, words in values.items():
                if value not in enums()[kinds[column]]:
                    raise self.problem(
                        f"“{value}” is no value of “{column}”.", value, tuple(enums()[kinds[column]])
                    )
                if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
                    raise self.problem(f"The spellings of “{value}” are a list of texts.", value, ())
            found[column] = {value: tuple(words) for value, words in values.items()}
        return found

    def _formats(self, told: dict[str, str], table: str) -> dict[str, str]:
        columns = tables()[table].columns
        dates = [name for name, c in columns.items() if c.type in ("day", "month", "instant")]
        degrees = [name for name, c in columns.items() if c.type in ("lon", "lat")]
        for name, form in told.items():
            if name != "date" and name not in dates + degrees:
                raise self.problem(f"“{name}” is no date of “{table}”.", name, ("date", *dates, *degrees))
            if name in degrees and form not in SYSTEMS:
                raise self.problem(f"Coordinate system “{form}” is not known.", form, SYSTEMS)
            if name not in degrees and "%" not in form:
                raise self.problem(f"Format “{form}” has no %Y, %m, %d.", form, ())
        return told


def _as_toml(told: FileMapping) -> str:
    def text(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    lines = ["# Remembered: files with this header are mapped the same.", "[[file]]"]
    lines += [f"headers = {text(told.headers)}", f"table = {text(told.table)}"]
    lines.append(f"header_rows = {text(list(told.header_rows))}")
    lines += [f"items = {text(list(told.items))}"] if told.items else []
    for key, section in (("columns", told.columns), ("units", told.units), ("formats", told.formats)):
        lines += [f"[file.{key}]", *(f"{text(name)} = {text(value)}" for name, value in section.items())]
    for column, values in told.values.items():
        lines.append(f"[file.values.{column}]")
        lines += [f"{text(value)} = {text(list(words))}" for value, words in values.items()]
    return "\n".join(lines) + "\n"
