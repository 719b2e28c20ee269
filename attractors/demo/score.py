"""What is measured: a task put to the gate on one engine, and to nearest neighbours."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors import catalog, measures
from attractors.accounting import account, named
from attractors.catalog.source import execute
from attractors.recording import Recording
from attractors.simulation import simulate

MODEL = "digits_gate"


@dataclass(frozen=True)
class Score:
    """How one engine did in one task.

    Attributes
    ----------
    engine, task : str
    successes, trials : int
        Trials in which the right digit won in ``word``, of how many.
    milliseconds : float
        Wall time of a trial, the engine's start-up included.
    events, dense_events : float
        Synaptic events of a trial, and what they would be were all units joined and active.
    nearest : int
        Trials in which the nearest stored image has the right digit.
    bits : float
        What one answer says about the digit, given what the image shows.
    bytes_read, joules : float
        Bytes of weights that a trial touches, and an estimate of its energy.
    """

    engine: str
    task: str
    successes: int
    trials: int
    milliseconds: float
    events: float
    dense_events: float
    nearest: int
    bits: float
    bytes_read: float
    joules: float

    @property
    def share(self) -> float:
        """Share of successes."""
        return self.successes / self.trials

    @property
    def interval(self) -> tuple[float, float]:
        """95 % Wilson interval of the share."""
        return measures.interval(self.successes, self.trials)

    def as_dict(self) -> dict[str, Any]:
        """Return all numbers under their names."""
        return {**asdict(self), "share": self.share, "interval": list(self.interval)}


def model() -> ModuleType:
    """Return the model that the demonstration runs, as a module."""
    return execute(catalog.load(MODEL).path)


def scored(module: ModuleType, gate: Any, tasks: list[Any], engine: str, seed: int) -> list[Score]:
    """Return the scores of tasks that show the same trials, which are run once.

    Parameters
    ----------
    module : module
        As from :func:`model`.
    gate : Gate
    tasks : list of Task
        Of the same images and context; they differ in what counts as the answer.
    engine : str
    seed : int
    """
    trials = module.asked(gate, tasks[0])
    start = time.perf_counter()
    recording = simulate(gate.circuit, trials, engine, seed=seed, record=("match",))
    spent = 1000.0 * (time.perf_counter() - start)
    winners = recording.winner("word")
    return [
        _score(module, gate, task, engine, winners == task.answers, spent / len(trials), recording)
        for task in tasks
    ]


def _score(
    module: ModuleType,
    gate: Any,
    task: Any,
    engine: str,
    right: NDArray[np.bool_],
    milliseconds: float,
    recording: Recording,
) -> Score:
    # an image may be any digit, an overlay is one of two: shared ink is 1, the rest ½
    choices = 2 if (task.images % 1).any() else module.CLASSES
    spent = account(gate.circuit, recording, named(choices, right.mean()), len(gate.images))
    return Score(
        engine=engine,
        task=task.name,
        successes=int(right.sum()),
        trials=len(right),
        milliseconds=milliseconds,
        events=spent.work.events,
        dense_events=spent.work.dense_events,
        nearest=int((module.nearest(gate, task) == task.answers).sum()),
        bits=spent.outcome.bits,
        bytes_read=spent.work.bytes_read,
        joules=spent.energy(),
    )
