"""Synapses of one bit each: 64 target units a word, one row of words a source unit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from attractors.kernels.plain.packing import unpacked
from attractors.kernels.plain.winners import k_winners

Words = NDArray[np.uint64]
Lists = tuple[NDArray[np.int64], NDArray[np.int32]]


def packed_learn(
    bits: Words,
    post_indptr: NDArray[np.int64],
    post_indices: NDArray[np.int32],
    pre_indptr: NDArray[np.int64],
    pre_indices: NDArray[np.int32],
) -> None:
    """Switch on, in place, the synapses whose two ends are active in one pair.

    Parameters
    ----------
    bits : (n_pre, ceil(n_post / 64)) uint64
        The synapses.
    post_indptr, post_indices : (P + 1,) int64, (total,) int32
        Active target units of each pattern.
    pre_indptr, pre_indices : (P + 1,) int64, (total,) int32
        Active source units of each pattern.
    """
    for pattern in range(len(post_indptr) - 1):
        post = post_indices[post_indptr[pattern] : post_indptr[pattern + 1]]
        pre = pre_indices[pre_indptr[pattern] : pre_indptr[pattern + 1]]
        word, bit = post // 64, np.uint64(1) << (post % 64).astype(np.uint64)
        np.bitwise_or.at(bits, (pre[:, None], word[None, :]), bit[None, :])


def packed_field(
    bits: Words, units: int, indptr: NDArray[np.int64], indices: NDArray[np.int32]
) -> NDArray[np.float32]:
    """Return how many active source units reach each target unit.

    Parameters
    ----------
    bits : (n_pre, ceil(n_post / 64)) uint64
        The synapses.
    units : int
        Number of target units.
    indptr, indices : (B + 1,) int64, (total,) int32
        Active source units of each row.

    Returns
    -------
    (B, n_post) float32
        Whole numbers.
    """
    field = np.zeros((len(indptr) - 1, units), np.float32)
    for row in range(len(field)):
        active = indices[indptr[row] : indptr[row + 1]]
        field[row] = unpacked(bits[active], units).sum(axis=0)
    return field


def packed_winners(
    bits: Words,
    units: int,
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    k: int,
    threshold: float | None = None,
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.bool_]]:
    """Return the k units that most active source units reach, as lists.

    Parameters as in :func:`packed_field` and :func:`attractors.kernels.k_winners`, whose winners
    these are; the threshold is a number of source units.

    Returns
    -------
    indptr, indices : (B + 1,) int64, (total,) int32
        Winners of each row, in rising order.
    tied : (B,) bool
        Whether more units had the k-th largest field than there were places left for them.
    """
    field = packed_field(bits, units, indptr, indices).astype(np.float64)
    active, tied = k_winners(field, k, threshold)
    return *_lists(active), tied


def packed_and(
    bits: Words,
    units: int,
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    own: bool = False,
) -> Lists:
    """Return the units that every active source unit reaches, as lists.

    Parameters
    ----------
    bits, units, indptr, indices
        As in :func:`packed_field`. A row without active units gives an empty list.
    own : bool
        Whether source and target are one network, whose units have no synapse onto themselves:
        the active units are then part of the answer.

    Returns
    -------
    indptr, indices : (B + 1,) int64, (total,) int32
        Units of each row, in rising order.
    """
    reached = np.zeros((len(indptr) - 1, units), np.bool_)
    for row in range(len(reached)):
        active = indices[indptr[row] : indptr[row + 1]]
        if len(active):
            reached[row] = unpacked(bits[active], units).all(axis=0)
            reached[row, active if own else []] = True
    return _lists(reached)


def _lists(active: NDArray[np.bool_]) -> Lists:
    rows, units = np.nonzero(active)
    sizes = np.bincount(rows, minlength=len(active))
    indptr = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return indptr, units.astype(np.int32)
