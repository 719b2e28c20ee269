"""Units that are kept from firing, and what they do when they are let go."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at

DT, RELEASED = 0.1, 100.0
PRESETS = {
    "currents": at.CurrentLIF(),
    "conductances": at.Conductance(),
    "exponential": at.AdEx(tau_e=10.0),
}


def fired(recording, name="b"):
    return recording.spikes(name).time.values


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("mode", ["silenced", "clamped at 0"])
def test_a_unit_that_nothing_drives_any_more_does_not_fire_when_it_is_let_go(preset, mode):
    """Driven to thrice its on-state while it is held, then rested for five membrane constants."""
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("b", 4, at.Threshold())]))
    drive = at.Cue("b", np.ones(4), stop=RELEASED - 100.0 + 20.0, strength=3.0)
    cues, silences = [drive], [at.Silence("b", stop=RELEASED + 20.0)]
    if mode != "silenced":
        cues, silences = [*cues, at.Cue("b", np.zeros(4), 0.0, RELEASED + 20.0, mode="clamped")], []
    engine = at.SpikingEngine(dt=DT, neurons=PRESETS[preset])
    trial = at.Trial(RELEASED + 100.0, cues, silences=silences)
    assert len(fired(at.simulate(circuit, trial, engine, record="spikes"))) == 0


@pytest.mark.parametrize("preset", PRESETS)
def test_a_unit_that_is_driven_when_it_is_let_go_fires(preset):
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("b", 4, at.Threshold())]))
    trial = at.Trial(
        RELEASED + 50.0, [at.Cue("b", np.ones(4))], silences=[at.Silence("b", stop=RELEASED)]
    )
    engine = at.SpikingEngine(dt=DT, neurons=PRESETS[preset])
    times = fired(at.simulate(circuit, trial, engine, record="spikes"))
    assert len(times) >= 4
    assert times.min() >= RELEASED - 1e-9


def test_a_vetoed_exponential_unit_is_at_rest_when_the_veto_ends():
    networks = [at.AttractorNetwork(name, 4, at.Threshold()) for name in "ab"]
    edges = [at.Diversion("a", "b", rule=at.Fixed(np.ones((4, 4))), mode="veto", gain=4.0)]
    circuit = at.Circuit(at.Architecture(networks, edges))
    cues = [
        at.Cue("a", np.ones(4), stop=100.0, mode="clamped"),
        at.Cue("b", np.ones(4), start=40.0, stop=60.0, strength=3.0),
    ]
    trial = at.Trial(400.0, cues, silences=[at.Silence("a", start=100.0)])
    engine = at.SpikingEngine(dt=DT, neurons=at.AdEx())
    assert len(fired(at.simulate(circuit, trial, engine, record="spikes"))) == 0
