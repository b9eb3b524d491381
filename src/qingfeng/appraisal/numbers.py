"""Fair numbers: trimmed means with their spread, and what a rater's severity does to them. Pure.

Scores come as one matrix a dimension: a row a ballot, a column a person, NaN where nobody was judged.

`trimmed` drops a tenth of the scores at each end of a column; its standard error is the one of the winsorised
variance (Tukey & McLaughlin 1963; Yuen 1974, Biometrika 61, 165-170).

`additive` fits score = person + rater + rest by least squares, the additive model of rater effects (de
Gruijter 1984, Applied Psychological Measurement 8, 213-218; Braun 1988, Journal of Educational Statistics
13, 1-18). Raters are taken out of the normal equations exactly, what is left is as large as there are
people and is solved by NumPy's least squares. It assumes that a strict rater is as strict to everybody,
that who was judged does not depend on it, and that the rest scatters alike; where every ballot judges
everybody it changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
TRIM = 0.1
FEWEST_PEOPLE = 3
"""People on a slate below which a rater's severity is not estimated: a ballot tells too little of it."""


@dataclass(frozen=True)
class Means:
    """Trimmed means of columns.

    Attributes:
        value: The mean.
        error: Its standard error; 0 for a single score.
        spread: Standard deviation of all scores; 0 for a single one.
        count: Scores.
    """

    value: Matrix
    error: Matrix
    spread: Matrix
    count: NDArray[np.int64]


@dataclass(frozen=True)
class Corrected:
    """What the additive model says.

    Attributes:
        value: Mean of each person as the average rater would give it.
        error: Its standard error.
        severity: Standard deviation of the raters' effects.
        rest: Standard deviation of what the model leaves.
        raters: How many there are.
    """

    value: Matrix
    error: Matrix
    severity: float
    rest: float
    raters: int


def trimmed(scores: Matrix, share: float = TRIM) -> Means:
    """Return the trimmed mean of each column, `share` of its scores dropped at each end, rounded down."""
    ordered = np.sort(scores, axis=0)  # NaN last
    count = np.sum(~np.isnan(scores), axis=0)
    cut = np.floor(share * count + 1e-9).astype(np.int64)
    columns = np.arange(scores.shape[1])
    place = np.arange(scores.shape[0])[:, None]
    inner = (place >= cut) & (place < count - cut)
    kept = np.maximum(count - 2 * cut, 1)
    with np.errstate(invalid="ignore"):
        value = np.where(inner, ordered, 0).sum(axis=0) / kept
    low = ordered[np.minimum(cut, scores.shape[0] - 1), columns]
    high = ordered[np.maximum(count - cut - 1, 0), columns]
    drawn_in = np.where(place < count, np.clip(ordered, low, high), np.nan)
    error = _deviation(drawn_in, count) * np.sqrt(count) / kept
    value = np.where(count > 0, value, np.nan)
    return Means(value, error, _deviation(scores, count), count)


def _deviation(scores: Matrix, count: NDArray[np.int64]) -> Matrix:
    """Return the standard deviation of each column with n - 1, 0 where it has fewer than two scores."""
    filled = np.where(np.isnan(scores), 0, scores)
    mean = filled.sum(axis=0) / np.maximum(count, 1)
    squares = np.where(np.isnan(scores), 0, (filled - mean) ** 2).sum(axis=0)
    found: Matrix = np.sqrt(squares / np.maximum(count - 1, 1)) * (count > 1)
    return found


def additive(scores: Matrix) -> Corrected | None:
    """Return the people's means freed of who judged whom.

    None where the raters' severity cannot be told: fewer than `FEWEST_PEOPLE`, people nobody judged, too few
    scores for the model, or groups of people that no rater joins.
    """
    there = ~np.isnan(scores)
    scores, there = scores[there.any(axis=1)], there[there.any(axis=1)]
    raters, people = scores.shape
    free = int(there.sum()) - raters - people + 1
    if people < FEWEST_PEOPLE or free < 1 or not there.any(axis=0).all():
        return None
    weight = there.astype(np.float64)
    filled = np.where(there, scores, 0.0)
    judged = weight.sum(axis=1)
    normal = np.diag(weight.sum(axis=0)) - weight.T @ (weight / judged[:, None])
    wanted = filled.sum(axis=0) - weight.T @ (filled.sum(axis=1) / judged)
    effect, _rest, rank, _values = np.linalg.lstsq(normal, wanted, rcond=1e-10)
    if rank < people - 1:
        return None
    rater = (filled.sum(axis=1) - weight @ effect) / judged
    left = np.where(there, scores - effect - rater[:, None], 0.0)
    variance = float((left**2).sum()) / free
    value = effect + rater.mean()
    share = (weight / judged[:, None]).mean(axis=0)
    contrast = np.eye(people) - share
    spread = np.einsum("ij,jk,ik->i", contrast, np.linalg.pinv(normal, rcond=1e-10), contrast)
    error = np.sqrt(variance * (spread + (1 / judged).sum() / raters**2))
    return Corrected(value, error, float(rater.std(ddof=1)), variance**0.5, raters)
