"""The distinct patterns that a network has stored, in the order of their first storing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class PatternBook:
    """Distinct stored patterns of one network.

    Parameters
    ----------
    units : int
        Units N of the network.
    """

    def __init__(self, units: int) -> None:
        self._blocks: list[NDArray[np.int8]] = [np.empty((0, units), np.int8)]
        self._index: dict[bytes, int] = {}

    def add(self, patterns: NDArray[np.int8]) -> NDArray[np.int64]:
        """Enter the rows (P, N) that are new and return the index (P,) of every row."""
        fresh = []
        indices = np.empty(len(patterns), np.int64)
        for row, pattern in enumerate(patterns):
            key = pattern.tobytes()
            if key not in self._index:
                self._index[key] = len(self._index)
                fresh.append(row)
            indices[row] = self._index[key]
        self._blocks.append(patterns[fresh].copy())
        return indices

    @property
    def patterns(self) -> NDArray[np.int8]:
        """All distinct patterns, (P, N) int8."""
        if len(self._blocks) > 1:
            self._blocks = [np.concatenate(self._blocks)]
        return self._blocks[0]
