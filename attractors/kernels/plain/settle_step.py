"""What follows the field of one cue: the next state, and whether the cue rests in it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.kernels.plain.winners import k_winners

State = NDArray[np.float32]

# decimals that fields are rounded to before they are compared, and the parts of 1 that these are
DECIMALS = 9
PARTS = 10.0**DECIMALS


def next_signs(
    factor: float, least: float, raw: NDArray[Any], now: State, before: State, fresh: State
) -> bool:
    """Write the signs of a field; tell whether the state is one of the last two.

    Parameters
    ----------
    factor : float
        What the raw field is multiplied by, in double precision.
    least : float
        Up to this size a field is 0, and the unit keeps its state.
    raw : (N,) float32 or float64
        Field before it is scaled.
    now, before : (N,) float32
        The state, and the one before it; the same one where there was none.
    fresh : (N,) float32
        Takes the next state.

    Returns
    -------
    bool
        Whether the next state is one of those two.
    """
    field = np.multiply(raw, factor, dtype=np.float64)
    fresh[:] = np.where(np.abs(field) <= least, now, np.sign(field))
    return _among(fresh, now, before)


def next_winners(
    factor: float,
    k: int,
    threshold: float,
    raw: NDArray[Any],
    now: State,
    before: State,
    fresh: State,
) -> bool:
    """Write the winners of a field; tell whether the state is one of the last two.

    Parameters as in :func:`next_signs`, and

    Parameters
    ----------
    k : int
        Number of winners, 1 to N. Fields are rounded to :data:`DECIMALS` before they are compared.
    threshold : float
        Only units with a rounded field above it can win; NaN for none.
    """
    field = np.multiply(raw, factor, dtype=np.float64)
    least = None if np.isnan(threshold) else threshold
    fresh[:] = k_winners(np.round(field, DECIMALS)[None], k, least)[0][0]
    return _among(fresh, now, before)


def _among(fresh: State, now: State, before: State) -> bool:
    return bool((fresh == now).all() or (fresh == before).all())
