"""Pulses of the potential and the refractory period."""

from __future__ import annotations

import pytest

import attractors as at


def spikes_in_half_a_second(refractory):
    """Spikes of a unit that pulses of 12 mV reach every 5 ms, two of which it takes to fire."""
    networks = [at.AttractorNetwork(name, 1, at.Threshold(0.5)) for name in ("source", "target")]
    edge = at.Association("source", "target", at.Fixed([[12.0]]))
    circuit = at.Circuit(at.Architecture(networks, [edge]))
    pulses = at.CurrentLIF(
        tau_m=1000.0, rest=0.0, fire_at=20.0, reset_to=0.0, refractory=refractory, tau_e=0.0
    )
    engine = at.SpikingEngine(
        neurons={"source": at.CurrentLIF(on_rate=200.0), "target": pulses},
        scale="physical",
        target="numpy",
    )
    held = at.Trial(500.0, [at.Cue("source", [1], mode="clamped")])
    recording = at.simulate(circuit, held, engine, record=("spikes",))
    assert len(recording.spikes("source").unit) == 100
    return len(recording.spikes("target").unit)


@pytest.mark.parametrize(("refractory", "pulses"), [(1.0, 2), (7.0, 3), (12.0, 4)])
def test_pulses_are_lost_on_a_refractory_unit(refractory, pulses):
    """Two in 5 ms fire a unit that leaks by 0.5 %; before, those within its pause are lost."""
    # the potential at the start is drawn, so that the first spike may come a pulse early
    assert abs(spikes_in_half_a_second(refractory) - 100 / pulses) <= 1
