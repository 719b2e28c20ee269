"""Hidden and linear units on the rate engine: two networks that make a dense memory."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import softmax

import attractors as at
from attractors.seeding import stream
from attractors.synapses import separate

HIDDEN = [at.Softmax(2.0), at.Power(3), at.Exponential(), at.Sparsemax(), at.Linear()]


@pytest.mark.parametrize("dynamics", HIDDEN, ids=repr)
def test_units_answer_their_field_of_the_last_step_in_double_precision(dynamics) -> None:
    field = stream(0, "field").normal(0, 2, 30)
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("n", 30, dynamics)]))
    run = at.simulate(circuit, at.Trial(20.0, [at.Cue("n", field)]), record="state")
    # recorded in single precision, as are cues
    found = run.get("state", "n").values[0, -1]
    assert found == pytest.approx(separate(dynamics, field[None])[0], rel=1e-6, abs=1e-7)


def memory(keys: np.ndarray, visible: at.Dynamics, hidden: at.Dynamics) -> at.Circuit:
    """A dense memory by hand: one hidden unit for every row of the keys (P, N)."""
    networks = [
        at.AttractorNetwork("visible", keys.shape[1], visible),
        at.AttractorNetwork("hidden", len(keys), hidden),
    ]
    edges = [
        at.Association("visible", "hidden", at.Fixed(keys)),
        at.Association("hidden", "visible", at.Fixed(keys.T)),
    ]
    return at.Circuit(at.Architecture(networks, edges))


def recalled(circuit: at.Circuit, cue: np.ndarray, mode: str = "clamped") -> np.ndarray:
    """Visible state after the cue was held for 20 ms, when the hidden units know of it."""
    trial = at.Trial(30.0, [at.Cue("visible", cue, stop=20.0, mode=mode)])
    return at.simulate(circuit, trial, record="state").get("state", "visible").values[0, -1]


def test_one_step_there_and_back_is_attention() -> None:
    rng = stream(1, "keys")
    keys, cue, beta = rng.normal(size=(40, 16)), rng.normal(size=16), 0.7
    found = recalled(memory(keys, at.Linear(), at.Softmax(beta)), cue)
    wanted = softmax(beta * (keys @ cue.astype(np.float32))) @ keys
    assert found == pytest.approx(wanted, rel=1e-5, abs=1e-6)


@pytest.mark.parametrize("hidden", [at.Power(5), at.Exponential(), at.Softmax(1.0)], ids=repr)
def test_signs_come_back_from_far_more_patterns_than_a_matrix_holds(hidden) -> None:
    rng = stream(2, "signs")
    units, patterns = 60, 300
    keys = rng.choice([-1, 1], (patterns, units))
    cue = keys[7] * np.where(np.arange(units) < 6, -1, 1)
    # a Hebbian matrix of this size holds some ten
    assert (recalled(memory(keys, at.Sign(), hidden), cue) == keys[7]).all()
