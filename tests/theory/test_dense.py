"""Polynomial energies: published simulations, networks that are drawn, and exact special cases."""

import math

import numpy as np
import pytest
from scipy import stats

import attractors as at
from attractors.errors import ParameterError


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
