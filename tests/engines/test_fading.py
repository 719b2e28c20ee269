import numpy as np
import pytest

import attractors as at
from attractors.dynamics import Linear
from attractors.errors import ParameterError


def followed(fade: float, delay: float = 0.0, steps: int = 40) -> np.ndarray:
    """What a linear reader sees of a source that is on from 10 to 110 ms, (steps,)."""
    source = at.AttractorNetwork("a", 1, at.Threshold())
    reader = at.AttractorNetwork("b", 1, Linear())
    edge = at.Association("a", "b", at.Fixed([[1.0]]), fade=fade, delay=delay)
    circuit = at.Circuit(at.Architecture([source, reader], [edge]))
    trial = at.Trial(10.0 * steps, [at.Cue("a", [1], stop=100.0, mode="clamped")])
    return at.simulate(circuit, trial, record="state").get("state", "b").values[0, :, 0]


@pytest.mark.parametrize("delay", [0.0, 30.0])
def test_a_trace_rises_and_fades_exponentially(delay):
    late = max(round(delay / 10), 1)
    on = np.zeros(40)
    on[late : 10 + late] = 1.0
    expected, trace = [], 0.0
    for source in on:
        trace += (1 - np.exp(-10.0 / 50.0)) * (source - trace)
        expected.append(trace)
    assert followed(50.0, delay) == pytest.approx(expected, abs=1e-6)


def test_no_fade_reads_the_source_itself():
    assert followed(0.0).tolist() == [0] + [1] * 10 + [0] * 29


def test_a_trial_with_a_living_trace_has_not_settled():
    settled = {}
    for fade in (0.0, 50.0):
        source = at.AttractorNetwork("a", 1, at.Threshold())
        reader = at.AttractorNetwork("b", 1, at.Threshold(0.5))
        edge = at.Association("a", "b", at.Fixed([[1.0]]), fade=fade)
        circuit = at.Circuit(at.Architecture([source, reader], [edge]))
        trial = at.Trial(2000.0, [at.Cue("a", [1], stop=10.0, mode="clamped")])
        run = at.simulate(circuit, trial)
        settled[fade] = float(run.dataset["settled_at"][0])
    # the trace falls below the tolerance of 1e-6 after ln(1e6) time constants, 690 ms
    assert settled[50.0] > 500.0 > settled[0.0], settled


def test_a_fade_is_a_time():
    with pytest.raises(ParameterError, match="fade is -1"):
        at.Association("a", "b", fade=-1.0)


@pytest.mark.parametrize("engine", ["rate", "spiking"])
def test_a_graded_network_beside_them_changes_no_trace_of_discrete_ones(engine):
    x = np.eye(3, 30, dtype=int)
    nets = [
        at.AttractorNetwork("a", 30, at.Threshold()),
        at.AttractorNetwork("b", 30, at.Threshold(0.3)),
    ]
    beside = at.AttractorNetwork("graded", 5, at.Rate(), at.Willshaw())
    states = []
    for networks in (nets, [*nets, beside]):
        edge = at.Association("a", "b", fade=50.0)
        circuit = at.Circuit(at.Architecture(networks, [edge]))
        circuit.associate("a", "b", x, x)
        trial = at.Trial(300.0, [at.Cue("a", x[0], stop=60.0, mode="clamped")])
        run = at.simulate(circuit, trial, engine, record="state")
        states.append(run.get("state", "b").values)
    assert np.array_equal(*states)
    assert 0 < states[0].sum() < 30


def test_graded_networks_read_the_same_traces_on_both_engines():
    net = [at.AttractorNetwork(name, 20, at.Rate(threshold=0.3)) for name in "ab"]
    edge = at.Association("a", "b", fade=40.0, delay=20.0)
    circuit = at.Circuit(at.Architecture(net, [edge]))
    x = np.eye(2, 20, dtype=int)
    circuit.associate("a", "b", x, x)
    trials = at.Trial.batch(200.0, {"a": 2 * x}, stop=80.0)
    rate, brian = (
        at.simulate(circuit, trials, engine, record="state").get("state", "b").values
        for engine in ("rate", "spiking")
    )
    assert np.abs(rate - brian).max() <= 1e-6
    assert rate.max() > 0.5
