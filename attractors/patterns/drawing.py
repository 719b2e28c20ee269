"""Random choices that never hold a number for every unit: sparse patterns of a million units."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


def draw_rows(
    count: int, units: int, active: int, generator: np.random.Generator
) -> sparse.csr_array:
    """Return 0/1 patterns with exactly k active units, every choice equally probable.

    Units are drawn with replacement until k different ones are there: the first k different
    numbers of such a sequence are a random choice without replacement.

    Parameters
    ----------
    count, units, active : int
        P, N and k; drawing costs P k numbers and a little more while k is well below N.
    generator : numpy.random.Generator

    Returns
    -------
    (P, N) csr_array of int8
    """
    chosen = generator.integers(0, units, (count, active), dtype=np.int32)
    chosen.sort(axis=1)
    short = np.arange(count)
    while len(short):
        rows = chosen[short]
        twice = rows[:, 1:] == rows[:, :-1]
        again = twice.any(axis=1)
        short, rows, twice = short[again], rows[again], twice[again]
        rows[:, 1:][twice] = generator.integers(0, units, int(twice.sum()), dtype=np.int32)
        rows.sort(axis=1)
        chosen[short] = rows
    kind = np.int32 if chosen.size < 1 << 31 else np.int64
    ends = np.arange(0, chosen.size + 1, active, dtype=kind)
    ones = np.ones(chosen.size, np.int8)
    indices = chosen.ravel().astype(kind, copy=False)
    return sparse.csr_array((ones, indices, ends), shape=(count, units))


def drop_entries(
    patterns: sparse.csr_array, counts: NDArray[np.intp], generator: np.random.Generator
) -> sparse.csr_array:
    """Return patterns without a random choice of ``counts[p]`` of the active units of each."""
    sizes = np.diff(patterns.indptr)
    row = np.repeat(np.arange(len(sizes)), sizes)
    # rows stay in their order, entries of a row come in a random one
    order = np.argsort((row << 32) + generator.integers(0, 1 << 32, len(row)))
    kept = np.empty(len(row), np.bool_)
    kept[order] = np.arange(len(row)) - patterns.indptr[row] >= counts[row]
    ends = np.concatenate([[0], np.cumsum(sizes - counts)]).astype(patterns.indptr.dtype)
    return sparse.csr_array((patterns.data[kept], patterns.indices[kept], ends), patterns.shape)
