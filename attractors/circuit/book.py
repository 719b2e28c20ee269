"""The distinct patterns that a network has stored, in the order of their first storing."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors import kernels
from attractors.seeding import stream

# numbers that are looked at together when patterns get their keys
BLOCK = 1 << 22


class PatternBook:
    """Distinct stored patterns of one network.

    They are held in full until one comes in sparsely, and all of them sparsely from then on.

    Parameters
    ----------
    units : int
        Units N of the network.
    """

    def __init__(self, units: int) -> None:
        self._blocks: list[Any] = [np.empty((0, units), np.int8)]
        self._places: dict[int, int] = {}
        self._salts = 0
        self._salt(units)

    def add(self, patterns: Any) -> NDArray[np.int64]:
        """Enter the rows that are new and return the index (P,) of every row.

        Parameters
        ----------
        patterns : (P, N) int8 or float64, or csr_array of ones with ascending indices
            0/1, ±1 or real patterns.
        """
        while True:
            known = len(self._places)
            places = self._entered(patterns)
            # a place is new where it exceeds all before it
            fresh = places > np.maximum.accumulate(np.concatenate([[known - 1], places[:-1]]))
            if fresh.any():
                self._append(patterns.copy() if fresh.all() else patterns[fresh])
            again = np.flatnonzero(~fresh)
            if len(again) == 0 or _equal(self.patterns[places[again]], patterns[again]):
                return places
            # different patterns of one key: start again with other keys
            stored = self.patterns[:known]
            self._blocks, self._places = [stored], {}
            self._salt(patterns.shape[1])
            self._entered(stored)

    @property
    def patterns(self) -> NDArray[np.int8] | sparse.csr_array:
        """All distinct patterns, (P, N) int8 or float64, or csr_array of int8."""
        if len(self._blocks) > 1:
            blocks = self._blocks[1:] if self._blocks[0].shape[0] == 0 else self._blocks
            if sparse.issparse(blocks[0]):
                self._blocks = [sparse.csr_array(sparse.vstack(blocks, format="csr"))]
            else:
                self._blocks = [np.concatenate(blocks)]
        return self._blocks[0]

    @property
    def seen(self) -> Any:
        """All distinct patterns for others to read; in full they cannot be written to."""
        stored = self.patterns
        if sparse.issparse(stored):
            return stored
        seen = stored.view()
        seen.flags.writeable = False
        return seen

    def __len__(self) -> int:
        """Return the number of distinct patterns."""
        return len(self._places)

    def _append(self, rows: Any) -> None:
        """Hold new rows as those that are there; if they are sparse, hold these so too."""
        if sparse.issparse(rows) and not sparse.issparse(self._blocks[-1]):
            self._blocks = [sparse.csr_array(block) for block in self._blocks]
        self._blocks.append(_like(self._blocks[0], rows))

    def _entered(self, patterns: Any) -> NDArray[np.int64]:
        """Return the place of each row by its key; new keys get the next ones."""
        places = self._places
        step = max(BLOCK // max(patterns.shape[1], 1), 1)
        if sparse.issparse(patterns):
            step = max(BLOCK * patterns.shape[0] // max(patterns.nnz, 1), 1)
        keys = [
            self._keys(patterns[start : start + step])
            for start in range(0, patterns.shape[0], step)
        ]
        return np.array(
            [places.setdefault(key, len(places)) for block in keys for key in block.tolist()],
            np.int64,
        )

    def _keys(self, patterns: Any) -> NDArray[np.uint64]:
        """Return for each row the sum, modulo 2^64, of the random numbers of its active units."""
        if sparse.issparse(patterns):
            indptr, indices = patterns.indptr, patterns.indices
        elif patterns.dtype.kind == "f":
            # adding 0 makes -0 the same as 0
            return np.asarray(np.add(patterns, 0.0, dtype=float).view(np.uint64) @ self._numbers)
        else:
            indptr, indices, _ = kernels.active_units(patterns > 0)
        sums = np.concatenate([[np.uint64(0)], np.cumsum(self._numbers[indices])])
        return np.asarray(sums[indptr[1:]] - sums[indptr[:-1]])

    def _salt(self, units: int) -> None:
        """Draw the random number of each unit anew."""
        generator = stream(self._salts, "pattern book")
        self._numbers = generator.integers(0, 1 << 64, units, np.uint64)
        self._salts += 1


def _like(stored: Any, rows: Any) -> Any:
    """Return rows sparse or in full, as those that are stored."""
    if sparse.issparse(stored):
        return sparse.csr_array(rows)
    return rows.toarray() if sparse.issparse(rows) else rows


def _equal(stored: Any, rows: Any) -> bool:
    """Tell whether rows are those that are stored."""
    rows = _like(stored, rows)
    if not sparse.issparse(stored):
        return np.array_equal(stored, rows)
    same = np.array_equal(stored.indptr, rows.indptr)
    return same and np.array_equal(stored.indices, rows.indices)
