"""Active units of a batch of states as lists."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from attractors.kernels.threads import in_threads

# units looked at together: in a sparse state most stretches of this length are silent
STRETCH = 32
Lists = tuple[NDArray[np.int64], NDArray[np.int32]]


@njit(cache=True, nogil=True)
def _active(states: NDArray[Any], sizes: NDArray[np.int64]) -> tuple[NDArray[np.int32], bool]:
    units = states.shape[1]
    found, count, ones = np.empty(4 * units, np.int32), 0, True
    for row in range(states.shape[0]):
        state, before = states[row], count
        if found.size < count + units:
            larger = np.empty(2 * (count + units), np.int32)
            larger[:count] = found[:count]
            found = larger
        for first in range(0, units, STRETCH):
            stretch = state[first : min(first + STRETCH, units)]
            some = 0
            for unit in range(stretch.size):
                some += stretch[unit] != 0
            if some:
                for unit in range(stretch.size):
                    if stretch[unit] != 0:
                        found[count] = first + unit
                        count += 1
                        ones &= stretch[unit] == 1
        sizes[row] = count - before
    return found[:count], ones


def active_units(states: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int32], bool]:
    """Return the units of each row that are not 0; see :mod:`attractors.kernels.plain.lists`."""
    # few types, so that few variants are compiled
    if states.dtype == np.bool_:
        states = states.view(np.int8)
    elif states.dtype not in (np.int8, np.float32, np.float64):
        states = states.astype(np.float64)
    states = np.ascontiguousarray(states)
    sizes = np.zeros(len(states), np.int64)
    parts: dict[int, tuple[NDArray[np.int32], bool]] = {}

    def find(start: int, stop: int) -> None:
        parts[start] = _active(states[start:stop], sizes[start:stop])

    in_threads(find, len(states))
    found = [parts[start] for start in sorted(parts)]
    indptr = np.zeros(len(states) + 1, np.int64)
    np.cumsum(sizes, out=indptr[1:])
    indices = np.concatenate([np.empty(0, np.int32), *(units for units, _ in found)])
    return indptr, indices, all(ones for _, ones in found)


@njit(cache=True, nogil=True)
def transposed(
    indptr: NDArray[np.int64], indices: NDArray[np.int32], units: int
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return in which patterns each unit is active, of the active units of each pattern.

    Learning goes through source units one after the other, whose rows then stay in the cache
    while all patterns pass over them.
    """
    ends = np.zeros(units + 1, np.int64)
    for unit in indices:
        ends[unit + 1] += 1
    for unit in range(units):
        ends[unit + 1] += ends[unit]
    place, patterns = ends[:-1].copy(), np.empty(indices.size, np.int32)
    for pattern in range(indptr.size - 1):
        for i in range(indptr[pattern], indptr[pattern + 1]):
            unit = indices[i]
            patterns[place[unit]] = pattern
            place[unit] += 1
    return ends, patterns


def closed_up(found: NDArray[np.int32], k: int, sizes: NDArray[np.int64]) -> Lists:
    """Return lists of at most k units, of which each took up k places, without the free places.

    Parameters
    ----------
    found : (B * k,) int32
        The units of row b begin at place ``b * k``.
    k : int
        Places of a row.
    sizes : (B,) int64
        Units of each row.
    """
    indptr = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=indptr[1:])
    if indptr[-1] == len(found):
        return indptr, found
    return indptr, found.reshape(-1, k)[np.arange(k) < sizes[:, None]]
