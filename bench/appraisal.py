"""`python -m bench.appraisal [--raters N] [--people N] [--runs N]`: results of a large evaluation.

Five forms, each a matrix of raters by people with a tenth left out, as the close of a round works them out:
trimmed means with spread and error, and the additive model of severity. In turn with it, the same model as a
regression with a column for everybody, on as many raters as that can bear; the ratio is per score.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time

import numpy as np

from qingfeng.appraisal import numbers

FORMS = 5
LEFT_OUT = 0.1
FULL_RATERS, FULL_PEOPLE = 150, 60


def scores(raters: int, people: int, seed: int) -> numbers.Matrix:
    """Return scores of people by raters of different severity, whole numbers from 1 to 10."""
    draw = np.random.default_rng(seed)
    level, severity = draw.normal(7, 1, people), draw.normal(0, 1, raters)
    found = np.clip(np.round(level + severity[:, None] + draw.normal(0, 1, (raters, people))), 1, 10)
    found[draw.random((raters, people)) < LEFT_OUT] = np.nan
    return found


def in_full(found: numbers.Matrix) -> numbers.Matrix:
    """Return the people's effects by least squares over a column for every rater and every person."""
    rater, person = np.nonzero(~np.isnan(found))
    design = np.zeros((len(rater), found.shape[0] + found.shape[1]))
    design[np.arange(len(rater)), rater] = 1
    design[np.arange(len(rater)), found.shape[0] + person] = 1
    return np.linalg.lstsq(design, found[rater, person], rcond=None)[0].astype(np.float64)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--raters", type=int, default=3000)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--runs", type=int, default=3)
    told = parser.parse_args()
    forms = [scores(told.raters, told.people, seed) for seed in range(FORMS)]
    small = scores(FULL_RATERS, FULL_PEOPLE, FORMS)
    taken, ratios = [], []
    for _run in range(told.runs):
        began = time.process_time()
        for one in forms:
            numbers.trimmed(one)
            numbers.additive(one)
        ours = time.process_time() - began
        began = time.process_time()
        in_full(small)
        full = time.process_time() - began
        taken.append(ours)
        ratios.append((full / small.size) / (ours / (FORMS * told.raters * told.people)))
    print(
        f"{FORMS} forms, {told.raters} raters by {told.people} people: "
        f"{statistics.median(taken):.1f} s of processor time ({min(taken):.1f}-{max(taken):.1f}); "
        f"a full regression takes {statistics.median(ratios):.0f} times as long for each score "
        f"({FULL_RATERS} by {FULL_PEOPLE}); load {os.getloadavg()[0]:.0f}"
    )


if __name__ == "__main__":
    main()
