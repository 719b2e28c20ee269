"""One cue of a memory of keys and values with softmax between them, settled in one call.

The twins in :mod:`attractors.kernels.plain.settle_pairs` say what each function takes and
returns.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from attractors.kernels.fast.settle_step import next_signs, next_winners

Rows = NDArray[np.float64]
State = NDArray[np.float32]


@njit(cache=True, nogil=True)
def answer(keys: Rows, values: Rows, sharp: float, shared: bool, state: State) -> Rows:
    """Return what keys and values answer to a state."""
    weights = np.dot(keys, state.astype(np.float64))
    top, total = weights.max(), 0.0
    for key in range(weights.size):
        weights[key] = math.exp(sharp * (weights[key] - top))
        total += weights[key]
    if shared:
        weights /= total
    summed: Rows = np.dot(weights, values)
    return summed


@njit(cache=True, nogil=True)
def settle_pair_signs(
    keys: Rows, values: Rows, sharp: float, shared: bool, factor: float, least: float,
    cue: State, steps: int,
) -> State:  # fmt: skip
    """Settle a cue by signs of its field."""
    before, now = cue, cue.copy()
    for _ in range(steps):
        fresh, raw = np.empty_like(now), answer(keys, values, sharp, shared, now)
        rests = next_signs(factor, least, raw, now, before, fresh)
        before, now = now, fresh
        if rests:
            break
    return now


@njit(cache=True, nogil=True)
def settle_pair_winners(
    keys: Rows, values: Rows, sharp: float, shared: bool, factor: float, k: int,
    threshold: float, cue: State, steps: int,
) -> State:  # fmt: skip
    """Settle a cue by winners of its field."""
    before, now = cue, cue.copy()
    for _ in range(steps):
        fresh, raw = np.empty_like(now), answer(keys, values, sharp, shared, now)
        rests = next_winners(factor, k, threshold, raw, now, before, fresh)
        before, now = now, fresh
        if rests:
            break
    return now
