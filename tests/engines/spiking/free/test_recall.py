"""Recall by units that run freely: completion, persistence, inhibition, work counted."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at

PRESETS = {
    "CurrentLIF": at.CurrentLIF(),
    "noisy CurrentLIF": at.CurrentLIF(noise=1.0),
    "Conductance": at.Conductance(noise=0.5),
    "AdEx": at.AdEx(increment=20.0),
}


@pytest.mark.parametrize("preset", PRESETS)
def test_half_a_cue_recalls_the_pattern_and_lasts(memory, half_cues, preset):
    engine = at.SpikingEngine(dt=0.2, neurons=PRESETS[preset])
    recording = at.simulate(memory, half_cues, engine)
    assert recording.winner("word").tolist() == [0, 1, 2, 3]
    late = recording.get("overlap", "word").values[:, -10:]
    own = late[np.arange(4), :, np.arange(4)].mean()
    # one is the on-rate that strengths are calibrated to
    assert 0.5 < own < 2.0, f"overlap {own:.2f}, 100 to 200 ms after the cue"


def test_nothing_happens_without_a_cue(memory):
    recording = at.simulate(
        memory,
        at.Trial(200.0),
        at.SpikingEngine(dt=0.2, neurons=at.CurrentLIF()),
        record=("spikes",),
    )
    # potentials start anywhere below threshold, where nobody spikes without a drive
    assert len(recording.spikes("word").time) == 0


def test_interneurons_take_the_place_of_the_pooled_unit(memory, half_cues):
    engine = at.SpikingEngine(
        dt=0.2, neurons=at.CurrentLIF(noise=1.0), inhibition=at.Interneurons()
    )
    recording = at.simulate(memory, half_cues, engine)
    assert recording.winner("word").tolist() == [0, 1, 2, 3]


def test_networks_may_have_presets_of_their_own(memory, patterns, half_cues):
    both = at.Circuit(
        at.Architecture(
            [
                at.AttractorNetwork("word", 150, at.KWinners(8), at.Willshaw()),
                at.AttractorNetwork("sound", 150, at.KWinners(8), at.Willshaw()),
            ],
            [at.Association("word", "sound")],
        )
    )
    both.store(word=patterns, sound=patterns[::-1])
    engine = at.SpikingEngine(
        dt=0.2, neurons={"word": at.Conductance(noise=0.5), "sound": at.AdEx()}
    )
    recording = at.simulate(both, half_cues, engine)
    assert recording.winner("word").tolist() == [0, 1, 2, 3]
    # the indices of the reversed patterns
    assert recording.winner("sound").tolist() == [0, 1, 2, 3]


def test_silenced_units_do_not_spike_and_clamped_ones_fire_at_the_on_rate(memory, patterns):
    silent = at.Trial(
        500.0,
        [at.Cue("word", patterns[0], mode="clamped")],
        silences=[at.Silence("word", units=np.flatnonzero(patterns[1] > patterns[0]).tolist())],
    )
    recording = at.simulate(
        memory, silent, at.SpikingEngine(dt=0.2, neurons=at.CurrentLIF()), record=("spikes",)
    )
    spikes = recording.spikes("word")
    counts = np.bincount(spikes.unit.values.astype(int), minlength=150)
    # 40 Hz for half a second, to within the spike at either end
    assert np.abs(counts[patterns[0] > 0] - 20).max() <= 1
    assert counts[patterns[0] == 0].sum() == 0


def test_the_same_seed_gives_the_same_recording(memory, half_cues):
    engine = at.SpikingEngine(dt=0.2, neurons=at.CurrentLIF(noise=1.0))
    runs = [at.simulate(memory, half_cues, engine, seed=s, record=("spikes",)) for s in (1, 1, 2)]
    times = [run.spikes("word").time.values for run in runs]
    assert np.array_equal(times[0], times[1])
    assert not np.array_equal(times[0], times[2])


def test_synaptic_events_are_the_synapses_of_the_spikes(memory, half_cues):
    recording = at.simulate(
        memory, half_cues, at.SpikingEngine(dt=0.2, neurons=at.CurrentLIF()), record=("spikes",)
    )
    (link,) = memory.links
    spikes = recording.spikes("word")
    used = spikes.time.values < 300.0 - 1.0
    expected = np.bincount(
        spikes.trial.values[used].astype(int),
        link.synapses.fan_out[spikes.unit.values[used].astype(int)],
        minlength=4,
    )
    assert recording.dataset.synaptic_events.values.tolist() == expected.tolist()
