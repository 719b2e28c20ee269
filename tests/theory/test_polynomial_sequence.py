"""Polynomial sequences: published simulations, networks that are drawn, the linear network."""

import math

import numpy as np
import pytest
from scipy import stats

import attractors as at
from attractors.errors import ParameterError


@pytest.mark.parametrize(
    ("patterns", "simulated", "tolerance", "gaussian"),
    [
        (361, 0.00115, 0.00079, 0.001188),
        (723, 0.01525, 0.00305, 0.01589),
        (1447, 0.06175, 0.01235, 0.06454),
    ],
)
def test_published_rates(patterns, simulated, tolerance, gaussian) -> None:
    found = at.theory.polynomial_sequence_error(2, 100, patterns)
    assert abs(found - simulated) <= tolerance, f"{found} instead of {simulated}"
    limit = at.theory.polynomial_sequence_error_limit(2, 100, patterns)
    assert limit == pytest.approx(gaussian, rel=4e-4)


@pytest.mark.parametrize(("degree", "units", "patterns"), [(1, 30, 12), (2, 25, 60), (3, 16, 200)])
def test_networks_that_are_drawn_err_as_often(degree: int, units: int, patterns: int) -> None:
    rng = np.random.default_rng(degree)
    shares = []
    for _ in range(400):
        stored = rng.choice([-1, 1], (patterns, units))
        following = np.roll(stored, -1, axis=0)
        # overlaps without the unit itself
        overlaps = stored @ stored[0]
        apart = overlaps[:, None] - stored * stored[0]
        field = (following * apart**degree).sum(axis=0) * following[0]
        shares.append(np.mean((field < 0) + 0.5 * (field == 0)))
    expected = at.theory.polynomial_sequence_error(degree, units, patterns)
    error = np.std(shares, ddof=1) / math.sqrt(len(shares))
    assert abs(np.mean(shares) - expected) < 4 * error, f"{np.mean(shares)} against {expected}"
    assert 0.005 < expected < 0.4


def test_the_linear_network_is_a_binomial_with_halved_ties() -> None:
    draws = np.arange(80 * 20 + 1)
    chances = stats.binom.pmf(draws, 80 * 20, 0.5)
    above = 2 * draws - 80 * 20 - 80
    expected = chances[above > 0].sum() + chances[above == 0].sum() / 2
    assert at.theory.polynomial_sequence_error(1, 81, 21) == pytest.approx(expected, rel=1e-9)


def test_capacity_leaves_less_than_one_wrong_unit() -> None:
    one = at.theory.polynomial_sequence_capacity(2, 400)
    whole = at.theory.polynomial_sequence_capacity(2, 400, whole=True)
    assert one == pytest.approx(3 * whole)
    # z² = 2 ln N leaves 1/√(4π ln N) wrong units of N, to leading order in 1/z
    wrong = 400 * at.theory.polynomial_sequence_error_limit(2, 400, one)
    assert wrong == pytest.approx(1 / math.sqrt(4 * math.pi * math.log(400)), rel=0.1)


@pytest.mark.parametrize("arguments", [(0, 10, 5), (2, 1, 5), (2, 10, 0)])
def test_values_out_of_range_are_refused(arguments) -> None:
    with pytest.raises(ParameterError, match="polynomial_sequence_error"):
        at.theory.polynomial_sequence_error(*arguments)
