"""People in one list that perhaps stand in it twice."""

from __future__ import annotations

from typing import Any

import duckdb
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from qingfeng.screening.errors import Problem
from qingfeng.screening.linkage.pairs import SEED, Pair, quiet

COLUMNS = ("key", "first_name", "surname", "birth_date", "place", "contact")


def link_people(con: duckdb.DuckDBPyConnection, table: str, *, at_least: float = 0.5) -> list[Pair]:
    """Return the pairs of rows that are perhaps the same person, most likely first.

    Args:
        con: Where the table is.
        table: With the text columns key, first_name, surname, birth_date (YYYY-MM-DD), place
            and contact; NULL where unknown.
        at_least: Smallest probability of a pair, 0 to 1.

    Raises:
        Problem: If a column is missing.
    """
    there = {row[0] for row in con.execute(f"DESCRIBE {table}").fetchall()}
    if set(COLUMNS) - there:
        raise Problem(
            f"The table {table} cannot be linked: it has no {', '.join(sorted(set(COLUMNS) - there))}.",
            then=f"Give the columns {', '.join(COLUMNS)}.",
        )
    with quiet():
        linker = Linker(DuckDBAPI(connection=con).register(table), _settings())
        train: Any = linker.training
        exact = [block_on("first_name", "surname", "birth_date"), block_on("contact")]
        train.estimate_probability_two_random_records_match(exact, recall=0.6)
        train.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
        train.estimate_parameters_using_expectation_maximisation(block_on("first_name", "surname"))
        train.estimate_parameters_using_expectation_maximisation(block_on("birth_date"))
        found = linker.inference.predict(threshold_match_probability=at_least).physical_name
    rows = con.execute(
        "SELECT least(key_l, key_r), greatest(key_l, key_r), match_probability "
        f"FROM {found} ORDER BY 3 DESC, 1, 2"
    ).fetchall()
    return [Pair(*row) for row in rows]


def _settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="key",
        comparisons=[
            compare.NameComparison("first_name"),
            compare.NameComparison("surname"),
            compare.DateOfBirthComparison("birth_date", input_is_string=True),
            compare.ExactMatch("place").configure(term_frequency_adjustments=True),
            compare.EmailComparison("contact"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("first_name"),
            block_on("surname"),
            block_on("birth_date"),
            block_on("contact"),
            block_on("substr(surname, 1, 2)", "substr(birth_date, 1, 4)"),
            block_on("substr(first_name, 1, 2)", "place"),
            block_on("place", "substr(birth_date, 6, 5)"),
            block_on("split_part(contact, '@', 1)"),
        ],
    )
