"""Exponentials of similarities, shifted by the largest that each cue has met so far."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def exponentials(
    similar: NDArray[Any], beta: float, top: NDArray[Any], total: NDArray[np.float64]
) -> NDArray[Any]:
    r"""Replace similarities h by :math:`e^{β(h - t)}` and keep sums over all blocks up to date.

    t is the largest similarity of a cue in this block of keys and those before. What was summed
    before, up to an earlier t, has to be multiplied by what is returned.

    Parameters
    ----------
    similar : (P, B) float32 or float64
        Similarities of keys and cues; changed in place.
    beta : float
        β.
    top : (B,) of the same type
        t, minus infinity before the first block; changed in place.
    total : (B,) float64
        Sum of the exponentials; changed in place.

    Returns
    -------
    (B,) of the same type
        By what the sums of the blocks before have shrunk.
    """
    factor = similar.dtype.type(beta)
    raised = np.maximum(top, similar.max(axis=0))
    shrunk = np.exp(factor * (top - raised))
    np.exp(factor * (similar - raised), out=similar)
    total *= shrunk
    total += similar.sum(axis=0, dtype=np.float64)
    top[:] = raised
    return np.asarray(shrunk)
