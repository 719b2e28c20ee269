"""Patterns as lists of their active units, whether they come in full or as CSR arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors import kernels

Lists = tuple[NDArray[np.int64], NDArray[np.int32]]


def active_lists(patterns: Any) -> Lists:
    """Return where the active units of each pattern begin and end, and the units.

    Parameters
    ----------
    patterns : (P, N) int8, or csr_array of ones
        0/1 patterns.
    """
    if sparse.issparse(patterns):
        # no copies where the types are right: these lists can take gigabytes
        indices = patterns.indices.astype(np.int32, copy=False)
        return patterns.indptr.astype(np.int64, copy=False), indices
    indptr, indices, _ = kernels.active_units(patterns)
    return indptr, indices
