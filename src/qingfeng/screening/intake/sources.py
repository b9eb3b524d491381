"""Inputs: files and folders, in the order of their paths, known by their bytes."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qingfeng.screening.errors import Problem, WrongUse
from qingfeng.screening.intake.readers import open_sheets
from qingfeng.screening.intake.readers.archive import DEEPEST, UNPACK, Allowance, unpack
from qingfeng.screening.intake.readers.encoding import guess_encoding
from qingfeng.screening.intake.readers.kind import kind_of
from qingfeng.screening.intake.readers.scan import check_beginning, digest, scan_text
from qingfeng.screening.intake.sheet import RawSheet, SourceFile
from qingfeng.screening.progress import Progress, Silent

# Files that are no input: hidden, left by a system or by Qingfeng itself, or about the data.
IGNORED = re.compile(
    r"\..*|~\$.*|thumbs\.db|desktop\.ini|mapping\.toml|rejects\.csv|leads\.jsonl|report\.html"
    r"|(readme|licen[cs]e|notice|copying|authors|changelog)(\.[^.]*)*",
    re.IGNORECASE,
)
IGNORED_FOLDERS = re.compile(r"\.(?!\.$).*|__MACOSX", re.IGNORECASE)


@dataclass(frozen=True)
class Refused:
    """A file that cannot be read.

    Attributes:
        path: As in `SourceFile`.
        what: What is wrong with it.
        then: What to do.
    """

    path: str
    what: str
    then: str

    @property
    def reason(self) -> str:
        """What is wrong with it."""
        return self.what


@dataclass(frozen=True)
class Sources:
    """What the inputs hold.

    Attributes:
        root: The deepest folder that contains every input.
        files: Readable files, sorted by path.
        sheets: Their sheets, in the same order.
        refused: The others, sorted by path, with the reason.
    """

    root: Path
    files: tuple[SourceFile, ...]
    sheets: tuple[RawSheet, ...]
    refused: tuple[Refused, ...]


def open_sources(inputs: Sequence[Path], scratch: Path, progress: Progress | None = None) -> Sources:
    """Find every file among the inputs; one that is bad stops no other.

    Args:
        inputs: Files and folders; a file given twice is read once.
        scratch: A folder of this run, for what archives hold.
        progress: Told of bytes read.

    Raises:
        WrongUse: If an input does not exist.
    """
    root = _root(inputs)
    files = _walk(inputs)
    with (progress or Silent()).phase("Looking", sum(_size(file) for file in files)) as done:
        opening = _Opening(scratch, done)
        for file in files:
            opening.add(file, Path(os.path.relpath(file, root)).as_posix())
    return opening.sources(root)


@dataclass
class _Opening:
    scratch: Path
    done: Callable[[int], None]
    opened: list[tuple[SourceFile, tuple[RawSheet, ...]]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    folders: int = 0

    def sources(self, root: Path) -> Sources:
        opened = sorted(self.opened, key=lambda pair: pair[0].path)
        return Sources(
            root,
            tuple(source for source, _ in opened),
            tuple(sheet for _, sheets in opened for sheet in sheets),
            tuple(sorted(self.refused, key=lambda refused: refused.path)),
        )

    def add(self, file: Path, path: str, depth: int = 0, allowance: Allowance | None = None) -> None:
        """Open one file, or the members of an archive."""
        try:
            kind = kind_of(file)
            if kind == "zip":
                self._add_archive(file, path, depth, allowance or Allowance())
                return
            if kind == "text":
                check_beginning(file)
                sha256, scan = scan_text(file, guess_encoding(file), self.done)
            else:
                sha256, scan = digest(file, self.done), None
            source = SourceFile(path, sha256, file.stat().st_size, file, kind, scan)
            self.opened.append((source, open_sheets(source)))
        except Problem as problem:
            self.refused.append(Refused(path, problem.what, problem.then))
        except OSError as error:
            what = f"The file cannot be read: {error.strerror or 'it is damaged'}."
            self.refused.append(Refused(path, what, "Look whether it exists and may be read."))

    def _add_archive(self, file: Path, path: str, depth: int, allowance: Allowance) -> None:
        if depth >= DEEPEST:
            raise Problem(f"Archives lie in each other more than {DEEPEST} deep.", then=UNPACK)
        self.folders += 1
        into = self.scratch / f"zip-{self.folders}"
        into.mkdir(parents=True)
        try:
            members = [m for m in unpack(file, into, allowance) if not _is_ignored(m.name)]
        except Problem:
            shutil.rmtree(into, ignore_errors=True)
            raise
        if not members:
            raise Problem("The archive is empty.", then="Pack it again.")
        for member in members:
            inner = f"{path}/{member.name}"
            if member.at:
                self.add(member.at, inner, depth + 1, allowance)
            elif member.problem:
                self.refused.append(Refused(inner, member.problem.what, member.problem.then))


def _root(inputs: Sequence[Path]) -> Path:
    for given in inputs:
        if not given.exists():
            raise WrongUse(
                "There is no such file or folder.", where=str(given), then="Look at the spelling of the path."
            )
    if not inputs:
        raise WrongUse("No input was given.", then="Give a folder or files.")
    folders = [given.absolute() if given.is_dir() else given.absolute().parent for given in inputs]
    return Path(os.path.commonpath([os.path.normpath(folder) for folder in folders]))


def _walk(inputs: Sequence[Path]) -> list[Path]:
    """Return every file once, in the order of the paths; a file that is named is never ignored."""
    found: dict[Path, Path] = {}
    for given in inputs:
        for file in _files(given):
            found.setdefault(file.resolve(), Path(os.path.normpath(file.absolute())))
    return sorted(found.values(), key=lambda file: file.as_posix())


def _files(given: Path) -> Iterator[Path]:
    if given.is_file():
        yield given
        return
    for folder, folders, files in os.walk(given):
        folders[:] = sorted(name for name in folders if not IGNORED_FOLDERS.fullmatch(name))
        for name in sorted(files):
            file = Path(folder) / name
            if not IGNORED.fullmatch(name) and file.is_file():
                yield file


def _is_ignored(name: str) -> bool:
    *folders, file = name.split("/")
    return bool(IGNORED.fullmatch(file)) or any(map(IGNORED_FOLDERS.fullmatch, folders))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
