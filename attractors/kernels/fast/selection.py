"""The k largest of numbers that are held bit by bit, without writing the numbers out."""

from __future__ import annotations

import numpy as np
from numba import njit

from attractors.kernels.fast.words import Words, popcount


@njit(cache=True, nogil=True)
def _keep_above(planes: Words, depth: int, floor: int, chosen: Words) -> int:
    """Drop the units whose number is not above ``floor``; return how many are left."""
    size = 0
    for w in range(chosen.size):
        # so far larger than the floor, and so far equal to it, from the highest bit down
        larger, equal = np.uint64(0), np.uint64(0) if floor >> depth else chosen[w]
        for p in range(depth - 1, -1, -1):
            if floor >> p & 1:
                equal &= planes[p, w]
            else:
                larger |= equal & planes[p, w]
                equal &= ~planes[p, w]
        chosen[w] = larger
        size += popcount(larger)
    return size


@njit(cache=True, nogil=True)
def _take_first(left: Words, places: int, chosen: Words) -> None:
    """Choose the lowest units of those that are left until the places are filled."""
    for w in range(left.size):
        word = left[w]
        while word and places:
            chosen[w] |= word & (~word + np.uint64(1))
            word &= word - np.uint64(1)
            places -= 1


@njit(cache=True, nogil=True)
def _common(left: Words, planes: Words, p: int) -> int:
    """Return how many of the units that are left have bit p."""
    size = 0
    for w in range(left.size):
        size += popcount(left[w] & planes[p, w])
    return size


@njit(cache=True, nogil=True)
def _keep(planes: Words, p: int, left: Words) -> None:
    for w in range(left.size):
        left[w] &= planes[p, w]


@njit(cache=True, nogil=True)
def _choose(planes: Words, p: int, left: Words, chosen: Words) -> None:
    for w in range(left.size):
        chosen[w] |= left[w] & planes[p, w]
        left[w] &= ~planes[p, w]


@njit(cache=True, nogil=True)
def select(
    planes: Words, depth: int, units: int, k: int, floor: int, left: Words, chosen: Words
) -> tuple[int, bool]:
    """Choose the k units with the largest numbers; ties are broken by index.

    Going down from the highest bit, the units that have it are chosen if there are places for
    all of them; if not, the others are out.

    Parameters
    ----------
    planes : (at least depth, W) uint64
        Numbers of the units, plane p holding bit p of all of them.
    depth : int
        Number of planes in use.
    units : int
        Number of units, at least k.
    k : int
        Number of places.
    floor : int
        Only numbers above it may win.
    left : (W,) uint64
        Room for the units about which nothing is decided yet.
    chosen : (W,) uint64
        Takes the winners.

    Returns
    -------
    size : int
        Number of winners.
    tied : bool
        Whether units were left out whose number equals the smallest of a winner.
    """
    chosen[:] = 0
    left[:] = ~np.uint64(0)
    if units & 63:
        left[left.size - 1] = (np.uint64(1) << np.uint64(units & 63)) - np.uint64(1)
    size, places, cut = units, k, 0
    for p in range(depth - 1, -1, -1):
        if size == places:
            break
        ones = _common(left, planes, p)
        if ones >= places:
            _keep(planes, p, left)
            cut, size = cut | 1 << p, ones
        elif ones:
            _choose(planes, p, left, chosen)
            size, places = size - ones, places - ones
    tied = size > places and cut > floor
    if size > places:
        _take_first(left, places, chosen)
    else:
        for w in range(left.size):
            chosen[w] |= left[w]
    # the k-th largest is at least what is known of its bits
    return (k if cut > floor else _keep_above(planes, depth, floor, chosen)), tied
