"""Coincidences of a cue's units counted over their rows, and the most frequent targets.

Counts of a million units do not fit in the near cache, those of a table of 32,768 do: targets
are first counted there, those that share a place together, and only the few whose place has
been met often enough are counted each on its own. A place is met at least as often as any of
its targets, so that none is missed.
"""

from __future__ import annotations

import numpy as np
from numba import njit, types
from numpy.typing import NDArray

from attractors.kernels.fast.joining import LINE, POINTERS, UNITS, Pointers, Units
from attractors.kernels.fast.prefetch import prefetch

Counts = NDArray[np.uint16]
# lines of a row asked for ahead of its turn; the rest comes in by itself once reading has begun
LINES = 3


@njit(cache=True, nogil=True)
def _ask(indptr: Pointers, targets: Units, cue: Units, after: Units) -> None:
    """Ask for the rows of the next cue, and for where the rows of the one after lie."""
    for unit in cue:
        for line in range(LINES):
            prefetch(targets, indptr[unit] + line * LINE)
    for unit in after:
        prefetch(indptr, unit)


@njit(cache=True, nogil=True)
def _tally(indptr: Pointers, targets: Units, cue: Units, table: Counts) -> None:
    """Count the targets of a cue's rows by the lowest bits of their numbers."""
    mask = np.uint32(table.size - 1)
    for unit in cue:
        for place in range(indptr[unit], indptr[unit + 1]):
            table[np.uint32(targets[place]) & mask] += np.uint16(1)


@njit(cache=True, nogil=True)
def _count(
    indptr: Pointers,
    targets: Units,
    cue: Units,
    table: Counts,
    lowest: int,
    counts: Counts,
    found: Units,
    number: int,
) -> int:
    """Count and list the targets that may have been met ``lowest`` times or more."""
    mask = np.uint32(table.size - 1)
    for unit in cue:
        for place in range(indptr[unit], indptr[unit + 1]):
            target = np.uint32(targets[place])
            if table[target & mask] >= lowest:
                if counts[target] == 0:
                    found[number] = target
                    number += 1
                counts[target] += np.uint16(1)
    return number


@njit(cache=True, nogil=True)
def _cut(
    counts: Counts, found: Units, k: int, highest: int, lowest: int, numbers: Pointers
) -> tuple[int, int]:
    """Return the count of the k-th of the found units, and how many reach it.

    Where fewer than k reach the lowest count that is looked at, that is the cut.
    """
    numbers[: highest + 1] = 0
    for target in found:
        numbers[counts[target]] += 1
    cut, reached = highest + 1, 0
    while cut > lowest and reached < k:
        cut -= 1
        reached += numbers[cut]
    return cut, reached


@njit(cache=True, nogil=True)
def _sort(units: Units, count: int) -> None:
    """Sort the first units (Shell's method: numba takes seconds to compile its own)."""
    gap = 1
    while gap < count // 3:
        gap = 3 * gap + 1
    while gap > 0:
        for entry in range(gap, count):
            unit, place = units[entry], entry
            while place >= gap and units[place - gap] > unit:
                units[place] = units[place - gap]
                place -= gap
            units[place] = unit
        gap //= 3


@njit(cache=True, nogil=True)
def _take(counts: Counts, found: Units, k: int, cut: int, won: Units) -> int:
    """Write the units above the cut and, in order, as many of those at it as there is room for.

    Their counts are cleared on the way.
    """
    taken, equal = 0, 0
    for entry in range(found.size):
        target = found[entry]
        count = counts[target]
        counts[target] = 0
        if count > cut:
            won[taken] = target
            taken += 1
        elif count == cut:
            found[equal] = target
            equal += 1
    places = min(k - taken, equal)
    if places < equal:
        _sort(found, equal)
    for entry in range(places):
        won[taken] = found[entry]
        taken += 1
    _sort(won, taken)
    return taken


@njit(
    types.void(
        POINTERS, UNITS, POINTERS, UNITS, POINTERS, UNITS, types.int64, types.int64,
        types.Array(types.uint16, 1, "C"), types.Array(types.uint16, 1, "C"),
        types.Array(types.int32, 1, "C"), types.Array(types.int64, 1, "C"),
        types.Array(types.int32, 2, "C"), types.Array(types.int64, 1, "C"),
        types.Array(types.boolean, 1, "C"), types.int64, types.int64,
    ),
    cache=True,
    nogil=True,
)  # fmt: skip
def find_winners(
    ends: Pointers,
    targets: Units,
    recent_ends: Pointers,
    recent: Units,
    cue_ends: Pointers,
    cues: Units,
    k: int,
    least: int,
    table: Counts,
    counts: Counts,
    found: Units,
    numbers: Pointers,
    won: Units,
    lengths: Pointers,
    tied: NDArray[np.bool_],
    first: int,
    last: int,
) -> None:
    """Find the winners of cues ``first`` to ``last``; all counts are 0 before and after."""
    for row in range(first, last):
        cue = cues[cue_ends[row] : cue_ends[row + 1]]
        following, after = min(row + 1, last - 1), min(row + 2, last - 1)
        _ask(
            ends,
            targets,
            cues[cue_ends[following] : cue_ends[following + 1]],
            cues[cue_ends[after] : cue_ends[after + 1]],
        )
        _tally(ends, targets, cue, table)
        if recent.size:
            _tally(recent_ends, recent, cue, table)
        # most of a stored pattern has most of its cue in common: few others are looked at
        lowest = max(least, cue.size // 2 + 1)
        while True:
            met = _count(ends, targets, cue, table, lowest, counts, found, 0)
            if recent.size:
                met = _count(recent_ends, recent, cue, table, lowest, counts, found, met)
            cut, reached = _cut(counts, found[:met], k, cue.size, lowest, numbers)
            if reached >= k or lowest <= least:
                break
            for target in found[:met]:
                counts[target] = 0
            lowest = max(least, lowest // 3)
        lengths[row] = _take(counts, found[:met], k, cut, won[row])
        tied[row] = reached > k
        table[:] = 0


_FLOATS = [
    types.void(
        POINTERS, UNITS, POINTERS, UNITS, types.Array(real, 1, "C", readonly=True),
        types.Array(real, 2, "C"), types.int64, types.int64,
    )
    for real in (types.float32, types.float64)
]  # fmt: skip


@njit(_FLOATS, cache=True, nogil=True)
def add_up(
    ends: Pointers,
    targets: Units,
    source_ends: Pointers,
    sources: Units,
    values: NDArray[np.floating],
    out: NDArray[np.floating],
    first: int,
    last: int,
) -> None:
    """Add to the fields of rows ``first`` to ``last`` the states of their sources."""
    for row in range(first, last):
        field = out[row]
        for entry in range(source_ends[row], source_ends[row + 1]):
            unit, value = sources[entry], values[entry]
            for place in range(ends[unit], ends[unit + 1]):
                field[np.uint32(targets[place])] += value
