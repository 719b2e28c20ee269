"""One BLAS thread at a time, while threads of our own each multiply a part."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

_lock = threading.Lock()
# how many callers are inside, and what gives the threads back when the last one leaves
_inside = 0
_limit: Any = None


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Let every matrix product run in the thread that calls it, as long as the block lasts.

    Without it two threads that multiply would each ask for all cores. The setting is one for the
    whole process: callers that overlap share it, and the last to leave restores what the first
    one found.
    """
    global _inside, _limit
    with _lock:
        if _inside == 0:
            _limit = _controller().limit(limits=1, user_api="blas")
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if _inside == 0:
                _limit.restore_original_limits()
                _limit = None


@cache
def _controller() -> Any:
    # finding the libraries takes milliseconds, setting their threads microseconds
    import threadpoolctl

    return threadpoolctl.ThreadpoolController()
