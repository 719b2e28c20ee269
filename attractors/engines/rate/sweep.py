"""One asynchronous sweep: every unit updates once and reads what the others just became."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.dynamics import Dynamics, Sign, Threshold
from attractors.engines.rate.field import Columns, Field
from attractors.engines.rate.updates import update

# Their new state is a comparison of a unit's own field: the same for one unit or for many.
COMPARING = (Sign, Threshold)
BLOCK = 64


def sweep(
    dynamics: Dynamics,
    field: Field,
    state: NDArray[Any],
    columns: Columns | None,
    order: NDArray[np.int64],
    uniform: NDArray[Any] | None,
    silent: NDArray[np.bool_] | None = None,
) -> NDArray[Any]:
    """Return the state after all units updated one after the other.

    Parameters
    ----------
    dynamics : Dynamics
        How a unit updates.
    field : Field
        Field at the start; its excitation is kept up to date in place.
    state : (B, N)
        State at the start.
    columns : Columns or None
        Scaled recurrent weights ``[pre, post]``.
    order : (N,) int
        Order of the units.
    uniform : (B, N) or None
        Uniform random numbers, where the temperature is above 0.
    silent : (B, N) bool, optional
        Units held inactive, which no other may read as active.
    """
    if uniform is None and type(dynamics) in COMPARING:
        return _from_change_to_change(dynamics, field, state, columns, order, silent)
    return unit_by_unit(dynamics, field, state, columns, order, uniform, silent)


def unit_by_unit(
    dynamics: Dynamics,
    field: Field,
    state: NDArray[Any],
    columns: Columns | None,
    order: NDArray[np.int64],
    uniform: NDArray[Any] | None,
    silent: NDArray[np.bool_] | None = None,
) -> NDArray[Any]:
    """Return what :func:`sweep` returns, for any dynamics; parameters as there."""
    state = state.copy()
    for unit in order:
        one = slice(unit, unit + 1)
        drawn = None if uniform is None else uniform[:, one]
        fresh, _ = update(dynamics, field.total(one), state[:, one], drawn)
        fresh = _held(fresh, silent, one)
        change = (fresh - state[:, one])[:, 0]
        state[:, unit] = fresh[:, 0]
        changed = np.flatnonzero(change)
        if columns is not None and len(changed):
            field.excitation[changed] += change[changed, None] * columns[unit]
    return state


def _from_change_to_change(
    dynamics: Dynamics,
    field: Field,
    state: NDArray[Any],
    columns: Columns | None,
    order: NDArray[np.int64],
    silent: NDArray[np.bool_] | None,
) -> NDArray[Any]:
    """Skip, trial by trial, from one unit that changes to the next: few do near a fixed point."""
    state = state.copy()
    for start in range(0, len(order), BLOCK):
        block = order[start : start + BLOCK]
        place, done = np.arange(len(block)), np.zeros((len(state), 1), np.int64)
        while True:
            before = state[:, block]
            fresh, _ = update(dynamics, field.total(block), before, None)
            fresh = _held(fresh, silent, block)
            differs = (fresh != before) & (place >= done)
            trials = np.flatnonzero(differs.any(axis=1))
            if len(trials) == 0:
                break
            first = differs[trials].argmax(axis=1)
            units, change = block[first], (fresh - before)[trials, first]
            state[trials, units] = fresh[trials, first]
            if columns is not None:
                field.excitation[trials] += change[:, None] * columns[units]
            done[trials, 0] = first + 1
    return state


def _held(
    fresh: NDArray[Any], silent: NDArray[np.bool_] | None, units: slice | NDArray[np.int64]
) -> NDArray[Any]:
    return fresh if silent is None else np.where(silent[:, units], 0.0, fresh)
