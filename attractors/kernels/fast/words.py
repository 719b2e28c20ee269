"""Words of 64 bits: what the processor does in one instruction, and lists of the bits set."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, types
from numba.extending import intrinsic
from numpy.typing import NDArray

Words = NDArray[np.uint64]


def _popcount(typing: Any, word: Any) -> Any:
    """Return the number of bits set in a word."""

    def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return builder.ctpop(values[0])

    # signed: numba adds signed and unsigned numbers as floats
    return types.int64(types.uint64), code


def _lowest(typing: Any, word: Any) -> Any:
    """Return the position of the lowest bit set in a word, 64 if there is none."""

    def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return builder.cttz(values[0], context.get_constant(types.boolean, False))

    return types.int64(types.uint64), code


# numba has no name of its own for these two instructions
popcount: Any = intrinsic(_popcount)
lowest: Any = intrinsic(_lowest)


@njit(cache=True, nogil=True)
def write_set(bits: Words, indices: NDArray[np.int32], place: int) -> None:
    """Write the positions of the bits set in a row of words, from a place in a list on."""
    for word in range(bits.size):
        left = bits[word]
        while left:
            indices[place] = 64 * word + lowest(left)
            left &= left - np.uint64(1)
            place += 1


@njit(cache=True, nogil=True)
def write_lists(
    rows: Words, indptr: NDArray[np.int64], indices: NDArray[np.int32], start: int, stop: int
) -> None:
    """Write the bits set in rows ``start`` to ``stop`` into the lists of those rows."""
    for row in range(start, stop):
        write_set(rows[row], indices, indptr[row])
