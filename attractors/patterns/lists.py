"""Sparse 0/1 patterns held as lists of their active units: CSR arrays that hold ones only."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors.errors import PatternError
from attractors.patterns.check import as_patterns, check_shape, check_values


def as_sparse_patterns(patterns: Any, units: int | None, owner: str) -> sparse.csr_array:
    """Return 0/1 patterns as a checked CSR array of ones.

    The sibling of :func:`as_patterns` for patterns that would not fit in memory in full.

    Parameters
    ----------
    patterns : (P, units) scipy.sparse matrix, or array_like
        One pattern a row; numbers or booleans. Zeros that are held explicitly are dropped.
    units : int or None
        Width that is required; None allows any.
    owner : str
        What the patterns are meant for, as the error should name it.

    Returns
    -------
    (P, units) csr_array of int8
        Indices ascend within a row and are 32 bits wide, up to 2^31 entries. Shares memory with
        the input where nothing had to be converted.

    Raises
    ------
    PatternError
        If there are no rows, the width is another, a value is neither 0 nor 1, an entry is held
        twice, or an index lies outside.

    Examples
    --------
    >>> as_sparse_patterns([[0, 1, 1], [1, 0, 0]], 3, "network 'word'").indices
    array([1, 2, 0], dtype=int32)
    """
    if not sparse.issparse(patterns):
        return sparse.csr_array(as_patterns(patterns, units, "01", owner))
    check_shape(patterns.shape, units, owner)
    rows = sparse.csr_array(patterns)
    if rows.dtype.kind not in "biuf":
        raise PatternError(f"{owner}: patterns have the type {rows.dtype}; give numbers.")
    check_values(rows.data, (0, 1), "01", owner)
    if not rows.data.all():
        rows = rows.copy()
        rows.eliminate_zeros()
    _check_lists(rows.indptr, rows.indices, rows.shape[1], owner)
    # scipy holds indices and pointers in one type
    kind = np.int32 if len(rows.indices) < 1 << 31 else np.int64
    indices, indptr = (a.astype(kind, copy=False) for a in (rows.indices, rows.indptr))
    # whether they ascend is looked up here: a flag that scipy keeps may be out of date
    if not _ascending(indptr, indices):
        indices = _sorted(indptr, indices)
        if not _ascending(indptr, indices):
            raise PatternError(f"{owner}: patterns hold an entry twice; call sum_duplicates().")
    ones = np.ones(len(indices), np.int8) if rows.dtype != np.int8 else rows.data
    return sparse.csr_array((ones, indices, indptr), shape=rows.shape)


def _check_lists(indptr: NDArray[Any], indices: NDArray[Any], units: int, owner: str) -> None:
    """Refuse rows that do not lie within the indices, or indices that are no units."""
    # compiled loops follow them without looking
    whole = indptr[0] == 0 and indptr[-1] == len(indices) and bool((np.diff(indptr) >= 0).all())
    if not whole or (len(indices) and not 0 <= indices.min() <= indices.max() < units):
        raise PatternError(
            f"{owner}: the sparse patterns are damaged: an index lies outside {units} units, or "
            "indptr does not fit. Build them anew."
        )


def _ascending(indptr: NDArray[Any], indices: NDArray[Any]) -> bool:
    rises = np.ones(len(indices) + 1, np.bool_)
    np.greater(indices[1:], indices[:-1], out=rises[1:-1])
    rises[indptr] = True  # the first of a row need not exceed the last of the row before
    return bool(rises.all())


def _sorted(indptr: NDArray[Any], indices: NDArray[Any]) -> NDArray[Any]:
    rows = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
    ordered: NDArray[Any] = indices[np.lexsort((indices, rows))]
    return ordered
