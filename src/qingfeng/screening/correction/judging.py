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
MOST_WAIT = 24  # months that anybody is told to wait; what takes longer rests on the look-back visit
SAME_SUBJECTS = 0.8  # share of the vehicles and cards of before that must still be in the records

Says = Literal["confirmed", "not_confirmed", "moved", "cannot_be_said"]
Because = tuple[str, Mapping[str, object]]
Reading = Callable[[str, str, Iterable[str]], Counts]


@dataclass(frozen=True)
class Letter:
    """A letter whose correction the records are asked about.

    Attributes:
        unit: Key of the receiving unit in the records; "" where none or several go by its name.
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
        just_under: Rule to its rows just under the threshold, before and after, of those within its reach.
        not_run: Rule of the letter to why it says nothing in this screening, in English and Chinese.
    """

    missing_sources: tuple[str, ...] = ()
    missing_months: tuple[str, ...] = ()
    same_subjects: float | None = None
    self_supplied: bool = False
    just_under: Mapping[str, tuple[Counts, Counts]] = field(default_factory=dict)
    not_run: Mapping[str, tuple[str, str]] = field(default_factory=dict)


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
    because: tuple[Because, ...]
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
    says, because = _said(letter, changes, records)
    return Verdict(says, tuple(because), changes, records.self_supplied)


def _said(letter: Letter, changes: Mapping[str, Change], records: Records) -> tuple[Says, list[Because]]:
    own = {rule: changes[rule] for rule in letter.rules}
    if doubts := [*_not_the_same(letter, records), *_too_few(letter, list(own.values()))]:
        return "cannot_be_said", doubts
    remain = {rule: one for rule, one in own.items() if one.ratio > letter.tolerance}
    if any(not _may_be_chance(one, letter.tolerance) for one in remain.values()):
        return "not_confirmed", [_figures("still_found", rule, one) for rule, one in remain.items()]
    gone = {rule: one for rule, one in own.items() if one.ratio <= letter.tolerance and one.high < 1}
    unsure: list[Because] = [("within_chance", {"rules": sorted(own.keys() - gone.keys())})]
    if remain or not gone:
        return "cannot_be_said", unsure
    if moved := _moved(letter, changes, records):
        return "moved", moved
    found = [_figures("gone", rule, one) for rule, one in gone.items()]
    return "confirmed", found + (unsure if len(gone) < len(own) else [])


def _may_be_chance(told: Change, tolerance: float) -> bool:
    """Return whether both no change and a correction would be within the interval."""
    return told.low <= tolerance and told.high >= 1


def _figures(key: str, rule: str, told: Change) -> Because:
    return key, {"rule": rule, "found": told.after.found, "expected": told.expected}


def _not_the_same(letter: Letter, records: Records) -> list[Because]:
    found: list[Because] = []
    if not letter.rules:
        found.append(("no_rule", {}))
    elif not letter.unit:
        found.append(("unit_unknown", {}))
    found += [("not_run", {"rule": rule, "reason": why}) for rule, why in sorted(records.not_run.items())]
    if records.missing_sources:
        found.append(("sources_missing", {"sources": records.missing_sources}))
    if records.missing_months:
        found.append(("months_missing", {"months": records.missing_months}))
    if records.same_subjects is not None and records.same_subjects < SAME_SUBJECTS:
        found.append(("subjects_gone", {"share": records.same_subjects}))
    return found


def _too_few(letter: Letter, own: Sequence[Change]) -> list[Because]:
    if len(letter.after) < LEAST_MONTHS:
        return [("too_early", {"months": len(letter.after), "least": LEAST_MONTHS})]
    expected = sum(one.expected for one in own)
    if own and expected < LEAST_EXPECTED:
        more = None
        if expected > 0:
            more = -(-LEAST_EXPECTED * len(letter.after) // expected) - len(letter.after)
            more = more if more <= MOST_WAIT else None
        return [("too_few", {"expected": expected, "least": LEAST_EXPECTED, "more_months": more})]
    return []


def _moved(letter: Letter, changes: Mapping[str, Change], records: Records) -> list[Because]:
    found = [
        _figures("came_up_elsewhere", rule, changes[rule])
        for rule in letter.neighbours
        if changes[rule].low > 1 and changes[rule].after.found
    ]
    for rule, (before, after) in sorted(records.just_under.items()):
        told = change(before, after, [])
        if told.low > 1:
            found.append(("just_under", {"rule": rule, "before": before.rate, "after": after.rate}))
    return found
