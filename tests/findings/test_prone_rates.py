"""Rates of prone areas: against an independent computation, against integration by hand, and calibrated."""

import mpmath
import numpy as np
import pytest
from mpmath import mp

from qingfeng.findings.prone import rates
from qingfeng.plain import gamma

CELLS = [
    [(3, 1.2), (0, 2.5), (7, 2.0), (1, 0.4), (0, 0.9), (2, 3.1)],
    [(0, 4.0), (0, 1.0), (12, 3.0), (1, 2.0), (0, 6.0), (0, 2.0), (5, 0.5), (1, 1.5)],
    [(2, 1.9), (1, 1.1), (2, 2.2), (1, 0.9), (3, 2.9), (1, 1.0)],
]


@pytest.fixture(autouse=True)
def _digits():
    with mp.workdps(30):
        yield


def _by_integration(cells, a, b):
    """The log likelihood with every theta integrated out by quadrature, nothing in closed form."""
    whole = mp.mpf(0)
    for count, expected in cells:
        top = (a + count) / (b + expected)

        def density(theta, count=count, expected=expected):
            poisson = mp.exp(-theta * expected) * (theta * expected) ** count / mp.factorial(count)
            return poisson * b**a * theta ** (a - 1) * mp.exp(-b * theta) / mp.gamma(a)

        whole += mp.log(mp.quad(density, [0, top / 2, top, 2 * top, 4 * top, 12 * top, mp.inf]))
    return whole


@pytest.mark.parametrize(("a", "b"), [(1.3, 0.9), (4.0, 5.5)])
def test_the_likelihood_is_what_integration_by_hand_gives(a, b):
    found = rates.Likelihood(CELLS[0]).at(a, b)

    assert found == pytest.approx(float(_by_integration(CELLS[0], mp.mpf(a), mp.mpf(b))), rel=1e-9)


@pytest.mark.parametrize("cells", CELLS)
def test_the_prior_is_where_the_slope_of_another_computation_is_nothing(cells):
    def height(shape, mean):
        a, b = mp.exp(shape), mp.exp(shape) / mp.exp(mean)
        told = mp.fsum(
            mp.loggamma(a + y) - mp.loggamma(a) + a * mp.log(b / (b + e)) - y * mp.log(b + e)
            for y, e in cells
        )
        return told - shape / 2

    start = rates.moments(cells)
    independent = mpmath.findroot(
        lambda shape, mean: (
            mp.diff(height, (shape, mean), (1, 0)),
            mp.diff(height, (shape, mean), (0, 1)),
        ),
        (mp.log(start.a), mp.log(start.a / start.b)),
        tol=1e-20,
    )

    found = rates.fitted(cells)

    assert found.a == pytest.approx(float(mp.exp(independent[0])), rel=1e-5)
    assert found.a / found.b == pytest.approx(float(mp.exp(independent[1])), rel=1e-6)


def test_no_other_prior_is_likelier():
    likely = rates.Likelihood(CELLS[1])

    def height(a, b):
        return likely.at(a, b) - np.log(a) / 2

    found = rates.fitted(CELLS[1])

    best = height(found.a, found.b)
    for a in np.geomspace(found.a / 20, found.a * 20, 25):
        for b in np.geomspace(found.b / 20, found.b * 20, 25):
            assert height(a, b) <= best + 1e-9


@pytest.mark.parametrize("shape", [0.02, 0.4, 1.0, 3.7, 42.0, 900.0])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_quantiles_are_exact(share, shape):
    value = gamma.quantile(share, shape)

    assert float(mp.gammainc(shape, 0, value, regularized=True)) == pytest.approx(share, rel=1e-10)


@pytest.mark.parametrize(("x", "shape"), [(0.1, 0.5), (2.0, 5.0), (40.0, 12.0), (90.0, 100.0)])
def test_both_tails_are_those_of_another_computation(x, shape):
    assert gamma.cdf(x, shape) == pytest.approx(float(mp.gammainc(shape, 0, x, regularized=True)), rel=1e-11)
    assert gamma.above(x, shape) == pytest.approx(
        float(mp.gammainc(shape, x, mp.inf, regularized=True)), rel=1e-9
    )


