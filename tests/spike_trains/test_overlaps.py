import numpy as np
import pytest

import attractors as at
from attractors import measures
from attractors.errors import ParameterError, PatternError
from attractors.spike_trains import SpikeTrains, overlaps

PATTERNS = np.array([[1, 1, 0, 0, 0, 0], [0, 0, 1, 1, 0, 0]])


def test_a_pattern_that_fires_at_the_on_rate_has_overlap_one():
    time, unit = np.repeat([5.0, 15.0, 25.0], 2), np.tile([0, 1], 3)
    trains = SpikeTrains(time, unit, np.zeros(6, int), units=6, trials=1, stop=40.0)
    found = overlaps(trains, PATTERNS, activity=1 / 3, width=10.0, on_rate=100.0)
    assert found.dims == ("trial", "time", "pattern")
    # Σ (ξ - a) ξ = 4/3; the units of the other pattern bring 2 (0 - a) = -2/3
    expected = [[1.0, -0.5]] * 3 + [[0.0, 0.0]]
    np.testing.assert_allclose(found.values[0], expected)


def test_twice_the_on_rate_is_twice_the_overlap(poisson, rng):
    trains = poisson(rng, [50.0] * 6, 200.0, trials=2)
    once = overlaps(trains, PATTERNS, 1 / 3, width=20.0, on_rate=50.0)
    twice = overlaps(trains, PATTERNS, 1 / 3, width=20.0, on_rate=25.0)
    np.testing.assert_allclose(twice, 2 * once)


def test_it_is_the_measure_of_binned_counts(poisson, rng):
    trains = poisson(rng, [50.0] * 6, 200.0, trials=2)
    edges = ([0, 1, 2], np.arange(0, 201, 40), np.arange(7))
    counts = np.histogramdd((trains.trial, trains.time, trains.unit), edges)[0]
    expected = measures.overlap(counts / (60.0 * 0.040), PATTERNS, 1 / 3)
    # products are taken in single precision
    np.testing.assert_allclose(
        overlaps(trains, PATTERNS, 1 / 3, 40.0, on_rate=60.0), expected, atol=1e-6
    )


def test_spikes_tell_the_overlap_that_the_spiking_engine_recorded(rng):
    network = at.AttractorNetwork("memory", 100, at.KWinners(10), at.Willshaw())
    circuit = at.Circuit(at.Architecture([network]))
    stored = at.patterns.random_sparse(5, 100, 10, rng)
    circuit.store(memory=stored)
    trials = at.Trial.batch(60.0, {"memory": at.patterns.erase(stored, 0.5, rng)}, stop=20.0)
    recording = at.simulate(
        circuit, trials, at.SpikingEngine(), record=("spikes", "overlap", "state")
    )
    trains = SpikeTrains.from_recording(recording, "memory")
    found = overlaps(
        trains, circuit.patterns("memory"), circuit.activity("memory"), 10.0, on_rate=100.0
    )
    np.testing.assert_allclose(found, recording.get("overlap", "memory"), rtol=1e-5, atol=1e-6)
    assert found.isel(time=-1).max() == pytest.approx(1.0)


def test_what_does_not_fit_is_refused():
    trains = SpikeTrains([2.0], [0], [0], units=6, trials=1, stop=40.0)
    with pytest.raises(PatternError, match=r"\(G, 6\)"):
        overlaps(trains, PATTERNS[:, :4], 0.3, 10.0, 100.0)
    with pytest.raises(ParameterError, match="on_rate"):
        overlaps(trains, PATTERNS, 0.3, 10.0, 0.0)
