"""Spikes count as synaptic events where they arrive before the end."""

from __future__ import annotations

import brian2
import numpy as np
import pytest

import attractors as at
from attractors.engines.spiking.free.build import Build
from attractors.engines.spiking.free.plan import Plan
from attractors.engines.spiking.state import isolated
from attractors.schedule import Schedule

DT, DURATION, UNITS = 0.5, 60.0, 30


@pytest.fixture
def circuit(rng):
    """A source with a recurrence and an edge, a third of all synapses each."""
    some = at.Fixed((rng.random((UNITS, UNITS)) < 1 / 3).astype(float))
    networks = [
        at.AttractorNetwork("a", UNITS, at.Threshold(), some),
        at.AttractorNetwork("b", UNITS, at.Threshold()),
    ]
    return at.Circuit(at.Architecture(networks, [at.Association("a", "b", rule=some)]))


@pytest.fixture
def trial():
    """All units of a fire at their on-rate, out of step, and nobody else."""
    return at.Trial(
        DURATION, [at.Cue("a", np.ones(UNITS), mode="clamped")], silences=[at.Silence("b")]
    )


def engine_of(**delays):
    ways = {name.replace("_", "->"): at.Transmission(delay=d) for name, d in delays.items()}
    return at.SpikingEngine(dt=DT, neurons=at.CurrentLIF(on_rate=100.0), transmission=ways)


def arrived(circuit, trial, engine):
    """Events by the delays of the synapses that Brian2 has, in time steps."""
    recording = at.simulate(circuit, trial, engine, record="spikes")
    spikes = recording.spikes("a")
    fired = np.rint(spikes.time.values / DT).astype(int)
    schedule = Schedule([trial], circuit.architecture, engine.step, 0)
    total = 0
    with isolated("numpy"):
        for projection in Build(Plan(engine, circuit, schedule, 1, 0)).projections:
            synapses = projection.synapses
            delays = np.broadcast_to(np.asarray(synapses.delay / brian2.ms), len(synapses))
            late = np.floor(delays / DT + 0.5).astype(int)
            sources = np.asarray(synapses.i)
            for unit, step in zip(spikes.unit.values, fired, strict=True):
                total += int((late[sources == unit] + step < round(DURATION / DT)).sum())
    return total, recording.dataset.synaptic_events.values.tolist()


@pytest.mark.parametrize(
    "delays",
    [{}, {"a_b": 12.0}, {"a": 7.0}, {"a": (1.0, 15.0), "a_b": (2.0, 2.6)}],
    ids=["axon", "edge", "recurrence", "drawn"],
)
def test_events_are_the_arrivals_before_the_end(delays, circuit, trial):
    expected, (found,) = arrived(circuit, trial, engine_of(**delays))
    assert expected > 1000
    assert found == expected


def test_a_declared_delay_below_the_axons_holds(trial, circuit):
    networks, (edge,) = circuit.architecture.networks, circuit.architecture.edges
    edges = [at.Association("a", "b", rule=edge.rule, delay=DT)]
    quick = at.Circuit(at.Architecture(networks, edges))
    engine = at.SpikingEngine(dt=DT, neurons=at.CurrentLIF(on_rate=100.0), axon=5.0)
    expected, (found,) = arrived(quick, trial, engine)
    assert found == expected
