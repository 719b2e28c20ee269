"""One cue of a ±1 network with a full matrix, settled in one call.

The twin in :mod:`attractors.kernels.plain.settle_signs` says what it takes and returns.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from attractors.kernels.fast.settle_step import next_signs

State = NDArray[np.float32]


@njit(cache=True, nogil=True)
def settle_signs(
    weights: NDArray[np.float32], factor: float, least: float, cue: State, steps: int
) -> State:
    """Settle a cue by signs of its field."""
    before, now = cue, cue.copy()
    for _ in range(steps):
        fresh = np.empty_like(now)
        rests = next_signs(factor, least, np.dot(weights, now), now, before, fresh)
        before, now = now, fresh
        if rests:
            break
    return now
