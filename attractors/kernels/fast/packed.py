"""Synapses of one bit each: learning, fields, winners and exact retrieval.

The twins in :mod:`attractors.kernels.plain.packed` say what each function takes and returns.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from attractors.kernels.fast.counting import count, depth_for
from attractors.kernels.fast.lists import closed_up, transposed
from attractors.kernels.fast.selection import select
from attractors.kernels.fast.words import Words, popcount, write_lists, write_set
from attractors.kernels.threads import in_threads

Lists = tuple[NDArray[np.int64], NDArray[np.int32]]
# the 8 bits of an octet as 8 octets of 0 or 1, so that sums of fewer than 256 do not mix
SPREAD = np.array(
    [sum((octet >> bit & 1) << 8 * bit for bit in range(8)) for octet in range(256)], np.uint64
)
OCTET = np.uint64(255)


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
    found: NDArray[np.int32],
    sizes: NDArray[np.int64],
    tied: NDArray[np.bool_],
    start: int,
    stop: int,
) -> None:
    planes, words = _planes(bits, indptr, start, stop), bits.shape[1]
    carry, tail = np.empty(words, np.uint64), np.empty((8, words), np.uint64)
    # counting is over when selecting begins, so the room for it is free
    left, chosen = carry, tail[0]
    for row in range(start, stop):
        depth = count(bits, indices, indptr[row], indptr[row + 1], planes, carry, tail)
        sizes[row], tied[row] = select(planes, depth, units, k, floor, left, chosen)
        write_set(chosen, found, row * k)


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
    found, sizes = np.empty(batch * k, np.int32), np.empty(batch, np.int64)
    tied = np.empty(batch, np.bool_)
    asked = bits, units, indptr, indices, k, floor, found, sizes, tied
    in_threads(lambda start, stop: _winners(*asked, start, stop), batch)
    return *closed_up(found, k, sizes), tied


@njit(cache=True, nogil=True)
def _and_eight(
    bits: Words,
    r0: int,
    r1: int,
    r2: int,
    r3: int,
    r4: int,
    r5: int,
    r6: int,
    r7: int,
    answer: Words,
) -> np.uint64:
    some = np.uint64(0)
    for w in range(answer.size):
        half = bits[r0, w] & bits[r1, w] & bits[r2, w] & bits[r3, w]
        answer[w] &= half & bits[r4, w] & bits[r5, w] & bits[r6, w] & bits[r7, w]
        some |= answer[w]
    return some


@njit(cache=True, nogil=True)
def _reached_by_all(bits: Words, rows: NDArray[np.int32], answer: Words) -> None:
    last = rows.size - 1
    answer[:] = ~np.uint64(0) if rows.size else np.uint64(0)
    for i in range(0, rows.size, 8):
        # a row twice changes nothing, so the last eight are filled up with the last
        some = _and_eight(
            bits,
            rows[i],
            rows[min(i + 1, last)],
            rows[min(i + 2, last)],
            rows[min(i + 3, last)],
            rows[min(i + 4, last)],
            rows[min(i + 5, last)],
            rows[min(i + 6, last)],
            rows[min(i + 7, last)],
            answer,
        )
        if not some:
            return


@njit(cache=True, nogil=True)
def _and(
    bits: Words,
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    own: bool,
    reached: Words,
    sizes: NDArray[np.int64],
    start: int,
    stop: int,
) -> None:
    for row in range(start, stop):
        active, answer = indices[indptr[row] : indptr[row + 1]], reached[row]
        _reached_by_all(bits, active, answer)
        if own:
            for unit in active:
                answer[unit >> 6] |= np.uint64(1) << np.uint64(unit & 63)
        size = 0
        for w in range(answer.size):
            size += popcount(answer[w])
        sizes[row] = size


def packed_and(
    bits: Words,
    units: int,
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    own: bool = False,
) -> Lists:
    """Return the units that every active source unit reaches, as lists."""
    batch = len(indptr) - 1
    reached, sizes = np.empty((batch, bits.shape[1]), np.uint64), np.empty(batch, np.int64)
    asked = bits, indptr, indices, own, reached, sizes
    in_threads(lambda start, stop: _and(*asked, start, stop), batch)
    return _lists(reached, sizes)


def _lists(rows: Words, sizes: NDArray[np.int64]) -> Lists:
    indptr = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=indptr[1:])
    indices = np.empty(indptr[-1], np.int32)
    in_threads(lambda start, stop: write_lists(rows, indptr, indices, start, stop), len(rows), 64)
    return indptr, indices
