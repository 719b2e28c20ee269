"""The quick sweep does what the plain loop over units does, bit for bit."""

from __future__ import annotations

import numpy as np
import pytest

from attractors import Sign, Threshold
from attractors.dynamics import Dynamics
from attractors.engines.rate.field import Field
from attractors.engines.rate.sweep import sweep, unit_by_unit

UNITS, TRIALS = 150, 7


def setting(generator: np.random.Generator, dynamics: Dynamics) -> tuple[np.ndarray, ...]:
    values = (-1, 1) if dynamics.values == "±1" else (0, 1)
    patterns = generator.choice(values, (30, UNITS)).astype(np.float32)
    centred = patterns - patterns.mean()
    columns = (centred.T @ centred / UNITS).astype(np.float32)
    np.fill_diagonal(columns, 0)
    state = generator.choice(values, (TRIALS, UNITS)).astype(np.float32)
    state[-1] = patterns[0]
    return state, columns, (state @ columns).astype(float)


@pytest.mark.parametrize("dynamics", [Sign(order="asynchronous"), Threshold(0.1)])
@pytest.mark.parametrize("diverted", [False, True])
@pytest.mark.parametrize("recurrent", [True, False])
def test_sweep_equals_the_loop_over_units(
    rng: np.random.Generator, dynamics: Dynamics, diverted: bool, recurrent: bool
) -> None:
    state, columns, excitation = setting(rng, dynamics)
    # ties must keep the state in both
    excitation[:, ::11] = 0.0
    inhibition = rng.random((3, TRIALS, UNITS)) if diverted else (None, None, None)
    order = rng.permutation(UNITS)
    results = []
    for function in (sweep, unit_by_unit):
        field = Field(excitation.copy(), *inhibition)
        weights = columns if recurrent else None
        after = function(dynamics, field, state, weights, order, None)
        results.append((after, field.excitation))
    assert np.array_equal(results[0][0], results[1][0])
    assert np.array_equal(results[0][1], results[1][1])
    assert not np.array_equal(results[0][0], state), "nothing changed: the test tests nothing"


def test_sweep_leaves_the_given_state_alone(rng: np.random.Generator) -> None:
    state, columns, excitation = setting(rng, Sign())
    before = state.copy()
    sweep(Sign(), Field(excitation), state, columns, rng.permutation(UNITS), None)
    assert np.array_equal(state, before)
