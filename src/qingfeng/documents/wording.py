"""The wording of a document as a template: text with fields, and nothing that could run.

| written | stands for |
|---|---|
| `{unit}` | the value of the field |
| `{#problems} … {/problems}` | once for every item of a list; inside, the item's own fields come first |
| `{@}` `{@一}` | the number of the item, as 1, 2, 3 or 一, 二, 三 |
| `{?due} … {/due}` | only if the field has a value |
| `{!due} … {/due}` | only if it has none |
| `{{` `}}` | a brace |

There is no dot, no call and no expression; a template reaches the fields it is given and nothing else. Values
are put in once and never read again, so a value that looks like a field stays as it is.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.documents.body import escaped
from qingfeng.documents.official import chinese_date

MARK = re.compile(r"\{\{|\}\}|\{([#?!/@]?)([^{}\n]{0,60})\}|[{}]")
NAME = re.compile(r"[^\W\d]\w*")
OPENS = {"#": "list", "?": "if", "!": "unless"}
DIGITS = "零一二三四五六七八九"
Known = Mapping[str, Collection[str] | None]  # a list's name → the fields of its items; another field → None


class WrongTemplate(ValueError):  # noqa: N818 - says what happened
    """A template cannot be used; `problems` says where and why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Problem:
    """Something wrong in a template.

    Attributes:
        line: From 1.
        what: What is wrong, in the reader's language.
        hint: The way out, or empty.
    """

    line: int
    what: str
    hint: str = ""

    def __str__(self) -> str:
        return _("Line {line}: {what} {hint}").format(line=self.line, what=self.what, hint=self.hint).strip()


@dataclass(frozen=True)
class Part:
    """A piece of a template: text, field, number, or a block with parts of its own."""

    kind: str
    text: str
    line: int
    inside: tuple[Part, ...] = ()


def parse(text: str) -> tuple[Part, ...]:
    """Return the parts of a template.

    Raises:
        WrongTemplate: If a brace is left over, a name is none, or a block is not closed in order.
    """
    open_blocks: list[tuple[Part, list[Part]]] = [(Part("root", "", 1), [])]
    wrong: list[Problem] = []
    for part in _marks(text):
        if part.kind in OPENS.values():
            open_blocks.append((part, []))
        elif part.kind == "close":
            if len(open_blocks) > 1 and open_blocks[-1][0].text == part.text:
                block, inside = open_blocks.pop()
                open_blocks[-1][1].append(Part(block.kind, block.text, block.line, tuple(inside)))
            else:
                wrong.append(_closes_nothing(part, [block for block, _inside in open_blocks[1:]]))
        elif part.kind == "wrong":
            wrong.append(Problem(part.line, part.text, _("Write {{ for a brace that stands for itself.")))
        else:
            open_blocks[-1][1].append(part)
    for block, _inside in open_blocks[1:]:
        wrong.append(
            Problem(
                block.line,
                _("The block “{name}” is not closed.").format(name=block.text),
                _("Write {{/{name}}} where it ends.").format(name=block.text),
            )
        )
    if wrong:
        raise WrongTemplate(sorted(wrong, key=lambda problem: problem.line))
    return tuple(open_blocks[0][1])


def problems(text: str, known_fields: Known) -> list[Problem]:
    """Return what is wrong in a template: braces, blocks, fields that are not known.

    Args:
        text: The template.
        known_fields: The fields it may name; for a list, the fields of its items.
    """
    try:
        parts = parse(text)
    except WrongTemplate as wrong:
        return wrong.problems
    return list(_unknown(parts, known_fields, frozenset(), in_list=False))


def expand(text: str, fields: Mapping[str, Any], *, flat: bool = False) -> str:
    """Return the text with its values, as `read_body` reads it.

    Args:
        text: The template.
        fields: The value of every field it names.
        flat: Whether line breaks inside values become spaces, as in a title.

    Raises:
        WrongTemplate: If the template is broken, names a field that is not given, or repeats what is no list.
    """
    out: list[str] = []
    _write(parse(text), [fields], out, flat=flat)
    return "".join(out)


def said(value: Any) -> str:
    """Return a value as a document says it: dates in Chinese form, money with two decimals, None empty."""
    match value:
        case None | False:
            return ""
        case True:
            return "是"
        case datetime():
            local = timezone.localtime(value) if timezone.is_aware(value) else value
            return f"{chinese_date(local.date())}{local.hour}时{local.minute:02}分"
        case date():
            return chinese_date(value)
        case Decimal():
            return f"{value:,.2f}" if value.is_finite() else str(value)
        case float():
            return f"{value:g}"
        case list() | tuple():
            return "、".join(said(each) for each in value)
        case _:
            return str(value)


def chinese_count(n: int) -> str:
    """Return 1 to 99 as a heading counts: 一, 十, 十二, 二十; larger numbers in digits."""
    if not 0 < n < 100:
        return str(n)
    tens, ones = divmod(n, 10)
    return f"{DIGITS[tens] if tens > 1 else ''}{'十' if tens else ''}{DIGITS[ones] if ones else ''}"


