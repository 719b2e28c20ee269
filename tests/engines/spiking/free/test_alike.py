"""Synapses that are all alike are held as one number, and transmit what they would one by one."""

import brian2
import numpy as np
import pytest

import attractors as at
from attractors.engines.spiking.free.build import Build
from attractors.engines.spiking.free.plan import Plan
from attractors.engines.spiking.free.projections import Projection
from attractors.engines.spiking.state import isolated
from attractors.schedule import Schedule

ENGINE = at.SpikingEngine(neurons=at.CurrentLIF(), target="numpy")


def variables(circuit, trial):
    """What each kind of edge holds of its weights: one number, or one a synapse."""
    schedule = Schedule([trial], circuit.architecture, ENGINE.step, 0)
    with isolated("numpy"):
        built = Build(Plan(ENGINE, circuit, schedule, 1, 0)).projections
        return [np.size(p.synapses.variables["w"].get_value()) for p in built]


def test_only_weights_that_are_equal_and_stay_so_are_one():
    nodes = [at.AttractorNetwork(name, 6, at.Threshold(0.5)) for name in "ab"]
    equal, other = np.full((6, 6), 0.5), np.full((6, 6), 0.5)
    other[0, 0] = 0.6
    for weights, lesions, held in ((equal, [], 1), (equal, ["a->b"], 36), (other, [], 36)):
        edge = at.Association("a", "b", at.Fixed(weights))
        circuit = at.Circuit(at.Architecture(nodes, [edge]))
        assert variables(circuit, at.Trial(10.0, lesions=lesions)) == [held]


def test_the_spikes_are_the_same(memory, half_cues, monkeypatch):
    trials = [at.Trial(100.0, half_cues[0].cues)]
    one = at.simulate(memory, trials, ENGINE, record=("spikes",)).spikes("word")
    monkeypatch.setattr(Projection, "_alike", lambda self, weights: None)
    each = at.simulate(memory, trials, ENGINE, record=("spikes",)).spikes("word")
    assert len(one.time) > 0
    assert np.array_equal(one.unit, each.unit)
    assert np.array_equal(one.time, each.time)


@pytest.mark.parametrize("rate", [2500.0, 80_000.0])
def test_a_constant_background_is_poisson(rate):
    # pulses into a membrane without threshold in reach: mean and variance of Campbell's theorem
    weight, tau = 0.01, 10.0
    lif = at.CurrentLIF(
        tau_m=tau, rest=0.0, fire_at=1e3, reset_to=-1.0, tau_e=0.0, tau_i=0.0,
        background=at.Background(rate, weight),
    )  # fmt: skip
    engine = at.SpikingEngine(neurons=lif, scale="physical", target="numpy")
    units = 2000
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("a", units, at.Threshold(0.5))]))
    schedule = Schedule([at.Trial(100.0)], circuit.architecture, engine.step, 0)
    with isolated("numpy"):
        build = Build(Plan(engine, circuit, schedule, 1, 0))
        group = build.groups[0].units
        group.v = rate * weight * tau / 1000.0 * brian2.mV
        brian2.Network(*build.objects).run(100 * brian2.ms, namespace={})
        v = np.asarray(group.v / brian2.mV)
    # a step of 0.1 ms moves the mean by half a step of the decay, 0.5 %
    sd = weight * np.sqrt(rate * tau / 2000.0)
    assert abs(v.mean() - rate * weight * tau / 1000.0) < 5 * sd / np.sqrt(units) + 0.01 * v.mean()
    # standard error of a variance: sqrt(2/N), 3 %; the step adds 1 %
    assert abs(v.var() / sd**2 - 1.0) < 5 * np.sqrt(2 / units) + 0.02
