"""One letter against the records: the cube beside a run, what the letter says, and the judgement."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from qingfeng.findings.confirming.letters import LEDGER, LetterFacts, all_facts, facts_of, open_letters
from qingfeng.findings.confirming.months import Periods, periods_of
from qingfeng.findings.confirming.peers import Peers, key_of, peers_of
from qingfeng.findings.confirming.sameness import Checked, checked
from qingfeng.findings.kept import kept_run
from qingfeng.findings.models import Screening
from qingfeng.matters.models import Matter
from qingfeng.screening.correction import (
    Counts,
    KeptCube,
    Letter,
    Records,
    Verdict,
    judge,
    kept_cube,
    sentences,
)
from qingfeng.screening.errors import Problem
from qingfeng.screening.run import Run

Period = Literal["before", "trigger", "between", "after", ""]
BAND = (0.1, 0.9)  # between which quantiles of comparable units' rates the band lies


@dataclass(frozen=True)
class Month:
    """One month of one rule in a letter's picture.

    Attributes:
        month: As 2026-01.
        period: Whether it counts, and as what.
        own: The unit's counts.
        group: Those of the comparable units together.
        low: Lower end of the comparable units' rates: 10 of 100 are below it.
        high: Upper end: 10 of 100 are above it.
        expected: Findings to be expected had nothing been done; None for a month that is not after.
    """

    month: str
    period: Period
    own: Counts
    group: Counts
    low: float
    high: float
    expected: float | None


@dataclass(frozen=True)
class Compared:
    """What the records say of one letter.

    Attributes:
        facts: What the letter says.
        key: Key of the unit in the records, "" for none.
        periods: Which months are what.
        peers: Comparable units.
        checked: What was looked at.
        verdict: The judgement.
        titles: Rule to its title.
        run: Id of the screening.
        until: Last day of the records.
    """

    facts: LetterFacts
    key: str
    periods: Periods
    peers: Peers
    checked: Checked
    verdict: Verdict
    titles: Mapping[str, str]
    run: str
    until: date | None

    @property
    def found(self) -> int:
        """Findings of the letter's rules after it."""
        return sum(self.verdict.changes[rule].after.found for rule in self.facts.rules)

    @property
    def expected(self) -> float:
        """Findings to be expected after it had nothing been done."""
        return sum(self.verdict.changes[rule].expected for rule in self.facts.rules)

    def says(self, language: str = "zh") -> list[str]:
        """Return it in sentences."""
        return sentences(self.verdict, self.titles, language=language)

    @property
    def ratio(self) -> str:
        """Found ÷ expected with its interval, "0.31 (0.12-0.70)", of the rule that stands worst."""
        own = [self.verdict.changes[rule] for rule in self.facts.rules]
        if not any(one.expected for one in own):
            return ""
        worst = max(own, key=lambda one: (one.ratio if one.expected else -1, one.high))
        return f"{worst.ratio:.2f} ({worst.low:.2f}-{min(worst.high, 999):.2f})"


def compared(
    matter: Matter,
    kept: KeptCube,
    run: Run,
    *,
    written_to: Mapping[str, Collection[str]] | None = None,
    until: date | None = None,
    facts: LetterFacts | None = None,
    is_checked: bool = True,
) -> Compared:
    """Ask the records about one letter.

    Args:
        matter: The letter.
        kept: The cube of a run.
        run: The run.
        written_to: Rule to the keys of units that have a letter about it (`written_to_of`); counted
            where it is left out.
        until: As if the records ended on that day; as they do where it is left out.
        facts: What the letter says, where that was read before.
        is_checked: Whether it is looked at if the records are those of before; a picture needs no answer.
    """
    facts = facts or facts_of(matter)
    cube, key = kept.cube, key_of(facts.unit, kept)
    rules = (*facts.rules, *facts.neighbours)
    last = min(filter(None, (until, run.as_of, run.until)), default=facts.written_on)
    periods = periods_of(
        {month for rule in facts.rules for month in cube.months(rule)},
        until=last,
        written_on=facts.written_on,
        mend_by=facts.mend_by,
        trigger=(facts.trigger_from, facts.trigger_until),
    )
    others = written_to_of(kept) if written_to is None else written_to
    peers = peers_of(key, facts.rules, kept, written_to=others)
    looked = (
        checked(facts.unit, key, facts.rules, periods, kept=kept, run=run)
        if facts.unit is not None and key and is_checked
        else Checked(Records())
    )
    titles = {one.rule: one.title for one in run.rules if one.rule in rules}
    verdict = judge(_letter(facts, key, periods, peers), cube.counts, looked.records)
    if facts.came_back_on is not None:
        because = (("came_back", {"day": facts.came_back_on.isoformat()}),)
        verdict = replace(verdict, says="not_confirmed", because=because)
    return Compared(facts, key, periods, peers, looked, verdict, titles, run.id, last)


