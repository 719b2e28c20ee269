from __future__ import annotations

import importlib

import numpy as np
import pytest

import attractors as at
from attractors import catalog
from attractors.catalog.source import execute
from attractors.spike_trains import SpikeTrains, binned_rates

MODEL = catalog.load("mongillo_2008")
MODULE = execute(MODEL.path)
SCRIPTS = MODEL.path.parent.parent / "tests" / "benchmarks" / "brian2_scripts"


@pytest.mark.slow
@pytest.mark.parametrize("claim", MODEL.claims, ids=lambda claim: claim.statement)
def test_claim_holds(claim):
    measured = claim.measure(0)
    assert claim.holds(measured), f"published {claim.published}, measured {measured}"


@pytest.mark.slow
@pytest.mark.parametrize("background", [MODULE.SILENT, MODULE.RHYTHMIC])
def test_it_does_what_the_script_by_hand_does(background, monkeypatch):
    """Other connections, the same network: means over networks within two standard errors."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    script = importlib.import_module("mongillo_2008")
    ours = [MODULE.numbers(seed, [background])[0] for seed in range(6)]
    theirs = [script.run(seed, background, scale=MODULE.SCALE) for seed in range(6)]
    for what in ("cue_rate", "delay_cued", "delay_others"):
        a, b = (np.array([row[what] for row in rows]) for rows in (ours, theirs))
        error = np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / 6)
        assert abs(a.mean() - b.mean()) <= 2 * error, what


def test_units_have_the_papers_inputs_at_a_quarter_of_the_size():
    circuit = MODEL.build(0)
    pools = circuit.patterns("E")
    weights = {link.name: link.synapses.toarray() for link in circuit.links}
    recurrent = weights["E"]
    assert recurrent.shape == (2000, 2000)
    # 1,600 of 2,000 drawn, over 2,000 units: the mean has a standard error of 0.4
    assert abs(np.count_nonzero(recurrent, axis=1).mean() - 1600.0) < 2.0
    own, other = (recurrent[:200, start : start + 200] for start in (0, 200))
    assert set(np.unique(own)) == {0.0, 0.45}
    assert set(np.unique(other)) == {0.0, 0.1}
    none = recurrent[:, pools.sum(axis=0) == 0]
    strong = (none == 0.45).sum() / (none > 0).sum()
    # 1.6 million drawn with a share of 0.1: the standard error is 0.00024
    assert abs(strong - 0.1) < 0.0015
    assert {name: w.max() for name, w in weights.items() if name != "E"} == {
        "E->I": 0.135,
        "I-|E": 0.25,
        "I-|I": 0.2,
    }


def test_noise_is_the_papers():
    """σ √τ ξ, σ = 1 mV, makes a potential of variance σ²/2, which is what presets are given."""
    assert MODULE.engine().neurons_of("E").noise ** 2 == pytest.approx(0.5)


@pytest.mark.parametrize("membrane", [MODULE.TAU_E, MODULE.TAU_I])
def test_a_spike_of_the_filtered_synapses_peaks_at_its_weight(membrane):
    """Euler steps of 1 µs, whose error is below a thousandth of the 1 mV."""
    current, potential, peak, step = MODULE.FILTERED.unit(membrane), 0.0, 0.0, 1e-3
    for _ in range(20_000):
        potential += step * (current - potential) / membrane
        current -= step * current / MODULE.FILTERED.tau
        peak = max(peak, potential)
    assert peak == pytest.approx(1.0, abs=1e-3)
    assert MODULE.PULSES.unit(membrane) == MODULE.PULSES.inhibition(membrane) == 1.0


def test_inhibition_has_one_charge_for_both_membranes_as_in_the_published_code():
    charges = [MODULE.FILTERED.inhibition(tau) * MODULE.FILTERED.tau / tau for tau in (15.0, 10.0)]
    assert charges[0] == pytest.approx(charges[1])
    # (10/2)^(10/8) / 5, the charge of a potential that peaks at 1 mV on an inhibitory unit
    assert charges[1] == pytest.approx(5.0**0.25)


def test_filtered_weights_and_units_go_together():
    circuit = MODULE.build(0, scale=0.05, synapses=MODULE.FILTERED)
    plain = MODULE.build(0, scale=0.05)
    ratio = {
        link.name: link.synapses.toarray().max() / other.synapses.toarray().max()
        for link, other in zip(circuit.links, plain.links, strict=True)
    }
    assert ratio["E"] == pytest.approx(MODULE.FILTERED.unit(15.0))
    assert ratio["E->I"] == ratio["I-|I"] == pytest.approx(MODULE.FILTERED.unit(10.0))
    engine = MODULE.engine(synapses=MODULE.FILTERED)
    cells = engine.neurons_of("E"), engine.neurons_of("I")
    assert [(cell.tau_e, cell.tau_i, cell.noise) for cell in cells] == [(2.0, 2.0, 1.0)] * 2
    assert cells[1].bias == 20.5


def test_filtered_synapses_are_as_many_for_every_unit_from_each_population():
    circuit = MODULE.build(0, synapses=MODULE.FILTERED)
    pools, unit = circuit.patterns("E") > 0, MODULE.FILTERED.unit(15.0)
    weights = {link.name: link.synapses.toarray() for link in circuit.links}
    recurrent, none = weights["E"], ~pools.any(axis=0)
    strong = np.isclose(recurrent, 0.45 * unit)
    for pool in pools:
        # four fifths of the 200 in a quarter of the units
        assert set(np.count_nonzero(recurrent[:, pool], axis=1)) == {160}
        np.testing.assert_array_equal(strong[:, pool].sum(axis=1), np.where(pool, 160, 0))
    assert set(np.count_nonzero(recurrent[:, none], axis=1)) == {800}
    assert set(strong[:, none].sum(axis=1)) == {80}
    others = {name: set(np.count_nonzero(w, axis=1)) for name, w in weights.items() if name != "E"}
    assert others == {"E->I": {1600}, "I-|E": {400}, "I-|I": {400}}


def test_the_cued_pool_answers_its_cue():
    circuit = MODULE.build(1, scale=0.05)
    pools = circuit.patterns("E")
    cues = [
        at.Cue("E", np.ones(pools.shape[1]), strength=23.0),
        at.Cue("E", pools[0], 50.0, 150.0, strength=0.15 * 23.0),
    ]
    recording = at.simulate(
        circuit, at.Trial(150.0, cues), MODULE.engine(target="numpy"), record=("spikes",)
    )
    trains = SpikeTrains.from_recording(recording, "E").between(50.0, 150.0)
    rates = binned_rates(trains, 100.0, by=pools).values[0, 0]
    assert rates[0] > 2.0 * rates[1:].max()


def test_population_spikes_are_told_apart():
    rates = np.zeros(60)
    rates[[5, 6, 30, 32]] = 80.0
    # the second pair is 20 ms apart, one event; so is the first
    assert MODULE._population_spikes(rates) == 2
    assert MODULE._population_spikes(np.full(60, 20.0)) == 0
