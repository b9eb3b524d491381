"""Trimmed means and the additive model against independent computations: by hand, in fractions, in full."""

from fractions import Fraction
from math import floor, sqrt
from statistics import mean, stdev

import numpy as np
import pytest

from qingfeng.appraisal import numbers


def some_scores(raters=40, people=7, share=0.3, seed=20261127):
    """Scores of people by raters of different severity, a share of them left out, whole from 1 to 10."""
    draw = np.random.default_rng(seed)
    person = draw.normal(7, 1, people)
    rater = draw.normal(0, 1.2, raters)
    scores = np.clip(np.round(person + rater[:, None] + draw.normal(0, 0.7, (raters, people))), 1, 10)
    scores[draw.random((raters, people)) < share] = np.nan
    return scores


def column(scores, no):
    return sorted(one for one in scores[:, no].tolist() if one == one)  # noqa: PLR0124 - NaN is not itself


def test_a_trimmed_mean_drops_a_tenth_at_each_end():
    scores = some_scores()

    found = numbers.trimmed(scores)

    for no in range(scores.shape[1]):
        rows = column(scores, no)
        cut = len(rows) // 10
        assert found.value[no] == pytest.approx(mean(rows[cut : len(rows) - cut]))
        assert (found.count[no], found.spread[no]) == (len(rows), pytest.approx(stdev(rows)))


def test_the_error_of_a_trimmed_mean_is_that_of_the_winsorised_scores():
    """Yuen 1974: s_w / ((1 - 2g/n) sqrt(n)), here with the share that was really dropped."""
    scores = some_scores()

    found = numbers.trimmed(scores)

    for no in range(scores.shape[1]):
        rows = column(scores, no)
        cut = len(rows) // 10
        low, high = rows[cut], rows[len(rows) - cut - 1]
        drawn_in = [min(max(one, low), high) for one in rows]
        kept = 1 - 2 * cut / len(rows)
        assert found.error[no] == pytest.approx(stdev(drawn_in) / (kept * sqrt(len(rows))))


def test_with_fewer_than_ten_scores_nothing_is_dropped():
    found = numbers.trimmed(np.array([[1.0], [9], [9], [9], [10], [np.nan]]))

    assert (found.value[0], found.count[0]) == (pytest.approx(7.6), 5)


def test_ten_scores_lose_the_highest_and_the_lowest():
    found = numbers.trimmed(np.array([[float(one)] for one in (1, 7, 7, 8, 8, 8, 8, 9, 9, 10)]))

    assert found.value[0] == pytest.approx(8.0)


def test_a_column_that_nobody_judged_has_no_mean():
    found = numbers.trimmed(np.array([[5.0, np.nan], [6, np.nan]]))

    assert np.isnan(found.value[1])
    assert found.count[1] == 0


def in_full(scores):
    """The same model with a column for every person and every rater, by least squares over all of it."""
    rows = [
        (r, p) for r in range(scores.shape[0]) for p in range(scores.shape[1]) if scores[r, p] == scores[r, p]
    ]
    raters, people = sorted({r for r, _p in rows}), scores.shape[1]
    design = np.zeros((len(rows), people + len(raters)))
    for no, (r, p) in enumerate(rows):
        design[no, p] = design[no, people + raters.index(r)] = 1
    y = np.array([scores[r, p] for r, p in rows])
    found = np.linalg.lstsq(design, y, rcond=None)[0]
    free = len(rows) - people - len(raters) + 1
    variance = float(((y - design @ found) ** 2).sum()) / free
    covariance = variance * np.linalg.pinv(design.T @ design)
    contrast = np.hstack([np.eye(people), np.full((people, len(raters)), 1 / len(raters))])
    return contrast @ found, np.sqrt(np.diag(contrast @ covariance @ contrast.T)), variance**0.5


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_additive_model_agrees_with_the_full_regression(seed):
    scores = some_scores(seed=seed)

    found = numbers.additive(scores)
    value, error, rest = in_full(scores)

    assert found.value == pytest.approx(value)
    assert found.error == pytest.approx(error)
    assert found.rest == pytest.approx(rest)


def test_the_additive_model_agrees_with_fractions_worked_out_by_hand():
    """Two strict raters judged the first, two mild ones the third; all of them the second."""
    scores = np.array([[5, 6, np.nan], [5, 6, np.nan], [np.nan, 8, 9], [np.nan, 8, 9.0]])

    found = numbers.additive(scores)

    # person = (-1, 0, +1) around the second; rater = 6, 6, 8, 8: the average rater gives 6, 7, 8.
    assert found.value.tolist() == pytest.approx([float(Fraction(6)), 7.0, 8.0])
    assert found.rest == pytest.approx(0, abs=1e-9)
    assert found.severity == pytest.approx(sqrt(4 / 3))


def test_where_everybody_is_judged_by_everybody_the_model_changes_nothing():
    scores = some_scores(share=0)

    assert numbers.additive(scores).value == pytest.approx(scores.mean(axis=0))


def test_the_model_finds_what_strict_raters_hide():
    """Strict raters judged the first two, mild ones the others; all four are equally good."""
    draw = np.random.default_rng(7)
    rater = np.where(np.arange(60) < 30, -2.0, 2.0)
    scores = 6 + rater[:, None] + draw.normal(0, 0.5, (60, 4))
    scores[:28, 2:] = np.nan
    scores[32:, :2] = np.nan

    plain, found = numbers.trimmed(scores), numbers.additive(scores)

    assert plain.value[2] - plain.value[0] > 2
    assert abs(found.value[2] - found.value[0]) < 0.5
    assert abs(found.value[2] - found.value[0]) < 3 * floor(found.error.max() * 100 + 1) / 100


@pytest.mark.parametrize(
    "scores",
    [
        [[5.0, 6.0], [6, 7], [5, 5]],
        [[5.0, 6, np.nan, np.nan], [6, 7, np.nan, np.nan], [np.nan, np.nan, 4, 5], [np.nan, np.nan, 5, 6]],
        [[5.0, 6, np.nan], [6, 7, np.nan], [5, 5, np.nan]],
        [[5.0, 6, np.nan], [np.nan, 7, 8]],
    ],
    ids=["two people", "groups nobody joins", "somebody nobody judged", "too few scores"],
)
def test_severity_is_not_told_where_it_cannot_be_known(scores):
    assert numbers.additive(np.array(scores)) is None


def test_a_ballot_without_a_score_counts_as_no_rater():
    scores = some_scores(raters=12)
    more = np.vstack([scores, np.full(scores.shape[1], np.nan)])

    assert numbers.additive(more).raters == numbers.additive(scores).raters
