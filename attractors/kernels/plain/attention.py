"""Softmax sums over keys for some tens of cues, without ever holding all similarities."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from attractors.kernels.plain.exponentials import exponentials

# keys at a time
KEYS = 64

Numbers = NDArray[np.float32]
Totals = NDArray[np.float64]


def attention_sums(
    cues: Numbers, keys: Numbers, values: Numbers, beta: float
) -> tuple[Numbers, Totals, Numbers]:
    r"""Return :math:`t = \max_μ h_μ`, :math:`\sum_μ e^{β(h_μ - t)}` and that sum with values.

    h are the products of a cue with the keys. Parts of the keys are put together by their t, and
    the last by the second is what softmax recalls: Milakov & Gimelshein 2018,
    doi:10.48550/arXiv.1805.02867.

    Parameters
    ----------
    cues : (B, n_pre) float32
        Source states.
    keys : (P, n_pre) float32
        In the order of their rows.
    values : (P, n_post) float32
        In the order of their rows.
    beta : float
        β.

    Returns
    -------
    top : (B,) float32
        t.
    total : (B,) float64
        Of the weights alone.
    summed : (B, n_post) float32
        With the values.
    """
    top, total = np.full(len(cues), -np.inf, np.float32), np.zeros(len(cues))
    summed = np.zeros((len(cues), values.shape[1]), np.float32)
    for start in range(0, len(keys), KEYS):
        weights = keys[start : start + KEYS] @ cues.T
        summed *= exponentials(weights, beta, top, total)[:, None]
        summed += weights.T @ values[start : start + KEYS]
    return top, total, summed
