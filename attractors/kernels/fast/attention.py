"""Softmax sums over keys, compiled; see :mod:`attractors.kernels.plain.attention`.

A few keys at a time go through all three steps, so that their similarities never leave the
nearest caches; while one step multiplies, the rows of the next are fetched.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from attractors.kernels.fast.exponentials import power_of_e
from attractors.kernels.fast.prefetch import prefetch
from attractors.kernels.fast.tile import COLUMNS, ROWS, tile
from attractors.kernels.plain import attention as plain

# keys at a time: their rows, those of their values and all sums stay in the second cache
KEYS = 64
# numbers in a cache line
LINE = 16

Numbers = NDArray[np.float32]
Totals = NDArray[np.float64]


def attention_sums(
    cues: Numbers, keys: Numbers, values: Numbers, beta: float
) -> tuple[Numbers, Totals, Numbers]:
    """Return each cue's largest similarity and its sums of exponentials, with the values last."""
    if len(keys) < ROWS:
        return plain.attention_sums(cues, keys, values, beta)
    panels = -(-len(cues) // COLUMNS)
    # cues of a panel lie side by side; those that are missing are zeros
    turned = _zeros(panels, keys.shape[1], COLUMNS)
    for panel in range(panels):
        some = cues[panel * COLUMNS : (panel + 1) * COLUMNS]
        turned[panel, :, : len(some)] = some.T
    top = np.full((panels, COLUMNS), -np.inf, np.float32)
    total, summed = np.zeros((panels, COLUMNS)), _zeros(panels, values.shape[1], COLUMNS)
    similar = _zeros(panels, KEYS, COLUMNS)
    _fold(turned, keys, values, np.float32(beta), similar, top, total, summed)
    apart = summed.transpose(0, 2, 1).reshape(-1, values.shape[1])
    return top.ravel()[: len(cues)], total.ravel()[: len(cues)], apart[: len(cues)]


def _zeros(*shape: int) -> Numbers:
    """Return zeros that begin with a cache line, so that no eight of them lie across two."""
    size = math.prod(shape)
    space = np.zeros(size + LINE, np.float32)
    skipped = -space.ctypes.data % (4 * LINE) // 4
    return space[skipped : skipped + size].reshape(shape)


@njit(cache=True, nogil=True)
def _fold(
    turned: Any,
    keys: Any,
    values: Any,
    beta: Any,
    similar: Any,
    top: Any,
    total: Any,
    summed: Any,
) -> None:
    # of equal size, so that none but a lone one has fewer keys than a tile
    pieces = -(-len(keys) // KEYS)
    before = np.empty_like(top)
    for piece in range(pieces):
        start, stop = len(keys) * piece // pieces, len(keys) * (piece + 1) // pieces
        _compare(turned, keys[start:stop], similar, values, start)
        before[:] = top
        _raise(similar, stop - start, top)
        _shrink(beta, before, top, total, summed)
        _exponentiate(similar, stop - start, beta, top, total)
        _weigh(similar, values[start:stop], summed, keys, stop)


@njit(cache=True, nogil=True)
def _compare(turned: Any, keys: Any, similar: Any, values: Any, start: int) -> None:
    """Write the products of keys and cues, and fetch the values from row ``start`` on."""
    units, coming, place = keys.shape[1], values.reshape(-1), start * values.shape[1]
    tiles = len(turned) * -(-len(keys) // ROWS)
    each = len(keys) * values.shape[1] // tiles + 1
    for panel in range(len(turned)):
        for key in range(0, len(keys), ROWS):
            # where fewer are left, some of those before again
            row = min(key, len(keys) - ROWS)
            tile(keys[row:], units, 1, turned[panel], similar[panel, row:], COLUMNS, units, False)
            for number in range(place, place + each, LINE):
                prefetch(coming, number)
            place += each


@njit(cache=True, nogil=True)
def _raise(similar: Any, keys: int, top: Any) -> None:
    for panel in range(len(top)):
        for key in range(keys):
            for cue in range(COLUMNS):
                new, old = similar[panel, key, cue], top[panel, cue]
                top[panel, cue] = new if new > old else old


@njit(cache=True, nogil=True)
def _shrink(beta: Any, before: Any, top: Any, total: Any, summed: Any) -> None:
    """Make the sums relative to the new largest; once many keys have been seen, few panels do."""
    for panel in range(len(top)):
        if np.any(top[panel] > before[panel]):
            by = np.exp(beta * (before[panel] - top[panel]))
            total[panel] *= by
            summed[panel] *= by


# a product and a sum may be rounded together
@njit(cache=True, nogil=True, fastmath={"contract"})
def _exponentiate(similar: Any, keys: int, beta: Any, top: Any, total: Any) -> None:
    # in single precision, for they are few
    added = np.empty(COLUMNS, np.float32)
    for panel in range(len(top)):
        added[:] = 0.0
        for key in range(keys):
            for cue in range(COLUMNS):
                weight = power_of_e(beta * (similar[panel, key, cue] - top[panel, cue]))
                similar[panel, key, cue] = weight
                added[cue] += weight
        total[panel] += added


@njit(cache=True, nogil=True)
def _weigh(weights: Any, values: Any, summed: Any, keys: Any, start: int) -> None:
    """Add the products of values and weights, and fetch the keys from row ``start`` on."""
    width, coming, place = values.shape[1], keys.reshape(-1), start * keys.shape[1]
    whole = width - width % ROWS
    each = len(values) * keys.shape[1] // (len(weights) * max(whole // ROWS, 1)) + 1
    for unit in range(0, whole, ROWS):
        for panel in range(len(weights)):
            out = summed[panel, unit:]
            tile(values[:, unit:], 1, width, weights[panel], out, COLUMNS, len(values), True)
            for number in range(place, place + each, LINE):
                prefetch(coming, number)
            place += each
    for panel in range(len(weights)):
        for key in range(len(values)):
            for unit in range(whole, width):
                for cue in range(COLUMNS):
                    summed[panel, unit, cue] += values[key, unit] * weights[panel, key, cue]
