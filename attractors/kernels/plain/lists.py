"""Active units of a batch of states as lists."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def active_units(states: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int32], bool]:
    """Return the units of each row that are not 0.

    Parameters
    ----------
    states : (B, N) real
        States of the units.

    Returns
    -------
    indptr : (B + 1,) int64
        The units of row b are ``indices[indptr[b]:indptr[b + 1]]``, in rising order.
    indices : (total,) int32
        The units.
    ones : bool
        Whether every state is 0 or 1.
    """
    rows, units = np.nonzero(states)
    sizes = np.bincount(rows, minlength=len(states))
    indptr = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return indptr, units.astype(np.int32), bool((states[rows, units] == 1).all())
