"""Groups of units, such as the active ones of each stored pattern; a unit may be in several."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from attractors.errors import PatternError


def groups(patterns: Any, units: int) -> sparse.csr_array:
    """Return which units belong to which group.

    Parameters
    ----------
    patterns : (N,) or (G, N) array_like or scipy.sparse matrix
        Above 0 where the unit is in the group.
    units : int
        N.

    Returns
    -------
    (G, N) scipy.sparse.csr_array of int
        1 for members.

    Raises
    ------
    PatternError
        If the width is another, or nothing can be above 0.
    """
    found = patterns if sparse.issparse(patterns) else np.atleast_2d(np.asarray(patterns))
    if found.ndim != 2 or found.shape[1] != units or found.dtype.kind not in "buif":
        raise PatternError(
            f"groups: patterns are {found.dtype} of shape {found.shape}; give numbers of shape "
            f"(G, {units}), above 0 for the members of each group."
        )
    return sparse.csr_array(found > 0).astype(np.int64)
