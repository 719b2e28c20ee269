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
def write_set(bits: Words, indices: NDArray[np.int32], place: int) -> int:
    """Write the positions of the bits set, for which there is room, from a place in a list on.

    The place after the last is returned. Words that have any are found first: a processor that
    writes every number down need not guess which of them counts.
    """
    some, found = np.empty(bits.size, np.int32), 0
    for word in range(bits.size):
        some[found] = word
        found += bits[word] != 0
    for i in range(found):
        left = bits[some[i]]
        while left and place < indices.size:
            indices[place] = 64 * some[i] + lowest(left)
            left &= left - np.uint64(1)
            place += 1
    return place
