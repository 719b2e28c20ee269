"""Rows of 0 and 1 as words of 64 bits, and back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]


def packed(matrix: NDArray[np.bool_]) -> Words:
    """Return rows of 0 and 1, (R, N), as words, (R, ceil(N / 64)): unit 0 is the lowest bit."""
    rows, units = matrix.shape
    octets = np.zeros((rows, 8 * -(-units // 64)), np.uint8)
    octets[:, : -(-units // 8)] = np.packbits(matrix, axis=1, bitorder="little")
    return octets.view("<u8").astype(np.uint64, copy=False)


def unpacked(bits: Words, units: int) -> NDArray[np.bool_]:
    """Return rows of words, (R, ceil(N / 64)), as rows of 0 and 1, (R, N)."""
    octets = np.ascontiguousarray(bits, "<u8").view(np.uint8)
    matrix = np.unpackbits(octets, axis=1, count=units, bitorder="little")
    return matrix.view(np.bool_)