def _marks(text: str) -> Iterator[Part]:
    at = 0
    for found in MARK.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        if found.start() > at:
            yield Part("text", text[at : found.start()], text.count("\n", 0, at) + 1)
        at = found.end()
        yield _mark(found, line)
    if at < len(text):
        yield Part("text", text[at:], text.count("\n", 0, at) + 1)


def _mark(found: re.Match[str], line: int) -> Part:
    if found[0] in ("{{", "}}"):
        return Part("text", found[0][0], line)
    if found[2] is None:
        return Part("wrong", _("A brace is left over."), line)
    sign, name = found[1], found[2].strip()
    if sign == "@" and name in ("", "一"):
        return Part("count", name, line)
    if sign == "@" or not NAME.fullmatch(name):
        return Part("wrong", _("“{mark}” is no field.").format(mark=found[0]), line)
    if sign == "/":
        return Part("close", name, line)
    return Part(OPENS.get(sign, "field"), name, line)


def _closes_nothing(part: Part, open_blocks: list[Part]) -> Problem:
    what = _("“{name}” is closed and was not open.").format(name=part.text)
    if not open_blocks:
        return Problem(part.line, what, _("Open it with {{#{name}}} or {{?{name}}}.").format(name=part.text))
    return Problem(part.line, what, _("“{name}” is open and comes first.").format(name=open_blocks[-1].text))


def _unknown(
    parts: tuple[Part, ...], known: Known, items: frozenset[str], *, in_list: bool
) -> Iterator[Problem]:
    names = set(known) | items
    for part in parts:
        if part.kind == "count" and not in_list:
            yield Problem(part.line, _("{@} counts the items of a list and stands in none."), "")
        if part.kind in ("text", "count"):
            continue
        if part.text not in names:
            yield Problem(
                part.line, _("There is no field “{name}”.").format(name=part.text), _near(part.text, names)
            )
        elif part.kind == "list" and known.get(part.text) is None:
            yield Problem(
                part.line,
                _("“{name}” is no list and cannot be repeated.").format(name=part.text),
                _("Write {{?{name}}} for a part that stands only if it has a value.").format(name=part.text),
            )
        elif part.kind == "field" and part.text not in items and known.get(part.text) is not None:
            yield Problem(
                part.line,
                _("“{name}” is a list.").format(name=part.text),
                _("Repeat it: {{#{name}}} … {{/{name}}}.").format(name=part.text),
            )
        more = frozenset(known.get(part.text) or ()) if part.kind == "list" else frozenset()
        yield from _unknown(part.inside, known, items | more, in_list=in_list or part.kind == "list")


def _near(name: str, names: Collection[str]) -> str:
    near = difflib.get_close_matches(name, sorted(names), n=1)
    if near:
        return _("Did you mean “{name}”?").format(name=near[0])
    return _("Fields: {names}.").format(names="、".join(sorted(names)))


def _write(
    parts: tuple[Part, ...], scopes: list[Mapping[str, Any]], out: list[str], *, count: int = 0, flat: bool
) -> None:
    for part in parts:
        if part.kind == "text":
            out.append(part.text)
        elif part.kind == "count":
            out.append(chinese_count(count) if part.text else str(count))
        elif part.kind == "field":
            out.append(_value(_found(part, scopes), flat=flat or _in_row(out)))
        elif part.kind == "list":
            for number, item in enumerate(_items(part, scopes), start=1):
                _write(part.inside, [item, *scopes], out, count=number, flat=flat)
        elif bool(_found(part, scopes)) == (part.kind == "if"):
            _write(part.inside, scopes, out, count=count, flat=flat)


def _value(value: Any, *, flat: bool) -> str:
    text = escaped(said(value))
    return " ".join(text.split()) if flat else text


def _in_row(out: list[str]) -> bool:
    """Return whether what comes next stands in a row of a table."""
    line = ""
    for piece in reversed(out):
        line = piece.rsplit("\n", 1)[-1] + line
        if "\n" in piece:
            break
    return line.lstrip().startswith("|")


def _found(part: Part, scopes: list[Mapping[str, Any]]) -> Any:
    for scope in scopes:
        if part.text in scope:
            return scope[part.text]
    names = {name for scope in scopes for name in scope}
    what = _("There is no field “{name}”.").format(name=part.text)
    raise WrongTemplate([Problem(part.line, what, _near(part.text, names))])


def _items(part: Part, scopes: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    value = _found(part, scopes)
    if value is None:
        return []
    if not isinstance(value, list | tuple) or not all(isinstance(item, Mapping) for item in value):
        what = _("“{name}” is no list and cannot be repeated.").format(name=part.text)
        raise WrongTemplate([Problem(part.line, what)])
    return list(value)
