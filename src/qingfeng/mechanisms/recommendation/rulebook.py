"""The rules that a letter may name, by id and title: those shipped, and the district's own that have run."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from qingfeng.findings.models import RuleRun
from qingfeng.screening.rulebook.header import read_header
from qingfeng.screening.rulebook.load import SHIPPED


def choices() -> list[tuple[str, str]]:
    """Return every rule as (id, title), by id; the id beside the title where two have the same."""
    ran = RuleRun.objects.filter(screening__is_newest=True).values_list("rule", "title")
    titles = {**dict(ran), **_shipped()}
    often = Counter(titles.values())
    return [
        (key, f"{title}（{key}）" if often[title] > 1 else title) for key, title in sorted(titles.items())
    ]


@lru_cache(maxsize=1)
def _shipped() -> dict[str, str]:
    """Return the titles of the shipped rules: the headers only, no rule is parsed for it."""
    return {
        file.stem: read_header(file, file.read_text(encoding="utf-8")).told["title"]
        for file in sorted(SHIPPED.rglob("*.sql"))
    }
