"""What may be said of a correction, and what may not. Pure.

The records speak only where they are the same records as before, where there are enough of them, and
where the findings have not merely moved: to a neighbouring rule, or to just under the threshold. In every
other case the answer is "cannot be said", with the reason, never silence and never a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from qingfeng.screening.correction.comparing import Change, Counts, change

LEAST_EXPECTED = 3.0  # findings to be expected after the letter before their absence says anything
LEAST_MONTHS = 3  # whole months after the letter
SAME_SUBJECTS = 0.8  # share of the vehicles and cards of before that must still be in the records

Says = Literal["confirmed", "not_confirmed", "moved", "cannot_be_said"]
Reading = Callable[[str, str, Iterable[str]], Counts]


@dataclass(frozen=True)
class Letter:
    """A letter whose correction the records are asked about.

    Attributes:
        unit: Key of the receiving unit in the records.
        rules: Rules that show its problems.
        neighbours: Rules into which the spending could move; named in the letter.
        before: Months before it, "2026-01", without those that gave rise to it.
        after: Whole months after the day by which the unit was to mend.
        tolerance: Share of the expected findings that may remain, 0 to 1.
        peers: Keys of comparable units.
    """

    unit: str
    rules: tuple[str, ...]
    neighbours: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    tolerance: float
    peers: tuple[str, ...]


@dataclass(frozen=True)
class Records:
    """How the records of after compare with those of before; what is unknown is left as it is.

    Attributes:
        missing_sources: Suppliers or kinds of files that there were before and are not after.
        missing_months: Months after the letter of which no records have come.
        same_subjects: Share of the vehicles and cards of before that are still there; None for a rule
            without any.
        self_supplied: Whether all records of after come from the unit itself.
        just_under: Rule to its rows just under the threshold, before and after, with the rows judged.
    """

    missing_sources: tuple[str, ...] = ()
    missing_months: tuple[str, ...] = ()
    same_subjects: float | None = None
    self_supplied: bool = False
    just_under: Mapping[str, tuple[Counts, Counts]] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """What the records say.

    Attributes:
        says: `confirmed` the findings have gone beyond chance; `not_confirmed` they have not (a paper
            correction, if papers say otherwise); `moved` they have gone here and come up elsewhere;
            `cannot_be_said`.
        because: Why, a key with its values each, in the order of weight; `saying` makes sentences of them.
        changes: What became of every rule of the letter, and of every neighbour.
        self_supplied: Whether the unit itself supplied the records.
    """

    says: Says
    because: tuple[tuple[str, Mapping[str, object]], ...]
    changes: Mapping[str, Change]
    self_supplied: bool = False


def judge(letter: Letter, counts: Reading, records: Records = Records()) -> Verdict:
    """Judge whether a correction shows in the records.

    Args:
        letter: What is asked.
        counts: Given a rule, a unit and months: what it found there and could judge.
        records: Whether they are the same records.
    """
    changes = {
        rule: change(
            counts(rule, letter.unit, letter.before),
            counts(rule, letter.unit, letter.after),
            [(counts(rule, one, letter.before), counts(rule, one, letter.after)) for one in letter.peers],
        )
        for rule in (*letter.rules, *letter.neighbours)
    }
    own = [changes[rule] for rule in letter.rules]
    doubts = [*_not_the_same(letter, records), *_too_few(letter, own)]
    if doubts:
        return Verdict("cannot_be_said", tuple(doubts), changes, records.self_supplied)
    remaining = [rule for rule in letter.rules if not _has_gone(changes[rule], letter.tolerance)]
    if remaining:
        why = [
            (
                "still_found",
                {"rule": rule, "found": changes[rule].after.found, "expected": changes[rule].expected},
            )
            for rule in remaining
        ]
        unsure = [rule for rule in remaining if changes[rule].low <= letter.tolerance < changes[rule].high]
        if len(unsure) == len(remaining) and all(changes[rule].ratio <= letter.tolerance for rule in unsure):
            return Verdict(
                "cannot_be_said", (("within_chance", {"rules": unsure}),), changes, records.self_supplied
            )
        return Verdict("not_confirmed", tuple(why), changes, records.self_supplied)
    if moved := _moved(letter, changes, records):
        return Verdict("moved", tuple(moved), changes, records.self_supplied)
    why = [
        ("gone", {"rule": rule, "found": changes[rule].after.found, "expected": changes[rule].expected})
        for rule in letter.rules
    ]
    return Verdict("confirmed", tuple(why), changes, records.self_supplied)


def _has_gone(told: Change, tolerance: float) -> bool:
    """Return whether no more than tolerated remains, and that by more than chance."""
    return told.ratio <= tolerance and told.high < 1


def _not_the_same(letter: Letter, records: Records) -> list[tuple[str, Mapping[str, object]]]:
    found: list[tuple[str, Mapping[str, object]]] = []
    if not letter.rules:
        found.append(("no_rule", {}))
    if records.missing_sources:
        found.append(("sources_missing", {"sources": records.missing_sources}))
    if records.missing_months:
        found.append(("months_missing", {"months": records.missing_months}))
    if records.same_subjects is not None and records.same_subjects < SAME_SUBJECTS:
        found.append(("subjects_gone", {"share": records.same_subjects}))
    return found


def _too_few(letter: Letter, own: Sequence[Change]) -> list[tuple[str, Mapping[str, object]]]:
    if len(letter.after) < LEAST_MONTHS:
        return [("too_early", {"months": len(letter.after), "least": LEAST_MONTHS})]
    expected = sum(one.expected for one in own)
    if own and expected < LEAST_EXPECTED:
        more = None
        if expected > 0:
            more = -(-LEAST_EXPECTED * len(letter.after) // expected) - len(letter.after)
        return [("too_few", {"expected": expected, "least": LEAST_EXPECTED, "more_months": more})]
    return []


def _moved(
    letter: Letter, changes: Mapping[str, Change], records: Records
) -> list[tuple[str, Mapping[str, object]]]:
    found: list[tuple[str, Mapping[str, object]]] = [
        (
            "came_up_elsewhere",
            {"rule": rule, "found": changes[rule].after.found, "expected": changes[rule].expected},
        )
        for rule in letter.neighbours
        if changes[rule].low > 1 and changes[rule].after.found
    ]
    for rule, (before, after) in sorted(records.just_under.items()):
        told = change(before, after, [])
        if told.low > 1:
            found.append(("just_under", {"rule": rule, "before": before.rate, "after": after.rate}))
    return found
