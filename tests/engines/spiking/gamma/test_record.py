"""Spikes, states and counts of a recording tell the same story."""

from __future__ import annotations

import numpy as np

import attractors as at


def test_states_are_the_spikes_of_each_cycle(words, disjoint):
    trials = at.Trial.batch(80.0, {"cue": disjoint(3, 60, 6)}, stop=50.0)
    recording = at.simulate(words, trials, "spiking", record=("state", "spikes"))
    for name in recording.networks:
        spikes, state = recording.spikes(name), recording.get("state", name)
        counted = np.zeros(state.shape)
        cycle = (spikes["time"].values // 10).astype(int)
        np.add.at(counted, (spikes["trial"].values, cycle, spikes["unit"].values), 1)
        assert (counted == state.values).all()
    assert len(recording.spikes("cue")["time"]) >= 3 * 5 * 6


def test_winners_fire_late_in_the_gamma_cycle(words, disjoint):
    trial = at.Trial(50.0, [at.Cue("cue", disjoint(1, 60, 6)[0])])
    times = at.simulate(words, trial, "spiking", record="spikes").spikes("cue")["time"].values
    assert np.allclose(times % 10, 8.0)


def test_synaptic_events_are_spikes_times_the_synapses_that_leave_as_on_the_rate_engine(
    words, disjoint
):
    trials = at.Trial.batch(60.0, {"cue": disjoint(2, 60, 6)}, lesions=["context-|word"])
    recording = at.simulate(words, trials, "spiking", record=("spikes", "state"))
    expected = np.zeros(2)
    for link in words.links:
        if link.name != "context-|word":
            spikes = recording.spikes(link.source)
            # what the last cycle sends arrives after the end
            spikes = spikes.isel({spikes["time"].dims[0]: spikes["time"].values < 50.0})
            leaving = link.synapses.fan_out[spikes["unit"].values]
            expected += np.bincount(spikes["trial"].values, leaving, 2)
    assert recording.dataset.synaptic_events.values.tolist() == expected.tolist()
    rate = at.simulate(words, trials)
    assert rate.dataset.synaptic_events.values.tolist() == expected.tolist()
    assert (recording.dataset.bytes_read.values > 0).all()


def test_a_recording_has_the_shape_of_the_rate_engines(words, disjoint):
    trials = at.Trial.batch(60.0, {"cue": disjoint(2, 60, 6)})
    record = ("overlap", "match", "activity", "state", "energy")
    rate, spikes = (at.simulate(words, trials, e, record=record) for e in ("rate", "spiking"))
    assert rate.dataset.sizes == spikes.dataset.sizes
    assert set(rate.dataset.variables) == set(spikes.dataset.variables)
    for name in rate.dataset.variables:
        assert rate.dataset[name].attrs == spikes.dataset[name].attrs
        assert rate.dataset[name].dtype == spikes.dataset[name].dtype
    assert spikes.engine == "spiking"


def test_nested_networks_keep_their_qualified_names(disjoint):
    word = at.AttractorNetwork("word", 30, at.KWinners(3), at.Willshaw())
    brain = at.Architecture(
        [word],
        [at.Association("word", "left/word")],
        parts={"left": at.Architecture([word])},
    )
    circuit = at.Circuit(brain)
    x = disjoint(3, 30, 3)
    circuit.store({"word": x, "left/word": x[::-1]})
    recording = at.simulate(
        circuit, at.Trial(60.0, [at.Cue("word", x[0])]), "spiking", record=("match", "spikes")
    )
    assert recording.winner("left/word").tolist() == [0]
    fired = set(recording.spikes("left/word")["unit"].values.tolist())
    assert fired == set(np.flatnonzero(x[2]).tolist())
