"""The rulebook of a screening: the house's rules and the district's own; read without Django."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from qingfeng.findings.own_folder import folder_of, usable
from qingfeng.screening.engines.duckdb_engine import connect, known_identifiers, mount
from qingfeng.screening.lake import Lake
from qingfeng.screening.rulebook import Rule, load_rules


def rules_of(
    lake: Lake, only: Sequence[str] = (), *, folders: Sequence[Path] = ()
) -> tuple[dict[str, Rule], dict[str, str]]:
    """Load the rulebook with the district's own rules and parameters, on the site and on the command line.

    Args:
        lake: Whose home and registers.
        only: Ids; all where none is given.
        folders: More rules, apart from those that the district has in use.

    Returns:
        The rules by id, and the district's own that cannot be used, with the reason.

    Raises:
        Problem: If a rule of `folders` does not pass the check, or there is none of an id.
    """
    own, params = folder_of(lake.home), lake.home.root / "params.toml"
    others = [one for one in folders if one.resolve() != own.resolve()]
    has_params = params.exists()
    known = known_in(lake) if has_params or own.exists() or others else frozenset()
    fit, unfit = usable(lake.home, known)
    rules = load_rules(
        [*fit, *others], only=only, params=params if has_params else None, known_identifiers=known
    )
    return rules, unfit


def known_in(lake: Lake) -> frozenset[str]:
    """Return the names and plates of a lake's registers, which no rule may name."""
    snapshot = lake.snapshot()
    if not {"person", "vehicle"} & set(snapshot.tables()):
        return frozenset()
    with closing(connect(lake.home)) as con:
        mount(con, snapshot, as_of=None)
        return known_identifiers(con)
