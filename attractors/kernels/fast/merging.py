"""Ascending rows merged with others, or freed of what others list, without a second copy."""

from __future__ import annotations

from numba import njit, types

from attractors.kernels.fast.joining import (
    OWN_POINTERS,
    OWN_UNITS,
    POINTERS,
    UNITS,
    Pointers,
    Units,
)


@njit(types.void(POINTERS, OWN_UNITS, POINTERS), cache=True, nogil=True)
def spread(indptr: Pointers, indices: Units, more_ends: Pointers) -> None:
    """Move each row to the end of the place that it will take, from the last to the first."""
    at = indptr[-1] + more_ends[-1]
    for row in range(indptr.size - 2, -1, -1):
        if at == indptr[row + 1]:
            return  # nothing comes in from here to the front
        for entry in range(indptr[row + 1] - 1, indptr[row] - 1, -1):
            at -= 1
            indices[at] = indices[entry]
        at -= more_ends[row + 1] - more_ends[row]


@njit(
    types.void(POINTERS, OWN_UNITS, POINTERS, UNITS, types.int64, types.int64),
    cache=True,
    nogil=True,
)
def weave(
    ends: Pointers, indices: Units, more_ends: Pointers, more: Units, first: int, last: int
) -> None:
    """Put others in between rows ``first`` to ``last``, which stand at the end of their places."""
    for row in range(first, last):
        at, end = ends[row], ends[row + 1]
        old = at + more_ends[row + 1] - more_ends[row]
        for new in range(more_ends[row], more_ends[row + 1]):
            target = more[new]
            while old < end and indices[old] < target:
                indices[at] = indices[old]
                at += 1
                old += 1
            indices[at] = target
            at += 1


@njit(
    types.void(
        POINTERS, OWN_UNITS, POINTERS, UNITS, OWN_POINTERS, types.int64, types.int64
    ),
    cache=True,
    nogil=True,
)  # fmt: skip
def drop(
    indptr: Pointers,
    indices: Units,
    known_ends: Pointers,
    known: Units,
    lengths: Pointers,
    first: int,
    last: int,
) -> None:
    """Leave in rows ``first`` to ``last`` what the known rows do not list, without gaps."""
    at = indptr[first]
    for row in range(first, last):
        begin, low, high = at, known_ends[row], known_ends[row + 1]
        for entry in range(indptr[row], indptr[row + 1]):
            target = indices[entry]
            # targets ascend: the search goes on from where the last one ended, in growing steps
            end, step = low, 1
            while end < high and known[end] < target:
                low = end + 1
                end += step
                step *= 2
            end = min(end, high)
            while low < end:
                middle = (low + end) // 2
                if known[middle] < target:
                    low = middle + 1
                else:
                    end = middle
            if low == high or known[low] != target:
                indices[at] = target
                at += 1
        lengths[row] = at - begin
