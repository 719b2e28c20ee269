"""A cluster of Dask on this machine, for trying out what will run on a larger one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from attractors.studies.pools import imported

# Dask bids its workers give memory back at once, which makes NumPy ask for it again and again
_KEEP_MEMORY = {"distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": None}


@contextmanager
def local_cluster(workers: int) -> Iterator[str]:
    """Give the address of a cluster of worker processes, one thread each, on this machine.

    Parameters
    ----------
    workers : int
        Number of processes.

    Raises
    ------
    MissingExtraError
        If Dask is not installed.
    """
    distributed = imported()
    import dask

    with (
        dask.config.set(_KEEP_MEMORY),
        distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
        ) as cluster,
    ):
        yield cluster.scheduler_address
