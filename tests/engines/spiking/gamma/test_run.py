"""Trials in spikes: what persists, what is cut, and that trials do not interact."""

from __future__ import annotations

import numpy as np
import pytest
import xarray

import attractors as at
from attractors.patterns import random_sparse

KEEP = ("match", "state", "overlap", "activity")


def spiking(circuit, trials, seed=0, record=KEEP, **options):
    return at.simulate(circuit, trials, at.SpikingEngine(**options), seed=seed, record=record)


def test_a_memory_persists_after_its_cue(words, disjoint):
    half = disjoint(3, 80, 5)[2] * (np.arange(80) < 13)
    trial = at.Trial(300.0, [at.Cue("word", half, stop=100.0)])
    recording = spiking(words, trial)
    assert recording.winner("word").tolist() == [2]
    assert float(recording.get("overlap", "word")[0, -1, 2]) == 1.0


def test_without_recurrence_activity_ends_with_the_cue(disjoint):
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("a", 40, at.KWinners(4))]))
    trial = at.Trial(100.0, [at.Cue("a", disjoint(1, 40, 4)[0], stop=50.0)])
    activity = spiking(circuit, trial).get("activity", "a").values[0]
    assert activity.tolist() == pytest.approx([0.1] * 5 + [0.0] * 5)


def test_a_diversion_stronger_than_the_memory_ends_it(words, disjoint):
    cues = [at.Cue("word", disjoint(1, 80, 5)[0], stop=50.0)]
    kept = at.Trial(200.0, cues)
    diverted = at.Trial(
        200.0, [*cues, at.Cue("context", disjoint(1, 40, 4)[0], start=100.0, stop=150.0)]
    )
    assert spiking(words, [kept, diverted]).winner("word").tolist() == [0, -1]


def test_at_most_k_units_fire_a_cycle_and_ties_break_by_index(disjoint):
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("a", 40, at.KWinners(4))]))
    recording = spiking(circuit, at.Trial(20.0, [at.Cue("a", np.ones(40))]))
    assert np.flatnonzero(recording.get("state", "a").values[0, 0]).tolist() == [0, 1, 2, 3]
    assert recording.dataset.ties.values.tolist() == [2]


def test_without_a_threshold_exactly_k_units_fire():
    dynamics = at.KWinners(4, threshold=None)
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("a", 40, dynamics)]))
    recording = spiking(circuit, at.Trial(20.0, [at.Cue("a", -1.0 - np.arange(40) / 40)]))
    assert np.flatnonzero(recording.get("state", "a").values[0, 1]).tolist() == [0, 1, 2, 3]


def test_threshold_units_fire_where_the_field_exceeds_the_threshold():
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("a", 40, at.Threshold(0.5))]))
    field = np.linspace(0.0, 1.0, 40)
    recording = spiking(circuit, at.Trial(10.0, [at.Cue("a", field)]))
    assert (recording.get("state", "a").values[0, 0] == (field > 0.5)).all()


def assert_same(first, second):
    """Equal states; overlaps up to the rounding of products that depends on the batch's size."""
    for name in first.data_vars:
        if name.startswith("state"):
            assert np.array_equal(first[name], second[name])
    xarray.testing.assert_allclose(first.drop_attrs(), second.drop_attrs(), rtol=0, atol=1e-6)


@pytest.mark.parametrize("synapses_at_once", [1, 1500, 10**9])
def test_a_batch_equals_its_trials_run_one_by_one(words, disjoint, synapses_at_once):
    x = disjoint(6, 60, 6)
    trials = [
        at.Trial(
            80.0,
            [at.Cue("cue", x[row], stop=40.0), at.Cue("context", disjoint(2, 40, 4)[row % 2])],
            lesions=["cue->word"] if row == 1 else ["context-|word"] if row == 4 else [],
            silences=[at.Silence("word", 20.0, 40.0, range(12))] if row == 2 else [],
        )
        for row in range(5)
    ]
    batch = spiking(words, trials, synapses_at_once=synapses_at_once)
    for row, trial in enumerate(trials):
        alone = spiking(words, trial).dataset.squeeze("trial")
        together = batch.dataset.isel(trial=row)
        assert_same(alone, together)


