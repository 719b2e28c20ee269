"""Plastic edges in a run: weights follow from the spikes, and every trial has its own."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors.errors import MemoryLimitError, UnknownNameError

SOURCE, TARGET, DURATION = 20, 15, 200.0
EDGE = "word->sound"


def circuit(rule=None, gain=1.0):
    nodes = [
        at.AttractorNetwork("word", SOURCE, at.KWinners(4)),
        at.AttractorNetwork("sound", TARGET, at.KWinners(3)),
    ]
    return at.Circuit(at.Architecture(nodes, [at.Association("word", "sound", rule, gain)]))


def engine(rule, **options):
    way = {EDGE: at.Transmission(plasticity=rule)}
    return at.SpikingEngine(dt=0.2, neurons=at.CurrentLIF(noise=1.0), transmission=way, **options)


def trial(word, sound, **options):
    rows = {"word": np.zeros(SOURCE, int), "sound": np.zeros(TARGET, int)}
    rows["word"][word], rows["sound"][sound] = 1, 1
    return at.Trial(DURATION, [at.Cue(name, row) for name, row in rows.items()], **options)


RULE = at.STDP(potentiation=0.002, depression=0.003)
TRIALS = [
    trial(slice(0, 4), slice(0, 3)),
    trial(slice(4, 8), slice(3, 6)),
    trial(slice(0, 4), slice(0, 3), lesions=[EDGE]),
]


@pytest.fixture(scope="module")
def recording():
    half = at.Fixed(np.full((TARGET, SOURCE), 0.5))
    made = circuit(half, gain=0.01)
    return at.simulate(made, TRIALS, engine(RULE), record=("spikes",))


def replayed(recording, number):
    """Weights that all pairs of recorded spikes make of 0.5, far from any bound."""
    trains = {}
    for name, late in (("word", 1.0), ("sound", 0.0)):
        spikes = recording.spikes(name)
        mine = spikes.trial.values == number
        times = spikes.time.values[mine] + late
        # what arrives after the last step changes nothing
        heard = times < DURATION - 0.1
        trains[name] = times[heard], spikes.unit.values[mine][heard].astype(int)
    (arrivals, pre), (fired, post) = trains["word"], trains["sound"]
    lags = np.round(np.subtract.outer(fired, arrivals), 6)
    up = RULE.potentiation * np.exp(-lags / RULE.tau_pre)
    down = -RULE.depression * np.exp(lags / RULE.tau_post)
    weights = np.full((TARGET, SOURCE), 0.5)
    np.add.at(weights, np.ix_(post, pre), np.where(lags >= 0, up, down))
    return weights


def test_weights_follow_from_the_spikes(recording):
    learned = recording.weights(EDGE)
    assert learned.dims == ("trial", f"post_{EDGE}", f"pre_{EDGE}")
    for number in (0, 1):
        expected = replayed(recording, number)
        assert np.abs(expected - 0.5).max() > 0.01, "something was learned"
        # recorded in single precision
        assert learned.values[number] == pytest.approx(expected, rel=1e-6)


def test_every_trial_has_weights_of_its_own(recording):
    learned = recording.weights(EDGE).values
    first, second = learned[0] != 0.5, learned[1] != 0.5
    assert first[:3, :4].all()
    assert not first[3:6, 4:8].any()
    assert second[3:6, 4:8].all()


def test_a_lesioned_edge_has_no_weights(recording):
    assert not recording.weights(EDGE).values[2].any()


def test_all_candidates_are_counted_as_events(recording):
    spikes = recording.spikes("word")
    read = spikes.time.values < DURATION - 1.0
    sent = np.bincount(spikes.trial.values[read].astype(int), minlength=3)
    expected = sent * TARGET * np.array([1, 1, 0])
    assert recording.dataset.synaptic_events.values.tolist() == expected.tolist()


def test_only_plastic_edges_have_weights(recording):
    assert recording.plastic == [EDGE]
    with pytest.raises(UnknownNameError, match="no plastic edge 'word'"):
        recording.weights("word")


def test_strong_learning_stays_within_bounds_and_repeats_with_the_seed():
    rule = at.STDP(potentiation=0.5, depression=0.5, maximum=0.8)
    made, short = circuit(), [trial(slice(0, 4), slice(0, 3)), trial(slice(2, 6), slice(0, 3))]
    # one trial at a time is the same as side by side but for the noise, which is drawn for all
    runs = [
        at.simulate(made, short, engine(rule, synapses_at_once=most), seed=seed).weights(EDGE)
        for most, seed in ((10**6, 1), (10**6, 1), (1, 2))
    ]
    assert runs[0].identical(runs[1])
    assert not runs[0].identical(runs[2])
    for weights in runs:
        # Dale's law: an excitatory synapse never turns inhibitory
        assert weights.values.min() == 0.0
        assert weights.values.max() == pytest.approx(0.8)
        assert weights.shape == (2, TARGET, SOURCE)


def test_too_many_plastic_synapses_are_refused_before_they_are_made(monkeypatch):
    monkeypatch.setattr("attractors.room._available", lambda: 10_000)
    with pytest.raises(MemoryLimitError, match=r"Plastic synapses of 'word->sound' would take"):
        at.simulate(circuit(), TRIALS[:1], engine(RULE), record=("spikes",))
