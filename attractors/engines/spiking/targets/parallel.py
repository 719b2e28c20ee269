"""Chunks of trials shared out among processes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TypeVar

import threadpoolctl

from attractors.engines.spiking.targets.device import CACHE

Task = TypeVar("Task")
Result = TypeVar("Result")
# what is done, which chunks of it, and where compiled code is kept
Work = Callable[[Task, Sequence[int], Path | None], list[Result]]


def share(
    work: Work[Task, Result], task: Task, count: int, workers: int, separate: bool = True
) -> list[Result]:
    """Return the results of all chunks in order, whoever worked on them.

    Every process builds once and takes every ``workers``-th chunk.

    Parameters
    ----------
    work : callable
        ``work(task, chunks, directory)`` returns one result a chunk; importable by name.
    task : object
        The same for all; it must be possible to pickle it.
    count : int
        Number of chunks.
    workers : int
        Number of processes; 1 works in this one, with no folder of its own.
    separate : bool
        Whether every process keeps its compiled code in a folder of its own.

    Notes
    -----
    Processes are spawned, not forked: a script that asks for more than one needs
    ``if __name__ == "__main__":``.
    """
    workers = min(workers, count)
    if workers == 1:
        return work(task, range(count), None)
    results: dict[int, Result] = {}
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, initializer=_one_thread) as pool:
        try:
            parts = [range(worker, count, workers) for worker in range(workers)]
            futures = [
                pool.submit(work, task, part, folder_of(worker) if separate else None)
                for worker, part in enumerate(parts)
            ]
            for part, future in zip(parts, futures, strict=True):
                results.update(zip(part, future.result(), strict=True))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [results[chunk] for chunk in range(count)]


def folder_of(worker: int) -> Path:
    """Return the folder in which a worker keeps its compiled code from one run to the next."""
    return CACHE / f"worker-{worker}"


def _one_thread() -> None:
    threadpoolctl.threadpool_limits(1)
