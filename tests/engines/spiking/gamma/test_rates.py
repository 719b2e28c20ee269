"""Graded units: Brian2's exponential Euler against the rate engine's."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors.engines.rate import RateEngine
from attractors.patterns import random_signs


@pytest.fixture
def graded(disjoint):
    circuit = at.Circuit(
        at.Architecture(
            [
                at.AttractorNetwork(
                    "a", 60, at.Rate(20.0, "sigmoid", 0.5, 8.0), at.Covariance(activity=0.1)
                ),
                at.AttractorNetwork("b", 50, at.Rate(15.0, "relu", 0.2, 1.0), at.Willshaw()),
                at.AttractorNetwork("c", 40, at.Rate(10.0, "sigmoid", 0.3, 5.0), at.Willshaw()),
            ],
            [
                at.Association("a", "b", gain=0.8),
                at.Association("b", "c", delay=30.0, gain=1.2),
                at.Association("c", "a", gain=0.3),
                at.Diversion("c", "b", gain=0.7, mode="divisive", name="shunt"),
                at.Diversion("c", "b", gain=0.7, mode="subtractive", name="minus"),
                at.Diversion("a", "c", gain=1.1, mode="veto"),
            ],
        )
    )
    a, b, c = disjoint(4, 60, 6), disjoint(4, 50, 5), disjoint(4, 40, 4)
    circuit.store(a=a, b=b, c=c)
    circuit.divert("c", "b", c, b[::-1], name="shunt")
    circuit.divert("c", "b", c, b, name="minus")
    circuit.divert("a", "c", a[:2], c[:2])
    return circuit


@pytest.fixture
def trials(disjoint):
    a, b = disjoint(4, 60, 6), disjoint(4, 50, 5)
    return [
        at.Trial(
            200.0,
            [
                at.Cue("a", a[row], 0.0, 100.0, strength=1.3),
                at.Cue("b", b[row], 120.0, 150.0, mode="clamped"),
            ],
            noise=[at.Noise("b", 0.1)],
            silences=[at.Silence("c", 50.0, 100.0, units=range(10))],
            lesions=["b->c"] if row % 2 else [],
        )
        for row in range(4)
    ]


@pytest.mark.parametrize("dt", [1.0, 0.5])
@pytest.mark.parametrize("synapses_at_once", [1, 10**9])
def test_graded_units_agree_with_the_rate_engine(graded, trials, dt, synapses_at_once):
    rate = at.simulate(graded, trials, RateEngine(dt=dt), seed=3, record="state")
    engine = at.SpikingEngine(rate_dt=dt, synapses_at_once=synapses_at_once)
    brian = at.simulate(graded, trials, engine, seed=3, record="state")
    for name in rate.networks:
        difference = np.abs(rate.get("state", name) - brian.get("state", name)).max()
        assert difference <= 1e-6, f"{name} differs by {float(difference)}"
        assert rate.get("state", name).max() > 0.5, f"{name} stayed silent: nothing was compared"
    for count in ("synaptic_events", "bytes_read", "dense_events"):
        assert rate.dataset[count].equals(brian.dataset[count]), count


def test_signed_graded_units_agree_too(rng):
    network = at.AttractorNetwork("a", 50, at.Rate(20.0, "tanh", 0.0, 2.0), at.Hebbian())
    circuit = at.Circuit(at.Architecture([network]))
    patterns = random_signs(3, 50, rng)
    circuit.store(a=patterns)
    trials = at.Trial.batch(100.0, {"a": patterns}, stop=50.0)
    rate, brian = (at.simulate(circuit, trials, e, record="state") for e in ("rate", "spiking"))
    assert np.abs(rate.get("state", "a") - brian.get("state", "a")).max() <= 1e-6


def test_graded_and_spiking_networks_run_side_by_side(words, disjoint):
    graded = at.AttractorNetwork("graded", 30, at.Rate(), at.Willshaw())
    spikes = at.AttractorNetwork("spikes", 30, at.KWinners(3), at.Willshaw())
    circuit = at.Circuit(at.Architecture([graded, spikes]))
    x = disjoint(3, 30, 3)
    circuit.store(graded=x, spikes=x)
    trial = at.Trial(100.0, [at.Cue("graded", x[1]), at.Cue("spikes", x[2])])
    rate, brian = (at.simulate(circuit, trial, e, record=("state", "match")) for e in ENGINES)
    assert brian.winner("graded").tolist() == [1]
    assert brian.winner("spikes").tolist() == [2]
    assert np.abs(rate.get("state", "graded") - brian.get("state", "graded")).max() <= 1e-6
    for recording in (rate, brian):
        assert recording.dataset.dense_events.values[0] == 10 * 30 * 30 * (10 + 1)


ENGINES = ("rate", "spiking")


def test_units_that_tire_agree_with_the_rate_engine(disjoint):
    networks = [
        at.AttractorNetwork(
            "a",
            60,
            at.Rate(threshold=0.3, adaptation=at.Adaptation(0.7), depression=at.Depression(0.1)),
            at.Willshaw(),
        ),
        at.AttractorNetwork("b", 50, at.Rate(depression=at.Depression(0.05, 300.0)), at.Willshaw()),
    ]
    edges = [at.Association("a", "b", delay=20.0), at.Diversion("b", "a", gain=0.4)]
    circuit = at.Circuit(at.Architecture(networks, edges))
    a, b = disjoint(3, 60, 6), disjoint(3, 50, 5)
    circuit.store(a=a, b=b)
    circuit.divert("b", "a", b, a)
    trials = at.Trial.batch(600.0, {"a": a}, stop=100.0)
    engines = RateEngine(dt=0.5), at.SpikingEngine(rate_dt=0.5, synapses_at_once=1)
    rate, brian = (at.simulate(circuit, trials, engine, record="state") for engine in engines)
    for name in rate.networks:
        found = rate.get("state", name).values
        assert np.abs(found - brian.get("state", name).values).max() <= 1e-6, name
        assert found.max() > 0.5, f"{name} stayed silent: nothing was compared"
        assert found[:, -1].max() < 0.5 * found.max(), f"{name} did not tire"
