"""CSV, TSV and the like: the engine reads what is clean, Python what is not."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from io import StringIO
from itertools import islice, pairwise
from pathlib import Path

import duckdb

from qingfeng.screening.errors import Problem
from qingfeng.screening.home import Home
from qingfeng.screening.intake.identifiers import Known, plain
from qingfeng.screening.intake.readers import transcode
from qingfeng.screening.intake.readers.encoding import check_readable, decode_part, guess_encoding, samples
from qingfeng.screening.intake.readers.records import Record, records, sniff_delimiter
from qingfeng.screening.intake.readers.scan import LONGEST_LINE, scan_text
from qingfeng.screening.intake.sheet import PREVIEW_ROWS, Scan, SourceFile, Staged, StagePlan
from qingfeng.screening.intake.staging import Layout, layout_of, stage_relation, stage_rows

HEAD = 1 << 20  # bytes that the preview is taken from
BUFFER = 8 * LONGEST_LINE  # bytes that the engine reads at once
PART = 128 << 20  # bytes of a GB18030 file that one process decodes
MOST_PARTS = 16
READ_BY_ENGINE = ("utf-8", "utf-8-sig", "gb18030")


@dataclass(frozen=True)
class DelimitedSheet:
    """A file of delimited text.

    Attributes:
        source: The file.
        sheet: None: there is one.
        encoding: As guessed.
        delimiter: As guessed.
        preview: The first records, each with the line it starts on.
        table: "": such a file does not say what it is.
    """

    source: SourceFile
    encoding: str
    delimiter: str
    preview: tuple[tuple[int, tuple[str, ...]], ...]
    sheet: str | None = None
    table: str = ""

    def stage(self, plan: StagePlan, into: Path, con: duckdb.DuckDBPyConnection, home: Home) -> Staged:
        """Write the mapped columns as text to Parquet; see `RawSheet`.

        A record with too few cells is filled up; one with too many is rejected, unless
        what is too much is empty.
        """
        scan = self.source.scan or scan_text(self.source.at, self.encoding, lambda _: None)[1]
        odd = scan.odd.replace(self.delimiter, "")
        layout = layout_of(plan, self.preview, odd)
        staged = self._by_engine(layout, scan, into, con, home)
        return staged or self._by_hand(layout_of(plan, self.preview), into, con, home)

    def _by_engine(
        self, layout: Layout, scan: Scan, into: Path, con: duckdb.DuckDBPyConnection, home: Home
    ) -> Staged | None:
        """Let the engine read the file; None unless every line is one record."""
        first = next((row for row, _ in self.preview if row > layout.plan.header_to), 0)
        if not first or self.encoding not in READ_BY_ENGINE:
            return None
        layout = replace(layout, known=self._known(layout.plan))
        try:
            with self._utf8(first) as (paths, skip):
                source = _read_csv(paths, layout.cells(), self.delimiter, skip)
                staged = stage_relation(con, source, layout, into, home, first_row=first)
        except (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.InterruptException):
            raise
        except duckdb.Error:  # a record that is not as the others: read by hand, told there
            return None
        return staged if sum(staged.rows.values()) == scan.lines - (first - 1) else None

    def _known(self, plan: StagePlan) -> Known:
        """Return values of the identifiers that samples of the file show."""
        places = [at for at, name in plan.columns.items() if name in plan.identifiers]
        seen: dict[int, set[str]] = {at: set() for at in places}
        for block in samples(self.source.at) if places else ():
            for line in decode_part(block, self.encoding).splitlines():
                cells = line.split(self.delimiter) if '"' not in line else []
                for at in places:
                    if at < len(cells):
                        seen[at].add(cells[at])
        return {f"c{at}": known for at, values in seen.items() if (known := plain(values))}

    @contextmanager
    def _utf8(self, first: int) -> Iterator[tuple[list[str], int]]:
        """Yield paths at which the text is UTF-8, and how many lines to skip there."""
        if self.encoding != "gb18030":
            yield [str(self.source.at)], first - 1
            return
        with ExitStack() as running:
            parts = [
                running.enter_context(_transcoding(self.source.at, *ends)) for ends in self._parts(first)
            ]
            yield [f"/dev/fd/{part.stdout.fileno()}" for part in parts if part.stdout], 0
            for part in parts:
                if part.wait() == transcode.SPOILT:
                    raise self._spoilt()

    def _parts(self, first: int) -> list[tuple[int, int]]:
        """Return the first and last bytes of parts that are decoded by a process each."""
        with self.source.at.open("rb") as stream:
            for _ in range(first - 1):
                stream.readline()
            start, end = stream.tell(), stream.seek(0, 2)
        count = min(MOST_PARTS, 1 + (end - start) // PART)
        cuts = [start + (end - start) * part // count for part in range(count + 1)]
        return list(pairwise(cuts))

    def _by_hand(self, layout: Layout, into: Path, con: duckdb.DuckDBPyConnection, home: Home) -> Staged:
        """Read record by record: quoted line ends, blank lines, broken records."""
        encodings = (self.encoding, "gb18030") if self.encoding.startswith("utf-8") else (self.encoding,)
        for encoding in encodings:
            rejected: list[tuple[int, str]] = []
            rows = self._rows(layout, encoding, rejected)
            try:
                staged = stage_rows(con, rows, layout, into, home)
            except UnicodeDecodeError:
                continue
            return replace(staged, rejected=tuple(rejected))
        raise self._spoilt()

    def _rows(
        self, layout: Layout, encoding: str, rejected: list[tuple[int, str]]
    ) -> Iterator[tuple[int, Sequence[str]]]:
        with self._lines(encoding) as lines:
            for record in records(lines, self.delimiter, layout.width):
                if record.row <= layout.plan.header_to:
                    continue
                reason = _fault(record, layout.width)
                if reason:
                    rejected.append((record.row, reason))
                else:
                    yield record.row, record.cells

    @contextmanager
    def _lines(self, encoding: str) -> Iterator[Iterator[str]]:
        strict = encoding.startswith("utf-8")
        counts = [0, 0]

        def counted(lines: Iterator[str]) -> Iterator[str]:
            for line in lines:
                counts[0] += line.count("\ufffd")
                counts[1] += len(line)
                yield line

        with self.source.at.open(encoding=encoding, errors="strict" if strict else "replace") as stream:
            yield counted(stream)
        try:
            check_readable(*counts)
        except Problem as problem:
            raise self._spoilt() from problem

    def _spoilt(self) -> Problem:
        return Problem(
            "The characters cannot be read: more than one in a thousand is spoilt (mojibake).",
            where=self.source.path,
            then="Export it again as UTF-8 or GB18030; a spoilt file cannot be mended.",
        )


def open_delimited(source: SourceFile) -> tuple[DelimitedSheet, ...]:
    """Return the sheet of a text file.

    Raises:
        Problem: If its characters cannot be read.
    """
    encoding = guess_encoding(source.at)
    with source.at.open("rb") as stream:
        text = decode_part(stream.read(HEAD), encoding)
    lines = list(islice(StringIO(text, newline=None), 4 * PREVIEW_ROWS))
    delimiter = sniff_delimiter(lines[: 2 * PREVIEW_ROWS])
    widths = [len(record.cells) for record in records(lines, delimiter)]
    usual = max(set(widths), key=widths.count, default=0)
    shown = tuple(
        (record.row, tuple(cell.strip() for cell in record.cells))
        for record in islice(records(lines, delimiter, usual), PREVIEW_ROWS)
    )
    return (DelimitedSheet(source, encoding, delimiter, shown),)


def _fault(record: Record, width: int) -> str:
    """Return why a record cannot become a row, or ""."""
    if len(record.cells) <= width or not any(cell.strip() for cell in record.cells[width:]):
        return ""
    if not record.whole:
        return "A quotation mark is not closed, and the record does not fit the header."
    return f"The record has {len(record.cells)} cells, the header {width}."


@contextmanager
def _transcoding(file: Path, start: int, end: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run the program that decodes a part; it ends when nobody reads any more."""
    program = [sys.executable, "-I", transcode.__file__, str(file), str(start), str(end)]
    with subprocess.Popen(program, stdout=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            if process.stdout:
                process.stdout.close()


def _read_csv(paths: Sequence[str], cells: Sequence[str], delimiter: str, skip: int) -> str:
    columns = ", ".join(f"'{cell}': 'VARCHAR'" for cell in cells)
    files = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    return (
        f"read_csv([{files}], columns = {{{columns}}}, auto_detect = false, header = false, skip = {skip}, "
        f"delim = '{delimiter}', quote = '\"', escape = '\"', null_padding = true, "
        f"max_line_size = {LONGEST_LINE}, buffer_size = {BUFFER})"
    )
