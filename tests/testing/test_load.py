"""The measured capacity that conformance loads its networks by."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import attractors as at
from attractors.testing.load import active_units, draw_patterns, measured_capacity

NETWORK = at.AttractorNetwork("memory", 150, at.KWinners(8), at.Covariance())


@pytest.mark.parametrize(
    "rule", [at.Willshaw(), at.Covariance(), at.PresynapticCovariance()], ids=repr
)
def test_the_measured_capacity_parts_recall_from_failure(rule) -> None:
    network = replace(NETWORK, rule=rule)
    capacity = measured_capacity(network)
    rates = {}
    for share in (0.5, 2.0):
        rng = np.random.default_rng(1)
        stored = draw_patterns(network, round(share * capacity), rng)
        circuit = at.Circuit(at.Architecture([network]))
        circuit.store(memory=stored)
        halves = stored[:40] * rng.permuted(np.cumsum(stored[:40], axis=1) % 2, axis=0)
        trials = at.Trial.batch(150.0, {"memory": halves}, stop=50.0)
        rates[share] = (at.simulate(circuit, trials).winner("memory") == np.arange(40)).mean()
    assert rates[0.5] > 0.5 > rates[2.0], (capacity, rates)


def test_what_tires_is_measured_rested() -> None:
    tired = replace(NETWORK, dynamics=at.KWinners(8, adaptation=at.Adaptation(2.0)))
    assert measured_capacity(tired) == measured_capacity(NETWORK)


@pytest.mark.parametrize(
    ("dynamics", "active"),
    [(at.KWinners(7), 7), (at.Blocks(15), 15), (at.Threshold(), 9)],
    ids=repr,
)
def test_patterns_are_states_of_their_network(dynamics, active) -> None:
    network = replace(NETWORK, dynamics=dynamics, rule=at.Willshaw())
    patterns = draw_patterns(network, 20, np.random.default_rng(0))
    assert active_units(network) == active
    assert (patterns.sum(axis=1) == active).all()
    network.dynamics.check_patterns(patterns, "it")
