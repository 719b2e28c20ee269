"""The runner: rounds of seeded trials, on any number of workers, resumed where they were."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from attractors.errors import ParameterError
from attractors.studies.folder import HEADER, LEDGER, claimed
from attractors.studies.progress import progress
from attractors.studies.rounds import Rounds
from attractors.studies.shard import Shard
from attractors.studies.task import Measure, Plan, Row, Task
from attractors.studies.workers import Workers

__all__ = ["HEADER", "LEDGER", "run"]


def run(
    name: str,
    definition: Mapping[str, Any],
    measure: Measure,
    plan: Plan,
    *,
    out: str | os.PathLike[str] | None = None,
    workers: int = 1,
    cluster: Any = None,
    shard: str | None = None,
    shown: bool | None = None,
) -> list[Row]:
    """Run a study round by round and return its rows.

    Parameters
    ----------
    name : str
        Name of the study.
    definition : mapping
        All that decides the numbers, as JSON can hold it.
    measure : callable from Task to dict
        One trial; it takes all its random numbers from streams keyed by the task. Module-level
        or a dataclass, so that it can be sent to other processes.
    plan : callable from finished rounds to tasks
        The next round; a pure function, so that an interrupted study goes on as it would have.
        :class:`~attractors.studies.Grid` is one.
    out : path, optional
        Folder with the ledgers; what is finished there is not run again.
    workers : int
        Number of processes; results do not depend on it.
    cluster : str or cluster of Dask, optional
        Where trials run instead: an address such as ``"tcp://host:8786"``.
    shard : str, optional
        ``"k/n"``: only every n-th trial of a grid, from the k-th on. A run without it, in the same
        folder, puts all shards together.
    shown : bool, optional
        Whether to show progress; by default on a terminal.

    Returns
    -------
    list of dict
        One row a trial: point, trial, what was measured, ``seconds``; in the plan's order.

    Raises
    ------
    OutputError
        If the folder cannot be written or holds a study of another definition.
    ParameterError
        If a shard is wanted of what is no grid, or without a folder.
    """
    part = None if shard is None else _part(shard, out)
    if part is not None:
        plan = part.of(plan)
    folder = None if out is None else claimed(out, name, definition)
    finished = {} if folder is None else folder.finished()
    ledger = None if folder is None else folder.ledger(part)
    rounds = Rounds(plan, finished)
    with Workers(workers, cluster) as pool, progress(name, shown) as bar:
        for missing in rounds:
            bar.begin(rounds.number, len(rounds.tasks), len(rounds.tasks) - len(missing))
            for task, row in pool.results(_Timed(measure), missing):
                finished[task.key] = row
                if ledger is not None:
                    ledger.append(task, row)
                bar.advance()
    return rounds.rows


@dataclass(frozen=True)
class _Timed:
    """A measurement with its duration."""

    measure: Measure

    def __call__(self, task: Task) -> Row:
        started = time.perf_counter()
        row = self.measure(task)
        return {**row, "seconds": round(time.perf_counter() - started, 6)}


def _part(shard: str, out: object) -> Shard:
    if out is None:
        raise ParameterError("shard needs a folder that all shards share; name it with out.")
    return Shard.parse(shard)
