"""Clipped synapses as rows, compiled; see :mod:`attractors.kernels.plain.rows`."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from attractors.kernels.fast.coincidences import add_up, find_winners
from attractors.kernels.fast.joining import bound, join, shift, transpose
from attractors.kernels.fast.lists import closed_up
from attractors.kernels.fast.merging import drop, spread, weave
from attractors.kernels.plain import rows as plain
from attractors.kernels.threads import in_threads

Lists: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int32]]
Counts: TypeAlias = NDArray[np.uint16]
Workspace: TypeAlias = tuple[Counts, Counts, NDArray[np.int32]]

# entries, and cues, that are worth a thread of their own
ENTRIES, CUES = 50_000, 16
# places of the table in which targets are counted first, and how far a place can count
TABLE, MOST = 1 << 15, (1 << 16) - 1
# what a thread counts in, kept for its next batch
_kept = threading.local()
# rooms to work in that a thread keeps
SIZES = 4


def transpose_lists(lists: Lists, width: int) -> Lists:
    """Return for each of the listed numbers, 0 to ``width`` - 1, the rows that list it."""
    ends, rows = np.zeros(width + 1, np.int64), np.empty(len(lists[1]), np.int32)
    transpose(*lists, ends, rows)
    return ends, rows


def most_targets(post: Lists, members: Lists, units: int) -> NDArray[np.int64]:
    """Return at most how many targets each source unit gets, (n_pre,), from the sizes alone."""
    most = np.empty(len(members[0]) - 1, np.int64)
    bound(post[0], *members, units, most)
    return most


def count_targets(post: Lists, members: Lists, units: int, recurrent: bool) -> NDArray[np.int64]:
    """Return how many targets each source unit gets, (n_pre,)."""
    lengths = np.zeros(len(members[0]) - 1, np.int64)
    starts, nowhere = np.zeros(len(lengths), np.int64), np.empty(0, np.int32)

    def work(first: int, last: int) -> None:
        join(*post, *members, units, recurrent, starts, nowhere, lengths, first, last)

    in_threads(work, len(lengths))
    return lengths


def join_rows(
    post: Lists,
    members: Lists,
    units: int,
    recurrent: bool,
    most: NDArray[np.int64],
    spare: float = 0.0,
) -> Lists:
    """Return the rows of the synapses whose two ends are active in one pair of patterns."""
    starts = _pointers(most)
    indices = np.empty(int((1 + spare) * starts[-1]), np.int32)

    def work(lengths: NDArray[np.int64], first: int, last: int) -> None:
        join(*post, *members, units, recurrent, starts, indices, lengths, first, last)

    return _closed(starts, indices, work, spare)


def subtract_rows(rows: Lists, known: Lists) -> Lists:
    """Return the rows less what the known rows list; the arrays of the former are used up."""
    indptr, indices = rows

    def work(lengths: NDArray[np.int64], first: int, last: int) -> None:
        drop(indptr, indices, *known, lengths, first, last)

    return _closed(indptr, indices, work)


def merge_rows(
    indptr: NDArray[np.int64], indices: NDArray[np.int32], more: Lists
) -> NDArray[np.int64]:
    """Merge rows that share nothing, in place, and return where the merged rows begin and end."""
    ends: NDArray[np.int64] = indptr + more[0]
    spread(indptr, indices, more[0])

    def work(first: int, last: int) -> None:
        weave(ends, indices, *more, first, last)

    in_threads(work, len(ends) - 1, _worth(len(ends) - 1, int(ends[-1])))
    return ends


def row_winners(
    rows: Lists, recent: Lists, units: int, cues: Lists, k: int, least: int
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.bool_]]:
    """Return the k units that most units of a cue have among their targets."""
    largest, batch = int(np.diff(cues[0]).max(initial=0)), len(cues[0]) - 1
    if largest * -(-units // TABLE) > MOST:
        return plain.row_winners(rows, recent, units, cues, k, least)
    won, lengths = np.empty((batch, k), np.int32), np.empty(batch, np.int64)
    tied = np.empty(batch, np.bool_)

    def work(first: int, last: int) -> None:
        table, counts, found = workspace(units)
        numbers = np.empty(max(largest, least) + 2, np.int64)
        find_winners(
            *rows, *recent, *cues, k, least,
            table, counts, found, numbers, won, lengths, tied, first, last,
        )  # fmt: skip

    in_threads(work, batch, CUES)
    return *closed_up(won.ravel(), k, lengths), tied


def add_rows(
    rows: Lists, sources: Lists, values: NDArray[np.floating], out: NDArray[np.floating]
) -> None:
    """Add to the field of each target, in place, the states of the sources that list it."""
    in_threads(lambda first, last: add_up(*rows, *sources, values, out, first, last), len(out))


def _closed(
    starts: NDArray[np.int64],
    indices: NDArray[np.int32],
    work: Callable[[NDArray[np.int64], int, int], None],
    spare: float = 0.0,
) -> Lists:
    """Return the rows that threads wrote, without the gaps that duplicates left.

    A block of rows is written one behind the other from where its first may start.
    """
    lengths = np.zeros(len(starts) - 1, np.int64)
    blocks: list[tuple[int, int]] = []

    def block(first: int, last: int) -> None:
        work(lengths, first, last)
        blocks.append((first, last))

    in_threads(block, len(lengths), _worth(len(lengths), int(starts[-1])))
    indptr = _pointers(lengths)
    for first, last in sorted(blocks):
        if starts[first] != indptr[first]:
            shift(indices, starts[first], indptr[first], indptr[last] - indptr[first])
    # ours alone: what is left over is given back without a copy
    indices.resize(int(indptr[-1]) + int(spare * indptr[-1]), refcheck=False)
    return indptr, indices


def _worth(rows: int, entries: int) -> int:
    """Return how many of so many rows, with so many entries in all, are worth a thread."""
    return ENTRIES * rows // max(entries, 1) + 1


def workspace(units: int) -> Workspace:
    """Return a table and counts, all 0, and room for units, as this thread left them."""
    kept: dict[int, Workspace] = _kept.__dict__.setdefault("rooms", {})
    if units not in kept:
        # of the sizes asked for last
        if len(kept) == SIZES:
            del kept[next(iter(kept))]
        # a table has a power of two places
        places = min(TABLE, 1 << (units - 1).bit_length())
        table, counts = np.zeros(places, np.uint16), np.zeros(units, np.uint16)
        kept[units] = table, counts, np.empty(units, np.int32)
    return kept[units]


def _pointers(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    indptr = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=indptr[1:])
    return indptr
