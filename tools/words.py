"""Put the rooms' words together: `look/words/<language>/*.po` into one catalogue that Django reads.

`python tools/words.py` compiles; `--check` also lists every text of the source that has no words yet.
Anything wrong is said with its file and line, and the exit is 1: an entry without words, a fuzzy one, one
msgid with different words in two places, a placeholder that the words lost.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.utils.translation.template import templatize
from jinja2 import Environment

HOUSE = Path(__file__).resolve().parents[1]
SOURCE = HOUSE / "src" / "qingfeng"
WORDS = SOURCE / "look" / "words"
LOCALE = SOURCE / "look" / "locale"
CALLS = {
    name + lazy: shape
    for name, shape in {"gettext": "m", "ngettext": "mp", "pgettext": "cm", "npgettext": "cmp"}.items()
    for lazy in ("", "_lazy")
} | {"gettext_noop": "m"}
_PLACE = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
_CALL = re.compile(r"\b(n?p?gettext|_)\(")
_PARTS = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
_LITERAL = re.compile(r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")


class Text(NamedTuple):
    """A text of the source: context, singular, plural (empty where there is none)."""

    context: str
    one: str
    many: str = ""


def language_folders(words: Path = WORDS) -> list[Path]:
    """Return a folder per language, in order."""
    return sorted(folder for folder in words.iterdir() if folder.is_dir())


def joined(folder: Path) -> tuple[polib.POFile, list[str]]:
    """Return one catalogue of all parts in a folder, and what is wrong with them, a line each."""
    whole = polib.POFile()
    whole.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": folder.name,
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    wrong: list[str] = []
    seen: dict[tuple[str, str], tuple[polib.POEntry, str]] = {}
    for part in sorted(folder.glob("*.po")):
        for entry in polib.pofile(str(part), encoding="utf-8"):
            where = f"{part.relative_to(folder.parent)}:{entry.linenum}"
            wrong += [f"{where}: {fault}: {entry.msgid!r}" for fault in faults(entry)]
            key = (entry.msgctxt or "", entry.msgid)
            if key not in seen:
                seen[key] = (entry, where)
                whole.append(entry)
            elif _said(seen[key][0]) != _said(entry):
                other, there = seen[key]
                wrong.append(
                    f"{where}: {entry.msgid!r} is {_said(entry)!r} here and {_said(other)!r} in {there}; "
                    "agree on one, or give each a msgctxt"
                )
    return whole, wrong


def _said(entry: polib.POEntry) -> str:
    return entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr


def faults(entry: polib.POEntry) -> Iterator[str]:
    """Yield what is wrong with one entry."""
    if entry.fuzzy:
        yield "marked fuzzy"
    if not _said(entry).strip():
        yield "has no words"
        return
    wanted = set(_PLACE.findall(entry.msgid_plural or entry.msgid))
    there = set(_PLACE.findall(_said(entry)))
    if there != wanted:
        yield f"does not have the placeholders of the source ({', '.join(sorted(there ^ wanted))})"


def compile_all(words: Path = WORDS, locale: Path = LOCALE) -> list[str]:
    """Write a catalogue per language, unless something is wrong with one; return what is wrong."""
    found: list[str] = []
    for folder in language_folders(words):
        whole, wrong = joined(folder)
        found += wrong
        if not wrong:
            target = locale / folder.name / "LC_MESSAGES" / "django.mo"
            target.parent.mkdir(parents=True, exist_ok=True)
            whole.save_as_mofile(str(target))
    return found


def in_python(text: str) -> Iterator[tuple[int, Text]]:
    """Yield the texts marked in a Python module, with their lines."""
    tree = ast.parse(text)
    names = dict.fromkeys(CALLS) | {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in CALLS
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        shape = CALLS.get(names.get(called) or called)
        texts = [
            arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        if shape and called in names and len(texts) >= len(shape) and texts[0]:
            yield node.lineno, _text(shape, texts)


def in_template(text: str) -> Iterator[tuple[int, Text]]:
    """Yield the texts marked in a Django template, with their lines."""
    for number, line in enumerate(templatize(text).splitlines(), start=1):
        for match in _CALL.finditer(line):
            shape = "m" if match[1] == "_" else CALLS[match[1]]
            texts = _literals(line[match.end() :], len(shape))
            if len(texts) == len(shape):
                yield number, _text(shape, texts)


def in_part(text: str) -> Iterator[tuple[int, Text]]:
    """Yield the texts marked in a compiled part (Jinja2), with their lines."""
    for number, called, said in _PARTS.extract_translations(text):  # type: ignore[attr-defined] # of the extension
        shape = "m" if called == "_" else CALLS[called]
        texts = [said] if isinstance(said, str) else [one for one in said if one is not None]
        if len(texts) >= len(shape):
            yield number, _text(shape, texts)


def _literals(text: str, count: int) -> list[str]:
    texts: list[str] = []
    while len(texts) < count and (found := _LITERAL.match(text)):
        texts.append(ast.literal_eval(found[1]))
        text = text[found.end() :].lstrip(", ")
    return texts


def _text(shape: str, texts: list[str]) -> Text:
    parts = dict(zip(shape, texts, strict=False))
    return Text(parts.get("c", ""), parts["m"], parts.get("p", ""))


TEMPLATES = {"templates": in_template, "jinja2": in_part}


def used(source: Path = SOURCE) -> Iterator[tuple[str, Text]]:
    """Yield every text of the source with where it stands (`file:line`)."""
    for file in sorted(source.rglob("*.py")):
        for line, text in in_python(file.read_text(encoding="utf-8")):
            yield f"{file.relative_to(source)}:{line}", text
    for file in sorted([*source.rglob("*.html"), *source.rglob("*.txt")]):
        reads = next((how for folder, how in TEMPLATES.items() if folder in file.parts), None)
        if reads is not None:
            for line, text in reads(file.read_text(encoding="utf-8")):
                yield f"{file.relative_to(source)}:{line}", text


def missing(source: Path = SOURCE, words: Path = WORDS) -> list[str]:
    """Return a line for every text of the source that a language has no words for."""
    texts = list(used(source))
    found = []
    for folder in language_folders(words):
        whole, _wrong = joined(folder)
        there = {(entry.msgctxt or "", entry.msgid) for entry in whole}
        plurals = {(entry.msgctxt or "", entry.msgid) for entry in whole if entry.msgid_plural}
        for where, text in texts:
            key = (text.context, text.one)
            if key not in there:
                found.append(f"{where}: no {folder.name} for {text.one!r}")
            elif text.many and key not in plurals:
                found.append(f"{where}: {folder.name} has no plural form for {text.one!r}")
    return found


def main(argv: list[str] | None = None) -> int:
    """Compile, check if asked, say what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="also list texts of the source without words")
    parser.add_argument(
        "--room", default="", help="with --check: only files under this folder of src/qingfeng"
    )
    asked = parser.parse_args(argv)
    wrong = compile_all()
    if asked.check:
        wrong += [line for line in missing() if line.startswith(asked.room)]
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
