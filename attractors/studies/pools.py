"""Pools of workers behind one face: processes of this machine, or a cluster of Dask."""

from __future__ import annotations

import math
import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Future, ProcessPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import Any, Protocol, Self

from attractors.errors import AttractorsError, MissingExtraError

_RETRIES = 3
# seconds to wait for a scheduler
_PATIENCE = 10.0
# seconds between two looks at how many workers a cluster has
_LOOK = 1.0


class ClusterError(AttractorsError, ConnectionError):
    """A cluster cannot be reached."""


class Pool(Protocol):
    """What a pool of workers must offer; a context that starts and ends it.

    Attributes
    ----------
    broken : tuple of exception types
        What is raised where workers die, rather than by the work itself.
    """

    broken: tuple[type[BaseException], ...]

    def width(self) -> int:
        """Return how many tasks can be under way at once; asked for again and again."""

    def submit(self, work: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Hand over one task."""

    def __enter__(self) -> Self:
        """Start the workers."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Drop what has not begun and let the workers go."""


class LocalPool:
    """Processes of this machine.

    Parameters
    ----------
    count : int
        How many.
    """

    broken: tuple[type[BaseException], ...] = (BrokenExecutor,)

    def __init__(self, count: int) -> None:
        self._count = count
        # forking a process with threads can deadlock
        self._pool = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"))

    def width(self) -> int:
        """Return the number of processes."""
        return self._count

    def submit(self, work: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Hand over one task."""
        return self._pool.submit(work, *arguments)

    def __enter__(self) -> LocalPool:
        """Return itself; processes start with the first task."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Drop what has not begun and end the processes."""
        self._pool.shutdown(wait=True, cancel_futures=True)


class ClusterPool:
    """A cluster of Dask.

    Parameters
    ----------
    cluster : str or cluster of Dask
        Address of the scheduler, or an object such as ``dask_jobqueue.SLURMCluster``.

    Raises
    ------
    MissingExtraError
        If Dask is not installed.
    ClusterError
        If there is no scheduler at that address.
    """

    def __init__(self, cluster: Any) -> None:
        distributed = imported()
        try:
            self._client = distributed.Client(cluster, set_as_default=False, timeout=_PATIENCE)
        except (OSError, ValueError, TypeError) as error:
            raise ClusterError(
                f"The cluster {cluster!r} cannot be reached: {error}. Start it with 'dask "
                "scheduler', and give the address that it prints, tcp://HOST:PORT."
            ) from error
        killed = distributed.scheduler.KilledWorker
        self.broken: tuple[type[BaseException], ...] = (BrokenExecutor, CancelledError, killed)
        # pure: Dask would take two trials of equal arguments for one
        self._executor = self._client.get_executor(pure=False, retries=_RETRIES)
        self._width, self._looked = 1, -math.inf

    def width(self) -> int:
        """Return the number of worker processes, at least 1: they may come and go."""
        now = time.monotonic()
        if self._client.status != "running":
            # futures of a scheduler that is gone never end
            if now - self._looked > _PATIENCE:
                raise BrokenExecutor("the scheduler is gone")
        elif now - self._looked > _LOOK:
            self._looked = now
            # a process runs one trial at a time, however many threads it has
            with suppress(OSError):
                self._width = max(len(self._client.nthreads()), 1)
        return self._width

    def submit(self, work: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Hand over one task."""
        future: Future[Any] = self._executor.submit(work, *arguments)
        return future

    def __enter__(self) -> ClusterPool:
        """Return itself, connected."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Drop what has not begun and leave the cluster as it is."""
        self._executor.shutdown(wait=False)
        self._client.close(timeout=2)


def imported() -> Any:
    """Return the library of the cluster.

    Raises
    ------
    MissingExtraError
        If it is not installed.
    """
    try:
        import distributed
    except ImportError as error:
        raise MissingExtraError(
            "A cluster needs Dask, which is not installed; "
            "pip install 'attractor-networks[cluster]'."
        ) from error
    return distributed
