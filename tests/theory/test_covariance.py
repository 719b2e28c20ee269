"""The covariance rule's critical states, at any threshold and activity, against the equations."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.special import ndtr

from attractors.errors import ParameterError
from attractors.theory import covariance_capacity, covariance_critical, gardner_capacity


@pytest.mark.parametrize(
    ("activity", "threshold", "overlap", "misses", "alarms"),
    [
        (0.5, 0.0093, 0.9669, 0.0182, 1.49e-2),
        (0.1, 0.5089, 0.8168, 0.1757, 7.49e-3),
        (0.01, 0.6007, 0.7313, 0.2675, 1.11e-3),
    ],
)
def test_published_critical_states(activity, threshold, overlap, misses, alarms) -> None:
    """Rows cov01_*; α is nearly flat at its peak, so that the state is known to its root."""
    state = covariance_critical(activity)
    assert state is not None
    assert state.threshold == pytest.approx(threshold, abs=2e-4)
    assert state.overlap == pytest.approx(overlap, abs=2e-4)
    assert state.misses == pytest.approx(misses, abs=2e-4)
    assert state.false_alarms == pytest.approx(alarms, rel=5e-3)


def solved_by_iteration(load: float, a: float, theta: float) -> float:
    """Overlap that the mean-field equations settle on, by plain damped iteration from m = 1."""
    m, s = 1.0, math.sqrt(load * a)
    for _ in range(4000):
        u1, u0 = ((1 - a) * m - theta) / s, (a * m + theta) / s
        hits, alarms = ndtr(u1), ndtr(-u0)
        tails = a * math.exp(-(u1**2) / 2) + (1 - a) * math.exp(-(u0**2) / 2)
        c = tails / math.sqrt(2 * math.pi) / s
        if c >= 1.0:
            return 0.0
        m += 0.2 * (hits - alarms - m)
        s += 0.2 * (math.sqrt(load * (a * hits + (1 - a) * alarms)) / (1 - c) - s)
        if m < 0.5:
            return 0.0
    return m


@pytest.mark.parametrize(
    ("activity", "threshold"),
    [(0.5, 0.4), (0.5, -0.2), (0.2, 0.0), (0.2, 0.7), (0.05, 0.9), (0.05, 0.6), (0.01, 0.95)],
)
def test_a_fixed_threshold_stops_at_the_load_where_iterating_the_equations_does(
    activity: float, threshold: float
) -> None:
    critical = covariance_capacity(activity, threshold)
    assert solved_by_iteration(0.99 * critical, activity, threshold) > 0.5
    assert solved_by_iteration(1.01 * critical, activity, threshold) == 0.0


def test_no_fixed_threshold_beats_the_best_and_the_best_one_equals_it() -> None:
    best = covariance_critical(0.03)
    assert best is not None
    fixed = [covariance_capacity(0.03, float(t)) for t in np.linspace(0.0, 0.95, 12)]
    assert max(fixed) <= best.load + 1e-9
    assert covariance_capacity(0.03, best.threshold) == pytest.approx(best.load, rel=1e-6)


@pytest.mark.parametrize("threshold", [0.95, 1.2, -0.05, -1.0])
def test_a_threshold_outside_the_noiseless_fields_lets_nothing_be_recalled(threshold) -> None:
    assert covariance_capacity(0.05, threshold) == 0.0
    assert covariance_critical(0.05, threshold) is None


@pytest.mark.parametrize(("activity", "share"), [(0.01, 0.40), (1e-6, 0.55)])
def test_the_bound_of_sparse_codes_is_an_asymptote_that_is_not_reached(activity, share) -> None:
    bound = 1 / (2 * activity * abs(math.log(activity)))
    assert covariance_capacity(activity) / bound == pytest.approx(share, abs=0.005)
    assert covariance_capacity(activity) < gardner_capacity(0.0, activity)


def test_values_out_of_range_are_refused() -> None:
    with pytest.raises(ParameterError, match="covariance_capacity"):
        covariance_critical(0.6)
    with pytest.raises(ParameterError, match="covariance_capacity"):
        covariance_critical(0.1, float("nan"))
