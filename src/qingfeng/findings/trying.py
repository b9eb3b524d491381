"""A rule of the district tried before it may be used: its cases, and the history in the lake.

One part of a job's process (`working`): no Django, no database. The engine has less memory and disk than a
screening and little time, so that a query without bounds ends by itself.
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from qingfeng.findings.own_folder import usable
from qingfeng.findings.rulebook import known_in
from qingfeng.screening.errors import Problem
from qingfeng.screening.home import Home
from qingfeng.screening.lake import Lake
from qingfeng.screening.progress import Progress
from qingfeng.screening.rulebook import Rule, load_rules, read_rule, run_cases
from qingfeng.screening.run import screen

MEMORY, SPILL = "1GB", "2GB"
FULL = ("memory", "space", "OutOfMemory", "max_temp_directory_size")


def tried(task: Mapping[str, Any], home: Home, told: Progress, *, give_up: Callable[[Problem], None]) -> Any:
    """Try a rule.

    Args:
        task: `rule`, `text`, `cases`, `base` (id of the rule it varies, or ""), `seconds` it may take.
        home: Where the lake is.
        told: Who is told of progress.
        give_up: Tells a problem and ends the process; called when the time is over.

    Returns:
        `run`: id of the trial, kept in the home as every run; `cases`: those that hold and those that do
        not, with what happened instead; `memory_mb`: most memory of the process.

    Raises:
        Problem: If the text is no rule, or the engine stopped it.
    """
    lake = Lake(home)
    scratch = home.scratch("staging")
    try:
        with _within(int(task["seconds"]), home, give_up):
            rule = _rule(task, scratch, known_in(lake))
            with told.phase("Cases"):
                cases = _cases(rule)
            rules, only = _with_others(rule, task["base"], home)
            as_of = date.fromisoformat(task["as_of"]) if task.get("as_of") else None
            run = screen(home, lake, rules, as_of=as_of, only=only, progress=told, memory=MEMORY, spill=SPILL)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    mine = next(one for one in run.rules if one.rule == rule.id)
    if mine.failed and any(word in mine.reason.en for word in FULL):
        raise _unbounded()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"run": run.id, "cases": cases, "memory_mb": peak}


def _rule(task: Mapping[str, Any], scratch: Path, known: frozenset[str]) -> Rule:
    file = scratch / f"{task['rule']}.sql"
    file.write_text(task["text"], encoding="utf-8", newline="\n")
    file.with_suffix(".cases.toml").write_text(task["cases"], encoding="utf-8", newline="\n")
    rule, violations = read_rule(file, known)
    if rule is None:
        raise Problem(
            "The rule cannot be used as it is written.",
            where="; ".join(map(str, violations))[:2000],
            then="Write a new version without these errors.",
        )
    return rule


def _cases(rule: Rule) -> dict[str, Any]:
    results = run_cases(rule) if rule.cases.stat().st_size else []
    failed = [{"says": one.says, "kind": one.case.kind, "why": one.why} for one in results if not one.holds]
    kinds = {
        kind: sum(one.case.kind == kind for one in results) for kind in ("violation", "twin", "boundary")
    }
    return {"of": len(results), "failed": failed, "kinds": kinds}


def _with_others(rule: Rule, base: str, home: Home) -> tuple[dict[str, Rule], tuple[str, ...]]:
    """Return the rules of the trial: with the one it varies; a cross rule needs the findings of all."""
    wanted = () if "finding" in rule.tables else tuple(filter(None, (base,)))
    if not wanted and "finding" not in rule.tables:
        return {rule.id: rule}, (rule.id,)
    folders, _unfit = usable(home)
    others = load_rules(folders, only=wanted)
    rules = {**others, rule.id: rule}
    return rules, tuple(sorted(rules))


@contextmanager
def _within(seconds: int, home: Home, give_up: Callable[[Problem], None]) -> Iterator[None]:
    """End the process if it takes longer, with what it has put on the disk."""

    def stop() -> None:
        for folder in (home.spill, home.staging):
            for left in folder.glob(f"{os.getpid()}-*"):
                shutil.rmtree(left, ignore_errors=True)
        give_up(_unbounded())

    watch = threading.Timer(seconds, stop)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
        sys.stdout.flush()


def _unbounded() -> Problem:
    return Problem(
        "The rule was stopped: it takes more time, memory or disk than a rule may.",
        then="Join tables on a key and a time, and narrow what is joined first.",
    )
