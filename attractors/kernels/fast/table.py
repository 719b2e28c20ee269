"""Tables of small integers, one row a source unit: counting coincidences, fields and winners.

The twins in :mod:`attractors.kernels.plain.table` say what each function takes and returns.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from attractors.kernels.fast.lists import closed_up, transposed
from attractors.kernels.fast.winners import GROUP, best
from attractors.kernels.threads import in_threads

Table = NDArray[Any]
Reals = NDArray[np.float64]


@njit(cache=True, nogil=True)
def _add(
    table: Table,
    post_indptr: NDArray[np.int64],
    post_indices: NDArray[np.int32],
    ends: NDArray[np.int64],
    patterns: NDArray[np.int32],
    step: int,
    last: int,
    own: bool,
    start: int,
    stop: int,
) -> int:
    left = table.size
    for unit in range(start, stop):
        for place in range(ends[unit], ends[unit + 1]):
            pattern = patterns[place]
            for i in range(post_indptr[pattern], post_indptr[pattern + 1]):
                post = post_indices[i]
                if not own or post != unit:
                    before = table[unit, post]
                    table[unit, post] = before + step
                    if before == last:
                        left = min(left, unit * table.shape[1] + post)
    return left


def table_add(
    table: Table,
    post_indptr: NDArray[np.int64],
    post_indices: NDArray[np.int32],
    pre_indptr: NDArray[np.int64],
    pre_indices: NDArray[np.int32],
    step: int,
    own: bool,
) -> int:
    """Add ``step`` wherever two ends are active in one pair, in place."""
    limits = np.iinfo(table.dtype)
    asked = post_indptr, post_indices, *transposed(pre_indptr, pre_indices, len(table)), step
    last = limits.max if step > 0 else limits.min
    left = [table.size]

    def add(start: int, stop: int) -> None:
        left.append(_add(table, *asked, last, own, start, stop))

    in_threads(add, len(table), 256)
    return min(left) if min(left) < table.size else -1


@njit(cache=True, nogil=True)
def _sum(
    table: Table, rows: NDArray[np.int32], first: int, last: int, sums: NDArray[np.int32]
) -> None:
    """Add up the rows ``rows[first:last]``, eight in one go."""
    sums[:] = 0
    for i in range(first, last - 7, 8):
        r0, r1, r2, r3 = rows[i], rows[i + 1], rows[i + 2], rows[i + 3]
        r4, r5, r6, r7 = rows[i + 4], rows[i + 5], rows[i + 6], rows[i + 7]
        for j in range(sums.size):
            low = table[r0, j] + table[r1, j] + table[r2, j] + table[r3, j]
            sums[j] += low + table[r4, j] + table[r5, j] + table[r6, j] + table[r7, j]
    for i in range(last - ((last - first) & 7), last):
        row = rows[i]
        for j in range(sums.size):
            sums[j] += table[row, j]


@njit(cache=True, nogil=True)
def row_field(
    table: Table,
    indices: NDArray[np.int32],
    first: int,
    last: int,
    shift: Reals,
    level: float,
    own: Reals,
    sums: NDArray[np.int32],
    field: Reals,
) -> None:
    """Write the centred sum of the rows ``indices[first:last]``; sums need room of their own."""
    _sum(table, indices, first, last, sums)
    active = np.float64(last - first)
    for j in range(sums.size):
        field[j] = sums[j] - active * shift[j] - level
    if own.size:
        for i in range(first, last):
            field[indices[i]] += own[indices[i]]


@njit(cache=True, nogil=True)
def _field(
    table: Table,
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    shift: Reals,
    level: Reals,
    own: Reals,
    field: Reals,
    start: int,
    stop: int,
) -> None:
    sums = np.empty(table.shape[1], np.int32)
    for row in range(start, stop):
        first, last = indptr[row], indptr[row + 1]
        row_field(table, indices, first, last, shift, level[row], own, sums, field[row])


def table_field(
    table: Table,
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    shift: Reals,
    level: Reals,
    own: Reals,
) -> Reals:
    """Return the centred sum of the rows of the active source units."""
    field = np.empty((len(level), table.shape[1]))
    asked = table, indptr, indices, shift, level, own, field
    in_threads(lambda start, stop: _field(*asked, start, stop), len(field))
    return field


@njit(cache=True, nogil=True)
def _winners(
    table: Table,
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    shift: Reals,
    level: Reals,
    own: Reals,
    k: int,
    threshold: float,
    found: NDArray[np.int32],
    sizes: NDArray[np.int64],
    tied: NDArray[np.bool_],
    start: int,
    stop: int,
) -> None:
    units = table.shape[1]
    sums, field = np.empty(units, np.int32), np.empty(units)
    maxima, work = np.empty(-(-units // GROUP)), np.empty((2, units + 1))
    won = np.empty(units + 1, np.int32)
    for row in range(start, stop):
        first, last = indptr[row], indptr[row + 1]
        row_field(table, indices, first, last, shift, level[row], own, sums, field)
        sizes[row], tied[row] = best(field, k, threshold, maxima, work, won)
        for i in range(sizes[row]):
            found[row * k + i] = won[i]


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
    """Return the k winners of :func:`table_field` with a field above the threshold, as lists."""
    batch = len(level)
    found, sizes = np.empty(batch * k, np.int32), np.empty(batch, np.int64)
    tied = np.empty(batch, np.bool_)
    asked = table, indptr, indices, shift, level, own, k, threshold, found, sizes, tied
    in_threads(lambda start, stop: _winners(*asked, start, stop), batch)
    return *closed_up(found, k, sizes), tied
