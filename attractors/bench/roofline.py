"""How fast this machine reads memory: the roof that no recall breaks through."""

from __future__ import annotations

import numpy as np

from attractors.bench.timing import Work
from attractors.kernels import in_threads, one_blas_thread

# a block is read by one call: long enough to hide the call, short enough to share out evenly
BLOCK = 1 << 16


def reading(size: int) -> Work:
    """Return the work of reading so many bytes once, in order, on all threads.

    A dot product of an array with itself does little but read it. The bytes are the same ones
    every time, so that they stay in whatever cache holds them, as resident weights do.

    Parameters
    ----------
    size : int
        In bytes; rounded up to blocks.
    """
    blocks = -(-size // (4 * BLOCK))
    resident = np.ones((blocks, BLOCK), np.float32)

    def read(start: int, stop: int) -> None:
        for block in resident[start:stop]:
            np.dot(block, block)

    def work() -> None:
        with one_blas_thread():
            in_threads(read, blocks)

    return work
