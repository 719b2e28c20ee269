"""What a report promises and what a run shows."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

import attractors as at

UNITS, ACTIVE = 60, 6


def memory(disjoint, gain=1.0, dynamics=None, rule=None, patterns=4):
    """A memory of disjoint patterns, and a trial that cues one of them for 150 ms."""
    network = at.AttractorNetwork(
        "word", UNITS, dynamics or at.KWinners(ACTIVE), rule or at.Willshaw(), gain=gain
    )
    circuit = at.Circuit(at.Architecture([network]))
    stored = disjoint(patterns, UNITS, ACTIVE)
    circuit.store(word=stored)
    return circuit, at.Trial(700.0, [at.Cue("word", stored[0], stop=150.0)]), stored


def rates(circuit, trial, engine, pattern):
    """Rates of active and inactive units over the last 400 ms, in Hz."""
    recording = at.simulate(circuit, trial, engine, record=("spikes",))
    spikes = recording.spikes("word")
    late = spikes.time.values >= 300.0
    counts = np.bincount(spikes.unit.values[late].astype(int), minlength=UNITS) / 0.4
    return counts[pattern > 0].mean(), counts[pattern == 0].mean()


PRESETS = {
    "currents": (at.CurrentLIF(noise=1.0), 1.0),
    "strong currents": (at.CurrentLIF(noise=1.0), 1.15),
    "conductances": (at.Conductance(noise=0.5), 1.2),
}


@pytest.mark.parametrize("preset", PRESETS)
def test_units_fire_at_the_rate_that_the_report_expects(preset, disjoint):
    neurons, gain = PRESETS[preset]
    circuit, trial, stored = memory(disjoint, gain * ACTIVE / (ACTIVE - 1))
    engine = at.SpikingEngine(dt=0.2, neurons=neurons)
    row = engine.report(circuit).networks.loc["word"]
    on, off = rates(circuit, trial, engine, stored[0])
    # a mean field of six units, whose noise is taken for white: 30 % are allowed
    assert on == pytest.approx(row.rate_on, rel=0.3), f"{on:.1f} Hz, {row.rate_on:.1f} expected"
    assert off == pytest.approx(row.rate_off, abs=1.0)


def test_a_circuit_of_which_the_report_says_so_does_not_last(disjoint):
    circuit, trial, stored = memory(disjoint, gain=0.6)
    engine = at.SpikingEngine(dt=0.2, neurons=at.CurrentLIF())
    (warning,) = engine.report(circuit).warnings
    assert "'word' has no on-state that lasts" in warning
    assert "raise the gain" in warning
    on, _ = rates(circuit, trial, engine, stored[0])
    # one last spike of one of the units is 0.4 Hz
    assert on < 1.0


def test_a_circuit_that_passes_lasts(disjoint):
    circuit, trial, stored = memory(disjoint, gain=1.3)
    engine = at.SpikingEngine(dt=0.2, neurons=at.CurrentLIF(noise=1.0))
    assert engine.report(circuit).warnings == ()
    on, off = rates(circuit, trial, engine, stored[0])
    assert on > 20.0
    assert off < 1.0


@pytest.mark.parametrize("gain", [0.3, 1.3])
def test_the_gamma_cycle_lasts_as_its_report_says(gain, disjoint):
    circuit, trial, stored = memory(disjoint, gain, at.KWinners(ACTIVE, threshold=0.5))
    engine = at.SpikingEngine()
    found = engine.report(circuit)
    on, off = rates(circuit, trial, engine, stored[0])
    assert on == pytest.approx(found.networks.rate_on["word"])
    assert off == found.networks.rate_off["word"] == 0.0
    assert bool(found.warnings) == (gain < 0.5)


def test_edges_are_told_by_what_a_spike_does(disjoint):
    networks = [
        at.AttractorNetwork("a", 40, at.KWinners(4)),
        at.AttractorNetwork("b", 50, at.KWinners(5)),
    ]
    edges = [at.Association("a", "b", gain=2.0), at.Diversion("a", "b", mode="veto", delay=20.0)]
    circuit = at.Circuit(at.Architecture(networks, edges))
    x, y = disjoint(1, 40, 4), disjoint(1, 50, 5)
    circuit.associate("a", "b", x, y)
    circuit.divert("a", "b", x, y)
    neurons = at.CurrentLIF(on_rate=50.0, tau_e=20.0, tau_m=20.0)
    ways = {"a->b": at.Transmission(delay=(1.0, 2.0), short_term=at.ShortTerm())}
    table = at.SpikingEngine(neurons=neurons, transmission=ways).report(circuit).edges
    row = table.loc["a->b"]
    volt = at.SpikingEngine(neurons=neurons).report(circuit).networks.field_scale["b"]
    # one of four sources, and a spike at 50 Hz brings 1 mV for every 20 ms
    assert row["mean"] == pytest.approx(2.0 * volt / 4)
    assert row.largest == row["mean"]
    assert (row.synapses, row.unit, row.delay) == (20, "mV", "1-2")
    assert row.short_term.startswith("U 0.2, facilitation 1500 ms")
    # an alpha function peaks at 1/e of what its current would hold
    assert row.psp_mean == pytest.approx(row["mean"] / np.e, rel=1e-2)
    veto = table.loc[table.kind == "veto"].iloc[0]
    assert (veto.unit, veto.delay) == ("1", "20")


@pytest.mark.parametrize("taught", [False, True])
def test_an_edge_that_learns_is_told_of_also_while_it_is_empty(taught, disjoint):
    networks = [at.AttractorNetwork(name, 40, at.KWinners(4), at.Willshaw()) for name in "ab"]
    circuit = at.Circuit(at.Architecture(networks, [at.Association("a", "b", gain=2.0)]))
    for name in "ab":
        circuit.store({name: disjoint(3, 40, 4)})
    if taught:
        circuit.associate("a", "b", disjoint(1, 40, 4), disjoint(1, 40, 4))
    rule = at.TraceHebbian(maximum=1.5)
    neurons = at.CurrentLIF(on_rate=50.0, tau_e=20.0)
    ways = {"a->b": at.Transmission(plasticity=rule)}
    found = at.SpikingEngine(neurons=neurons, transmission=ways).report(circuit)
    row = found.edges.loc["a->b"]
    # a synapse of weight 1 brings 1/4 of a field, gain 2; a spike at 50 Hz 1 mV for every 20 ms
    one = 2.0 / 4 * found.networks.field_scale["b"]
    assert row.plasticity == "TraceHebbian, weights 0 to 1.5"
    assert row.synapses == 1600
    assert row["mean"] == pytest.approx(one * taught * 16 / 1600)
    assert row.largest == pytest.approx(1.5 * one)
    assert found.edges.plasticity["a"] == ""
    assert "TraceHebbian" in str(found)


def test_conductances_have_a_row_a_receptor():
    networks = [at.AttractorNetwork(name, 2, at.Threshold()) for name in "ab"]
    edge = at.Association("a", "b", rule=at.Fixed([[2.0, 0.0], [0.0, 2.0]]))
    circuit = at.Circuit(at.Architecture(networks, [edge]))
    engine = at.SpikingEngine(neurons=at.Conductance(), scale="physical", dt=0.1)
    found = engine.report(circuit)
    assert found.edges.receptor.tolist() == ["g_ampa", "g_nmda"]
    assert found.edges["mean"].tolist() == pytest.approx([0.1, 0.33 * (1 - np.exp(-1.0))])
    assert found.edges.unit.tolist() == ["nS", "nS"]
    assert found.warnings == ()


def test_crosstalk_capacity_rates_and_time_step_are_warned_of(rng):
    network = at.AttractorNetwork("word", UNITS, at.KWinners(ACTIVE), at.Willshaw(), gain=1.5)
    circuit = at.Circuit(at.Architecture([network]))
    circuit.store(word=at.patterns.random_sparse(200, UNITS, ACTIVE, rng))
    engines = [
        at.SpikingEngine(neurons=at.Conductance(noise=noise), dt=1.0) for noise in (0.0, 30.0)
    ]
    text = "\n".join(t for engine in engines for t in engine.report(circuit).warnings)
    for part in ("crosstalk reaches the margin", "theory lets it hold", "Hz without any input"):
        assert part in text
    assert "dt 1 ms is coarse for tau_ampa 2 ms; use at most 0.2 ms" in text
    assert "crosstalk" in "\n".join(at.SpikingEngine().report(circuit).warnings)


def test_a_report_is_a_table_to_read_and_needs_no_brian2(disjoint):
    circuit, _, _ = memory(disjoint)
    text = str(at.SpikingEngine(neurons=at.CurrentLIF()).report(circuit))
    for part in ("networks", "rate_on", "edges", "psp_mean", "word", "CurrentLIF"):
        assert part in text
    script = (
        "import sys, attractors as at; at.SpikingEngine(neurons=at.CurrentLIF()).report(at.Circuit("
        "at.Architecture([at.AttractorNetwork('a', 9, at.KWinners(1))]))); "
        "assert 'brian2' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
