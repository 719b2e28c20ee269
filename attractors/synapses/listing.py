"""Active units of patterns as lists, whichever way the patterns are held."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors import kernels

Lists = tuple[NDArray[np.int64], NDArray[np.int32]]


def active_lists(patterns: Any) -> Lists:
    """Return where each pattern begins and ends, and the active units of all.

    Parameters
    ----------
    patterns : (P, N) array of 0 and 1, or csr_array of ones
    """
    if sparse.issparse(patterns):
        return patterns.indptr.astype(np.int64), patterns.indices.astype(np.int32, copy=False)
    indptr, indices, _ = kernels.active_units(patterns)
    return indptr, indices
