"""Rows of a batch shared out among threads: kernels let go of the interpreter while they run."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache
from itertools import pairwise

# blocks a thread: others finish what a thread that was held up leaves over
SHARES = 4
_here = threading.local()


def workers() -> int:
    """Return the number of threads: the cores we may use, at most ``OMP_NUM_THREADS``."""
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    # OpenMP allows a list, one number a level of nesting
    limit = os.environ.get("OMP_NUM_THREADS", "").split(",")[0].strip()
    return min(cores, max(int(limit), 1)) if limit.isdigit() else cores


def in_threads(function: Callable[[int, int], object], rows: int, least: int = 1) -> None:
    """Call ``function(start, stop)`` on blocks that make up all rows, in as many threads as cores.

    Parameters
    ----------
    function : callable
        Works on rows ``start`` to ``stop``, writes to no others, and spends its time where
        the interpreter is released: in a kernel with ``nogil=True`` or in NumPy.
    rows : int
        Number of rows.
    least : int
        Rows that are worth a thread of their own; fewer are not split.

    Examples
    --------
    >>> import numpy as np
    >>> squares = np.zeros(1000)
    >>> def square(start, stop):
    ...     squares[start:stop] = np.arange(start, stop) ** 2.0
    >>> in_threads(square, 1000)
    >>> float(squares[999])
    998001.0
    """
    # called from one of our own threads, where the others may be waiting for this one
    inside = getattr(_here, "inside", False)
    blocks = 1 if inside or rows < 2 * least else min(workers() * SHARES, rows // least)
    if blocks <= 1 or workers() == 1:
        if rows:
            function(0, rows)
        return
    edges = [rows * block // blocks for block in range(blocks + 1)]
    _share(function, pairwise(edges))


def _share(function: Callable[[int, int], object], blocks: Iterator[tuple[int, int]]) -> None:
    """Work on blocks in this thread, together with those of the others that are free.

    Nobody is waited for to wake up, and an error ends the work on what is left.
    """
    taking = threading.Lock()

    def work() -> None:
        while True:
            with taking:
                block = next(blocks, None)
            if block is None:
                return
            function(*block)

    others = [_pool(workers() - 1).submit(work) for _ in range(workers() - 1)]
    _here.inside = True
    try:
        work()
    finally:
        _here.inside = False
        with taking:
            for _ in blocks:
                pass
        # whoever has not begun yet finds nothing to do
        begun = [other for other in others if not other.cancel()]
        wait(begun)
    for other in begun:
        other.result()


def _enter() -> None:
    _here.inside = True


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, "attractors", _enter)


# a forked process inherits the pool but none of its threads: it would wait for ever
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pool.cache_clear)
