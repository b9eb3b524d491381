"""What the screening library says in English, in the reader's language, as far as it is known."""

from __future__ import annotations

import re

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as known

from qingfeng.screening.tables import tables

Pattern = tuple[re.Pattern[str], str]


def _pattern(shape: str) -> Pattern:
    """Return a text with `%(name)s` in it as a pattern that finds what stands there."""
    parts = re.split(r"%\((\w+)\)s", shape)
    found = "".join(
        f"(?P<{part}>.+?)" if place % 2 else re.escape(part).replace("%%", "%")
        for place, part in enumerate(parts)
    )
    return re.compile(found), shape


PATTERNS = [
    _pattern(shape)
    for shape in (
        # Why a header is taken for a column.
        known("“%(form)s” is listed for %(column)s"),
        known("“%(form)s” is listed for %(column)s of another table"),
        known("“%(form)s” is a header that any table may carry"),
        known("%(share)s of %(count)s values fit"),
        known("the mapping says so"),
        known("the mapping drops it"),
        known("on no list of %(table)s: dropped at the gate."),
        known("on no list of %(table)s: dropped at the gate. Did you mean “%(near)s”?"),
        known("its values are no %(column)s of %(table)s: dropped."),
        known("none of its values can be read as %(column)s: dropped."),
        known("its values are units of measure: dropped."),
        known("%(column)s is read from “%(header)s” already: dropped."),
        known("each row is a line"),
        known("in %(unit)s, times %(factor)s"),
        known("not on the list it was asked for under: dropped at the gate."),
        # Why a sheet is not recognised.
        known("No row among the first looks like a header."),
        known("No table knows any of these headers: %(headers)s."),
        known("The headers speak for no table clearly: %(headers)s."),
        known("Did you mean %(tables)s? Say so in mapping.toml (docs/mapping.md)."),
        # Why a file is not read.
        known("The file is empty."),
        known("The page has no table."),
        known("The workbook has no filled cell."),
        known("The workbook is protected by a password."),
        known("The file is protected by a password."),
        known("The workbook breaks off or is damaged."),
        known("The file breaks off or is damaged."),
        known("The archive breaks off or is damaged."),
        known("The archive is empty."),
        known("The file's path leads out of the archive."),
        known("This is a document or a presentation, no table."),
        known("This is no kind of file that is read here."),
        known("This is XML, but neither an electronic invoice nor a sheet."),
        known("This is %(what)s: no table."),
        known("Export it again."),
        known("Copy or export it again."),
        known("Open and save it again, or export it again."),
        known("Pack it again."),
        known("It stays at the gate."),
        known("The table %(table)s is not on the list it was asked for under."),
        known("The header fits no table. %(why)s"),
        known("Say in a mapping.toml beside it which table and columns it has."),
        known("The characters cannot be read: more than one in a thousand is spoilt (mojibake)."),
        known("Export it again as UTF-8 or GB18030; a spoilt file cannot be mended."),
        # Why a mapping does not fit.
        known("The mapping names a header “%(header)s” that the sheet does not have."),
        known("Two headers are given for column “%(column)s”."),
        known("Table “%(table)s” has no column “%(column)s” (for “%(header)s”)."),
        # What an import warns of, and why work ends.
        known(
            "The home has no register of %(title)s (%(term)s): "
            "no row of %(table)s is withheld for want of it."
        ),
        known("No table could be read. %(why)s"),
        known("There is no file among the inputs."),
        known("The disk is full, or a file may not grow further."),
        known("There is not enough memory to import these files at once."),
        known("Import fewer files at a time, or free memory. Nothing was changed."),
        # Why the trial of a rule ends.
        known("The rule was stopped: it takes more time, memory or disk than a rule may."),
        known("Join tables on a key and a time, and narrow what is joined first."),
        known("The rule cannot be used as it is written."),
        known("Write a new version without these errors."),
        known("Another import has held the lake for more than ten minutes."),
    )
]


def in_words(text: str) -> str:
    """Return a line of the library in the reader's language; one that is not known stays as it is."""
    if (get_language() or "").startswith("en") or not text:
        return text
    return "；".join(_said(part) for part in text.split("; "))


def _said(text: str) -> str:
    for pattern, shape in PATTERNS:
        if found := pattern.fullmatch(text):
            told = {name: in_words(value) for name, value in found.groupdict().items()}
            return str(_(shape) % told) if told else str(_(shape))
    return text


def table_words(name: str) -> str:
    """Return a table's name for the reader; a table that intake works out has its own."""
    declared = tables().get(name)
    if declared is None:
        worked_out = {"at_place": _("Which place a row lies in"), "finding": _("Findings of other rules")}
        return str(worked_out.get(name, name))
    return declared.title if (get_language() or "").startswith("en") else declared.term