def test_a_cell_is_believed_what_integration_by_hand_gives():
    prior = rates.Prior(1.4, 1.1)
    count, expected = 4, 1.7

    (found,) = rates.rates([(count, expected)], prior)

    def density(theta):
        return theta ** (count + prior.a - 1) * mp.exp(-theta * (expected + prior.b))

    whole = mp.quad(density, [0, 1, 3, 8, mp.inf])
    assert found.mean == pytest.approx(
        float(mp.quad(lambda one: one * density(one), [0, 1, 3, 8, mp.inf]) / whole)
    )
    for end, share in ((found.low, 0.05), (found.high, 0.95)):
        assert float(mp.quad(density, [0, end / 2, end]) / whole) == pytest.approx(share, rel=1e-8)
    assert found.raised == pytest.approx(float(mp.quad(density, [1.5, 3, 8, mp.inf]) / whole), rel=1e-8)


def _districts(rng, cells, total, spread, times):
    """So many districts: what their cells are truly, counts, expected."""
    for _one in range(times):
        expected = rng.gamma(0.8, 1, size=cells) + 0.02
        expected *= total / expected.sum()
        truly = rng.gamma(spread, 1 / spread, size=cells)
        counts = rng.poisson(truly * expected)
        if counts.sum() >= 10:
            yield truly, [(int(y), float(e)) for y, e in zip(counts, expected, strict=True)]


@pytest.mark.parametrize(
    ("cells", "total", "spread", "least"),
    [
        (40, 300, 0.7, 0.86),
        (40, 300, 2.0, 0.86),
        (200, 400, 2.0, 0.87),
        (10, 15, 2.0, 0.86),
        (40, 60, 8.0, 0.80),
    ],
)
def test_nine_intervals_in_ten_hold_what_they_should(cells, total, spread, least):
    rng, held, whole = np.random.default_rng(20261126), 0, 0

    for truly, counted in _districts(rng, cells, total, spread, 20):
        found = rates.rates(counted)
        held += sum(one.low <= is_so <= one.high for one, is_so in zip(found, truly, strict=True))
        whole += len(found)

    assert least < held / whole < 0.98


def test_where_cells_do_not_differ_few_stand_out_and_as_many_by_chance_as_is_said():
    rng, out, said = np.random.default_rng(7), 0, 0.0

    for _truly, counted in _districts(rng, 60, 200, 1e4, 20):
        standing = [one for one in rates.rates(counted) if one.raised >= 0.9]
        out += len(standing)
        said += rates.by_chance(standing)

    assert out <= 0.01 * 20 * 60
    assert said <= 0.1 * max(1, out)


def test_what_stands_out_is_mostly_so():
    rng, out, wrong, said = np.random.default_rng(11), 0, 0, 0.0

    for truly, counted in _districts(rng, 80, 600, 1.0, 12):
        found = rates.rates(counted)
        standing = [(one, is_so) for one, is_so in zip(found, truly, strict=True) if one.raised >= 0.9]
        out += len(standing)
        wrong += sum(is_so <= 1.5 for _one, is_so in standing)
        said += rates.by_chance([one for one, _is_so in standing])

    assert out > 50
    assert abs(wrong - said) < 3 * np.sqrt(said)


def test_a_small_cell_is_drawn_to_the_others_and_a_large_one_stands_for_itself():
    small, large = rates.rates([(2, 0.2), (400, 40.0), (20, 40.0), (30, 40.0)])[:2]

    assert small.mean < 2 / 0.2
    assert large.mean == pytest.approx(10, rel=0.02)
    assert large.is_telling
    assert not small.is_telling
    assert small.missing > 0


def test_nothing_counted_is_nothing_believed():
    assert rates.rates([(0, 3.0), (0, 1.0)]) == []


def _binomial_above(n, least, share):
    return mp.fsum(mp.binomial(n, k) * share**k * (1 - share) ** (n - k) for k in range(least, n + 1))


def test_a_change_has_the_exact_interval_of_the_binomial():
    found = rates.change((6, 4.0), (2, 8.0))

    share = mp.mpf(found.low) * 4 / (mp.mpf(found.low) * 4 + 8)
    upper = mp.mpf(found.high) * 4 / (mp.mpf(found.high) * 4 + 8)
    assert found.ratio == pytest.approx(6.0)
    assert float(_binomial_above(8, 6, share)) == pytest.approx(0.05, rel=1e-6)
    assert float(1 - _binomial_above(8, 7, upper)) == pytest.approx(0.05, rel=1e-6)
    assert found.is_clear


def test_a_change_from_nothing_has_no_upper_end_and_of_nothing_is_none():
    grown = rates.change((3, 4.0), (0, 4.0))

    assert grown.ratio is None
    assert grown.high is None
    assert grown.low < 1
    assert not grown.is_clear
    assert rates.change((0, 4.0), (0, 4.0)) is None
    assert rates.change((3, 0.0), (2, 4.0)) is None
