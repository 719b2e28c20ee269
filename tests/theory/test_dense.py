"""Polynomial energies: published simulations, networks that are drawn, and exact special cases."""

import math
from collections import Counter
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

import attractors as at
from attractors.errors import ParameterError, UnsupportedError


@pytest.mark.parametrize(
    ("power", "units", "patterns", "simulated", "tolerance", "gaussian"),
    [
        (2, 400, 40, 0.0008177, 0.0003318, 0.0007827),
        (2, 400, 56, 0.003792, 0.00075833, 0.003763),
        (2, 400, 80, 0.01203, 0.00240625, 0.01267),
        (2, 400, 120, 0.03438, 0.006875, 0.03394),
        (3, 100, 300, 0.0005, 0.00043141, 0.0004291),
        (3, 100, 500, 0.005833, 0.0015826, 0.004912),
        (3, 100, 800, 0.02152, 0.0043042, 0.02061),
    ],
)
def test_published_rates(power, units, patterns, simulated, tolerance, gaussian) -> None:
    found = at.theory.dense_error(power, units, patterns)
    assert abs(found - simulated) <= tolerance, f"{found} instead of {simulated}"
    # four digits are printed
    limit = at.theory.dense_error_limit(power, units, patterns)
    assert limit == pytest.approx(gaussian, rel=5e-4)


def wrong_units(power, units, patterns, wrong, rectified, rng) -> float:
    """Share of units of one stored pattern that the energy difference gets wrong."""
    stored = rng.choice([-1, 1], (patterns, units)).astype(float)
    own = stored[0]
    errors = 0
    for unit in range(units):
        state = own.copy()
        others = np.delete(np.arange(units), unit)
        state[rng.choice(others, wrong, replace=False)] *= -1
        ends = []
        for value in (own[unit], -own[unit]):
            state[unit] = value
            overlaps = stored @ state
            ends.append(((np.maximum(overlaps, 0) if rectified else overlaps) ** power).sum())
        errors += ends[0] < ends[1]
    return errors / units


@pytest.mark.parametrize(
    ("power", "units", "patterns", "wrong", "rectified"),
    [(2, 31, 12, 0, False), (3, 24, 60, 2, False), (4, 15, 150, 0, True), (3, 20, 80, 3, True)],
)
def test_networks_that_are_drawn_err_as_often(power, units, patterns, wrong, rectified) -> None:
    rng = np.random.default_rng(power + units)
    shares = [wrong_units(power, units, patterns, wrong, rectified, rng) for _ in range(150)]
    expected = at.theory.dense_error(power, units, patterns, wrong, rectified=rectified)
    error = np.std(shares, ddof=1) / math.sqrt(len(shares))
    assert abs(np.mean(shares) - expected) < 4 * error, f"{np.mean(shares)} against {expected}"
    assert 0.005 < expected < 0.4