def test_noise_does_not_depend_on_how_trials_are_split(words):
    trials = [at.Trial(50.0, noise=[at.Noise("word", 0.5), at.Noise("cue", 0.5)])] * 5
    whole, split = spiking(words, trials, seed=2), spiking(words, trials, 2, synapses_at_once=1)
    assert_same(whole.dataset, split.dataset)


def test_the_seed_alone_decides(words):
    trial = at.Trial(50.0, noise=[at.Noise("word", 0.5)])
    one, again, other = (spiking(words, trial, seed=seed) for seed in (1, 1, 2))
    assert one.identical(again)
    assert not one.get("state", "word").equals(other.get("state", "word"))


def test_a_lesioned_edge_is_as_good_as_none(words, disjoint):
    cue = at.Cue("cue", disjoint(1, 60, 6)[0])
    whole, cut = (at.Trial(60.0, [cue], lesions=edges) for edges in ([], ["cue->word"]))
    assert spiking(words, [whole, cut]).winner("word").tolist() == [0, -1]


def test_silenced_units_do_not_fire(words, disjoint):
    pattern = disjoint(1, 80, 5)[0]
    silence = at.Silence("word", 30.0, 60.0, units=[0, 1])
    state = spiking(
        words, at.Trial(100.0, [at.Cue("word", pattern, stop=20.0)], silences=[silence])
    ).get("state", "word")
    assert not state.values[0, 3:6, :2].any()
    assert state.values[0, [2, 6]][:, :5].all(), "the memory fills in what was silenced"


def test_a_clamped_network_is_held_even_beyond_k_and_against_inhibition(words, disjoint):
    pattern = disjoint(2, 80, 5).sum(axis=0)
    cues = [
        at.Cue("word", pattern, start=20.0, stop=60.0, mode="clamped"),
        at.Cue("word", disjoint(6, 80, 5)[5]),
        at.Cue("context", disjoint(1, 40, 4)[0]),
    ]
    state = spiking(words, at.Trial(80.0, cues)).get("state", "word").values[0]
    assert (state[2:6] == pattern).all()


@pytest.mark.parametrize("mode", ["subtractive", "veto", "divisive"])
def test_an_edge_of_gain_zero_equals_no_edge(mode, disjoint):
    network = at.AttractorNetwork("a", 40, at.KWinners(4), at.Willshaw())
    other = at.AttractorNetwork("b", 40, at.KWinners(4), at.Willshaw())
    edge = at.Diversion("a", "b", gain=0.0, mode=mode)
    x = disjoint(2, 40, 4)
    trial = at.Trial(60.0, [at.Cue("a", x[0]), at.Cue("b", x[1], stop=30.0)])
    recordings = []
    for edges in ([], [edge]):
        circuit = at.Circuit(at.Architecture([network, other], edges))
        circuit.store(a=x)
        circuit.store(b=x)
        if edges:
            circuit.divert("a", "b", x, x)
        recordings.append(spiking(circuit, trial))
    for network_name in ("a", "b"):
        without, with_edge = (r.get("state", network_name) for r in recordings)
        assert without.equals(with_edge)


@pytest.mark.parametrize(
    "dynamics",
    [
        at.KWinners(5, temperature=0.3),
        at.KWinners(5, threshold=None, temperature=0.3),
        at.Threshold(0.4, temperature=0.2),
    ],
    ids=["k-winners", "exactly-k", "threshold"],
)
def test_temperature_draws_the_same_units_as_the_rate_engine(dynamics, rng):
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("a", 60, dynamics, at.Willshaw())]))
    patterns = random_sparse(4, 60, 5, rng)
    circuit.store(a=patterns)
    trials = at.Trial.batch(100.0, {"a": patterns}, strength=0.5)
    rate = at.simulate(circuit, trials, seed=5, record="state").get("state", "a")
    assert spiking(circuit, trials, seed=5).get("state", "a").equals(rate)
    assert float(rate.std("time").max()) > 0, "the temperature had no effect"


def test_a_circuit_that_stored_nothing_only_follows_its_cues(disjoint):
    circuit = at.Circuit(
        at.Architecture([at.AttractorNetwork("a", 40, at.KWinners(4), at.Willshaw())])
    )
    trial = at.Trial(40.0, [at.Cue("a", disjoint(1, 40, 4)[0], stop=20.0)])
    state = spiking(circuit, trial, record=("state",)).get("state", "a").values[0]
    assert state.sum(axis=1).tolist() == [4, 4, 0, 0]
