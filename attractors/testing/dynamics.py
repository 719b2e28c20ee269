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
from attractors.testing.require import close, require
from attractors.testing.samples import UNITS, relabelling, sample


def check_dynamics(dynamics: Dynamics, seed: int = 0) -> None:
    """Hold a dynamics, as the rate engine updates it, against the laws of updates.

    States lie in the alphabet (graded ones are finite, and not below 0 where patterns are 0/1),
    no more units are active than the dynamics prescribes, trials do not interact, relabelled
    units (within their blocks, and blocks among each other) get relabelled states for fields
    without ties, a larger field never switches its unit off, a vetoed unit is inactive, and, at
    temperature 0, a memory recalls one stored pattern and a separation singles out the unit that
    is far ahead.

    Parameters
    ----------
    dynamics : Dynamics
        With at most 60 active units.
    seed : int
        Seed of the random fields.
    """
    rng = stream(seed, "dynamics")
    field = rng.normal(0.5, 1.0, (8, UNITS))
    state = random_signs(8, UNITS, rng).astype(float)
    state = (state + 1) / 2 if dynamics.values == "01" else state
    uniform = rng.random((8, UNITS)) if dynamics.temperature else None
    fresh = _updated(dynamics, field, state, uniform)
    _check_alphabet(dynamics, fresh)
    _check_names(dynamics, field, state, uniform, fresh, rng)
    _check_monotone(dynamics, field, state, uniform, fresh)
    if dynamics.values != "±1":
        some = rng.permutation(UNITS) < 20
        vetoed = _updated(dynamics, np.where(some, -np.inf, field), state, uniform)
        require(
            not vetoed[:, some].any(),
            f"{type(dynamics).__name__}: a unit of field -inf (veto) is active",
        )
    if is_memory(dynamics) and dynamics.temperature == 0:
        check_recall(Willshaw() if dynamics.values == "01" else Hebbian(), dynamics, seed)
    if not is_memory(dynamics) and dynamics.values == "01":
        _check_separation(dynamics, field, state)


def is_memory(dynamics: Dynamics) -> bool:
    """Tell whether units can hold a pattern by themselves, and are no part of a dense memory."""
    return not dynamics.graded or dynamics.time_constant is not None


def check_recall(rule: Rule, dynamics: Dynamics, seed: int = 0) -> None:
    """Hold a rule and a dynamics against the first task of a memory: to keep one pattern.

    Held for 50 ms in its only pattern and then let go, a network must still be there after
    150 ms (match of at least 0.9).

    Parameters
    ----------
    rule : Rule
        Of the recurrent memory.
    dynamics : Dynamics
        For patterns of the rule's values; 0/1 patterns have 6 of 60 units active, or one in
        each block.
    seed : int
        Seed of the pattern.
    """
    network = AttractorNetwork("memory", UNITS, dynamics, rule)
    circuit = Circuit(Architecture((network,)))
    pattern = sample(rule, 1, UNITS, seed, dynamics.values)
    if dynamics.blocks is not None:
        pattern = _one_in_each(dynamics.blocks, stream(seed, "blocks"))
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
    if not dynamics.graded:
        allowed = (-1, 1) if dynamics.values == "±1" else (0, 1)
        require(bool(np.isin(fresh, allowed).all()), f"{who}: states are not all of {allowed}")
    elif dynamics.values == "01":
        require(bool((fresh >= 0).all()), f"{who}: some states are below 0")
    require(bool(np.isfinite(fresh).all()), f"{who}: some states are not finite")
    prescribed = dynamics.activity(UNITS)
    if prescribed is not None:
        most, allowed_most = int((fresh > 0).sum(axis=1).max()), round(prescribed * UNITS)
        require(most <= allowed_most, f"{who}: {most} units are active, prescribed {allowed_most}")


def _check_names(
    dynamics: Dynamics,
    field: NDArray[Any],
    state: NDArray[Any],
    uniform: NDArray[Any] | None,
    fresh: NDArray[Any],
    rng: np.random.Generator,
) -> None:
    """Require that neither the other trials nor the names of units matter."""
    who = type(dynamics).__name__
    for row in range(len(field)):
        one = slice(row, row + 1)
        alone = _updated(
            dynamics, field[one], state[one], None if uniform is None else uniform[one]
        )
        require(np.array_equal(alone, fresh[one]), f"{who}: trial {row} depends on the others")
    order = _relabelling(dynamics.blocks, rng)
    moved = _updated(
        dynamics, field[:, order], state[:, order], None if uniform is None else uniform[:, order]
    )
    require(
        # sums over units may round differently in another order
        close(moved, fresh[:, order])
        if dynamics.graded
        else np.array_equal(moved, fresh[:, order]),
        f"{who}: relabelled units do not get the relabelled states (fields without ties)",
    )


def _relabelling(blocks: int | None, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return a permutation of the units that moves blocks, and units within their blocks."""
    if blocks is None:
        return relabelling(UNITS, rng)
    table = np.arange(UNITS).reshape(blocks, -1)
    moved = [row[relabelling(len(row), rng)] for row in table]
    return np.concatenate([moved[block] for block in relabelling(blocks, rng)])


def _one_in_each(blocks: int, rng: np.random.Generator) -> NDArray[np.int8]:
    """Return a pattern (1, 60) with one active unit in each block."""
    size = UNITS // blocks
    pattern = np.zeros((1, UNITS), np.int8)
    pattern[0, np.arange(blocks) * size + rng.integers(0, size, blocks)] = 1
    return pattern


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
            bool((after >= fresh[:, unit] - 1e-12).all()),
            f"{type(dynamics).__name__}: a larger field switches unit {unit} off",
        )


def _check_separation(dynamics: Dynamics, field: NDArray[Any], state: NDArray[Any]) -> None:
    """Require that a unit far ahead of all others answers more than all of them together."""
    ahead = field.copy()
    ahead[:, 7] = 1000.0
    fresh = _updated(dynamics, ahead, state, None)
    share = float((fresh[:, 7] / fresh.sum(axis=1)).min())
    require(
        share > 0.5,
        f"{type(dynamics).__name__}: a unit far ahead of all others has {share:.2f} of the "
        "answers, wanted more than half",
    )


def _updated(
    dynamics: Dynamics, field: NDArray[Any], state: NDArray[Any], uniform: NDArray[Any] | None
) -> NDArray[Any]:
    return update(dynamics, field.copy(), state.copy(), uniform)[0]
