"""Single-bit synapses and lists of units: the twin that is worth its start.

Compiled kernels take a second to load, and some twenty the first time that they are used after
an installation. A small memory has recalled everything by then, so its work is left to NumPy;
where the compiled kernels are loaded anyway they do it. The results are the same bit for bit.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.kernels.plain import lists as plain_lists
from attractors.kernels.plain import packed as plain

Words = NDArray[np.uint64]
Lists = tuple[NDArray[np.int64], NDArray[np.int32]]

COMPILED = "attractors.kernels.fast.packed"
# words, synapses and states that NumPy goes through in about 20 ms
FEW_WORDS, FEW_SYNAPSES, FEW_STATES = 2**18, 2**20, 2**22


def active_units(states: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int32], bool]:
    """Return the units of each row that are not 0, and whether all are 0 or 1."""
    if _small(states.size, FEW_STATES):
        return plain_lists.active_units(states)
    from attractors.kernels.fast import lists as fast

    return fast.active_units(states)


def packed_learn(
    bits: Words,
    post_indptr: NDArray[np.int64],
    post_indices: NDArray[np.int32],
    pre_indptr: NDArray[np.int64],
    pre_indices: NDArray[np.int32],
) -> None:
    """Switch on, in place, the synapses whose two ends are active in one pair."""
    pairs = post_indptr, post_indices, pre_indptr, pre_indices
    switched = len(post_indices) * len(pre_indices) // max(len(post_indptr) - 1, 1)
    if _small(switched, FEW_SYNAPSES):
        plain.packed_learn(bits, *pairs)
        return
    from attractors.kernels.fast import packed as fast

    fast.packed_learn(bits, *pairs)


def packed_field(
    bits: Words, units: int, indptr: NDArray[np.int64], indices: NDArray[np.int32]
) -> NDArray[np.float32]:
    """Return how many active source units reach each target unit, (B, units)."""
    if _small(len(indices) * bits.shape[1], FEW_WORDS):
        return plain.packed_field(bits, units, indptr, indices)
    from attractors.kernels.fast import packed as fast

    return fast.packed_field(bits, units, indptr, indices)


def packed_winners(
    bits: Words,
    units: int,
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    k: int,
    threshold: float | None = None,
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.bool_]]:
    """Return the k units that most active source units reach, as lists, and who met a tie."""
    asked = bits, units, indptr, indices, k, threshold
    if _small(len(indices) * bits.shape[1], FEW_WORDS):
        return plain.packed_winners(*asked)
    from attractors.kernels.fast import packed as fast

    return fast.packed_winners(*asked)


def _small(work: int, few: int) -> bool:
    return work <= few and COMPILED not in sys.modules
