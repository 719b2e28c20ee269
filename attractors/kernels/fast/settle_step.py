"""What follows the field of one cue: the next state, and whether the cue rests in it.

The twins in :mod:`attractors.kernels.plain.settle_step` say what each function takes and returns.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from attractors.kernels.fast.winners import GROUP, best
from attractors.kernels.plain.settle_step import PARTS

State = NDArray[np.float32]


@njit(cache=True, nogil=True)
def rounded(raw: NDArray[Any], factor: float, field: NDArray[np.float64]) -> None:
    """Write the raw field times the factor, rounded as ``np.round`` does it."""
    for unit in range(raw.size):
        field[unit] = np.rint(raw[unit] * factor * PARTS) / PARTS


@njit(cache=True, nogil=True)
def next_signs(
    factor: float, least: float, raw: NDArray[Any], now: State, before: State, fresh: State
) -> bool:
    """Write the signs of a field; tell whether the state is one of the last two."""
    moved, left = 0, 0
    for unit in range(raw.size):
        field = raw[unit] * factor
        sign = np.float32(1.0) if field > 0 else np.float32(-1.0)
        sign = now[unit] if abs(field) <= least else sign
        fresh[unit] = sign
        moved += sign != now[unit]
        left += sign != before[unit]
    return moved == 0 or left == 0


@njit(cache=True, nogil=True)
def next_winners(
    factor: float,
    k: int,
    threshold: float,
    raw: NDArray[Any],
    now: State,
    before: State,
    fresh: State,
) -> bool:
    """Write the winners of a field; tell whether the state is one of the last two."""
    units = raw.size
    field, maxima = np.empty(units), np.empty(-(-units // GROUP))
    work, won = np.empty((2, units + 1)), np.empty(units + 1, np.int32)
    rounded(raw, factor, field)
    size, _ = best(field, k, threshold, maxima, work, won)
    fresh[:] = 0.0
    for i in range(size):
        fresh[won[i]] = 1.0
    moved, left = 0, 0
    for unit in range(units):
        moved += fresh[unit] != now[unit]
        left += fresh[unit] != before[unit]
    return moved == 0 or left == 0