@pytest.mark.parametrize(("units", "patterns", "wrong"), [(50, 7, 0), (401, 61, 20), (2000, 10, 0)])
def test_hopfields_network_is_a_binomial(units: int, patterns: int, wrong: int) -> None:
    draws = (units - 1) * (patterns - 1)
    expected = stats.binom.sf((draws + units - 1 - 2 * wrong) // 2, draws, 0.5)
    found = at.theory.dense_error(2, units, patterns, wrong)
    assert found == pytest.approx(expected, rel=1e-9)


def test_the_gaussian_form_is_the_limit_of_many_units() -> None:
    ratios = []
    for units in (30, 100, 300):
        patterns = round(at.theory.dense_capacity(3, units, error=0.02))
        limit = at.theory.dense_error_limit(3, units, patterns)
        ratios.append(at.theory.dense_error(3, units, patterns) / limit)
    assert ratios[0] > ratios[1] > ratios[2] > 1.0
    assert ratios[2] == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize(
    ("power", "units", "patterns"), [(2, 30_000, 5000), (3, 10_000, 10**6), (5, 1000, 10**9)]
)
def test_sizes_beyond_simulation_are_near_the_limit(power, units, patterns) -> None:
    # corrections of order 1/N, times the signal squared of up to 35
    limit = at.theory.dense_error_limit(power, units, patterns)
    assert at.theory.dense_error(power, units, patterns) == pytest.approx(limit, rel=0.02)


def test_capacity_is_where_the_error_rate_is() -> None:
    for power, error in ((2, 0.0036), (3, 0.01), (5, 1e-5)):
        patterns = at.theory.dense_capacity(power, 100, error)
        assert at.theory.dense_error_limit(power, 100, patterns) == pytest.approx(error, rel=1e-9)


@pytest.mark.parametrize(
    ("error", "published"), [(0.001, 0.1047), (0.0036, 0.1385), (0.01, 0.1848)]
)
def test_hertz_krogh_palmer_table(error: float, published: float) -> None:
    found = at.theory.dense_capacity(2, 5000, error) / 5000
    assert found == pytest.approx(published, abs=1e-4)


@pytest.mark.parametrize(
    "call",
    [
        lambda: at.theory.dense_error(1, 10, 5),
        lambda: at.theory.dense_error(2, 10, 5, wrong=5),
        lambda: at.theory.dense_error(2, 1, 5),
        lambda: at.theory.dense_error_limit(2, 10, 0.0),
        lambda: at.theory.dense_capacity(2, 10, error=0.5),
        lambda: at.theory.dense_capacity(2, 10, error=0.0),
    ],
)
def test_values_out_of_range_are_refused(call) -> None:
    with pytest.raises(ParameterError, match="dense_"):
        call()


def signal(power: int, total: int) -> int:
    return (total + 1) ** power - (total - 1) ** power


def by_fractions(power: int, units: int, patterns: int, wrong: int) -> float:
    """Chance of an error from all sums of all patterns, in exact arithmetic."""
    draw: Counter[int] = Counter()
    for ups in range(units):
        for sign in (-1, 1):
            draw[sign * signal(power, 2 * ups - units + 1)] += math.comb(units - 1, ups)
    sums = Counter({0: 1})
    for _ in range(patterns - 1):
        more: Counter[int] = Counter()
        for total, ways in sums.items():
            for value, others in draw.items():
                more[total + value] += ways * others
        sums = more
    goal = signal(power, units - 1 - 2 * wrong)
    above = sum(ways for total, ways in sums.items() if total > goal)
    return float(Fraction(above, 2 ** (units * (patterns - 1))))


@pytest.mark.parametrize("power", [2, 6, 7, 8, 9, 10])
@pytest.mark.parametrize(("units", "wrong"), [(2, 0), (20, 0), (20, 5), (30, 1)])
def test_few_patterns_at_high_powers_agree_with_fractions(power, units, wrong) -> None:
    for patterns in (2, 3, 4):
        exact = by_fractions(power, units, patterns, wrong)
        found = at.theory.dense_error(power, units, patterns, wrong)
        # probabilities of signs have 13 digits or more
        assert found == pytest.approx(exact, rel=1e-12, abs=0.0)


def test_values_that_occur_twice_count_twice() -> None:
    """Two units: each other pattern says ±4 with a half, and all three must say 4."""
    assert at.theory.dense_error(2, 2, 4) == pytest.approx(2.0**-3, rel=1e-12)


@pytest.mark.parametrize(
    ("power", "units", "patterns"), [(7, 300, 10**6), (10, 30, 200), (8, 25, 100)]
)
def test_one_pattern_like_the_state_decides_where_noise_is_faint(power, units, patterns) -> None:
    """One other pattern equals the signal, and the sum of all the rest is above 0 with a half."""
    expected = (patterns - 1) * 2.0 ** -(units - 1) / 2.0
    found = at.theory.dense_error(power, units, patterns)
    # the next values, N as many, are lower by 2n/N of the signal
    assert found == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize(("power", "units", "patterns"), [(6, 20, 300), (10, 30, 30_000)])
def test_sums_that_are_drawn_exceed_the_signal_as_often(power, units, patterns) -> None:
    ups = np.arange(units)
    values = np.array([float(signal(power, 2 * up - units + 1)) for up in ups.tolist()])
    chances = stats.binom.pmf(ups, units - 1, 0.5) / 2.0
    draws = 400_000
    rng = np.random.default_rng(power)
    counts = rng.multinomial(patterns - 1, np.tile(chances, 2) / chances.sum() / 2.0, draws)
    sums = (counts[:, :units] - counts[:, units:]) @ values
    found = np.mean(sums > signal(power, units - 1) + 0.5)
    expected = at.theory.dense_error(power, units, patterns)
    assert abs(found - expected) < 4 * math.sqrt(expected / draws), f"{found} against {expected}"
    assert expected > 10 / draws


@pytest.mark.parametrize(("power", "units"), [(6, 20), (8, 25), (10, 30)])
def test_errors_grow_with_patterns_and_wrong_units(power: int, units: int) -> None:
    loads = (2, 3, 4, 5, 200, 1000, 10**4, 10**6)
    rates = [at.theory.dense_error(power, units, patterns) for patterns in loads]
    assert all(a < b for a, b in pairwise(rates)), rates
    for patterns in (4, 10**4):
        rates = [at.theory.dense_error(power, units, patterns, wrong) for wrong in range(6)]
        assert all(a < b for a, b in pairwise(rates)), rates
        assert 0.0 < rates[0] < rates[-1] < 0.5


def test_what_is_out_of_reach_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="dense_error: the sum of 49 draws .*\n.*simulate"):
        at.theory.dense_error(20, 30, 50)


def test_capacities_by_logarithms() -> None:
    """A hundred units at power 170: the factorial alone exceeds what a float holds."""
    exact = Fraction(100**169, math.prod(range(1, 338, 2)))
    found = at.theory.dense_capacity(170, 100) * 2.0 * math.log(100)
    assert found == pytest.approx(float(exact), rel=1e-10)
    with pytest.raises(ParameterError, match="dense_capacity: 2000 units to the power 399"):
        at.theory.dense_capacity(400, 2000)
