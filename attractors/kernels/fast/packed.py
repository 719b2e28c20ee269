"""Synapses of one bit each: learning, fields, winners and exact retrieval.

The twins in :mod:`attractors.kernels.plain.packed` say what each function takes and returns.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numba import njit
from numpy.typing import NDArray

from attractors.kernels.fast.counting import Numbers, count, depth_for, eight
from attractors.kernels.fast.lists import transposed
from attractors.kernels.fast.selection import select
from attractors.kernels.fast.words import Words, write_set
from attractors.kernels.threads import in_threads

Lists = tuple[NDArray[np.int64], NDArray[np.int32]]
# the 8 bits of an octet as 8 octets of 0 or 1, so that sums of fewer than 256 do not mix
SPREAD = np.array(
    [sum((octet >> bit & 1) << 8 * bit for bit in range(8)) for octet in range(256)], np.uint64
)
# bytes of rows that are worth a thread of their own
SHARE = 1 << 22


@njit(cache=True, nogil=True)
def _learn(
    bits: Words,
    post_indptr: NDArray[np.int64],
    post_indices: NDArray[np.int32],
    ends: NDArray[np.int64],
    patterns: NDArray[np.int32],
    start: int,
    stop: int,
) -> None:
    for unit in range(start, stop):
        for place in range(ends[unit], ends[unit + 1]):
            pattern = patterns[place]
            for i in range(post_indptr[pattern], post_indptr[pattern + 1]):
                post = post_indices[i]
                bits[unit, post >> 6] |= np.uint64(1) << np.uint64(post & 63)


def packed_learn(
    bits: Words,
    post_indptr: NDArray[np.int64],
    post_indices: NDArray[np.int32],
    pre_indptr: NDArray[np.int64],
    pre_indices: NDArray[np.int32],
) -> None:
    """Switch on, in place, the synapses whose two ends are active in one pair."""
    asked = bits, post_indptr, post_indices, *transposed(pre_indptr, pre_indices, len(bits))
    in_threads(lambda start, stop: _learn(*asked, start, stop), len(bits), 256)


@njit(cache=True, nogil=True)
def _spread(planes: Words, depth: int, field: NDArray[np.float32]) -> None:
    """Write counts held in planes as single numbers."""
    eights = np.empty(8 * planes.shape[1], np.uint64)
    for low in range(0, depth, 8):
        eights[:] = 0
        for plane in range(low, min(low + 8, depth)):
            octets, shift = planes[plane].view(np.uint8), np.uint64(plane - low)
            for i in range(eights.size):
                eights[i] += SPREAD[octets[i]] << shift
        octets = eights.view(np.uint8)
        if low:
            for unit in range(field.size):
                field[unit] += np.float32(octets[unit]) * np.float32(1 << low)
        else:
            for unit in range(field.size):
                field[unit] = octets[unit]


@njit(cache=True, nogil=True)
def _planes(bits: Words, indptr: NDArray[np.int64], start: int, stop: int) -> Words:
    """Return planes for the counts of the rows."""
    most = 0
    for row in range(start, stop):
        most = max(most, indptr[row + 1] - indptr[row])
    return np.empty((depth_for(most), bits.shape[1]), np.uint64)


@njit(cache=True, nogil=True)
def _field(
    bits: Words,
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    field: NDArray[np.float32],
    start: int,
    stop: int,
) -> None:
    planes, words = _planes(bits, indptr, start, stop), bits.shape[1]
    carry, tail = np.empty(words, np.uint64), np.empty((8, words), np.uint64)
    for row in range(start, stop):
        depth = count(bits, indices, indptr[row], indptr[row + 1], planes, carry, tail)
        _spread(planes, depth, field[row])


def packed_field(
    bits: Words, units: int, indptr: NDArray[np.int64], indices: NDArray[np.int32]
) -> NDArray[np.float32]:
    """Return how many active source units reach each target unit."""
    field = np.empty((len(indptr) - 1, units), np.float32)
    in_threads(lambda start, stop: _field(bits, indptr, indices, field, start, stop), len(field))
    return field


@njit(cache=True, nogil=True)
def _winners(
    bits: Words,
    units: int,
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    k: int,
    floor: int,
    sizes: NDArray[np.int64],
    tied: NDArray[np.bool_],
    start: int,
    stop: int,
) -> NDArray[np.int32]:
    planes, words = _planes(bits, indptr, start, stop), bits.shape[1]
    carry, tail = np.empty(words, np.uint64), np.empty((8, words), np.uint64)
    # counting is over when selecting begins, so the room for it is free
    left, chosen = carry, tail[0]
    found, place = np.empty((stop - start) * k, np.int32), 0
    for row in range(start, stop):
        depth = count(bits, indices, indptr[row], indptr[row + 1], planes, carry, tail)
        sizes[row], tied[row] = select(planes, depth, units, k, floor, left, chosen)
        place = write_set(chosen, found, place)
    return found[:place]


def packed_winners(
    bits: Words,
    units: int,
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    k: int,
    threshold: float | None = None,
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.bool_]]:
    """Return the k units that most active source units reach, as lists."""
    batch = len(indptr) - 1
    # a count above the threshold is one above the next whole number below it
    floor = -1 if threshold is None else math.floor(min(max(threshold, -1.0), 2.0**31))
    sizes, tied = np.empty(batch, np.int64), np.empty(batch, np.bool_)
    asked = bits, units, indptr, indices, k, floor, sizes, tied
    lists = _in_lists(lambda start, stop: _winners(*asked, start, stop), sizes, bits, indices)
    return *lists, tied


@njit(cache=True, nogil=True)
def _and_eight(bits: Words, r: Numbers, answer: Words) -> np.uint64:
    some = np.uint64(0)
    for w in range(answer.size):
        half = bits[r[0], w] & bits[r[1], w] & bits[r[2], w] & bits[r[3], w]
        answer[w] &= half & bits[r[4], w] & bits[r[5], w] & bits[r[6], w] & bits[r[7], w]
        some |= answer[w]
    return some


@njit(cache=True, nogil=True)
def _reached_by_all(
    bits: Words, rows: NDArray[np.int32], first: int, last: int, answer: Words
) -> None:
    answer[:] = ~np.uint64(0) if last > first else np.uint64(0)
    for i in range(first, last, 8):
        # a row twice changes nothing, so the last eight may be filled up with the last
        if not _and_eight(bits, eight(rows, i, last - 1), answer):
            return


@njit(cache=True, nogil=True)
def _and(
    bits: Words,
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    own: bool,
    sizes: NDArray[np.int64],
    start: int,
    stop: int,
) -> NDArray[np.int32]:
    answer, most = np.empty(bits.shape[1], np.uint64), 64 * bits.shape[1]
    found, place = np.empty(most, np.int32), 0
    for row in range(start, stop):
        first, last, before = indptr[row], indptr[row + 1], place
        _reached_by_all(bits, indices, first, last, answer)
        if own:
            for i in range(first, last):
                unit = indices[i]
                answer[unit >> 6] |= np.uint64(1) << np.uint64(unit & 63)
        if found.size < place + most:
            larger = np.empty(2 * (place + most), np.int32)
            larger[:place] = found[:place]
            found = larger
        place = write_set(answer, found, place)
        sizes[row] = place - before
    return found[:place]


def packed_and(
    bits: Words,
    units: int,
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    own: bool = False,
) -> Lists:
    """Return the units that every active source unit reaches, as lists."""
    sizes = np.empty(len(indptr) - 1, np.int64)
    asked = bits, indptr, indices, own, sizes
    return _in_lists(lambda start, stop: _and(*asked, start, stop), sizes, bits, indices)


def _in_lists(
    find: Callable[[int, int], NDArray[np.int32]],
    sizes: NDArray[np.int64],
    bits: Words,
    indices: NDArray[np.int32],
) -> Lists:
    """Return as lists what is found for blocks of cues, each of which writes its sizes."""
    parts: dict[int, NDArray[np.int32]] = {}

    def keep(start: int, stop: int) -> None:
        parts[start] = find(start, stop)

    touched = 8 * bits.shape[1] * len(indices)
    in_threads(keep, len(sizes), max(SHARE * len(sizes) // max(touched, 1), 1))
    indptr = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=indptr[1:])
    return indptr, np.concatenate([np.empty(0, np.int32), *(parts[i] for i in sorted(parts))])
