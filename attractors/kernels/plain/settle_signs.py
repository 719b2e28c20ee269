"""One cue of a ±1 network with a full matrix, settled in one call."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from attractors.kernels.plain.settle_step import next_signs

State = NDArray[np.float32]


def settle_signs(
    weights: NDArray[np.float32], factor: float, least: float, cue: State, steps: int
) -> State:
    """Settle a cue by signs of its field.

    Parameters
    ----------
    weights : (N, N) float32
        Whole numbers, so that sums are exact in any order.
    factor, least : float
        As in :func:`attractors.kernels.plain.settle_step.next_signs`.
    cue : (N,) float32
        State to begin with.
    steps : int
        Updates at most; they end at a state that is one of the last two.

    Returns
    -------
    (N,) float32
        The state, an array of its own.
    """
    before, now = cue, cue.copy()
    for _ in range(steps):
        fresh = np.empty_like(now)
        rests = next_signs(factor, least, weights @ now, now, before, fresh)
        before, now = now, fresh
        if rests:
            break
    return now
