from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors import catalog
from attractors.catalog.source import execute
from attractors.spike_trains import SpikeTrains

MODEL = catalog.load("spiking_willshaw")
MODULE = execute(MODEL.path)
TINY = MODULE.Setting(60, 4, 4, 150)


@pytest.mark.slow
@pytest.mark.parametrize("claim", MODEL.claims, ids=lambda claim: claim.statement)
def test_claim_holds(claim):
    measured = claim.measure(0)
    assert claim.holds(measured), f"published {claim.published}, measured {measured}"


@pytest.mark.parametrize("noise", [0.0, 0.4])
def test_engines_give_the_same_answers(noise):
    filled = MODULE.fill(1, TINY, memories=2, recalls=6)
    spiking, rate = (MODULE.recall(filled, name, noise, seed=1) for name in MODULE.ENGINES)
    assert rate.any()
    assert (spiking == rate).all()


@pytest.mark.parametrize(("given", "noise"), [(4, 0.0), (2, 0.0), (4, 0.5), (3, 1.0)])
def test_counting_agrees_with_the_rate_engine(given, noise):
    """The mean over memories lies within four standard errors, on either side (p = 0.003)."""
    setting = TINY._replace(given=given)
    filled = MODULE.fill(2, setting, memories=10, recalls=100)
    answers = MODULE.recall(filled, "rate", noise, seed=2)
    right = filled.right == 1
    found = [
        (row[~own].mean(), (~row)[own].mean()) for row, own in zip(answers, right, strict=True)
    ]
    mean, error = np.mean(found, axis=0), np.std(found, axis=0, ddof=1) / np.sqrt(10)
    wanted = np.array(MODULE.errors(setting, noise))
    assert (np.abs(mean - wanted) <= 4 * error).all(), (mean, error, wanted)


def test_without_noise_only_what_is_reached_by_all_fires():
    filled = MODULE.fill(3, TINY, memories=1, recalls=20)
    weights = filled.circuit.links[0].synapses.toarray().astype(int)
    reached = filled.cues[0] @ weights.T == TINY.given
    assert (MODULE.recall(filled, "rate")[0] == reached).all()
    assert reached[filled.right[0] == 1].all()


def test_half_a_cue_has_half_of_the_units():
    filled = MODULE.fill(0, TINY._replace(given=2), memories=2, recalls=5)
    whole = MODULE.fill(0, TINY, memories=2, recalls=5)
    assert (filled.cues.sum(axis=2) == 2).all()
    assert (filled.cues <= whole.cues).all()
    assert (filled.right == whole.right).all()


def test_small_noise_leaves_the_errors_as_they_are():
    """At a hundredth of a synapse the threshold is 50 standard deviations away."""
    quiet, noisy = MODULE.errors(MODULE.SMALL), MODULE.errors(MODULE.SMALL, 0.01)
    assert noisy == pytest.approx(quiet, rel=1e-9)


def test_capacity_of_whole_cues_is_the_theorys():
    units, active, _, _ = MODULE.SMALL
    wanted = at.theory.willshaw_capacity(units, active, MODULE.ERROR)
    assert MODULE.capacity(MODULE.SMALL) == pytest.approx(wanted, rel=1e-5)


@pytest.mark.parametrize("setting", [MODULE.SMALL, MODULE.HALF, MODULE.LARGE])
def test_full_memories_have_a_tenth_of_the_units_wrong(setting):
    assert round(MODULE.capacity(setting)) == setting.pairs


@pytest.mark.parametrize("setting", [MODULE.CROWDED, MODULE.BENCHMARK])
def test_crowded_memories_hold_most(setting):
    best = MODULE.expected(setting)
    for factor in (0.97, 1.03):
        assert MODULE.expected(setting._replace(pairs=factor * setting.pairs)) < best


def test_synapses_hold_more_in_larger_memories_and_never_ln_2():
    held = [MODULE.expected(s) for s in (MODULE.SMALL, MODULE.LARGE)]
    assert held[0] < held[1] < np.log(2.0)


def test_measured_bits_tell_exact_counting_from_the_usual_formula():
    """That takes the synapses for independent: p = p_1 to the power of the cue's size."""
    units, active, given, pairs = MODULE.HALF
    measured = MODULE.information(0, MODULE.HALF, name="rate")
    single = 1.0 - (1.0 - (active / units) ** 2) ** pairs
    usual = pairs * at.theory.transinformation(active / units, single**given) / units
    claim = at.Claim("", MODULE.expected(MODULE.HALF), 0.0, "", MODULE.information)
    other = at.Claim("", usual, 0.0, "", MODULE.information)
    assert claim.holds(measured), (claim.published, measured)
    assert not other.holds(measured), (usual, measured)


def test_bits_are_those_of_the_errors():
    filled = MODULE.fill(0, TINY, memories=1, recalls=5)
    (held,) = MODULE.bits_per_synapse(filled, filled.right == 1)
    whole = TINY.pairs * at.theory.entropy(TINY.active / TINY.units) / TINY.units
    assert held == pytest.approx(whole)
    (lost,) = MODULE.bits_per_synapse(filled, np.zeros_like(filled.right, dtype=bool))
    assert lost == 0.0


def test_volleys_without_jitter_are_answered_by_counting():
    filled = MODULE.fill(4, TINY, memories=1, recalls=3, free=True)
    weights = filled.circuit.links[0].synapses.toarray().astype(int)
    reached = filled.cues @ weights.T == TINY.given
    answers = MODULE.volleys(filled, jitter=0.0, noise=0.0, seed=4)
    assert (answers == reached).all()
    # units that are not meant to fire do, so that the test could fail
    assert (reached & (filled.right == 0)).any()


def test_a_unit_of_the_cue_fires_once_and_at_its_time():
    filled = MODULE.fill(0, TINY, memories=1, recalls=1, free=True)
    draws = [at.seeding.stream(0, "own") for _ in range(2)]
    cue = MODULE._volley("address0", filled.cues[0, 0], 3.0, draws[0])
    names = tuple(filled.circuit.architecture.nodes)
    recording = at.simulate(
        filled.circuit,
        at.Trial(MODULE.END, [cue]),
        MODULE.free_engine(names, noise=0.0),
        record=("spikes",),
    )
    trains = SpikeTrains.from_recording(recording, "address0")
    order = np.argsort(trains.unit)
    assert trains.unit[order].tolist() == np.flatnonzero(filled.cues[0, 0]).tolist()
    wanted, fired = draws[1].normal(MODULE.VOLLEY, 3.0, TINY.active), trains.time[order]
    # half a step of the grid to either side, and the step that it takes to reach threshold
    assert (np.abs(fired - wanted) <= MODULE.GRID / 2 + 0.2).all(), (fired, wanted)


def test_it_shows_recall_with_a_tenth_as_many_wrong_units():
    circuit = MODEL.build(0)
    recording = at.simulate(circuit, MODEL.trials(circuit, 0), "rate")
    assert recording.winner("content0").tolist() == list(range(MODULE.RECALLS))
    assert circuit.patterns("content0").shape == (842, 300)
