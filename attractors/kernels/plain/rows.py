"""Clipped synapses as rows: for each source unit the ascending list of its target units.

Lists are a pair of arrays: ``indptr`` (R + 1,) int64 says where each row begins and ends in
``indices`` (M,) int32. Those of patterns name the active units of each.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from attractors.kernels.plain.winners import k_winners

Lists: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int32]]


def transpose_lists(lists: Lists, width: int) -> Lists:
    """Return for each of the listed numbers, 0 to ``width`` - 1, the rows that list it."""
    indptr, indices = lists
    rows = np.repeat(np.arange(len(indptr) - 1, dtype=np.int32), np.diff(indptr))
    return _pointers(np.bincount(indices, minlength=width)), rows[
        np.argsort(indices, kind="stable")
    ]


def most_targets(post: Lists, members: Lists, units: int) -> NDArray[np.int64]:
    """Return at most how many targets each source unit gets, (n_pre,), from the sizes alone.

    Parameters as in :func:`join_rows`.
    """
    sizes, (indptr, patterns) = np.diff(post[0]), members
    unit = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
    found = np.bincount(unit, weights=sizes[patterns], minlength=len(indptr) - 1)
    return np.minimum(found.astype(np.int64), units)


def count_targets(post: Lists, members: Lists, units: int, recurrent: bool) -> NDArray[np.int64]:
    """Return how many targets each source unit gets, (n_pre,); see :func:`join_rows`."""
    most = most_targets(post, members, units)
    return np.diff(join_rows(post, members, units, recurrent, most)[0])


def join_rows(
    post: Lists,
    members: Lists,
    units: int,
    recurrent: bool,
    most: NDArray[np.int64],
    spare: float = 0.0,
) -> Lists:
    """Return the rows of the synapses whose two ends are active in one pair of patterns.

    Parameters
    ----------
    post : lists
        Active target units of each pattern.
    members : lists
        For each source unit the patterns in which it is active.
    units : int
        Number of target units.
    recurrent : bool
        Whether units have no synapse onto themselves.
    most : (n_pre,) int64
        At least as many as each row gets: room is made for them.
    spare : float
        Free places behind all rows, as a share of them.
    """
    ends, patterns = members
    rows = []
    for unit in range(len(ends) - 1):
        own = [post[1][post[0][p] : post[0][p + 1]] for p in patterns[ends[unit] : ends[unit + 1]]]
        targets = np.unique(np.concatenate([np.empty(0, np.int32), *own]))
        rows.append(targets[targets != unit] if recurrent else targets)
    indptr = _pointers([len(row) for row in rows])
    rows.append(np.empty(int(spare * indptr[-1]), np.int32))
    return indptr, np.concatenate(rows)


def subtract_rows(rows: Lists, known: Lists) -> Lists:
    """Return the rows less what the known rows list; the arrays of the former are used up."""
    fresh = ~np.isin(_keys(rows), _keys(known))
    lengths = np.bincount(_row_of(rows)[fresh], minlength=len(rows[0]) - 1)
    return _pointers(lengths), rows[1][fresh]


def merge_rows(
    indptr: NDArray[np.int64], indices: NDArray[np.int32], more: Lists
) -> NDArray[np.int64]:
    """Merge rows that share nothing, in place, and return where the merged rows begin and end.

    Parameters
    ----------
    indptr : (R + 1,) int64
        Where the rows begin and end.
    indices : (M + M2,) int32
        The rows, and behind them room for those that come in.
    more : lists
        R rows of M2 entries in all.
    """
    rows = indptr, indices[: indptr[-1]]
    keys = np.sort(np.concatenate([_keys(rows), _keys(more)]))
    indices[:] = keys & 0x7FFFFFFF
    ends: NDArray[np.int64] = indptr + more[0]
    return ends


def row_winners(
    rows: Lists, recent: Lists, units: int, cues: Lists, k: int, least: int
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.bool_]]:
    """Return the k units that most units of a cue have among their targets.

    Parameters
    ----------
    rows, recent : lists
        Targets of each source unit, in two parts that share nothing.
    units : int
        Number of target units.
    cues : lists
        Active source units of each cue, distinct.
    k : int
        Number of winners, 1 to ``units``.
    least : int
        Number of source units that must reach a winner, at least 1.

    Returns
    -------
    indptr : (B + 1,) int64
        Where the winners of each cue begin and end.
    indices : (W,) int32
        Winners of the cues, ascending within each.
    tied : (B,) bool
        Whether more units had the k-th largest count than there were places left for them.
    """
    field = np.zeros((len(cues[0]) - 1, units))
    for part in (rows, recent):
        add_rows(part, cues, np.ones(len(cues[1])), field)
    active, tied = k_winners(field, k, least - 0.5)
    return _pointers(active.sum(axis=1)), np.nonzero(active)[1].astype(np.int32), tied


def add_rows(
    rows: Lists,
    sources: Lists,
    values: NDArray[np.floating],
    out: NDArray[np.floating],
) -> None:
    """Add to the field of each target, in place, the states of the sources that list it.

    Parameters
    ----------
    rows : lists
        Targets of each source unit.
    sources : lists
        Source units whose state is not 0, one list a row of the batch.
    values : (M,) float32 or float64
        Their states.
    out : (B, n_post), of the same type
        The field.
    """
    indptr, targets = rows
    for row, (start, stop) in enumerate(zip(sources[0][:-1], sources[0][1:], strict=True)):
        for unit, value in zip(sources[1][start:stop], values[start:stop], strict=True):
            out[row, targets[indptr[unit] : indptr[unit + 1]]] += value


def _pointers(lengths: NDArray[np.integer] | list[int]) -> NDArray[np.int64]:
    indptr = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=indptr[1:])
    return indptr


def _row_of(lists: Lists) -> NDArray[np.int64]:
    return np.repeat(np.arange(len(lists[0]) - 1), np.diff(lists[0]))


def _keys(rows: Lists) -> NDArray[np.int64]:
    """Return one number for each entry that says row and index, in their order."""
    keys: NDArray[np.int64] = (_row_of(rows) << 31) | rows[1]
    return keys
