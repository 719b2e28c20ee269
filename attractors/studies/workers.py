"""Workers: trials in this process or in several, each with one thread of linear algebra."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType

import threadpoolctl

from attractors.errors import AttractorsError
from attractors.studies.task import Measure, Row, Task

_REBUILDS = 3


class WorkerError(AttractorsError, RuntimeError):
    """Workers died again and again."""


class Workers:
    """Runs tasks on a number of processes; use it as a context.

    Parameters
    ----------
    count : int
        Number of processes; 1 works in this one.

    Notes
    -----
    Processes are spawned, not forked: forking a process with threads can deadlock. A script
    that asks for more than one needs ``if __name__ == "__main__":``.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._pool: ProcessPoolExecutor | None = None

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
        if self._count == 1:
            # the number of threads changes the rounding of sums, hence the numbers
            with threadpoolctl.threadpool_limits(1):
                for task in tasks:
                    yield task, measure(task)
            return
        left = {task.key: task for task in tasks}
        for _ in range(_REBUILDS):
            try:
                for task, row in self._submitted(measure, list(left.values())):
                    del left[task.key]
                    yield task, row
            except BrokenProcessPool:
                self._close()
            if not left:
                return
        raise WorkerError(
            f"Worker processes died {_REBUILDS} times with {len(left)} trials to do, perhaps for "
            "want of memory; use fewer workers. Finished trials are kept."
        )

    def _submitted(self, measure: Measure, tasks: Sequence[Task]) -> Iterator[tuple[Task, Row]]:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._count, context, initializer=_one_thread)
        futures: dict[Future[Row], Task] = {}
        for task in tasks:
            futures[self._pool.submit(measure, task)] = task
        for future in as_completed(futures):
            yield futures[future], future.result()

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _one_thread() -> None:
    threadpoolctl.threadpool_limits(1)
