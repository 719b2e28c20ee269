"""One cue settled by itself, from its full state to the full state in which it rests.

The twins in :mod:`attractors.kernels.plain.settle` say what each function takes and returns.
States are lists of active units in between: the present one, the one before it and the next
take turns in three rows of one array.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, types
from numpy.typing import NDArray

from attractors.kernels.fast.coincidences import find_winners
from attractors.kernels.fast.counting import count, depth_for
from attractors.kernels.fast.joining import POINTERS, UNITS
from attractors.kernels.fast.lists import STRETCH
from attractors.kernels.fast.rows import MOST, TABLE, Counts, workspace
from attractors.kernels.fast.selection import select
from attractors.kernels.fast.settle_step import rounded
from attractors.kernels.fast.table import Reals, Table, row_field
from attractors.kernels.fast.winners import GROUP, best
from attractors.kernels.fast.words import Words, write_set
from attractors.kernels.plain.settle import Centring, Lists

State = NDArray[np.float32]


@njit(cache=True, nogil=True)
def _active(cue: NDArray[Any], units: NDArray[np.int32]) -> int:
    """Write the units of a cue that are 1; return how many, -1 if others are not 0."""
    size = 0
    for first in range(0, cue.size, STRETCH):
        last = min(first + STRETCH, cue.size)
        some = 0
        for unit in range(first, last):
            some += cue[unit] != 0
        if some:
            for unit in range(first, last):
                if cue[unit] != 0:
                    if cue[unit] != 1:
                        return -1
                    units[size] = unit
                    size += 1
    return size


def listed(cue: NDArray[Any]) -> tuple[NDArray[np.int32], int]:
    """Return room for three lists of units, the first of which holds those of a cue, and how many.

    They are -1 if the cue has states besides 0 and 1.
    """
    # few types, so that few variants are compiled
    if cue.dtype.char == "?":
        cue = cue.view(np.int8)
    elif cue.dtype.char not in "bfd" or not cue.dtype.isnative:
        cue = cue.astype(np.float64)
    room = np.empty((3, cue.size), np.int32)
    return room, _active(np.ascontiguousarray(cue), room[0])


@njit(cache=True, nogil=True)
def _same(one: NDArray[np.int32], other: NDArray[np.int32], size: int) -> bool:
    differ = 0
    for i in range(size):
        differ += one[i] != other[i]
    return differ == 0


@njit(cache=True, nogil=True)
def _rests(room: NDArray[np.int32], sizes: NDArray[np.int64], step: int) -> bool:
    """Tell whether the state that a step has led to is the one before it, or the one before that.

    That of a step stands in the row ``(step + 1) % 3``.
    """
    fresh = (step + 1) % 3
    for lag in range(1, min(step + 1, 2) + 1):
        other = (step + 1 - lag) % 3
        if sizes[fresh] == sizes[other] and _same(room[fresh], room[other], sizes[fresh]):
            return True
    return False


@njit(cache=True, nogil=True)
def _written(room: NDArray[np.int32], sizes: NDArray[np.int64], row: int, state: State) -> None:
    for i in range(sizes[row]):
        state[room[row, i]] = 1.0


@njit(cache=True, nogil=True)
def packed_loop(
    bits: Words,
    room: NDArray[np.int32],
    size: int,
    k: int,
    floor: int,
    steps: int,
    state: State,
) -> None:
    """Count and choose until the state rests, and write its units into one of zeros.

    The cue stands in the first row of the room, as :func:`listed` returns it.
    """
    sizes, words = np.array([size, 0, 0]), bits.shape[1]
    planes = np.empty((depth_for(max(size, k)), words), np.uint64)
    carry, tail = np.empty(words, np.uint64), np.empty((8, words), np.uint64)
    # counting is over when selecting begins, so the room for it is free
    left, chosen = carry, tail[0]
    row = 0
    for step in range(steps):
        depth = count(bits, room[row], 0, sizes[row], planes, carry, tail)
        row = (step + 1) % 3
        sizes[row], _ = select(planes, depth, state.size, k, floor, left, chosen)
        write_set(chosen, room[row], 0)
        if _rests(room, sizes, step):
            break
    _written(room, sizes, row, state)


def settle_packed(bits: Words, cue: NDArray[Any], k: int, least: int, steps: int) -> State | None:
    """Settle a cue by counting bits."""
    room, size = listed(cue)
    if size < 0:
        return None
    state = np.zeros(cue.size, np.float32)
    packed_loop(bits, room, size, k, least - 1, steps, state)
    return state


@njit(
    types.void(
        POINTERS, UNITS, POINTERS, UNITS, types.Array(types.int32, 2, "C"), types.int64,
        types.int64, types.int64, types.int64,
        types.Array(types.uint16, 1, "C"), types.Array(types.uint16, 1, "C"),
        types.Array(types.int32, 1, "C"), types.Array(types.float32, 1, "C"),
    ),
    cache=True,
    nogil=True,
)  # fmt: skip
def rows_loop(
    ends: NDArray[np.int64],
    targets: NDArray[np.int32],
    recent_ends: NDArray[np.int64],
    recent: NDArray[np.int32],
    room: NDArray[np.int32],
    size: int,
    k: int,
    least: int,
    steps: int,
    table: Counts,
    counts: Counts,
    found: NDArray[np.int32],
    state: State,
) -> None:
    """Do as :func:`packed_loop`, counting targets."""
    sizes, cue_ends, tied = np.array([size, 0, 0]), np.zeros(2, np.int64), np.empty(1, np.bool_)
    numbers = np.empty(max(size, k, least) + 2, np.int64)
    row = 0
    for step in range(steps):
        cue_ends[1], now = sizes[row], room[row]
        row = (step + 1) % 3
        find_winners(
            ends, targets, recent_ends, recent, cue_ends, now, k, least, table, counts, found,
            numbers, room[row : row + 1], sizes[row : row + 1], tied, 0, 1,
        )  # fmt: skip
        if _rests(room, sizes, step):
            break
    _written(room, sizes, row, state)


def settle_rows(
    rows: Lists, recent: Lists, cue: NDArray[Any], k: int, least: int, steps: int
) -> State | None:
    """Settle a cue by counting targets."""
    room, size = listed(cue)
    # what a place of the table counts up to
    if size < 0 or max(size, k) * -(-cue.size // TABLE) > MOST:
        return None
    state = np.zeros(cue.size, np.float32)
    # more units than there are reach none
    if steps and least > cue.size:
        return state
    table, counts, found = workspace(cue.size)
    rows_loop(*rows, *recent, room, size, k, least, steps, table, counts, found, state)
    return state


@njit(cache=True, nogil=True)
def table_loop(
    table: Table,
    shift: Reals,
    own: Reals,
    pre: NDArray[np.int64],
    target: float,
    both: float,
    room: NDArray[np.int32],
    size: int,
    factor: float,
    k: int,
    threshold: float,
    steps: int,
    state: State,
) -> None:
    """Do as :func:`packed_loop`, adding up rows, centring, scaling and rounding the sums."""
    sizes, units = np.array([size, 0, 0]), state.size
    sums, field = np.empty(units, np.int32), np.empty(units)
    maxima, work = np.empty(-(-units // GROUP)), np.empty((2, units + 1))
    won = np.empty(units + 1, np.int32)
    row = 0
    for step in range(steps):
        weighted = 0
        for i in range(sizes[row]):
            weighted += pre[room[row, i]]
        level = target * weighted - both * sizes[row]
        row_field(table, room[row], 0, sizes[row], shift, level, own, sums, field)
        rounded(field, factor, field)
        row = (step + 1) % 3
        sizes[row], _ = best(field, k, threshold, maxima, work, won)
        room[row, : sizes[row]] = won[: sizes[row]]
        if _rests(room, sizes, step):
            break
    _written(room, sizes, row, state)


def settle_table(
    table: Table,
    centring: Centring,
    cue: NDArray[Any],
    factor: float,
    k: int,
    threshold: float | None,
    steps: int,
) -> State | None:
    """Settle a cue by adding up rows of small integers."""
    room, size = listed(cue)
    # the rows are added up in 32 bits
    if size < 0 or np.iinfo(table.dtype).max * max(size, k) >= 1 << 31:
        return None
    state = np.zeros(cue.size, np.float32)
    least = np.nan if threshold is None else threshold
    table_loop(table, *centring, room, size, factor, k, least, steps, state)
    return state
