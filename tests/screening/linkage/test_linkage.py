"""Linkage against two published answer keys; precision and recall are reported."""

from pathlib import Path

import duckdb
import pytest

from qingfeng.screening.errors import Problem
from qingfeng.screening.linkage import Pair, link_payments, link_people, measured

PUBLISHED = Path(__file__).parents[4] / "shared/data/linkage"
published = pytest.mark.skipif(
    not PUBLISHED.exists(), reason="the published lists lie beside the project only where it is built"
)


def told(name, quality):
    return (
        f"linkage of {name}: precision {quality.precision:.3f}, recall {quality.recall:.3f} of {quality.true}"
    )


@published
def test_people_with_errors_are_paired_without_false_pairs(report):
    con = duckdb.connect()
    con.execute(
        f"""CREATE TABLE people AS SELECT CAST(unique_id AS VARCHAR) AS key, first_name, surname,
        CAST(dob AS VARCHAR) AS birth_date, city AS place, email AS contact
        FROM read_csv('{PUBLISHED}/fake_1000.csv')"""
    )
    labels = con.execute(
        f"""SELECT CAST(unique_id_l AS VARCHAR), CAST(unique_id_r AS VARCHAR), clerical_match_score
        FROM read_csv('{PUBLISHED}/fake_1000_labels.csv')"""
    ).fetchall()
    true = {tuple(sorted(pair)) for *pair, score in labels if score == 1}

    quality = measured(link_people(con, "people"), true)

    report(told("people", quality))
    assert quality.precision >= 0.95
    assert quality.recall >= 0.70


@published
def test_payments_find_their_other_side(report):
    con = duckdb.connect()
    for side in ("origin", "destination"):
        con.execute(
            f"""CREATE TABLE {side} AS SELECT CAST(ground_truth AS VARCHAR) AS truth,
            '{side}' || unique_id AS key, upper(memo) AS memo, transaction_date AS paid_on, amount
            FROM '{PUBLISHED}/transactions_{side}.parquet'"""
        )
    true = con.execute("SELECT o.key, d.key FROM origin AS o JOIN destination AS d USING (truth)").fetchall()

    quality = measured(link_payments(con, "origin", "destination"), true)

    report(told("payments", quality))
    assert quality.precision >= 0.90
    assert quality.recall >= 0.85


def test_a_list_without_the_columns_is_refused_in_words():
    con = duckdb.connect()
    con.execute("CREATE TABLE people (key VARCHAR, surname VARCHAR)")

    with pytest.raises(Problem, match="no birth_date, contact, first_name, place"):
        link_people(con, "people")


def test_quality_of_nothing_is_unknown_and_not_zero():
    quality = measured([], set())

    assert (quality.precision, quality.recall) == (None, None)


def test_a_pair_that_the_key_does_not_have_is_wrong():
    quality = measured([Pair("a", "b", 0.9), Pair("a", "c", 0.8)], {("a", "b"), ("d", "e")})

    assert (quality.precision, quality.recall) == (0.5, 0.5)
