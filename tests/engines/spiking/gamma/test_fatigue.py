"""Units that tire, in spikes: the states of the rate engine, one by one."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors.engines.fatigue import Fatigue
from attractors.engines.spiking.gamma.calibration import Timing
from attractors.patterns import random_sparse
from attractors.seeding import stream

UNITS, PATTERNS, K = 200, 8, 10
ADAPTATION, DEPRESSION = at.Adaptation(1.2, 150.0), at.Depression(0.1, 300.0)
X = random_sparse(PATTERNS, UNITS, K, stream(0, "tired"))


def both(circuit: at.Circuit, trials: list[at.Trial]) -> list[at.Recording]:
    engines = "rate", at.SpikingEngine(synapses_at_once=1)
    return [at.simulate(circuit, trials, e, seed=3, record=("state", "match")) for e in engines]


def walk(recording: at.Recording) -> list[int]:
    match = recording.get("match", "n").values[0]
    best = match.argmax(axis=1)[match.max(axis=1) >= 0.7]
    return best[np.concatenate([[True], np.diff(best) != 0])].tolist()


@pytest.mark.parametrize(
    ("dynamics", "least"),
    [
        (at.KWinners(K, None, adaptation=ADAPTATION), 4),
        (at.KWinners(K, adaptation=at.Adaptation(0.7, 80.0), depression=DEPRESSION), 1),
        (at.KWinners(K, None, temperature=0.05, adaptation=ADAPTATION), 3),
        (at.Threshold(0.4, adaptation=at.Adaptation(0.4)), 1),
        (at.Threshold(0.4, temperature=0.02, depression=DEPRESSION), 1),
    ],
    ids=repr,
)
def test_a_network_walks_through_the_same_states_on_both_engines(dynamics, least) -> None:
    circuit = at.Circuit(
        at.Architecture([at.AttractorNetwork("n", UNITS, dynamics, at.Covariance(K / UNITS))])
    )
    circuit.store(n=X)
    trials = at.Trial.batch(700.0, {"n": X[:2]}, stop=60.0)
    rate, spiking = both(circuit, trials)
    assert np.array_equal(rate.get("state", "n"), spiking.get("state", "n"))
    found = walk(spiking)
    assert len(set(found)) >= least, found


def test_tired_blocks_walk_through_the_same_states_on_both_engines() -> None:
    draw = stream(0, "potts").integers(0, 5, (PATTERNS, UNITS // 5))
    patterns = np.eye(5, dtype=np.int8)[draw].reshape(PATTERNS, UNITS)
    dynamics = at.Blocks(UNITS // 5, threshold=None, adaptation=at.Adaptation(0.9))
    circuit = at.Circuit(
        at.Architecture([at.AttractorNetwork("n", UNITS, dynamics, at.Covariance())])
    )
    circuit.store(n=patterns)
    rate, spiking = both(circuit, at.Trial.batch(800.0, {"n": patterns[:1]}, stop=100.0))
    assert np.array_equal(rate.get("state", "n"), spiking.get("state", "n"))
    assert len(set(walk(spiking))) >= 2


@pytest.mark.parametrize("fade", [0.0, 40.0])
@pytest.mark.parametrize("delay", [0.0, 20.0, 50.0])
def test_depressed_synapses_of_every_delay_transmit_what_the_rate_engine_says(fade, delay) -> None:
    # the source fires now and then; the target's thresholds are passed only while x is high
    source = at.AttractorNetwork("n", UNITS, at.KWinners(K, depression=at.Depression(0.3, 120.0)))
    targets = at.AttractorNetwork("t", UNITS, at.Threshold(0.35))
    rested = at.AttractorNetwork("r", UNITS, at.Threshold(0.35))
    edges = [
        at.Association("n", "t", gain=1.0, delay=delay, fade=fade),
        at.Association("r", "t", gain=0.3),
    ]
    circuit = at.Circuit(at.Architecture([source, targets, rested], edges))
    circuit.associate("n", "t", X, X)
    circuit.associate("r", "t", X, X)
    firing = np.random.default_rng(0).random((60, 1)) < 0.5
    cues = [at.Cue("n", firing * X[0], mode="clamped"), at.Cue("r", X[0], mode="clamped")]
    rate, spiking = both(circuit, [at.Trial(600.0, cues), at.Trial(600.0, cues, lesions=["n->t"])])
    state = rate.get("state", "t").values
    assert np.array_equal(state, spiking.get("state", "t").values)
    lit = state[0].max(axis=1)
    assert 0 < lit.sum() < (60 if fade else firing.sum()), "the synapses were never exhausted"
    assert state[1].max() == 0


def test_silenced_and_clamped_units_tire_of_what_they_fire() -> None:
    dynamics = at.KWinners(K, None, adaptation=ADAPTATION)
    circuit = at.Circuit(
        at.Architecture([at.AttractorNetwork("n", UNITS, dynamics, at.Covariance())])
    )
    circuit.store(n=X)
    trial = at.Trial(
        500.0,
        [at.Cue("n", X[0], stop=100.0), at.Cue("n", X[1], 200.0, 260.0, mode="clamped")],
        silences=[at.Silence("n", 120.0, 180.0, units=range(0, UNITS, 3))],
    )
    rate, spiking = both(circuit, [trial, trial])
    assert np.array_equal(rate.get("state", "n"), spiking.get("state", "n"))


@pytest.mark.parametrize("dt", [0.1, 0.2, 0.25])
def test_jumps_at_spikes_follow_the_equations_over_a_cycle(dt) -> None:
    timing, cycles = Timing(10.0, dt), np.random.default_rng(1).random(50) < 0.6
    dynamics = at.KWinners(1, adaptation=ADAPTATION, depression=DEPRESSION)
    rate = Fatigue(dynamics, (1, 1), 10.0)
    leak, refill = np.exp(-dt / ADAPTATION.time_constant), np.exp(-10.0 / DEPRESSION.recovery)
    (spared, regained), tired, left = timing.used(DEPRESSION), 0.0, 1.0
    for fires in cycles:
        rate.follow(np.array([[float(fires)]]))
        for tick in range(timing.cycle):
            tired *= leak
            tired += timing.tire(ADAPTATION) * (fires and tick == timing.fire)
        left = 1 - (1 - (left * spared + regained if fires else left)) * refill
        assert tired / 10.0 == pytest.approx(float(rate.threshold[0, 0]), abs=1e-12)
        assert left == pytest.approx(float(rate.traces["transmitter left"][0, 0]), abs=1e-12)
