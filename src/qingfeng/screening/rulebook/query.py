"""The SELECT of a rule, checked against the tables it may read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from qingfeng.screening.rulebook.bench import bench
from qingfeng.screening.rulebook.header import Header
from qingfeng.screening.rulebook.rule import Violation, dollars, with_dates
from qingfeng.screening.rulebook.schema import did_you_mean, schema

PLAIN = ("unit_id", "at", "amount", "tier")  # output columns that are no facts, besides subject and evidence

_EVIDENCE = re.compile(r"(\w+?)_rows?(?:_\d+)?")


@dataclass(frozen=True)
class Output:
    """What a SELECT returns: see `Rule`."""

    columns: tuple[str, ...]
    evidence: Mapping[str, str]
    facts: tuple[str, ...]


def check_query(header: Header, known: frozenset[str]) -> Output | None:
    """Check the SELECT of a rule; violations are added to the header's.

    Args:
        header: As read.
        known: Names of people and plates that may not stand in it.

    Returns:
        What it returns, or None if it cannot be bound.
    """
    del known
    _check_parameters(header)
    if header.violations:
        return None
    described = _bind(header)
    return None if described is None else _check_output(header, described)


def _check_parameters(header: Header) -> None:
    told = header.told
    used = {name for part in (told["applies"], *told["excluded"].values()) for name, _, _ in dollars(part)}
    for name, start, _ in dollars(header.body):
        used.add(name)
        if name not in header.params:
            then = f"{did_you_mean(name, header.params)}Declare it under [params]."
            line = header.body.count("\n", 0, start) + 1
            header.violations.append(Violation(header.path, line, f"there is no parameter '${name}'.", then))
    for name in header.params:
        if name not in used:
            header.wrong(name, f"the parameter '{name}' is never used.", "Use it or remove it.", "params")


def _bind(header: Header) -> list[tuple[str, str]] | None:
    dated = {name: value for name, value in header.params.items() if isinstance(value, tuple)}
    named = {name for name, _, _ in dollars(header.body)}
    values = {n: v for n, v in header.params.items() if n in named and n not in dated}
    try:
        con = bench()
        con.execute(with_dates(header.body, header.told["on"], dated), values)
        return [(column[0], str(column[1])) for column in con.description]
    except duckdb.Error as error:
        text = str(error)
        line = re.search(r"LINE (\d+):", text)
        what = text.partition("\n")[0]
        header.violations.append(Violation(header.path, int(line[1]) if line else 1, what, ""))
        return None


def _check_output(header: Header, described: list[tuple[str, str]]) -> Output:
    columns = tuple(name for name, _ in described)
    evidence = {}
    for name in columns:
        hit = _EVIDENCE.fullmatch(name)
        if hit and hit[1] in schema():
            evidence[name] = hit[1]
    own = {header.told["subject"], *PLAIN, *evidence}
    return Output(columns, evidence, tuple(name for name in columns if name not in own))
