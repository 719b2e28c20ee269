import numpy as np
import pytest
from scipy import stats

from attractors.bench.growth import exponent, line_through, sizes


@pytest.mark.parametrize("law", [-0.5, 0.0, 1.0, 2.0])
def test_the_exponent_of_a_power_law_is_found(law):
    size = np.array([10, 20, 40, 80])
    found = exponent(size, 3.0 * size**law)
    assert found.value == pytest.approx(law, abs=1e-9)
    assert found.high - found.low == pytest.approx(0, abs=1e-6)


def test_the_interval_covers_the_exponent_as_often_as_it_says(rng):
    size = 2.0 ** np.arange(6)
    costs = size * np.exp(0.1 * rng.standard_normal((1000, 6)))
    found = [exponent(size, cost) for cost in costs]
    covered = np.mean([each.low <= 1.0 <= each.high for each in found])
    # 95 % of 1000 intervals: the count is binomial
    low, high = stats.binom.interval(1 - 1e-6, 1000, 0.95)
    assert low / 1000 <= covered <= high / 1000, covered


def test_the_line_passes_through_the_points_of_a_power_law():
    size, cost = [1, 2, 4], [5.0, 20.0, 80.0]
    assert line_through(size, cost, 2.0) == pytest.approx(cost)


def test_sizes_end_at_the_last_or_before_it():
    assert sizes(100, 800) == [100, 200, 400, 800]
    assert sizes(100, 799) == [100, 200, 400]
    assert sizes(2, 100, 10) == [2, 20]
