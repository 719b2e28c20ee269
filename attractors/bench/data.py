"""Sparse patterns as lists of active units: a million of them need no full array."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


@dataclass(frozen=True, eq=False)
class Lists:
    """Patterns with one number of active units each.

    Parameters
    ----------
    units : int
        Number of units N.
    active : (P, k) int32
        Active units, ascending in each row.
    """

    units: int
    active: NDArray[np.int32]

    @classmethod
    def random(cls, count: int, units: int, active: int, generator: np.random.Generator) -> Lists:
        """Return random patterns, every choice of k of N units equally probable."""
        drawn = _drawn(count, units, active, generator)
        while True:
            repeated = np.flatnonzero((drawn[:, 1:] == drawn[:, :-1]).any(axis=1))
            if not len(repeated):
                return cls(units, drawn)
            drawn[repeated] = _drawn(len(repeated), units, active, generator)

    def __len__(self) -> int:
        """Return the number of patterns."""
        return len(self.active)

    def __getitem__(self, rows: slice | NDArray[np.int64]) -> Lists:
        """Return some of the patterns."""
        return Lists(self.units, self.active[rows])

    def __add__(self, more: Lists) -> Lists:
        """Return the patterns of both."""
        return Lists(self.units, np.concatenate([self.active, more.active]))

    def half(self, generator: np.random.Generator) -> Lists:
        """Return cues: a random half of the active units of each pattern."""
        shuffled = generator.permuted(self.active, axis=1)
        return Lists(self.units, np.sort(shuffled[:, : self.active.shape[1] // 2], axis=1))

    @cached_property
    def indptr(self) -> NDArray[np.int64]:
        """Where each pattern begins and ends in :attr:`indices`, (P + 1,)."""
        return np.arange(0, self.active.size + 1, self.active.shape[1], dtype=np.int64)

    @property
    def indices(self) -> NDArray[np.int32]:
        """Active units of all patterns, one after the other."""
        return self.active.ravel()

    def sparse(self) -> sparse.csr_array:
        """Return the patterns as an array (P, N) int8 in compressed rows."""
        parts = (np.ones(self.active.size, np.int8), self.indices, self.indptr)
        return sparse.csr_array(parts, shape=(len(self), self.units))

    def full(self) -> NDArray[np.int8]:
        """Return the patterns in full, (P, N) int8."""
        states = np.zeros((len(self), self.units), np.int8)
        np.put_along_axis(states, self.active, 1, axis=1)
        return states


def _drawn(
    count: int, units: int, active: int, generator: np.random.Generator
) -> NDArray[np.int32]:
    drawn: NDArray[np.int32] = generator.integers(0, units, (count, active), dtype=np.int32)
    drawn.sort(axis=1)
    return drawn
