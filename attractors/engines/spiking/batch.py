"""A batch of trials, and how much work it is. Nothing here imports Brian2."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attractors.circuit import Circuit
from attractors.engines.spiking.targets.choice import Work
from attractors.recorder import Recorder
from attractors.schedule import Schedule

if TYPE_CHECKING:
    from attractors.engines.spiking.engine import SpikingEngine

# steps × units of an input table: 256 MB
CELLS_AT_ONCE = 32_000_000


@dataclass(frozen=True)
class Batch:
    """Trials that are to be run, and who takes what comes of them.

    Parameters
    ----------
    engine : SpikingEngine
        Its options.
    circuit : Circuit
        What runs.
    schedule : Schedule
        The trials.
    recorder : Recorder
        Takes the states.
    seed : int
        Of all that is drawn.
    keep_spikes : bool
        Whether the recording holds every spike.
    """

    engine: SpikingEngine
    circuit: Circuit
    schedule: Schedule
    recorder: Recorder
    seed: int
    keep_spikes: bool

    @property
    def units(self) -> int:
        """Units of a trial."""
        return sum(net.units for net in self.circuit.architecture.nodes.values())

    def trials_at_once(self, synapses: int) -> int:
        """Return how many trials run side by side: as many as memory is meant to take.

        Parameters
        ----------
        synapses : int
            Of a trial.
        """
        engine, count = self.engine, self.schedule.count
        cells = self.schedule.steps * self.units
        most = min(engine.synapses_at_once // max(synapses, 1), CELLS_AT_ONCE // cells)
        chunks = math.ceil(count / max(1, min(count, most)))
        chunks = max(chunks, min(engine.workers, count))
        # chunks of equal size: the last one costs as much as the others
        return math.ceil(count / chunks)

    def work(self, size: int, events: float, objects: int) -> Work:
        """Return what is to be done.

        Parameters
        ----------
        size : int
            Trials side by side.
        events : float
            Synaptic events of a trial.
        objects : int
            Pieces of code that run in every step, beside two for each kind of edge.
        """
        schedule = self.schedule
        return Work(
            objects=objects + 2 * len({link.kind for link in self.circuit.links}),
            units=self.units * size,
            steps=round(schedule.steps * schedule.step / self.engine.interval),
            events=events * size,
            runs=math.ceil(schedule.count / size),
        )
