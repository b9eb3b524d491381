"""After every screening: one cube for all letters, a line on each whose answer changed, recurrence.

A letter that cannot be judged gets "cannot be said" with its reason. One letter's failure never stops the
others: it is told in the log, and asked again by the next screening.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import duckdb
from django.utils import timezone

from qingfeng.findings.confirming.comparing import Compared, compared, written_to_of
from qingfeng.findings.confirming.letters import (
    HEAR,
    LEDGER,
    RECUR,
    all_facts,
    open_letters,
    struck_off_letters,
)
from qingfeng.findings.confirming.months import months_from
from qingfeng.findings.confirming.peers import names_of
from qingfeng.findings.rulebook import rules_of
from qingfeng.matters import door
from qingfeng.matters.answers import Refusal
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.screening.correction import HEADS, KeptCube, keep_cube, kept_cube
from qingfeng.screening.errors import Problem
from qingfeng.screening.home import Home
from qingfeng.screening.lake import Lake, Snapshot
from qingfeng.screening.run import Run

RECUR_MONTHS = 6  # rules.md x_recur_after_fix
LEAST_AGAIN = 2  # findings: one alone is no recurrence
SAYS = ("says", "found", "expected", "ratio", "months", "self_supplied", "why")
log = logging.getLogger(__name__)


def asked_of_records() -> dict[str, list[str]]:
    """Return the rules that letters name, and every name of the units that they went to; plain values."""
    rules: set[str] = set()
    names: set[str] = set()
    for facts in all_facts((*open_letters(), *struck_off_letters())).values():
        rules |= {*facts.rules, *facts.neighbours}
        names |= set(names_of(facts.unit)) if facts.unit else set()
    return {"rules": sorted(rules), "units": sorted(names)}


def compare_open(
    run: Run,
    snapshot: Snapshot | None = None,
    home: Home | None = None,
    *,
    until: date | None = None,
    at: datetime | None = None,
) -> int:
    """Ask the records about every letter, and enter what they say.

    Args:
        run: The screening.
        snapshot: Its records, for a cube that was not counted with it; the lake's of that run by default.
        home: Where it was kept; the run's own by default.
        until: As if the records ended on that day (what is taken over from the past).
        at: Instant of the entries; now by default.

    Returns:
        How many letters got a new line or were reopened.
    """
    letters, struck = [*open_letters()], [*struck_off_letters()]
    if not letters and not struck:
        return 0
    kept = kept_cube(run.folder)
    if kept is None or not _holds(kept, (*letters, *struck)):
        try:
            kept = _counted(run, snapshot, home or Home(run.folder.parent.parent))
        except (duckdb.Error, Problem):
            log.exception("The records could not be counted for letters; the next screening counts again.")
            return 0
    others = written_to_of(kept)
    changed = 0
    for matter in struck:
        changed += _safely(_recurred, matter, kept, run, others=others, until=until, at=at)
    for matter in open_letters():  # anew: one may have been reopened
        changed += _safely(_heard, matter, kept, run, others=others, until=until, at=at)
    return changed


def _holds(kept: KeptCube, letters: tuple[Matter, ...]) -> bool:
    """Return whether a cube has all rules that letters name: one opened since then may name another."""
    known = {*kept.cube.tables, *kept.cube.unread}
    return all({*one.rules, *one.neighbours} <= known for one in all_facts(letters).values())


def _counted(run: Run, snapshot: Snapshot | None, home: Home) -> KeptCube:
    asked, lake = asked_of_records(), Lake(home)
    known, _unfit = rules_of(lake)
    rules = [known[name] for name in asked["rules"] if name in known]
    records = snapshot or lake.snapshot(run.lake_snapshot)
    return keep_cube(home, records, run, rules, names=asked["units"])


def _safely(work: Any, matter: Matter, *args: Any, **others: Any) -> bool:
    try:
        return bool(work(matter, *args, **others))
    except Exception:
        log.exception(
            "The records could not be asked about %s; the next screening asks again.", matter.number
        )
        return False


def _heard(
    matter: Matter,
    kept: KeptCube,
    run: Run,
    *,
    others: Mapping[str, Any],
    until: date | None,
    at: datetime | None,
) -> bool:
    """Enter a line where what the records say has changed."""
    told = compared(matter, kept, run, written_to=others, until=until)
    line = line_of(told, timezone.localdate(at) if at else timezone.localdate())
    before = matter.lines.filter(ledger=LEDGER).order_by("-no").first()
    if before is not None and all(before.facts.get(key) == line[key] for key in SAYS):
        return False
    return _done(door.perform(HEAR, matter, by=None, at=at, lines={LEDGER: [line]}), matter)


def line_of(told: Compared, counted_on: date) -> dict[str, Any]:
    """Return a line of the ledger; the head stands in the column before, so only the reasons are told."""
    verdict = told.verdict
    has_rules = bool(told.facts.rules)
    reasons = [one for one in told.says() if one != HEADS[verdict.says][1]]
    return {
        "counted_on": counted_on.isoformat(),
        "says": verdict.says,
        "found": told.found,
        "expected": f"{told.expected:.1f}" if has_rules else "—",
        "ratio": told.ratio or "—",
        "months": len(told.periods.after),
        "self_supplied": verdict.self_supplied,
        "why": "".join(reasons),
        "run": told.run,
    }


def _recurred(
    matter: Matter,
    kept: KeptCube,
    run: Run,
    *,
    others: Mapping[str, Any],
    until: date | None,
    at: datetime | None,
) -> bool:
    """Reopen a letter whose rule fires again above its tolerance within six months after it was struck off.

    Law:
        整改后复发（六个月内同一规则再次命中）[proposal]
    """
    struck_on = _struck_off_on(matter)
    if struck_on is None:
        return False
    told = compared(matter, kept, run, written_to=others, until=until)
    since = [one for one in told.periods.after if one > f"{struck_on:%Y-%m}"]
    watched = [one for one in since if one in months_from(f"{struck_on:%Y-%m}", _later(struck_on))]
    back = {rule: back for rule in told.facts.rules if (back := _is_back(told, kept, rule, watched))}
    if not back:
        return False
    why = "".join(
        f"{told.titles.get(rule, rule)}：销号后{len(watched)}个月发现{found}条，"
        f"如未整改预计应有{expected:.1f}条。"
        for rule, (found, expected) in back.items()
    )
    day = (timezone.localdate(at) if at else timezone.localdate()).isoformat()
    facts = {"recurred_on": day, "recur_why": why}
    return _done(door.perform(RECUR, matter, by=None, at=at, facts=facts, reason=why), matter)


def _is_back(told: Compared, kept: KeptCube, rule: str, months: list[str]) -> tuple[int, float] | None:
    """Return found and expected where a rule's findings are back beyond what the letter tolerates."""
    change = told.verdict.changes[rule]
    here = kept.cube.counts(rule, told.key, months)
    expected = change.shrunk_rate * change.group_ratio * here.exposure
    if here.found < LEAST_AGAIN or here.found <= told.facts.tolerance * expected:
        return None
    return here.found, expected


def _struck_off_on(matter: Matter) -> date | None:
    """Return the day on which a letter came to where it can be reopened from."""
    stages = mechanism(matter.mechanism, matter.version).act(RECUR).from_
    came = (
        matter.story.filter(to_stage__in=stages, undone_by=None)
        .exclude(from_stage__in=stages)
        .order_by("no")
        .last()
    )
    return timezone.localdate(came.at) if came else None


def _later(day: date) -> str:
    number = day.year * 12 + day.month - 1 + RECUR_MONTHS
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def _done(answer: Any, matter: Matter) -> bool:
    if isinstance(answer, Refusal):
        log.warning("What the records say of %s could not be entered: %s", matter.number, answer.reason)
        return False
    return True
