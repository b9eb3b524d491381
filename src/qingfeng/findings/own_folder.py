"""The district's own rules as files, for those who know no database: `rules/<rule>/` in the home.

The table is the truth (`own_rules`); the folder is written anew from it before every job at the lake, and
`qingfeng screen` in the same home reads it too. Read without Django.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qingfeng.screening.home import Home
from qingfeng.screening.rulebook import SHIPPED, read_rules

FOLDER = "rules"


@dataclass(frozen=True)
class Text:
    """A rule as it is laid out: its file, and its cases."""

    text: str
    cases: str = ""


def folder_of(home: Home) -> Path:
    """Return where they lie."""
    return home.root / FOLDER


def lay_out(home: Home, rules: Mapping[str, Text]) -> None:
    """Write the rules in use, and remove what is not; a file that says the same is left alone."""
    root = folder_of(home)
    for old in root.glob("*") if root.exists() else ():
        if old.name not in rules:
            shutil.rmtree(old, ignore_errors=True)
    for rule, told in rules.items():
        folder = root / rule
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / f"{rule}.sql", told.text)
        _write(folder / f"{rule}.cases.toml", told.cases)


def _write(file: Path, text: str) -> None:
    if not text:
        file.unlink(missing_ok=True)
    elif not file.exists() or file.read_text(encoding="utf-8") != text:
        draft = file.with_name(f".{file.name}.draft")
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(file)


def usable(home: Home, known: frozenset[str] = frozenset()) -> tuple[list[Path], dict[str, str]]:
    """Return the folders of rules that can be loaded, and why the others cannot.

    A rule that no longer passes the check (a name that came into the registers, a column that went, an id
    that the house took) must not stop the others.

    Args:
        home: Whose rules.
        known: Names and plates of the registers.
    """
    taken = {file.stem for file in SHIPPED.rglob("*.sql")}
    folders: list[Path] = []
    unfit: dict[str, str] = {}
    for folder in sorted(folder_of(home).glob("*/")):
        if folder.name in taken:
            unfit[folder.name] = f"{folder.name}.sql:1: there is a rule of the house of this name."
            continue
        _rules, violations = read_rules(sorted(folder.glob("*.sql")), known)
        if violations:
            unfit[folder.name] = "\n".join(map(str, violations))
        else:
            folders.append(folder)
    return folders, unfit
