"""What a return says: lines, columns, checks; as people enter it, as TOML hands it on, as tables keep it.

A definition that cannot be counted, or that counts people, is refused in sentences.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.desk.returns.measures import Measure, known
from qingfeng.desk.returns.periods import BESIDE, KINDS
from qingfeng.organization.roles import ROLES

RELATIONS = ("=", "<=", ">=")
LEAST = 5
MOST_ROWS, MOST_CHECKS = 60, 40
KEY = re.compile(r"^[a-z][a-z0-9_]{0,39}$")
SHARED = ("principal", "deputy", "dept_head", "case_supervisor", "registrar", "analyst")
"""Roles with which a return may be shared; the numbers that each sees follow from what they may know of."""
OUTSIDE = "special_supervisor"
OF_PEOPLE = re.compile(
    r"petitioner|visitor|repeat|person|people|satisf|sign_?in|click|ballot|信访人|上访|来访|满意|签到|个人|人员排名|人员排序"
)
"""Words by which a measure or a title would count people, or what is never a score of anybody."""


@dataclass(frozen=True)
class Row:
    """A line: a measure, perhaps one line for every value of a dimension; or a share of two other lines.

    Attributes:
        key: Name by which checks and shares call it.
        title: Head; that of the measure where empty.
        measure: Key of the measure; "" for a share.
        each: A dimension: one more line for every value of it.
        only: A dimension and the one value of it that counts; empty for all.
        part: Line that is divided, for a share in per cent.
        whole: Line that it is divided by.
    """

    key: str
    title: str = ""
    measure: str = ""
    each: str = ""
    only: tuple[str, ...] = ()
    part: str = ""
    whole: str = ""

    @property
    def is_share(self) -> bool:
        """Whether it divides two other lines."""
        return not self.measure


@dataclass(frozen=True)
class Check:
    """A relation between sums of lines that holds in every column, or is explained (表内校验)."""

    left: tuple[str, ...]
    relation: str
    right: tuple[str, ...]

    def __str__(self) -> str:
        return f"{' + '.join(self.left)} {self.relation} {' + '.join(self.right)}"


@dataclass(frozen=True)
class Said:
    """A definition.

    Attributes:
        title: Of the table.
        period: One of `periods.KINDS`.
        columns: Periods side by side, of `periods.BESIDE`; `this` alone where it is split.
        split: A dimension whose values are the columns, "" for periods.
        rows: Lines in order.
        checks: What must hold.
        least: From which count on a number is shown outside.
        notes: Below the table.
        shared: Roles that find it.
        is_public: Whether a signed one is published: special supervisors read it, as it goes outside.
    """

    title: str
    period: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    split: str = ""
    checks: tuple[Check, ...] = ()
    least: int = LEAST
    notes: str = ""
    shared: tuple[str, ...] = SHARED
    is_public: bool = False

    def row(self, key: str) -> Row:
        """Return a line by its key; KeyError where there is none."""
        found = next((one for one in self.rows if one.key == key), None)
        if found is None:
            raise KeyError(key)
        return found

    @property
    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        told: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return told

    @property
    def digest(self) -> str:
        """SHA-256 of all that it says, in hex."""
        text = json.dumps(self.as_json, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def titled(said: Said, title: str) -> Said:
    """Return the same definition under another title."""
    return replace(said, title=title)


def from_json(told: Mapping[str, Any]) -> Said:
    """Return a kept definition."""
    rows = tuple(Row(**{**row, "only": tuple(row.get("only", ()))}) for row in told["rows"])
    checks = tuple(
        Check(tuple(one["left"]), one["relation"], tuple(one["right"])) for one in told.get("checks", ())
    )
    plain = {key: value for key, value in told.items() if key not in {"rows", "checks"}}
    plain |= {key: tuple(plain[key]) for key in ("columns", "shared") if key in plain}
    return Said(rows=rows, checks=checks, **plain)


class Unreadable(ValueError):  # noqa: N818 - says what happened
    """A file is no definition; the sentence says why."""


def from_toml(text: str) -> Said:
    """Read a definition that somebody hands on.

    Raises:
        Unreadable: If it is none; with what is wrong and what to do.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise Unreadable(
            _("This is no TOML: %(why)s. Export a definition to see one.") % {"why": wrong}
        ) from wrong
    allowed = {*Said.__dataclass_fields__, "key"}
    strange = sorted(told.keys() - allowed)
    if strange:
        raise Unreadable(_("A definition has no “%(name)s”. Take it out.") % {"name": strange[0]})
    told.pop("key", None)
    try:
        rows = [{**row, "only": list(row.get("only", ()))} for row in told.pop("rows", [])]
        checks = told.pop("checks", [])
        for one in (told, *rows, *checks):
            _typed(one)
        base = {"title": "", "period": "", "columns": ["this"]} | told
        return from_json({**base, "rows": rows, "checks": checks})
    except (TypeError, KeyError, AttributeError) as wrong:
        raise Unreadable(_("A line or check has something wrong: %(why)s.") % {"why": wrong}) from wrong


LISTS = frozenset({"columns", "shared", "only", "left", "right"})
OTHERS: Mapping[str, type] = {"least": int, "is_public": bool}


