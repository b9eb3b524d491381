"""A definition as a form: lines with a measure each, chosen step by step; no script and no code needed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.returns.definitions import (
    LEAST,
    MOST_ROWS,
    RELATIONS,
    SHARED,
    Check,
    Row,
    Said,
    problems,
)
from qingfeng.desk.returns.measures import Measure, known
from qingfeng.desk.returns.periods import BESIDE, KINDS
from qingfeng.organization.roles import ROLES

SHARE = "÷"  # in the list of measures: a share of two lines
SPARE = 3
CHECK = re.compile(r"^([\d+\s]+)(<=|>=|=|≤|≥)([\d+\s]+)$")


@dataclass
class Line:
    """A line as it is entered: everything is text."""

    key: str = ""
    title: str = ""
    measure: str = ""
    each: str = ""
    only: str = ""
    part: str = ""
    whole: str = ""
    no: int = 0
    eaches: list[tuple[str, str]] = field(default_factory=list)
    onlies: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_share(self) -> bool:
        """Whether it divides two others."""
        return self.measure == SHARE

    @property
    def is_empty(self) -> bool:
        """Whether nothing was chosen, so that it falls away."""
        return not self.measure


@dataclass
class Editor:
    """The form.

    Attributes:
        lines: In order, the spare ones last.
        checks: One a line, by the numbers of lines: `1 = 2 + 3`.
        errors: What is wrong, in sentences.
    """

    title: str = ""
    period: str = "quarter"
    columns: tuple[str, ...] = ("this", "last", "year_ago", "cumulative")
    split: str = ""
    least: str = str(LEAST)
    notes: str = ""
    shared: tuple[str, ...] = SHARED
    is_public: bool = False
    lines: list[Line] = field(default_factory=list)
    checks: str = ""
    errors: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, said: Said) -> Editor:
        """Return the form of a definition."""
        numbers = {row.key: str(no) for no, row in enumerate(said.rows, 1)}
        lines = [
            Line(
                row.key, row.title, row.measure or SHARE, row.each, "=".join(row.only),
                numbers.get(row.part, ""), numbers.get(row.whole, ""),
            )
            for row in said.rows
        ]  # fmt: skip
        checks = "\n".join(
            f"{' + '.join(numbers[key] for key in one.left)} {one.relation} "
            f"{' + '.join(numbers[key] for key in one.right)}"
            for one in said.checks
        )
        editor = cls(
            said.title, said.period, said.columns, said.split, str(said.least), said.notes, said.shared,
            said.is_public, lines, checks,
        )  # fmt: skip
        return editor.offered()

    @classmethod
    def read(cls, sent: QueryDict) -> Editor:
        """Read what was sent; lines without a measure fall away, `order` puts the others in order."""
        keys = ("key", "title", "measure", "each", "only", "part", "whole")
        many = {key: sent.getlist(f"line-{key}") for key in keys}
        amount = min([MOST_ROWS + SPARE, *(len(values) for values in many.values())])
        lines = [Line(*(many[key][at].strip() for key in keys)) for at in range(amount)]
        for at, line in enumerate(lines):
            given = (sent.getlist("line-order") + [""] * amount)[at]
            line.no = int(given) if given.isdecimal() and len(given) < 4 else 10 * (at + 1)
        columns = tuple(one for one in BESIDE if one in sent.getlist("columns")) or ("this",)
        return cls(
            sent.get("title", "").strip(), sent.get("period", ""), columns, sent.get("split", ""),
            sent.get("least", ""), sent.get("notes", "").strip()[:2000], tuple(sent.getlist("shared")),
            bool(sent.get("is_public")), lines, sent.get("checks", ""),
        )  # fmt: skip

    def said(self) -> Said | None:
        """Return the definition, None where something is wrong: then `errors` says what."""
        kept = [line for line in self.lines if not line.is_empty]
        keys = self._keys()
        numbers = {str(no): keys[no - 1] for no, line in enumerate(self.lines, 1) if not line.is_empty}
        rows = tuple(
            Row(
                keys[self.lines.index(line)], line.title[:100], "" if line.is_share else line.measure,
                "" if line.is_share else line.each,
                tuple(line.only.split("=", 1)) if line.only and not line.is_share else (),
                numbers.get(line.part, "") if line.is_share else "",
                numbers.get(line.whole, "") if line.is_share else "",
            )
            for line in sorted(kept, key=lambda one: (one.no, self.lines.index(one)))
        )  # fmt: skip
        split = self.split
        made = Said(
            self.title, self.period, ("this",) if split else self.columns, rows, split,
            tuple(self._checks(numbers)), int(self.least) if self.least.isdecimal() else 0, self.notes,
            self.shared, self.is_public,
        )  # fmt: skip
        self.errors += problems(made)
        return None if self.errors else made

    def _keys(self) -> list[str]:
        taken = {line.key for line in self.lines if line.key}
        free = (f"r{no}" for no in range(1, 999) if f"r{no}" not in taken)
        return [line.key or next(free) for line in self.lines]

    def _checks(self, numbers: Mapping[str, str]) -> Iterator[Check]:
        for text in (one.strip() for one in self.checks.splitlines()):
            if not text:
                continue
            found = CHECK.match(text)
            sides = [re.findall(r"\d+", found[place]) for place in (1, 3)] if found else [[], []]
            if not found or not all(one in numbers for side in sides for one in side):
                said = _("The check “%(text)s” is none: write the numbers of lines, as in 1 = 2 + 3.")
                self.errors.append(said % {"text": text})
                continue
            relation = found[2].replace("≤", "<=").replace("≥", ">=")
            left, right = (tuple(numbers[one] for one in side) for side in sides)
            yield Check(left, relation if relation in RELATIONS else "=", right)

    def offered(self, *, spare: int = SPARE) -> Editor:
        """Add spare lines, and to every line what its measure can be split by."""
        there = known()
        old = {id(line): str(no) for no, line in enumerate(self.lines, 1)}
        self.lines = [line for line in self.lines if not line.is_empty]
        self.lines.sort(key=lambda one: one.no)
        self._renumber({old[id(line)]: str(no) for no, line in enumerate(self.lines, 1)})
        self.lines += [Line() for _no in range(min(spare, MOST_ROWS - len(self.lines)))]
        for no, line in enumerate(self.lines, 1):
            line.no = 10 * no
            measure = there.get(line.measure)
            line.eaches = [(one.key, str(one.name)) for one in measure.dimensions] if measure else []
            line.onlies = list(_onlies(measure)) if measure else []
        return self

    def _renumber(self, numbers: Mapping[str, str]) -> None:
        """Let shares and checks follow lines that were put into another order."""
        for line in self.lines:
            line.part, line.whole = numbers.get(line.part, ""), numbers.get(line.whole, "")
        self.checks = re.sub(r"\d+", lambda found: numbers.get(found[0], found[0]), self.checks)

    @property
    def measures(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The measures by groups, for the lists of lines."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, one in known().items():
            groups.setdefault(str(one.group), []).append((key, str(one.title)))
        return list(groups.items())

    @property
    def splits(self) -> list[tuple[str, str]]:
        """The dimensions by which columns can be split: those of the measures that were chosen."""
        there = known()
        found: dict[str, str] = {}
        for line in self.lines:
            for one in there[line.measure].dimensions if line.measure in there else ():
                found.setdefault(one.key, str(one.name))
        return list(found.items())

    @property
    def periods(self) -> list[tuple[str, str]]:
        """The kinds of period."""
        return list(zip(KINDS, period_words(), strict=True))

    @property
    def besides(self) -> list[tuple[str, str, bool]]:
        """The periods that stand side by side, and whether they are chosen."""
        words = (
            pgettext("return", "This period"),
            pgettext("return", "Last period"),
            pgettext("return", "Same of last year"),
            pgettext("return", "Since 1 January"),
        )
        return [(key, word, key in self.columns) for key, word in zip(BESIDE, words, strict=True)]

    @property
    def roles(self) -> list[tuple[str, str, bool]]:
        """Roles with which it can be shared, and whether it is."""
        return [(key, _(ROLES[key].name), key in self.shared) for key in SHARED]


def period_words() -> tuple[str, ...]:
    """Return the kinds of period in words, in the order of `periods.KINDS`."""
    return (
        pgettext("return", "Month"),
        pgettext("return", "Quarter"),
        pgettext("return", "Half-year"),
        pgettext("return", "Year"),
        pgettext("return", "Any days"),
    )


def _onlies(measure: Measure) -> Iterator[tuple[str, str]]:
    for one in measure.dimensions:
        for value, words in one.choices():
            yield f"{one.key}={value}", f"{one.name}：{words}"
