"""Rows of numbers that are appended to while they are in use."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

KEPT = (np.int8, np.float32, np.float64)
GROWTH = 1.5


class Rows:
    """A growing array: appending a row costs, on average, a constant number of copies.

    Rows stay in the type they come in, int8, float32 or float64; all else becomes float64.

    Parameters
    ----------
    width : int
        Numbers in a row.
    """

    def __init__(self, width: int) -> None:
        self._buffer: NDArray[Any] = np.empty((0, width), np.int8)
        self._count = 0

    def __len__(self) -> int:
        """Return the number of rows."""
        return self._count

    @property
    def array(self) -> NDArray[Any]:
        """All rows, (count, width)."""
        return self._buffer[: self._count]

    def append(self, rows: NDArray[Any]) -> None:
        """Add rows at the end."""
        length, kind = self._wanted(rows)
        if length != len(self._buffer) or kind != self._buffer.dtype:
            grown = np.empty((length, self._buffer.shape[1]), kind)
            grown[: self._count] = self.array
            self._buffer = grown
        elif not self._buffer.flags.writeable:
            self._buffer = self._buffer.copy()
        self._buffer[self._count : self._count + len(rows)] = rows
        self._count += len(rows)

    def growth(self, rows: NDArray[Any]) -> int:
        """Return the bytes that appending would allocate."""
        length, kind = self._wanted(rows)
        same = length == len(self._buffer) and kind == self._buffer.dtype
        return 0 if same else length * self._buffer.shape[1] * kind.itemsize

    def take_over(self, rows: NDArray[Any]) -> None:
        """Hold this array instead, which may be mapped from a file; it is not copied."""
        self._buffer, self._count = rows, len(rows)

    def copy(self) -> Rows:
        """Return rows of their own."""
        other = Rows(self._buffer.shape[1])
        other.take_over(self.array.copy())
        return other

    def _wanted(self, rows: NDArray[Any]) -> tuple[int, np.dtype[Any]]:
        """Return the length and type of the buffer once these rows are in."""
        kind = np.result_type(self._buffer, rows) if self._count else rows.dtype
        needed = self._count + len(rows)
        if needed > len(self._buffer):
            # what is stored once takes what it needs; what was stored before will be again
            needed = max(needed, int(GROWTH * self._count))
        else:
            needed = len(self._buffer)
        return needed, kind if kind.type in KEPT else np.dtype(np.float64)