def _letter(facts: LetterFacts, key: str, periods: Periods, peers: Peers) -> Letter:
    return Letter(
        unit=key,
        rules=facts.rules,
        neighbours=facts.neighbours,
        before=periods.before,
        after=periods.after,
        tolerance=facts.tolerance,
        peers=peers.units,
    )


def written_to_of(kept: KeptCube) -> dict[str, set[str]]:
    """Return, by rule, the keys of units that have an open letter about it."""
    found: dict[str, set[str]] = {}
    for facts in all_facts(open_letters()).values():
        if key := key_of(facts.unit, kept):
            for rule in facts.rules:
                found.setdefault(rule, set()).add(key)
    return found


def newest_cube(rules: Collection[str], also: str = "") -> tuple[KeptCube, Run] | None:
    """Return the cube of the newest screening that has one, None where none was counted yet.

    Args:
        rules: Rules that are wanted.
        also: Id of an older run to fall back on.
    """
    newest = Screening.objects.filter(is_newest=True).values_list("run", flat=True).first()
    for name in dict.fromkeys(filter(None, (newest, also))):
        try:
            run = kept_run(name)
        except Problem:  # its records were deleted
            continue
        kept = kept_cube(run.folder, rules=rules)
        if kept is not None:
            return kept, run
    return None


def newest_compared(matter: Matter) -> tuple[Compared, KeptCube] | None:
    """Return what the newest screening with a cube says of a letter, None where none was counted yet."""
    facts = facts_of(matter)
    line = matter.lines.filter(ledger=LEDGER).order_by("-no").first()
    told = str(line.facts.get("run") or "") if line else ""
    newest = newest_cube((*facts.rules, *facts.neighbours), told)
    if newest is None:
        return None
    kept, run = newest
    return compared(matter, kept, run), kept


def series_of(told: Compared, kept: KeptCube, rules: Iterable[str] = ()) -> dict[str, list[Month]]:
    """Return a letter's months by rule: its own rules first, then the neighbours.

    Args:
        told: What was compared.
        kept: The cube that it was compared with.
        rules: Only these; empty for all.
    """
    wanted = tuple(rules) or (*told.facts.rules, *told.facts.neighbours)
    return {rule: [_month(told, kept, rule, month) for month in told.periods.every] for rule in wanted}


def _month(told: Compared, kept: KeptCube, rule: str, month: str) -> Month:
    own = kept.cube.counts(rule, told.key, [month])
    others = [kept.cube.counts(rule, one, [month]) for one in told.peers.units]
    rates = sorted(one.rate for one in others if one.exposure)
    change = told.verdict.changes[rule]
    is_after = month in told.periods.after
    return Month(
        month=month,
        period=_period(told.periods, month),
        own=own,
        group=sum(others, Counts(0, 0)),
        low=_quantile(rates, BAND[0]),
        high=_quantile(rates, BAND[1]),
        expected=change.shrunk_rate * change.group_ratio * own.exposure if is_after else None,
    )


def _period(periods: Periods, month: str) -> Period:
    for name in ("before", "trigger", "between", "after"):
        if month in getattr(periods, name):
            return name
    return ""


def _quantile(rates: list[float], share: float) -> float:
    return rates[round(share * (len(rates) - 1))] if rates else 0.0
