"""Binary synapses that switch by chance, against synapses that are simulated."""

from __future__ import annotations

import math

import numpy as np
import pytest

from attractors.errors import ParameterError
from attractors.theory import switching_lifetime, switching_snr


@pytest.mark.parametrize(("probability", "age"), [(0.3, 0), (0.3, 4), (0.05, 20)])
def test_simulated_synapses_have_that_signal_and_noise(probability: float, age: int) -> None:
    """Row amitfusi. 1,500 memories of n = 400: the ratio's error is its share of 1/√1500."""
    generator, n, memories = np.random.default_rng(age), 400, 1500
    synapses = generator.choice([-1, 1], (memories, n))
    tracked = generator.choice([-1, 1], (memories, n))
    for lesson in range(age + 1):
        events = tracked if lesson == 0 else generator.choice([-1, 1], synapses.shape)
        synapses = np.where(generator.random(synapses.shape) < probability, events, synapses)
    traces = (synapses * tracked).mean(axis=1)
    expected = switching_snr(age, n, probability)
    # noise is what a memory that never met the pattern shows, 1/√n
    found = traces.mean() * math.sqrt(n)
    assert abs(found - expected) < 4 / math.sqrt(memories), f"{found} against {expected}"


def test_the_lifetime_ends_where_the_ratio_is_at_the_level() -> None:
    for level in (1.0, 3.0):
        age = switching_lifetime(10**6, 0.02, level)
        assert switching_snr(age, 10**6, 0.02) == pytest.approx(level, rel=1e-9)
    assert switching_lifetime(100, 0.05) == 0.0
    assert switching_lifetime(100, 1.0) == 0.0


def test_the_longest_memory_switches_e_over_the_root_of_the_synapses() -> None:
    n = 10**8
    best = math.e / math.sqrt(n)
    around = [switching_lifetime(n, best * factor) for factor in (0.9, 1.0, 1.1)]
    assert max(around) == around[1] == pytest.approx(math.sqrt(n) / math.e, rel=1e-3)


def test_values_out_of_range_are_refused() -> None:
    with pytest.raises(ParameterError, match="probability is 1.5"):
        switching_snr(1, 10, 1.5)
    with pytest.raises(ParameterError, match="age is"):
        switching_snr(-1, 10, 0.5)
    with pytest.raises(ParameterError, match="level is"):
        switching_lifetime(10, 0.5, 0.0)