def _typed(told: Mapping[str, Any]) -> None:
    """Let nothing through that is a number where a definition has words, or the other way round.

    Raises:
        TypeError: With the name of what is something else.
    """
    for name, value in told.items():
        some, wanted = value if isinstance(value, list) else [value], OTHERS.get(name, str)
        if isinstance(value, list) != (name in LISTS) or not all(type(one) is wanted for one in some):
            raise TypeError(name)


def as_toml(key: str, said: Said) -> str:
    """Write a definition so that another office can take it in."""

    def text(value: Any) -> str:
        if isinstance(value, list | tuple):
            return "[" + ", ".join(text(one) for one in value) + "]"
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

    told = said.as_json
    lines = [f"key = {text(key)}"]
    lines += [f"{name} = {text(value)}" for name, value in told.items() if name not in {"rows", "checks"}]
    for name in ("rows", "checks"):
        for one in told[name]:
            lines += ["", f"[[{name}]]"]
            lines += [f"{key} = {text(value)}" for key, value in one.items() if value not in ("", [])]
    return "\n".join(lines) + "\n"


def problems(said: Said) -> list[str]:
    """Return what is wrong with a definition, in sentences; nothing where it can be counted."""
    return [*_of_frame(said), *_of_rows(said), *_of_checks(said)]


def missing(said: Said) -> list[str]:
    """Return the measures that this house does not have: such lines are left out, and it is said."""
    there = known()
    return sorted({row.measure for row in said.rows if row.measure and row.measure not in there})


def _of_frame(said: Said) -> Iterator[str]:
    if not said.title.strip() or len(said.title) > 100:
        yield _("Give the return a title of at most 100 characters.")
    if said.period not in KINDS:
        yield _("Choose a kind of period: month, quarter, half-year, year, or any days.")
    if not said.columns or not set(said.columns) <= set(BESIDE) or "this" not in said.columns:
        yield _("Choose the periods that stand side by side; this period is always among them.")
    if said.split and said.columns != ("this",):
        yield _("Columns are periods or the values of a dimension, not both.")
    if not isinstance(said.least, int) or not 2 <= said.least <= 100:
        yield _("Small cells: give a number from 2 to 100 below which a count is hidden.")
    strange = [one for one in said.shared if one not in SHARED or one not in ROLES]
    if strange or not said.shared:
        yield _("Choose with whom it is shared: leaders, heads, case supervision, registrars, analysts.")
    if OF_PEOPLE.search(said.title):
        yield _of_people(said.title)


def _of_people(words: str) -> str:
    return _(
        "“%(words)s” would count people. Returns count offices, units and items: never petitioners, their "
        "visits or repeats, nor a ranking of persons."
    ) % {"words": words}


def _of_rows(said: Said) -> Iterator[str]:
    if not 1 <= len(said.rows) <= MOST_ROWS:
        yield _("A return has 1 to %(most)s lines.") % {"most": MOST_ROWS}
    keys = [row.key for row in said.rows]
    if len(set(keys)) < len(keys) or not all(KEY.match(str(key)) for key in keys):
        yield _("Every line has a key of its own: small letters, digits, underscores.")
    there = known()
    for row in said.rows:
        if OF_PEOPLE.search(f"{row.measure} {row.title}"):
            yield _of_people(row.title or row.measure)
        elif row.is_share:
            yield from _of_share(row, said, keys)
        elif row.measure in there:
            yield from _of_split(row, there[row.measure], said)


def _of_share(row: Row, said: Said, keys: list[str]) -> Iterator[str]:
    counted = {key for key in keys if not said.row(key).is_share}
    if row.part not in counted or row.whole not in counted:
        yield _("Line %(line)s is a share: name two lines that count, one divided by the other.") % {
            "line": row.key
        }
    if row.each or row.only:
        yield _("Line %(line)s is a share: it is not split.") % {"line": row.key}


def _of_split(row: Row, measure: Measure, said: Said) -> Iterator[str]:
    wanted = [key for key in (row.each, *row.only[:1]) if key]
    for key in wanted:
        if measure.dimension(key) is None:
            yield _("Line %(line)s: “%(measure)s” cannot be split by %(key)s; it can by %(known)s.") % {
                "line": row.key,
                "measure": measure.title,
                "key": key,
                "known": "、".join(str(one.name) for one in measure.dimensions) or _("nothing"),
            }
    if row.only and len(row.only) != 2:
        yield _("Line %(line)s: give a dimension and the one value that counts.") % {"line": row.key}
    if said.split and said.split in wanted:
        yield _("Line %(line)s is split by what the columns are split by already.") % {"line": row.key}


def _of_checks(said: Said) -> Iterator[str]:
    keys = {row.key for row in said.rows if not row.is_share}
    if len(said.checks) > MOST_CHECKS:
        yield _("A return has at most %(most)s checks.") % {"most": MOST_CHECKS}
    for one in said.checks:
        if one.relation not in RELATIONS or not one.left or not one.right:
            yield _("A check compares sums of lines with =, <= or >=.")
        elif not {*one.left, *one.right} <= keys:
            yield _("The check “%(check)s” names a line that does not count.") % {"check": one}
