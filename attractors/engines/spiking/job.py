"""The job of running a batch of trials in chunks that share one build."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from attractors.circuit import Circuit
from attractors.engines.spiking.batch import Batch
from attractors.engines.spiking.targets.parallel import share
from attractors.protocol import Trial

if TYPE_CHECKING:
    from attractors.engines.spiking.engine import SpikingEngine

Result = TypeVar("Result")


@dataclass(frozen=True)
class Job:
    """What all chunks of a batch have in common.

    Parameters
    ----------
    engine : SpikingEngine
        Its options.
    circuit : Circuit
        What runs.
    trials : tuple of Trial
        All of the batch.
    seed : int
        Of the run.
    size : int
        Trials side by side.
    target : str
        What Brian2 runs on.
    """

    engine: SpikingEngine
    circuit: Circuit
    trials: tuple[Trial, ...]
    seed: int
    size: int
    target: str

    @classmethod
    def of(cls, batch: Batch, size: int, target: str) -> Job:
        """Return the job of running a batch with so many trials side by side, on a target."""
        trials = tuple(batch.schedule.trials)
        return cls(batch.engine, batch.circuit, trials, batch.seed, size, target)

    def shared_out(
        self, run_chunks: Callable[[Job, Sequence[int], Path | None], list[Result]]
    ) -> list[Result]:
        """Return what becomes of all chunks, in order, by as many processes as there may be.

        Parameters
        ----------
        run_chunks : callable
            ``run_chunks(job, chunks, directory)`` returns one result a chunk.
        """
        count = math.ceil(len(self.trials) / self.size)
        # standalone programs are kept by their text, which all processes may share
        separate = self.target == "cython"
        return share(run_chunks, self, count, self.engine.workers, separate=separate)

    @property
    def attributes(self) -> dict[str, Any]:
        """What the recording says of it."""
        return {
            "engine": "spiking",
            "seed": self.seed,
            "step_ms": self.engine.step,
            "dt_ms": self.engine.interval,
            "target": self.target,
        }
