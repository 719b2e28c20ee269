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


@njit(cache=True, nogil=True, inline="always")
def _add(a: np.uint64, b: np.uint64, c: np.uint64) -> tuple[np.uint64, np.uint64]:
    either = a ^ b
    return either ^ c, (a & b) | (either & c)


@njit(cache=True, nogil=True)
def _add_eight(
    r0: Words,
    r1: Words,
    r2: Words,
    r3: Words,
    r4: Words,
    r5: Words,
    r6: Words,
    r7: Words,
    planes: Words,
    carry: Words,
) -> None:
    ones, twos, fours = planes[0], planes[1], planes[2]
    for w in range(carry.size):
        one, a = _add(ones[w], r0[w], r1[w])
        one, b = _add(one, r2[w], r3[w])
        one, c = _add(one, r4[w], r5[w])
        ones[w], d = _add(one, r6[w], r7[w])
        two, a = _add(twos[w], a, b)
        twos[w], b = _add(two, c, d)
        fours[w], carry[w] = _add(fours[w], a, b)


@njit(cache=True, nogil=True)
def _carry_on(plane: Words, carry: Words) -> None:
    for w in range(plane.size):
        before = plane[w]
        plane[w] = before ^ carry[w]
        carry[w] &= before


@njit(cache=True, nogil=True)
def depth_for(rows: int) -> int:
    """Return how many planes hold counts up to a number of rows; three at least."""
    depth = 3
    while rows >> depth:
        depth += 1
    return depth


@njit(cache=True, nogil=True)
def count(bits: Words, rows: NDArray[np.int32], planes: Words, carry: Words, nothing: Words) -> int:
    """Count the bits that are set in the chosen rows; return the number of planes in use.

    Parameters
    ----------
    bits : (R, W) uint64
        All rows.
    rows : (n,) int32
        The chosen ones.
    planes : (at least depth_for(n), W) uint64
        Takes the counts: those at bit b of word w are spread over bit b of ``planes[:, w]``.
    carry, nothing : (W,) uint64
        Room for carries, and zeros.
    """
    depth, last = depth_for(rows.size), rows.size
    planes[:depth] = 0
    for i in range(0, last, 8):
        # eight at a time; the last ones are filled up with rows that add nothing
        _add_eight(
            bits[rows[i]],
            bits[rows[i + 1]] if i + 1 < last else nothing,
            bits[rows[i + 2]] if i + 2 < last else nothing,
            bits[rows[i + 3]] if i + 3 < last else nothing,
            bits[rows[i + 4]] if i + 4 < last else nothing,
            bits[rows[i + 5]] if i + 5 < last else nothing,
            bits[rows[i + 6]] if i + 6 < last else nothing,
            bits[rows[i + 7]] if i + 7 < last else nothing,
            planes,
            carry,
        )
        for plane in range(3, depth):
            _carry_on(planes[plane], carry)
    return depth
