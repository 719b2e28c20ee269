"""Tails of sums against binomials and against convolution, deep down and at the edges."""

import numpy as np
import pytest
from scipy import stats

from attractors.theory.crosstalk import tail


def by_convolution(values, probabilities, count: int, threshold: int) -> float:
    """Chance above the threshold by convolving whole distributions."""
    width = 2 * max(values) + 1
    draw = np.zeros(width)
    for value, chance in zip(values, probabilities, strict=True):
        draw[value + max(values)] += chance
    total = np.ones(1)
    for _ in range(count):
        total = np.convolve(total, draw)
    sums = np.arange(len(total)) - count * max(values)
    return float(total[sums > threshold].sum())


@pytest.mark.parametrize("threshold", [0, 1, 40, 200, 700, 998])
def test_signs_sum_up_to_a_binomial_down_to_the_last_digit(threshold: int) -> None:
    found = tail("sums", [-1, 1], np.array([0.5, 0.5]), 1000, threshold)
    # more than t: at least t/2 more ups than half
    expected = stats.binom.sf((1000 + threshold) // 2, 1000, 0.5)
    assert found == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("count", [1, 2, 3, 40])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.3, 0.7])
def test_uneven_values_agree_with_convolution(count: int, share: float) -> None:
    values = [-27, -8, -1, 0, 1, 8, 27]
    chances = np.array([0.01, 0.04, 0.15, 0.6, 0.15, 0.04, 0.01])
    threshold = int(share * 27 * count)
    expected = by_convolution(values, chances, count, threshold)
    found = tail("sums", values, chances, count, threshold)
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-17)


def test_nothing_exceeds_what_all_draws_together_can_reach() -> None:
    halves = np.array([0.5, 0.5])
    assert tail("sums", [-3, 3], halves, 5, 15) == 0.0
    assert tail("sums", [-3, 3], halves, 5, 14) == pytest.approx(2.0**-5, rel=1e-12)
    assert tail("sums", [-3, 3], halves, 0, 0) == 0.0
    assert tail("sums", [0, 0], halves, 4, 0) == 0.0


def test_values_may_exceed_64_bits() -> None:
    huge = 10**25
    found = tail("sums", [-huge, huge], np.array([0.5, 0.5]), 100, 30 * huge)
    assert found == pytest.approx(stats.binom.sf(65, 100, 0.5), rel=1e-10)
