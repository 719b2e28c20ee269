"""Spikes in a window over those of the on-state."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at


@pytest.mark.parametrize(("step", "window"), [(10.0, 50.0), (5.0, 40.0)])
def test_the_state_is_the_number_of_spikes_in_the_window_over_that_of_the_on_state(step, window):
    """Held against the spikes of the recording itself, over two trials and two rates."""
    presets = {"a": at.CurrentLIF(on_rate=50.0, noise=2.0), "b": at.CurrentLIF(on_rate=20.0)}
    circuit = at.Circuit(
        at.Architecture([at.AttractorNetwork(name, 6, at.KWinners(3)) for name in presets])
    )
    cues = [at.Cue(name, np.array([1.2, 1.0, 0.8, 0, 0, 0])) for name in presets]
    engine = at.SpikingEngine(step=step, window=window, dt=0.5, neurons=presets)
    trials = [at.Trial(100.0, cues), at.Trial(100.0, cues[:1])]
    recording = at.simulate(circuit, trials, engine, record=("state", "spikes"))
    for name, neurons in presets.items():
        spikes, state = recording.spikes(name), recording.get("state", name).values
        assert len(spikes.time) > 5
        expected = np.zeros_like(state)
        for now in range(expected.shape[1]):
            end = (now + 1) * step
            begin = max(end - window, 0.0)
            # a spike on the border belongs to the step that it begins
            inside = (spikes.time.values >= begin - 1e-9) & (spikes.time.values < end - 1e-9)
            cells = spikes.trial.values[inside].astype(int), spikes.unit.values[inside].astype(int)
            np.add.at(expected[:, now], cells, 1000.0 / (neurons.on_rate * (end - begin)))
        assert state == pytest.approx(expected, abs=1e-5)


def test_a_clamped_unit_is_at_one():
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("a", 4, at.KWinners(2))]))
    trial = at.Trial(150.0, [at.Cue("a", np.array([1, 1, 0, 0]), mode="clamped")])
    engine = at.SpikingEngine(window=100.0, dt=0.5, neurons=at.CurrentLIF(on_rate=50.0))
    state = at.simulate(circuit, trial, engine, record=("state",)).get("state", "a").values
    # a window of five periods holds five spikes
    assert state[0, -1] == pytest.approx([1, 1, 0, 0])
