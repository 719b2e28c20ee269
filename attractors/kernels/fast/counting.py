"""How many of some rows of bits are set at each position, 64 positions at a time.

The counts are held bit by bit: plane p holds bit p of all of them. A full adder of three words
takes five logical operations, and eight rows go through seven of them before a carry leaves the
three lowest planes (carry-save adders; Harley-Seal in H. S. Warren, Hacker's Delight, ch. 5).
Sixteen rows at a time halve how often the planes are read and written.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from attractors.kernels.fast.words import Words

Numbers = tuple[int, ...]
Sum = tuple[np.uint64, np.uint64, np.uint64, np.uint64]
NOTHING = np.uint64(0)


@njit(cache=True, nogil=True, inline="always")
def _add(a: np.uint64, b: np.uint64, c: np.uint64) -> tuple[np.uint64, np.uint64]:
    either = a ^ b
    return either ^ c, (a & b) | (either & c)


@njit(cache=True, nogil=True)
def eight(rows: NDArray[np.int32], i: int, last: int) -> Numbers:
    """Return eight numbers of rows from place i on; after the last place, its number again."""
    return (
        rows[min(i, last)],
        rows[min(i + 1, last)],
        rows[min(i + 2, last)],
        rows[min(i + 3, last)],
        rows[min(i + 4, last)],
        rows[min(i + 5, last)],
        rows[min(i + 6, last)],
        rows[min(i + 7, last)],
    )


@njit(cache=True, nogil=True, inline="always")
def _plus_eight(
    bits: Words, r: Numbers, w: int, one: np.uint64, two: np.uint64, four: np.uint64
) -> Sum:
    """Add word w of eight rows to three bits of the counts; the fourth result carries eights."""
    one, a = _add(one, bits[r[0], w], bits[r[1], w])
    one, b = _add(one, bits[r[2], w], bits[r[3], w])
    one, c = _add(one, bits[r[4], w], bits[r[5], w])
    one, d = _add(one, bits[r[6], w], bits[r[7], w])
    two, a = _add(two, a, b)
    two, b = _add(two, c, d)
    four, a = _add(four, a, b)
    return one, two, four, a


# rows by their numbers, not slices: numba counts references to a slice, and threads would wait
# for each other at the one counter of the whole array
@njit(cache=True, nogil=True)
def _add_eight(bits: Words, r: Numbers, planes: Words, carry: Words) -> None:
    for w in range(carry.size):
        planes[0, w], planes[1, w], planes[2, w], carry[w] = _plus_eight(
            bits, r, w, planes[0, w], planes[1, w], planes[2, w]
        )


@njit(cache=True, nogil=True)
def _add_sixteen(bits: Words, r: Numbers, q: Numbers, planes: Words, carry: Words) -> None:
    for w in range(carry.size):
        one, two, four, a = _plus_eight(bits, r, w, planes[0, w], planes[1, w], planes[2, w])
        planes[0, w], planes[1, w], planes[2, w], b = _plus_eight(bits, q, w, one, two, four)
        planes[3, w], carry[w] = _add(planes[3, w], a, b)


@njit(cache=True, nogil=True)
def _begin(bits: Words, r: Numbers, q: Numbers, planes: Words) -> None:
    """Write the counts of the first sixteen rows into five planes, whatever was in them."""
    for w in range(planes.shape[1]):
        one, two, four, a = _plus_eight(bits, r, w, NOTHING, NOTHING, NOTHING)
        planes[0, w], planes[1, w], planes[2, w], b = _plus_eight(bits, q, w, one, two, four)
        planes[3, w], planes[4, w] = a ^ b, a & b


@njit(cache=True, nogil=True)
def _carry_on(planes: Words, first: int, depth: int, carry: Words) -> None:
    for p in range(first, depth):
        for w in range(carry.size):
            before = planes[p, w]
            planes[p, w] = before ^ carry[w]
            carry[w] &= before


@njit(cache=True, nogil=True)
def depth_for(rows: int) -> int:
    """Return how many planes hold counts up to a number of rows; three at least."""
    depth = 3
    while rows >> depth:
        depth += 1
    return depth


@njit(cache=True, nogil=True)
def count(
    bits: Words,
    rows: NDArray[np.int32],
    first: int,
    last: int,
    planes: Words,
    carry: Words,
    tail: Words,
) -> int:
    """Count the bits that are set in the chosen rows; return the number of planes in use.

    Parameters
    ----------
    bits : (R, W) uint64
        All rows.
    rows : (n,) int32
        The chosen ones are ``rows[first:last]``.
    first, last : int
        Where they begin and end.
    planes : (at least depth_for(last - first), W) uint64
        Takes the counts: that of bit b of word w is spread over bit b of ``planes[:, w]``.
    carry, tail : (W,) and (8, W) uint64
        Room for carries, and for the last rows where they are fewer than eight.
    """
    depth, i = depth_for(last - first), first
    if last - first >= 16:
        _begin(bits, eight(rows, i, last - 1), eight(rows, i + 8, last - 1), planes)
        planes[5:depth] = 0
        i += 16
    else:
        planes[:depth] = 0
    while last - i >= 16:
        _add_sixteen(bits, eight(rows, i, last - 1), eight(rows, i + 8, last - 1), planes, carry)
        _carry_on(planes, 4, depth, carry)
        i += 16
    if last - i >= 8:
        _add_eight(bits, eight(rows, i, last - 1), planes, carry)
        _carry_on(planes, 3, depth, carry)
        i += 8
    if i < last:
        for j in range(8):
            for w in range(carry.size):
                tail[j, w] = bits[rows[i + j], w] if i + j < last else NOTHING
        _add_eight(tail, (0, 1, 2, 3, 4, 5, 6, 7), planes, carry)
        _carry_on(planes, 3, depth, carry)
    return depth
