"""The laws of dynamics, held where the rate engine updates them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.architecture import Architecture, AttractorNetwork
from attractors.circuit import Circuit
from attractors.dynamics import Dynamics
from attractors.engines.rate import update
from attractors.patterns import random_signs
from attractors.protocol import Trial
from attractors.rules import Hebbian, Rule, Willshaw
from attractors.seeding import stream
from attractors.simulation import simulate
from attractors.testing.require import require
from attractors.testing.samples import UNITS, relabelling, sample


def check_dynamics(dynamics: Dynamics, seed: int = 0) -> None:
    """Hold a dynamics, as the rate engine updates it, against the laws of updates.

    States lie in the alphabet, no more units are active than the dynamics prescribes, trials do
    not interact, relabelled units get relabelled states (fields without ties), a larger field
    never switches its unit off, a vetoed unit is inactive, and, at temperature 0, one stored
    pattern is recalled.

    Parameters
    ----------
    dynamics : Dynamics
        With at most 60 active units.
    seed : int
        Seed of the random fields.
    """
    who, rng = type(dynamics).__name__, stream(seed, "dynamics")
    field = rng.normal(0.5, 1.0, (8, UNITS))
    state = random_signs(8, UNITS, rng).astype(float)
    state = state if dynamics.values == "±1" else (state + 1) / 2
    uniform = rng.random((8, UNITS)) if dynamics.temperature else None
    fresh = _updated(dynamics, field, state, uniform)
    _check_alphabet(dynamics, fresh)
    for row in range(len(field)):
        one = slice(row, row + 1)
        alone = _updated(
            dynamics, field[one], state[one], None if uniform is None else uniform[one]
        )
        require(np.array_equal(alone, fresh[one]), f"{who}: trial {row} depends on the others")
    order = relabelling(UNITS, rng)
    moved = _updated(
        dynamics, field[:, order], state[:, order], None if uniform is None else uniform[:, order]
    )
    require(
        np.array_equal(moved, fresh[:, order]),
        f"{who}: relabelled units do not get the relabelled states (fields without ties)",
    )
    _check_monotone(dynamics, field, state, uniform, fresh)
    if dynamics.values == "01":
        vetoed = _updated(dynamics, np.where(order < 20, -np.inf, field), state, uniform)
        require(not vetoed[:, order < 20].any(), f"{who}: a unit of field -inf (veto) is active")
    if dynamics.temperature == 0:
        check_recall(Willshaw() if dynamics.values == "01" else Hebbian(), dynamics, seed)


def check_recall(rule: Rule, dynamics: Dynamics, seed: int = 0) -> None:
    """Hold a rule and a dynamics against the first task of a memory: to keep one pattern.

    Held for 50 ms in its only pattern and then let go, a network must still be there after
    150 ms (match of at least 0.9).

    Parameters
    ----------
    rule : Rule
        Of the recurrent memory.
    dynamics : Dynamics
        For patterns of the rule's values; 0/1 patterns have 6 of 60 units active.
    seed : int
        Seed of the pattern.
    """
    network = AttractorNetwork("memory", UNITS, dynamics, rule)
    circuit = Circuit(Architecture((network,)))
    pattern = sample(rule, 1, UNITS, seed, dynamics.values)
    circuit.store(memory=pattern)
    trials = Trial.batch(200.0, {"memory": pattern}, stop=50.0, mode="clamped")
    found = float(simulate(circuit, trials, "rate", seed=seed).final_match("memory")[0, 0])
    require(
        found >= 0.9,
        f"{type(rule).__name__} with {type(dynamics).__name__} units loses the one pattern it has "
        f"stored: match {found:.2f} after 150 ms on its own, wanted 0.9",
    )


def _check_alphabet(dynamics: Dynamics, fresh: NDArray[Any]) -> None:
    who = type(dynamics).__name__
    if dynamics.time_constant is None:
        allowed = (-1, 1) if dynamics.values == "±1" else (0, 1)
        require(bool(np.isin(fresh, allowed).all()), f"{who}: states are not all of {allowed}")
    require(bool(np.isfinite(fresh).all()), f"{who}: some states are not finite")
    prescribed = dynamics.activity(UNITS)
    if prescribed is not None:
        most, allowed_most = int((fresh > 0).sum(axis=1).max()), round(prescribed * UNITS)
        require(most <= allowed_most, f"{who}: {most} units are active, prescribed {allowed_most}")


def _check_monotone(
    dynamics: Dynamics,
    field: NDArray[Any],
    state: NDArray[Any],
    uniform: NDArray[Any] | None,
    fresh: NDArray[Any],
) -> None:
    for unit in range(0, UNITS, 7):
        raised = field.copy()
        raised[:, unit] += 1.0
        after = _updated(dynamics, raised, state, uniform)[:, unit]
        require(
            bool((after >= fresh[:, unit]).all()),
            f"{type(dynamics).__name__}: a larger field switches unit {unit} off",
        )


def _updated(
    dynamics: Dynamics, field: NDArray[Any], state: NDArray[Any], uniform: NDArray[Any] | None
) -> NDArray[Any]:
    return update(dynamics, field.copy(), state.copy(), uniform)[0]
