"""The rulebook as the desk reads it, and its newest run: loaded once a process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from qingfeng.desk.leads import terms
from qingfeng.desk.leads.dotline import DotLine
from qingfeng.findings.models import RuleRun, RuleStanding, Screening
from qingfeng.findings.own_folder import folder_of, usable
from qingfeng.findings.precision import precision_of
from qingfeng.screening.home import Home
from qingfeng.screening.rulebook import SHIPPED, Rule, judged_by, load_rules, read_rule
from qingfeng.screening.run import record


def rules() -> Mapping[str, Rule]:
    """Return the rules of this installation by id, with the district's own parameters."""
    home = Home(Path(settings.HOME))
    params = home.root / "params.toml"
    own = sorted(folder_of(home).glob("*/*.sql"))
    written = tuple((str(file), file.stat().st_mtime_ns) for file in (*own, params) if file.exists())
    return _rules(home.root, params if params.exists() else None, written)


@lru_cache(maxsize=2)
def _rules(home: Path, params: Path | None, _written: tuple[tuple[str, int], ...]) -> Mapping[str, Rule]:
    folders, _unfit = usable(Home(home))
    return load_rules(folders, params=params)


def title_of(rule: str) -> str:
    """Return what a rule is called; its id where the rulebook has none of it."""
    known = rules().get(rule)
    return known.title if known else rule


def own() -> frozenset[str]:
    """Return the ids of the rules in use that are the district's own."""
    return frozenset(rule.id for rule in rules().values() if not rule.path.is_relative_to(SHIPPED))


def weighed(rule: str, version: str) -> frozenset[str]:
    """Return the columns that a rule weighed as "table.column", by its text of then; else nothing."""
    text = record.kept_rule(Home(Path(settings.HOME)), rule, version)
    return _weighed(text) if text.exists() else frozenset()


@lru_cache(maxsize=512)
def _weighed(text: Path) -> frozenset[str]:
    known, _violations = read_rule(text)
    return frozenset(judged_by(known)) if known else frozenset()


@dataclass(frozen=True)
class Line:
    """One rule in the list.

    Attributes:
        run: What it counted in the newest run; None where it is younger than that.
        dot: Its precision.
        is_watch_only: Whether it fell below the floor.
        is_own: Whether it is the district's own.
    """

    id: str
    title: str
    tier: str
    watch: str
    run: RuleRun | None
    dot: DotLine
    is_watch_only: bool
    is_own: bool = False

    @property
    def reason(self) -> str:
        """Why it did not run, in the reader's language."""
        return reason_of(self.run) if self.run else ""

    @property
    def judged(self) -> int:
        """Rows that it is about and could judge."""
        return self.run.applicable - self.unjudged if self.run else 0

    @property
    def unjudged(self) -> int:
        """Rows that it is about and could not judge."""
        return sum(self.run.excluded.values()) if self.run else 0


def reason_of(run: RuleRun) -> str:
    """Return why a rule did not run, in the reader's language."""
    return str(run.reason.get("zh" if terms.is_chinese() else "en", ""))


def by_watch() -> list[tuple[Any, list[Line]]]:
    """Return every rule under its watch, with the newest run; three queries."""
    newest = Screening.objects.filter(is_newest=True).first()
    runs = {one.rule: one for one in newest.rules.all()} if newest else {}
    standings = {one.rule: one for one in RuleStanding.objects.all()}
    known = {one.id: (one.title, one.tier, one.watch) for one in rules().values()}
    known |= {one.rule: (one.title, one.tier, one.watch) for one in runs.values() if one.rule not in known}
    ours = own()
    lines = [
        _line(key, told, runs.get(key), standings.get(key), is_own=key in ours)
        for key, told in sorted(known.items())
    ]
    return [
        (words, [line for line in lines if line.watch == watch])
        for watch, words in terms.WATCHES.items()
        if any(line.watch == watch for line in lines)
    ]


def _line(
    key: str, told: tuple[str, str, str], run: RuleRun | None, standing: RuleStanding | None, *, is_own: bool
) -> Line:
    title, tier, watch = told
    dot = DotLine(precision_of(key, tier, standing.counts if standing else {}))
    return Line(key, title, tier, watch, run, dot, bool(standing and standing.is_watch_only), is_own)
