"""One cue of a memory of keys and values with softmax between them, settled in one call."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from attractors.kernels.plain.settle_step import next_signs, next_winners

Rows = NDArray[np.float64]
State = NDArray[np.float32]


def settle_pair_signs(
    keys: Rows, values: Rows, sharp: float, shared: bool, factor: float, least: float,
    cue: State, steps: int,
) -> State:  # fmt: skip
    r"""Settle a cue by signs of :math:`\sum_μ w_μ v^μ`, :math:`w_μ = e^{β(h_μ - \max h)}`.

    Parameters
    ----------
    keys, values : (P, N) float64
        C-contiguous, at least one row; h are the products of the keys with a state.
    sharp : float
        β.
    shared : bool
        Whether the weights w are divided by their sum, as those of softmax.
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
        fresh, raw = np.empty_like(now), answer(keys, values, sharp, shared, now)
        rests = next_signs(factor, least, raw, now, before, fresh)
        before, now = now, fresh
        if rests:
            break
    return now


def settle_pair_winners(
    keys: Rows, values: Rows, sharp: float, shared: bool, factor: float, k: int,
    threshold: float, cue: State, steps: int,
) -> State:  # fmt: skip
    """Settle a cue by winners; parameters as above, and those of ``settle_step.next_winners``."""
    before, now = cue, cue.copy()
    for _ in range(steps):
        fresh, raw = np.empty_like(now), answer(keys, values, sharp, shared, now)
        rests = next_winners(factor, k, threshold, raw, now, before, fresh)
        before, now = now, fresh
        if rests:
            break
    return now


def answer(keys: Rows, values: Rows, sharp: float, shared: bool, state: State) -> Rows:
    """Return what keys and values answer to a state, (N,)."""
    similar = keys @ state.astype(np.float64)
    weights = np.exp(sharp * (similar - similar.max()))
    if shared:
        weights /= weights.sum()
    return np.asarray(weights @ values)
