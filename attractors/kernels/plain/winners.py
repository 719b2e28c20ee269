"""Selection of the units with the largest field."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def k_winners(
    field: NDArray[Any], k: int, threshold: float | None = None
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the k units of largest field in each row.

    Parameters and results as in :func:`attractors.kernels.k_winners`.
    """
    units = field.shape[1]
    cut = np.partition(field, units - k, axis=1)[:, units - k]
    active = field >= cut[:, None]
    # in a row with ties at the cut, >= let too many in
    tied = np.count_nonzero(active, axis=1) > k
    if threshold is not None:
        # a k-th value at or below the threshold leaves fewer than k candidates: nothing to cut
        tied &= cut > threshold
        active &= field > threshold
    if tied.any():
        active[tied] = _first_of_equals(field[tied], cut[tied, None], k)
    return active, tied


def _first_of_equals(field: NDArray[Any], cut: NDArray[Any], k: int) -> NDArray[np.bool_]:
    """Return the units above the cut, filled up to k by those at the cut of lowest index."""
    above = field > cut
    equal = field == cut
    places = k - np.count_nonzero(above, axis=1, keepdims=True)
    winners: NDArray[np.bool_] = above | (equal & (np.cumsum(equal, axis=1) <= places))
    return winners
