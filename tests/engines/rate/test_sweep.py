"""Asynchronous sweeps: every unit reads what the others just became."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors.engines.rate.field import Field
from attractors.engines.rate.sweep import sweep, unit_by_unit
from attractors.patterns import random_signs
from attractors.seeding import stream

DYNAMICS = [at.Sign(order="asynchronous"), at.Threshold(0.1, order="asynchronous")]


def problem(units: int = 150, trials: int = 7) -> dict[str, np.ndarray]:
    rng = stream(0, "sweep")
    weights = rng.normal(size=(units, units)) / np.sqrt(units)
    state = random_signs(trials, units, rng).astype(float)
    return {"columns": weights.T.copy(), "state": state, "order": rng.permutation(units)}


@pytest.mark.parametrize("dynamics", DYNAMICS, ids=lambda dynamics: type(dynamics).__name__)
def test_skipping_unchanged_units_changes_nothing(dynamics: at.Dynamics) -> None:
    given = problem()
    state = given["state"] if dynamics.values == "±1" else (given["state"] + 1) / 2
    results = []
    for function in (sweep, unit_by_unit):
        field = Field(state @ given["columns"])
        fresh = function(dynamics, field, state, given["columns"], given["order"], None)
        results.append((fresh, field.excitation))
    assert np.array_equal(results[0][0], results[1][0])
    assert results[0][1] == pytest.approx(results[1][1], abs=1e-12)
    assert not np.array_equal(results[0][0], state)


@pytest.mark.parametrize("dynamics", DYNAMICS, ids=lambda dynamics: type(dynamics).__name__)
@pytest.mark.parametrize("recurrent", [True, False])
def test_skipping_respects_diversions_and_ties_bit_for_bit(
    dynamics: at.Dynamics, recurrent: bool
) -> None:
    given = problem()
    state = given["state"] if dynamics.values == "±1" else (given["state"] + 1) / 2
    before, columns = state.copy(), given["columns"] if recurrent else None
    excitation = state @ given["columns"]
    excitation[:, ::11] = 0.0
    inhibition = stream(1, "sweep").random((3, *state.shape))
    results = []
    for function in (sweep, unit_by_unit):
        field = Field(excitation.copy(), *inhibition)
        fresh = function(dynamics, field, state, columns, given["order"], None)
        results.append((fresh, field.excitation))
    assert np.array_equal(results[0][0], results[1][0])
    assert np.array_equal(results[0][1], results[1][1])
    assert np.array_equal(state, before), "the given state was changed"


def test_a_sweep_is_what_a_plain_loop_over_units_gives() -> None:
    given = problem(40, 1)
    state = given["state"].copy()
    field = Field(state @ given["columns"])
    swept = sweep(DYNAMICS[0], field, state, given["columns"], given["order"], None)
    for unit in given["order"]:
        state[0, unit] = np.sign(state[0] @ given["columns"][:, unit])
    assert np.array_equal(swept, state)


def test_diversions_stay_as_they_were_at_the_start_of_the_sweep() -> None:
    field = Field(np.array([[1.0, 1.0]]), veto=np.array([[0.0, 1.0]]))
    dynamics = at.Threshold(0.5, order="asynchronous")
    swept = sweep(dynamics, field, np.zeros((1, 2)), None, np.array([1, 0]), None)
    assert swept.tolist() == [[1, 0]]


def test_energy_never_rises_at_temperature_zero() -> None:
    network = at.AttractorNetwork("n", 120, at.Sign(order="asynchronous"), at.Hebbian())
    circuit = at.Circuit(at.Architecture([network]))
    circuit.store(n=random_signs(30, 120, stream(0, "energy")))
    cues = {"n": random_signs(10, 120, stream(1, "energy"))}
    trials = at.Trial.batch(150.0, cues, stop=10.0, mode="clamped")
    energy = at.simulate(circuit, trials, record="energy").get("energy", "n").values
    # single precision of energies of about -60
    assert (np.diff(energy, axis=1) <= 1e-4).all()
    assert (energy[:, -1] < energy[:, 0] - 10).all()


def test_every_sweep_draws_another_order() -> None:
    # Unit i copies unit i-1: how far activity runs in a sweep shows the order that was drawn.
    chain = np.eye(30, k=-1)
    chain[0, 0] = 1.0
    network = at.AttractorNetwork("n", 30, at.Threshold(order="asynchronous"), at.Fixed(chain))
    cue = at.Cue("n", np.eye(30)[0], stop=10.0, mode="clamped")
    circuit = at.Circuit(at.Architecture([network]))
    runs = [at.simulate(circuit, at.Trial(100.0, [cue]), seed=s, record="state") for s in (0, 0, 1)]
    reach = [run.get("state", "n").values[0].sum(axis=1) for run in runs]
    assert np.array_equal(reach[0], reach[1])
    assert not np.array_equal(reach[0], reach[2])
    assert len(set(np.diff(reach[0])[:6])) > 1


def test_no_unit_reads_a_silenced_one_as_active() -> None:
    weights = np.zeros((20, 20))
    weights[1:, 0] = 1.0
    for temperature in (0.0, 1e-3):  # both ways through the sweep
        dynamics = at.Threshold(0.5, temperature, order="asynchronous")
        network = at.AttractorNetwork("n", 20, dynamics, at.Fixed(weights))
        circuit = at.Circuit(at.Architecture([network]))
        trial = at.Trial(50.0, [at.Cue("n", np.eye(20)[0])], silences=[at.Silence("n", units=[0])])
        run = at.simulate(circuit, trial, record="activity")
        assert run.get("activity", "n").values.max() == 0.0


def test_asynchronous_sign_units_equal_a_sweep_in_whole_numbers() -> None:
    for seed in range(20):
        rng = stream(seed, "whole")
        units = int(rng.integers(20, 90))
        patterns = random_signs(int(rng.integers(2, 7)), units, rng)
        weights = patterns.T.astype(int) @ patterns
        np.fill_diagonal(weights, 0)
        network = at.AttractorNetwork("n", units, at.Sign(order="asynchronous"), at.Hebbian())
        circuit = at.Circuit(at.Architecture([network]))
        circuit.store(n=patterns)
        state = random_signs(1, units, rng)[0]
        trial = at.Trial(40.0, [at.Cue("n", state, stop=10.0, mode="clamped")])
        run = at.simulate(circuit, trial, seed=seed, record="state")
        expected = state.astype(int)
        for step in range(1, 4):
            for unit in stream(seed, "n", "order", step).permutation(units):
                field = weights[unit] @ expected
                expected[unit] = np.sign(field) or expected[unit]
            assert np.array_equal(run.get("state", "n").values[0, step], expected), (seed, step)
