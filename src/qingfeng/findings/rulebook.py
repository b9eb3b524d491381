"""The rulebook of a screening: the house's rules and the district's own; read without Django."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

from qingfeng.findings.own_folder import folder_of, usable
from qingfeng.screening.engines.duckdb_engine import connect, known_identifiers, mount
from qingfeng.screening.lake import Lake
from qingfeng.screening.rulebook import Rule, load_rules


def rules_of(lake: Lake, only: Sequence[str] = ()) -> tuple[dict[str, Rule], dict[str, str]]:
    """Load the rulebook with the district's own rules and parameters, as `qingfeng screen` does.

    Args:
        lake: Whose home and registers.
        only: Ids; all where none is given.

    Returns:
        The rules by id, and the district's own that cannot be used, with the reason.
    """
    params = lake.home.root / "params.toml"
    has_params, has_own = params.exists(), folder_of(lake.home).exists()
    known = known_in(lake) if has_params or has_own else frozenset()
    folders, unfit = usable(lake.home, known)
    rules = load_rules(folders, only=only, params=params if has_params else None, known_identifiers=known)
    return rules, unfit


def known_in(lake: Lake) -> frozenset[str]:
    """Return the names and plates of a lake's registers, which no rule may name."""
    snapshot = lake.snapshot()
    if not {"person", "vehicle"} & set(snapshot.tables()):
        return frozenset()
    with closing(connect(lake.home)) as con:
        mount(con, snapshot, as_of=None)
        return known_identifiers(con)
