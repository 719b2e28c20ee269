"""One asynchronous sweep: every unit updates once and reads what the others just became."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.dynamics import Dynamics
from attractors.engines.rate.field import Field
from attractors.engines.rate.update import update


def sweep(
    dynamics: Dynamics,
    field: Field,
    state: NDArray[Any],
    columns: NDArray[Any] | None,
    order: NDArray[np.int64],
    uniform: NDArray[Any] | None,
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
    columns : (N, N) or None
        Scaled recurrent weights ``[pre, post]``.
    order : (N,) int
        Order of the units.
    uniform : (B, N) or None
        Uniform random numbers, where the temperature is above 0.
    """
    state = state.copy()
    for unit in order:
        one = slice(unit, unit + 1)
        drawn = None if uniform is None else uniform[:, one]
        fresh, _ = update(dynamics, field.total(one), state[:, one], drawn)
        change = (fresh - state[:, one])[:, 0]
        state[:, unit] = fresh[:, 0]
        changed = np.flatnonzero(change)
        if columns is not None and len(changed):
            field.excitation[changed] += change[changed, None] * columns[unit]
    return state
