"""Fields whose sources come in blocks: nothing within a block, and sums of maxima."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors.synapses.base import Synapses, Triples
from attractors.synapses.dual import Dual
from attractors.synapses.sparse import Sparse

States = NDArray[Any]
Entries = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[Any]]


def blockwise(
    synapses: Synapses, blocks: int | None, count: str = "sum", *, recurrent: bool = False
) -> Callable[[States], States]:
    r"""Return the function from source states (B, n_pre) to raw fields (B, n_post).

    Parameters
    ----------
    synapses : Synapses
        Raw weights.
    blocks : int or None
        Number of equal blocks of the source, ``None`` where it has none.
    count : {"sum", "max"}
        How the target counts a block of its source: :math:`\sum_{i ∈ b} W_{ji} s_i`, or the
        largest :math:`W_{ji} s_i` of its active units, 0 if it has none.
    recurrent : bool
        Whether source and target are the same network. A block is one Potts unit, hence has no
        synapse onto itself: weights between different units of a block are left out. What a
        unit has onto itself is up to the synapses.
    """
    if blocks is None:
        return synapses.field
    if count == "max":
        return _Maxima(synapses, blocks, recurrent)
    # keys and values have no synapse of one unit with another to be left out
    if not recurrent or synapses.rule.dual:
        return synapses.field
    within = _within(synapses, blocks)
    if within.nnz == 0:
        return synapses.field
    return lambda states: synapses.field(states) - np.asarray(states @ within)


def between_blocks(triples: Triples, size: int) -> Triples:
    """Return the synapses that do not join two different units of one block.

    Parameters
    ----------
    triples : (S,) int, (S,) int, (S,) float
        Post indices, pre indices and weights of a recurrent memory.
    size : int
        Units of a block.
    """
    post, pre, weights = triples
    apart = (post // size != pre // size) | (post == pre)
    return post[apart], pre[apart], weights[apart]


class _Maxima:
    """The field of which each block gives the largest contribution of its active units."""

    def __init__(self, synapses: Synapses, blocks: int, recurrent: bool) -> None:
        self._size, self._blocks = synapses.shape[1] // blocks, blocks
        self._clipped = synapses.rule.clipped
        triples = synapses.triples()
        post, pre, weights = between_blocks(triples, self._size) if recurrent else triples
        self._weights = sparse.csr_array((weights, (pre, post)), shape=synapses.shape[::-1])

    def __call__(self, states: States) -> States:
        rows, units = np.nonzero(states)
        active = rows * self._blocks + units // self._size, units, states[rows, units]
        if self._clipped and (active[2] == 1).all():
            return self._present(active, len(states))
        return self._largest(active, len(states))

    def _present(self, active: Entries, trials: int) -> States:
        """Count the blocks that have a synapse with an active unit: 0 or 1 each."""
        summed = self._sent(*active, trials * self._blocks)
        ones = np.ones(summed.nnz)
        # the rows of one trial follow each other: one row of them all, whose duplicates add up
        shape = trials, self._weights.shape[1]
        counted = (ones, summed.indices, summed.indptr[:: self._blocks])
        return np.asarray(sparse.csr_array(counted, shape=shape).toarray())

    def _largest(self, active: Entries, trials: int) -> States:
        """Add up the maxima: one active unit of every block is looked at in each round."""
        block, unit, value = active
        places, first, number = np.unique(block, return_index=True, return_counts=True)
        best = np.full((len(places), self._weights.shape[1]), -np.inf)
        for rank in range(number.max(initial=0)):
            there = np.flatnonzero(number > rank)
            at = first[there] + rank
            sent = self._sent(np.arange(len(there)), unit[at], value[at], len(there))
            best[there] = np.maximum(best[there], sent.toarray())
        total = np.zeros((trials, best.shape[1]))
        np.add.at(total, places // self._blocks, best)
        return total

    def _sent(
        self, row: NDArray[np.int64], unit: NDArray[np.int64], value: NDArray[Any], rows: int
    ) -> sparse.csr_array:
        """Return what the units of each row send together, (rows, n_post)."""
        shape = rows, self._weights.shape[0]
        return sparse.csr_array((value, (row, unit)), shape=shape) @ self._weights


def _within(synapses: Synapses, blocks: int) -> sparse.csr_array:
    """Return the raw weights between different units of one block, as (n_pre, n_post)."""
    size = synapses.shape[1] // blocks
    if isinstance(synapses, Sparse):
        post, pre, weights = synapses.triples()
        chosen = (post // size == pre // size) & (post != pre)
        post, pre, weights = post[chosen], pre[chosen], weights[chosen]
    else:
        # unit by unit: the triples of a full matrix would take many times its bytes
        columns: Iterable[NDArray[Any]] = map(synapses.column, range(synapses.shape[1]))
        if isinstance(synapses, Dual):
            # which makes the whole matrix to tell one column
            columns = synapses.toarray().T
        inner = [_own_block(sent, unit, size) for unit, sent in enumerate(columns)]
        post = np.concatenate([units for units, _ in inner])
        pre = np.repeat(np.arange(len(inner)), [len(units) for units, _ in inner])
        weights = np.concatenate([sent for _, sent in inner])
    return sparse.csr_array((weights, (pre, post)), shape=synapses.shape[::-1])


def _own_block(
    sent: NDArray[Any], unit: int, size: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the other units of a unit's block that it has a synapse onto, and the weights.

    ``sent`` holds the weights (n_post,) that leave the unit.
    """
    first = unit // size * size
    within = sent[first : first + size].astype(np.float64)
    within[unit - first] = 0
    units = np.flatnonzero(within)
    return first + units, within[units]
