"""One BLAS thread at a time, while threads of our own each multiply a part."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

_taken = threading.Lock()


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Let every matrix product run in the thread that calls it, as long as the block lasts.

    Without it two threads that multiply would each ask for all cores. The setting is one for the
    whole process. Of callers that overlap, the first sets it and sets it back; the others may
    find themselves without it, which costs them time and nothing else.
    """
    if not _taken.acquire(blocking=False):
        yield
        return
    try:
        with _controller().limit(limits=1, user_api="blas"):
            yield
    finally:
        _taken.release()


@cache
def _controller() -> Any:
    # finding the libraries takes milliseconds, setting their threads microseconds
    import threadpoolctl

    return threadpoolctl.ThreadpoolController()
