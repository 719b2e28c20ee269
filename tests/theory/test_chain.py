"""Benna & Fusi's chain: the published slope, small steps of time, and lessons that are taken."""

from __future__ import annotations

import math

import numpy as np
import pytest

from attractors.errors import ParameterError
from attractors.theory import chain_snr, chain_trace


def slope(ages: np.ndarray, values: np.ndarray) -> float:
    return float(np.polyfit(np.log(ages), np.log(values), 1)[0])


def test_the_ratio_falls_with_the_root_of_the_age() -> None:
    """Row bf_slope."""
    ages = np.arange(20, 301)
    assert abs(slope(ages, chain_snr(ages, 1000)) - -0.496) <= 0.02


@pytest.mark.parametrize(("variables", "base", "coupling"), [(5, 2.0, 0.25), (3, 3.0, 0.1)])
def test_small_steps_of_time_lead_to_the_same_trace(variables, base, coupling) -> None:
    """Euler's method: its error is half a step times the fastest rate."""
    capacity = base ** np.arange(variables)
    coupled = coupling / capacity
    steps_a_unit, state = 2000, np.zeros(variables)
    state[0] = 1.0
    for _ in range(20 * steps_a_unit):
        current = coupled * (state - np.append(state[1:], 0.0))
        state = state + (np.append(0.0, current[:-1]) - current) / capacity / steps_a_unit
    found = chain_trace([20.0], variables, base=base, coupling=coupling)[0]
    assert found == pytest.approx(state[0], rel=2e-4)


def test_lessons_that_are_taken_leave_that_signal_in_that_noise() -> None:
    """3,000 synapses take random lessons for long: signal and spread of one memory's trace."""
    generator, n, variables, age = np.random.default_rng(9), 3000, 4, 3
    decay = np.column_stack([_after_one(np.eye(variables)[k]) for k in range(variables)])
    state = np.zeros((variables, n))
    for lesson in range(900):
        events = generator.choice([-1.0, 1.0], n)
        state = decay @ state
        state[0] += events
        if lesson == 899 - age:
            tracked = events
    signal = (state[0] * tracked).mean()
    noise = state[0].std()
    found = signal / noise * math.sqrt(n)
    expected = chain_snr([age], n, variables)[0]
    # the signal's own noise is one unit of the ratio
    assert abs(found - expected) < 4, f"{found} against {expected}"
    assert expected > 8, "the signal would drown in the bound"
    # the spread of n draws is known to 1/√(2n)
    spread = math.sqrt(n) * chain_trace([0], variables)[0] / chain_snr([0], n, variables)[0]
    assert noise == pytest.approx(spread, rel=4 / math.sqrt(2 * n))


def _after_one(state: np.ndarray) -> np.ndarray:
    capacity = 2.0 ** np.arange(len(state))
    coupled = 0.25 / capacity
    for _ in range(4000):
        current = coupled * (state - np.append(state[1:], 0.0))
        state = state + (np.append(0.0, current[:-1]) - current) / capacity / 4000
    return state


def test_a_single_variable_forgets_exponentially() -> None:
    assert chain_trace([0, 2, 8], 1) == pytest.approx(np.exp(-0.25 * np.array([0, 2, 8])))


def test_more_variables_hold_on_for_longer() -> None:
    short, long = (chain_trace([3000], variables)[0] for variables in (3, 9))
    assert short < 1e-6 < 1e-3 < long


def test_values_out_of_range_are_refused() -> None:
    with pytest.raises(ParameterError, match="ages are"):
        chain_trace([-1.0])
    with pytest.raises(ParameterError, match="variables is"):
        chain_trace([1.0], 0)
    with pytest.raises(ParameterError, match="base is"):
        chain_snr([1.0], 10, base=1.0)
    with pytest.raises(ParameterError, match=r"chain_trace: ages are \['x'\]"):
        chain_trace(["x"])
