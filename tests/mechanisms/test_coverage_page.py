"""docs/coverage.md is true: what it names exists, and what exists is named."""

import re
from pathlib import Path

import a_life
import pytest
from django.urls import resolve
from test_clock_examples import EXAMPLES

from qingfeng.desk.kinds import plural
from qingfeng.matters.registry import mechanism, mechanisms

HOUSE = Path(__file__).parents[2]
PAGE = (HOUSE / "docs" / "coverage.md").read_text(encoding="utf-8")


def test_every_test_that_it_names_exists():
    written = {
        name
        for file in (HOUSE / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)\(", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    }

    named = set(re.findall(r"`(test_\w+)`", PAGE))

    assert named
    assert named - written == set()


def _gates(declared):
    return [*declared.gates, *(gate for act in declared.acts for gate in act.gates)]


@pytest.mark.parametrize("kind", a_life.ROOMS)
def test_every_gate_is_named(kind):
    gates = {f"`{kind}.{gate.key}`" for gate in _gates(mechanism(kind))}

    assert {gate for gate in gates if f"| {gate} |" not in PAGE} == set()


@pytest.mark.parametrize("kind", a_life.ROOMS)
def test_every_clock_is_named_with_the_example_that_is_counted(kind):
    for clock in mechanism(kind).clocks:
        started_on, facts, last = EXAMPLES[kind, clock.key]
        begun = facts[clock.from_fact] if clock.from_fact else started_on.isoformat()
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{kind}.{clock.key}` |"))
        assert row.endswith(f"| {begun} → {last.isoformat()} |"), clock.key


def test_no_gate_or_clock_is_named_that_is_not_there():
    known = {f"{kind}.{gate.key}" for kind in a_life.ROOMS for gate in _gates(mechanism(kind))}
    known |= {f"{kind}.{clock.key}" for kind in a_life.ROOMS for clock in mechanism(kind).clocks}

    named = {name for name in re.findall(r"`(\w+\.[\w:]+)`", PAGE) if name.split(".")[0] in a_life.ROOMS}

    assert named - known == set()


def test_every_page_that_it_names_is_there_and_every_kind_of_matter_is_named():
    pages = set(re.findall(r"^\|[^|]*\|[^|]*\| `/([\w-]+)/` \|", PAGE, flags=re.MULTILINE))

    assert pages >= {plural(kind) for kind in a_life.ROOMS}
    for page in pages - {plural(one.key) for one in mechanisms()}:
        assert resolve(f"/{page}/").url_name, page
