"""The four gauges 两有两提升: a formula over figures of petitions, read and checked. Pure.

    told_in_time + handled_in_time          shares, pooled: met of all that were due
    delays / missed:handled_in_time         a part over a whole; `missed:` is what was due and not met

Its subject is an office or all of them; there is no figure of petitioners to be named.

Law:
    rights.md 16
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _

from qingfeng.matters.vocabulary import Figure
from qingfeng.mechanisms.petition.figures import FIGURES
from qingfeng.screening.errors import Problem

MISSED = "missed:"
TERM = re.compile(r"(missed:)?[a-z][a-z0-9_]*")
KNOWN: Mapping[str, Figure] = {one.key: one for one in FIGURES}


@dataclass(frozen=True)
class Term:
    """A figure in a formula; `is_missed` counts what was due and not met."""

    figure: str
    is_missed: bool = False


@dataclass(frozen=True)
class Formula:
    """What a gauge is: `part` over `whole`; without a whole the part is shares, pooled."""

    part: tuple[Term, ...]
    whole: tuple[Term, ...] = ()

    @property
    def figures(self) -> tuple[str, ...]:
        """Keys of the figures it counts, each once."""
        return tuple(dict.fromkeys(one.figure for one in (*self.part, *self.whole)))


def read(text: str) -> Formula:
    """Return a formula.

    Args:
        text: Keys of figures with +, and perhaps a whole after /.

    Raises:
        Problem: If it names no figure, or adds what cannot be added; says which there are.
    """
    sides = text.split("/")
    if len(sides) > 2:
        raise Problem(_("A formula has one whole: write one / at most."))
    part, whole = (_terms(one) for one in (*sides, "")[:2])
    if not part or (len(sides) > 1 and not whole):
        raise Problem(_("Name a figure on each side of the /."))
    made = Formula(part, whole)
    for one in (*part, *whole):
        _check(one, is_alone=not whole)
    return made


def _terms(text: str) -> tuple[Term, ...]:
    named = [one.strip() for one in text.split("+")] if text.strip() else []
    for one in named:
        if not TERM.fullmatch(one):
            raise Problem(
                _("“%(said)s” is no figure: write keys of figures with + between them.") % {"said": one}
            )
    return tuple(Term(one.removeprefix(MISSED), one.startswith(MISSED)) for one in named)


def _check(term: Term, *, is_alone: bool) -> None:
    figure = KNOWN.get(term.figure)
    if figure is None:
        near = get_close_matches(term.figure, KNOWN, n=1)
        raise Problem(
            _("There is no figure %(key)s. There are: %(known)s.")
            % {"key": term.figure, "known": "、".join(KNOWN)},
            then=_("Did you mean %(near)s?") % {"near": near[0]} if near else "",
        )
    if figure.counts.startswith("median_days:"):
        raise Problem(_("%(key)s is a median: medians are not added up.") % {"key": term.figure})
    if term.is_missed and not figure.counts.startswith("clocks:"):
        raise Problem(_("%(key)s counts no deadline: only deadlines are missed.") % {"key": term.figure})
    if is_alone and not (is_share(figure) and not term.is_missed):
        raise Problem(_("%(key)s is no share by itself: give a whole after a /.") % {"key": term.figure})


def is_share(figure: Figure) -> bool:
    """Return whether a figure is a share by itself."""
    return bool(figure.share_of) or figure.counts.startswith("clocks:")


def share(formula: Formula, counted: Mapping[str, tuple[float, int]]) -> tuple[float, float] | None:
    """Return (part, whole) of a gauge, None where there is no whole.

    Args:
        formula: What is counted.
        counted: Key of a figure → its number, and what it is a share of (the number itself if none).
    """
    if formula.whole:
        part, whole = (sum(_number(one, counted) for one in side) for side in (formula.part, formula.whole))
        return (min(part, whole), whole) if whole else None
    pairs = [counted.get(one.figure, (0, 0)) for one in formula.part]
    whole = sum(of for _value, of in pairs)
    return (sum(value for value, _of in pairs), whole) if whole else None


def _number(term: Term, counted: Mapping[str, tuple[float, int]]) -> float:
    value, of = counted.get(term.figure, (0, 0))
    return of - value if term.is_missed else value
