"""How many of some rows of bits are set at each position, 64 positions at a time.

The counts are held bit by bit: plane p holds bit p of all of them. A full adder of three words
takes five logical operations, and eight rows go through seven of them before a carry leaves the
three lowest planes (carry-save adders; Harley-Seal in H. S. Warren, Hacker's Delight, ch. 5).
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from attractors.kernels.fast.words import Words

NOTHING = np.uint64(0)


@njit(cache=True, nogil=True, inline="always")
def _add(a: np.uint64, b: np.uint64, c: np.uint64) -> tuple[np.uint64, np.uint64]:
    either = a ^ b
    return either ^ c, (a & b) | (either & c)


@njit(cache=True, nogil=True)
def _add_eight(
    bits: Words,
    r0: int,
    r1: int,
    r2: int,
    r3: int,
    r4: int,
    r5: int,
    r6: int,
    r7: int,
    planes: Words,
    carry: Words,
) -> None:
    # indices, not slices: numba counts references to a slice, and threads would wait for each
    # other at the one counter of the whole array
    for w in range(carry.size):
        one, a = _add(planes[0, w], bits[r0, w], bits[r1, w])
        one, b = _add(one, bits[r2, w], bits[r3, w])
        one, c = _add(one, bits[r4, w], bits[r5, w])
        planes[0, w], d = _add(one, bits[r6, w], bits[r7, w])
        two, a = _add(planes[1, w], a, b)
        planes[1, w], b = _add(two, c, d)
        planes[2, w], carry[w] = _add(planes[2, w], a, b)


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
    depth = depth_for(last - first)
    planes[:depth] = 0
    for i in range(first, last - 7, 8):
        _add_eight(
            bits,
            rows[i],
            rows[i + 1],
            rows[i + 2],
            rows[i + 3],
            rows[i + 4],
            rows[i + 5],
            rows[i + 6],
            rows[i + 7],
            planes,
            carry,
        )
        _carry_on(planes, 3, depth, carry)
    rest = (last - first) & 7
    if rest:
        for i in range(8):
            for w in range(carry.size):
                tail[i, w] = bits[rows[last - rest + i], w] if i < rest else NOTHING
        _add_eight(tail, 0, 1, 2, 3, 4, 5, 6, 7, planes, carry)
        _carry_on(planes, 3, depth, carry)
    return depth
