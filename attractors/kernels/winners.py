"""Selection of the units with the largest field, with ties that break the same way everywhere."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.errors import ParameterError
from attractors.kernels.plain import winners as plain

# fields that take longer than the compiled kernel takes to load, and winners so few that most
# units need only be looked at once
LARGE, FEW = 2**20, 64


def k_winners(
    field: NDArray[Any], k: int, threshold: float | None = None
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the k units of largest field in each row.

    Units of equal field at the cut are taken in the order of their index, so the result depends
    on the field alone and not on the sorting method or the batch.

    Parameters
    ----------
    field : (B, N) real
        Field of every unit, without NaN.
    k : int
        Number of winners, 1 to N.
    threshold : float, optional
        Only units with a field above it can win, so that fewer than k may be active. None takes
        exactly k.

    Returns
    -------
    active : (B, N) bool
        The winners.
    tied : (B,) bool
        Whether more units had the k-th largest field than there were places left for them.

    Raises
    ------
    ParameterError
        If k is not in 1 to N.

    Examples
    --------
    >>> active, tied = k_winners(np.array([[3.0, 1.0, 3.0, 3.0], [0.0, 2.0, 0.0, 0.0]]), 2, 0.0)
    >>> active.astype(int)
    array([[1, 0, 1, 0],
           [0, 1, 0, 0]])
    >>> tied
    array([ True, False])
    """
    units = field.shape[1]
    if not 1 <= k <= units:
        raise ParameterError(f"k is {k}; it must be 1 to {units}, the number of units.")
    # a number of NumPy's own type would draw the field up to its precision
    least = None if threshold is None else float(threshold)
    if field.size < LARGE or units < FEW * k or field.dtype not in (np.float32, np.float64):
        return plain.k_winners(field, k, least)
    from attractors.kernels.fast import winners as fast

    active: NDArray[np.bool_]
    active, tied = fast.k_winners(field, k, least)
    return active, tied
