"""The rules that a campaign may use, by id and title: those shipped, and the district's own that have run."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from qingfeng.findings.models import RuleRun
from qingfeng.matters.models import Matter
from qingfeng.screening.rulebook.header import read_header
from qingfeng.screening.rulebook.load import SHIPPED


def choices() -> list[tuple[str, str]]:
    """Return every rule as (id, title), by id; the id beside the title where two have the same."""
    titles = {**dict(_ran()), **_shipped()}
    often = Counter(titles.values())
    return [
        (key, f"{title}（{key}）" if often[title] > 1 else title) for key, title in sorted(titles.items())
    ]


def titles() -> dict[str, str]:
    """Return the title of every rule by its id."""
    return {**dict(_ran()), **_shipped()}


def _ran() -> list[tuple[str, str]]:
    return list(RuleRun.objects.filter(screening__is_newest=True).values_list("rule", "title"))


def tells_rule(matter: Matter, text: str) -> bool:
    """Return whether a text gives a rule of the campaign away: its id or its title."""
    known = titles()
    rules = [str(one) for one in matter.facts.get("rules") or ()]
    return any(one and one in text for rule in rules for one in (rule, known.get(rule, "")))


@lru_cache(maxsize=1)
def _shipped() -> dict[str, str]:
    """Return the titles of the shipped rules: the headers only, no rule is parsed for it."""
    return {
        file.stem: read_header(file, file.read_text(encoding="utf-8")).told["title"]
        for file in sorted(SHIPPED.rglob("*.sql"))
    }
