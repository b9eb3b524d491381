"""What the check of a rule says in English, in the reader's language, as far as it is known."""

from __future__ import annotations

import re

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as known

Pattern = tuple[re.Pattern[str], str]
_PLACE = re.compile(r"(?P<file>[\w.]+):(?P<line>\d+): (?P<said>.+)", re.DOTALL)


def _pattern(shape: str) -> Pattern:
    parts = re.split(r"%\((\w+)\)s", shape)
    found = "".join(f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts))
    return re.compile(found, re.DOTALL), shape


PATTERNS = [
    _pattern(shape)
    for shape in (
        known("there is no column '%(column)s' in table '%(table)s'. %(then)s"),
        known("there is no column '%(column)s'. %(then)s"),
        known("there is no table '%(table)s'. %(then)s"),
        known("the table '%(table)s' is not in the header. %(then)s"),
        known("the SQL never reads '%(table)s'. %(then)s"),
        known("the function '%(name)s' is not on the list of functions. %(then)s"),
        known("a table function stands in FROM. Read the tables of the header."),
        known("the statement is not a SELECT. A rule is one SELECT over declared tables."),
        known("there is more than one statement. A rule is one SELECT over declared tables."),
        known("there is no SELECT. A rule is one SELECT over declared tables."),
        known("the file does not begin with a header comment. %(then)s"),
        known("this is not TOML: %(why)s"),
        known("the header lacks '%(key)s'. %(then)s"),
        known("there is no header key '%(key)s'. %(then)s"),
        known("'%(key)s' is empty. %(then)s"),
        known("the SELECT returns no column '%(column)s'. %(then)s"),
        known("the SELECT returns no evidence. %(then)s"),
        known(
            "the literal '%(text)s' looks like %(what)s. A rule asks about a pattern, never about somebody."
        ),
        known("WITH RECURSIVE may never end. Write it without recursion."),
        known(
            "the rule has too few cases. "
            "Write two violations and two innocent twins at least, and the boundaries."
        ),
        known("a DOUBLE is compared before it is rounded. %(then)s"),
        known("the result is ordered or cut. %(then)s"),
        known("%(what)s Mend the SQL; DuckDB reads it as it stands."),
    )
]


def in_words(text: str) -> str:
    """Return a violation in the reader's language: its line first; one that is not known stays as it is."""
    if (get_language() or "").startswith("en"):
        return text
    place = _PLACE.fullmatch(text)
    if place is None:
        return text
    words = {"line": place["line"], "said": _said(place["said"])}
    if place["file"].endswith(".cases.toml"):
        return _("Cases, line %(line)s: %(said)s") % words
    return _("Line %(line)s: %(said)s") % words


def _said(text: str) -> str:
    for pattern, shape in PATTERNS:
        if found := pattern.fullmatch(text):
            told = found.groupdict()
            return _(shape) % told if told else _(shape)
    return text
