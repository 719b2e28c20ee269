"""Tables of small integers, one row a source unit: counting coincidences, fields and winners."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.kernels.plain.winners import k_winners

Table = NDArray[Any]
Reals = NDArray[np.float64]


def table_add(
    table: Table,
    post_indptr: NDArray[np.int64],
    post_indices: NDArray[np.int32],
    pre_indptr: NDArray[np.int64],
    pre_indices: NDArray[np.int32],
    step: int,
    own: bool,
) -> int:
    """Add ``step`` wherever two ends are active in one pair, in place.

    Parameters
    ----------
    table : (n_pre, n_post) int8 or int16
        The counts; those that leave their range come in at its other end, so that taking the
        same pairs away again brings everything back.
    post_indptr, post_indices : (P + 1,) int64, (total,) int32
        Active target units of each pattern.
    pre_indptr, pre_indices : (P + 1,) int64, (total,) int32
        Active source units of each pattern.
    step : {1, -1}
        What is added.
    own : bool
        Whether units are left out as partners of themselves.

    Returns
    -------
    int
        The first place of the flat table that left its range; -1 if none did.
    """
    limits = np.iinfo(table.dtype)
    last, left = (limits.max if step > 0 else limits.min), np.zeros(table.shape, np.bool_)
    for pattern in range(len(post_indptr) - 1):
        post = post_indices[post_indptr[pattern] : post_indptr[pattern + 1]]
        for pre in pre_indices[pre_indptr[pattern] : pre_indptr[pattern + 1]]:
            partners = post[post != pre] if own else post
            left[pre, partners] |= table[pre, partners] == last
            table[pre, partners] += table.dtype.type(step)
    return int(left.argmax()) if left.any() else -1


def table_field(
    table: Table,
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    shift: Reals,
    level: Reals,
    own: Reals,
) -> Reals:
    r"""Return the centred sum of the rows of the active source units.

    .. math:: h_j = \sum_{i \text{ active}} (T_{ij} - s_j) - l + o_j [j \text{ active}]

    Parameters
    ----------
    table : (n_pre, n_post) int8 or int16
        T.
    indptr, indices : (B + 1,) int64, (total,) int32
        Active source units of each row.
    shift : (n_post,) float64
        s.
    level : (B,) float64
        l of each row.
    own : (n_post,) or (0,) float64
        o, what is added for units that are active themselves; empty where source and target are
        different networks.

    Returns
    -------
    (B, n_post) float64
        The field.
    """
    field = np.zeros((len(level), table.shape[1]))
    for row in range(len(field)):
        active = indices[indptr[row] : indptr[row + 1]]
        sums = table[active].sum(axis=0, dtype=np.int32)
        field[row] = sums - len(active) * shift - level[row]
        if len(own):
            field[row, active] += own[active]
    return field


def table_winners(
    table: Table,
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    shift: Reals,
    level: Reals,
    own: Reals,
    k: int,
    threshold: float,
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.bool_]]:
    """Return the k winners of :func:`table_field` with a field above the threshold, as lists.

    Returns
    -------
    indptr, indices : (B + 1,) int64, (total,) int32
        Winners of each row, in rising order.
    tied : (B,) bool
        Whether more units had the k-th largest field than there were places left for them.
    """
    field = table_field(table, indptr, indices, shift, level, own)
    active, tied = k_winners(field, k, threshold)
    rows, units = np.nonzero(active)
    ends = np.searchsorted(rows, np.arange(len(field) + 1))
    return ends.astype(np.int64), units.astype(np.int32), tied
