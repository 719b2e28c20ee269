"""Workers: trials in this process, in several, or on a cluster; one thread of algebra each."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import ExitStack
from types import TracebackType
from typing import Any

import threadpoolctl

from attractors.errors import AttractorsError
from attractors.studies.pools import ClusterPool, LocalPool, Pool
from attractors.studies.provenance import version
from attractors.studies.task import Measure, Row, Task

_REBUILDS = 3
# seconds: handing over a task costs up to 4 ms on a cluster
_CHUNK = 0.1
# seconds after which a silent pool is asked whether it is still there
_LOOK = 5.0
_ONE_AT_A_TIME = threading.Lock()

Returned = tuple[list[Row], float]


class WorkerError(AttractorsError, RuntimeError):
    """Workers died again and again, or are none of ours."""


class Workers:
    """Runs tasks on a number of processes; use it as a context.

    Parameters
    ----------
    count : int
        Number of processes; 1 works in this one.
    cluster : str or cluster of Dask, optional
        Where to run instead.

    Notes
    -----
    Processes are spawned, not forked: forking a process with threads can deadlock. A script
    that asks for more than one needs ``if __name__ == "__main__":``.
    """

    def __init__(self, count: int, cluster: Any = None) -> None:
        self._count, self._cluster = count, cluster
        self._stack = ExitStack()
        self._pool: Pool | None = None

    def __enter__(self) -> Workers:
        """Return itself; processes start with the first task."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Drop what has not begun and end the processes."""
        self._close()

    def results(self, measure: Measure, tasks: Sequence[Task]) -> Iterator[tuple[Task, Row]]:
        """Yield each task with its row as they finish.

        Raises
        ------
        WorkerError
            If the processes die again and again; an error of a trial is raised as it is.
        """
        if self._count == 1 and self._cluster is None:
            # the number of threads changes the rounding of sums, hence the numbers
            with threadpoolctl.threadpool_limits(1):
                for task in tasks:
                    yield task, measure(task)
            return
        left = {task.key: task for task in tasks}
        fruitless = 0
        while left:
            before, pool = len(left), self._opened()
            try:
                for task, row in _passed(pool, measure, list(left.values())):
                    del left[task.key]
                    yield task, row
            except pool.broken as error:
                self._close()
                fruitless = 0 if len(left) < before else fruitless + 1
                if fruitless == _REBUILDS:
                    raise WorkerError(
                        f"Workers died {_REBUILDS} times with {len(left)} trials to do, perhaps "
                        "for want of memory; use fewer workers. Finished trials are kept."
                    ) from error

    def _opened(self) -> Pool:
        if self._pool is None:
            remote = self._cluster is not None
            pool: Pool = ClusterPool(self._cluster) if remote else LocalPool(self._count)
            self._pool = self._stack.enter_context(pool)
        return self._pool

    def _close(self) -> None:
        self._stack.close()
        self._pool = None


def _passed(pool: Pool, measure: Measure, tasks: Sequence[Task]) -> Iterator[tuple[Task, Row]]:
    """Yield tasks with their rows until all are done or something fails."""
    waiting, mean = deque(tasks), math.inf
    running: dict[Future[Returned], list[Task]] = {}
    while waiting or running:
        width = pool.width()
        # a bounded window: whatever is handed over must be held, and run again if the pool breaks
        while waiting and len(running) < 2 * width:
            chunk = [waiting.popleft() for _ in range(_size(mean, len(waiting), width))]
            running[pool.submit(_run, measure, chunk, version())] = chunk
        failures = []
        for future in wait(running, _LOOK, FIRST_COMPLETED).done:
            chunk = running.pop(future)
            # what has come back is yielded before any failure is raised
            if future.cancelled() or future.exception() is not None:
                failures.append(future)
                continue
            rows, seconds = future.result()
            mean = seconds / len(rows)
            waiting.extendleft(reversed(chunk[len(rows) :]))
            yield from zip(chunk, rows, strict=False)
        for future in failures:
            future.result()


def _size(mean: float, waiting: int, width: int) -> int:
    """Return how many trials to hand over at once, given the seconds of one."""
    enough = math.ceil(_CHUNK / max(mean, 1e-6))
    return max(1, min(enough, waiting // (2 * width)))


def _run(measure: Measure, tasks: Sequence[Task], wanted: str) -> Returned:
    """Run a chunk in a worker; where one trial fails, return those before it."""
    if version() != wanted:
        raise WorkerError(
            f"A worker has attractors {version()}, not {wanted}; install that on all workers."
        )
    rows: list[Row] = []
    started = time.perf_counter()
    # two trials in two threads would share the pool of algebra threads, and numba's is not safe
    with _ONE_AT_A_TIME, threadpoolctl.threadpool_limits(1):
        for task in tasks:
            try:
                rows.append(measure(task))
            except Exception:
                if not rows:
                    raise
                break
    return rows, time.perf_counter() - started
