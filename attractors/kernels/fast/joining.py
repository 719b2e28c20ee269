"""Rows of synapses out of patterns: gather what a unit was active with, sort, keep each once."""

from __future__ import annotations

import numpy as np
from numba import njit, types
from numpy.typing import NDArray

from attractors.kernels.fast.prefetch import prefetch

# what is only read may be mapped from a file; one variant serves both
POINTERS = types.Array(types.int64, 1, "C", readonly=True)
UNITS = types.Array(types.int32, 1, "C", readonly=True)
OWN_POINTERS = types.Array(types.int64, 1, "C")
OWN_UNITS = types.Array(types.int32, 1, "C")

# patterns asked for ahead of the one that is looked at, and units a cache line
AHEAD, LINE = 24, 16
# so few are put in order one by one
FEW = 48
# sorting costs about as much as sweeping over eight units for every one that is listed
SWEEP = 8

Pointers = NDArray[np.int64]
Units = NDArray[np.int32]


@njit(types.void(POINTERS, UNITS, OWN_POINTERS, OWN_UNITS), cache=True, nogil=True)
def transpose(indptr: Pointers, indices: Units, ends: Pointers, rows: Units) -> None:
    """List for each number the rows that list it; ``ends`` comes in as zeros."""
    for entry in range(indices.size):
        ends[indices[entry] + 1] += 1
    for number in range(1, ends.size):
        ends[number] += ends[number - 1]
    place = ends[:-1].copy()
    for row in range(indptr.size - 1):
        for entry in range(indptr[row], indptr[row + 1]):
            number = indices[entry]
            rows[place[number]] = row
            place[number] += 1


@njit(types.void(POINTERS, POINTERS, UNITS, types.int64, OWN_POINTERS), cache=True, nogil=True)
def bound(post_ends: Pointers, ends: Pointers, patterns: Units, units: int, most: Pointers) -> None:
    """Add up how many targets the patterns of each source unit have, at most all."""
    for unit in range(most.size):
        total = 0
        for entry in range(ends[unit], ends[unit + 1]):
            pattern = patterns[entry]
            total += post_ends[pattern + 1] - post_ends[pattern]
        most[unit] = min(total, units)


@njit(cache=True, nogil=True)
def _ask(post_ends: Pointers, post: Units, patterns: Units, entry: int) -> None:
    """Ask for a pattern of one of the next rows, and for where a later one lies."""
    if entry + AHEAD < patterns.size:
        first = post_ends[patterns[entry + AHEAD]]
        prefetch(post, first)
        prefetch(post, first + LINE)
    if entry + 2 * AHEAD < patterns.size:
        prefetch(post_ends, patterns[entry + 2 * AHEAD])


@njit(cache=True, nogil=True)
def _gathered(
    post_ends: Pointers, post: Units, own: Units, unit: int, found: Units, digits: Units
) -> int:
    """List the targets of a unit's patterns, twice where they are, and count their digits."""
    bits, count = _bits(found.size), 0
    mask = (1 << bits) - 1
    for entry in range(own.size):
        for place in range(post_ends[own[entry]], post_ends[own[entry] + 1]):
            target = post[place]
            if target != unit:
                found[count] = target
                count += 1
                digits[0, target & mask] += 1
                digits[1, (target >> bits) & mask] += 1
                digits[2, target >> (2 * bits)] += 1
    return count


@njit(cache=True, nogil=True)
def _inserted(post_ends: Pointers, post: Units, own: Units, unit: int, found: Units) -> int:
    """List the targets of a unit's patterns in order, twice where they are."""
    count = 0
    for pattern in own:
        for entry in range(post_ends[pattern], post_ends[pattern + 1]):
            target, place = post[entry], count
            if target != unit:
                while place > 0 and found[place - 1] > target:
                    found[place] = found[place - 1]
                    place -= 1
                found[place] = target
                count += 1
    return count


@njit(cache=True, nogil=True)
def _bits(units: int) -> int:
    """Return how many bits a third of a unit's number takes."""
    bits = 1
    while (1 << (3 * bits)) < units:
        bits += 1
    return bits


@njit(cache=True, nogil=True)
def _sorted(found: Units, other: Units, count: int, digits: Units) -> Units:
    """Sort by the lowest, middle and highest third of the bits, back and forth between arrays."""
    bits = _bits(found.size)
    mask = (1 << bits) - 1
    for third in range(3):
        total, shift = 0, third * bits
        for digit in range(mask + 1):
            number = digits[third, digit]
            digits[third, digit] = total
            total += number
        for entry in range(count):
            target = found[entry]
            digit = (target >> shift) & mask
            other[digits[third, digit]] = target
            digits[third, digit] += 1
        found, other = other, found
    return found


@njit(cache=True, nogil=True)
def _swept(
    post_ends: Pointers, post: Units, own: Units, unit: int, found: Units, marks: NDArray[np.uint8]
) -> int:
    """List the targets of a unit's patterns once each, in order, by marking them."""
    for entry in range(own.size):
        for place in range(post_ends[own[entry]], post_ends[own[entry] + 1]):
            marks[post[place]] = 1
    if unit >= 0:
        marks[unit] = 0
    count = 0
    for target in range(marks.size):
        if marks[target]:
            found[count] = target
            count += 1
            marks[target] = 0
    return count


@njit(
    types.void(
        POINTERS, UNITS, POINTERS, UNITS, types.int64, types.boolean, POINTERS,
        OWN_UNITS, OWN_POINTERS, types.int64, types.int64,
    ),
    cache=True,
    nogil=True,
)  # fmt: skip
def join(
    post_ends: Pointers,
    post: Units,
    ends: Pointers,
    patterns: Units,
    units: int,
    recurrent: bool,
    starts: Pointers,
    out: Units,
    lengths: Pointers,
    first: int,
    last: int,
) -> None:
    """Write rows ``first`` to ``last`` one behind the other, from where the first may start.

    Without room in ``out`` the rows are counted and not written.
    """
    found, other = np.empty(units, np.int32), np.empty(units, np.int32)
    digits = np.zeros((3, 1 << _bits(units)), np.int32)
    marks = np.zeros(units, np.uint8)
    at = starts[first]
    for row in range(first, last):
        own = patterns[ends[row] : ends[row + 1]]
        if own.size == 0:
            lengths[row] = 0
            continue
        unit = row if recurrent else -1
        total = 0
        for entry in range(ends[row], ends[row + 1]):
            _ask(post_ends, post, patterns, entry)
            total += post_ends[patterns[entry] + 1] - post_ends[patterns[entry]]
        if total > units // SWEEP:
            ordered, count = found, _swept(post_ends, post, own, unit, found, marks)
        elif total <= FEW:
            ordered, count = found, _inserted(post_ends, post, own, unit, found)
        else:
            digits[:] = 0
            count = _gathered(post_ends, post, own, unit, found, digits)
            ordered = _sorted(found, other, count, digits)
        length, before = 0, -1
        for entry in range(count):
            target = ordered[entry]
            if target != before:
                if out.size:
                    out[at + length] = target
                length += 1
                before = target
        lengths[row] = length
        at += length


@njit(types.void(OWN_UNITS, types.int64, types.int64, types.int64), cache=True, nogil=True)
def shift(indices: Units, source: int, target: int, count: int) -> None:
    """Move entries towards the front, over whatever is there."""
    for entry in range(count):
        indices[target + entry] = indices[source + entry]
