"""From trials to a recording: chunks of trials side by side, all on one build."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import brian2
import numpy as np
from brian2 import ms

from attractors.circuit import Circuit
from attractors.engines.spiking.forms import form_of
from attractors.engines.spiking.gamma.build import Build, Plan
from attractors.engines.spiking.gamma.calibration import Timing
from attractors.engines.spiking.gamma.inputs import inputs, is_forced, is_hot
from attractors.engines.spiking.gamma.rates import RateUnits
from attractors.engines.spiking.gamma.record import Gathered
from attractors.engines.spiking.layout import Layout
from attractors.engines.spiking.state import isolated
from attractors.recorder import Recorder
from attractors.recording import Recording
from attractors.schedule import Schedule

if TYPE_CHECKING:
    from attractors.engines.spiking.engine import SpikingEngine

# steps × units of an input table: 256 MB
CELLS_AT_ONCE = 32_000_000


def run(
    engine: SpikingEngine,
    circuit: Circuit,
    schedule: Schedule,
    recorder: Recorder,
    seed: int,
    keep_spikes: bool,
) -> Recording:
    """Run a batch of trials and return what the recorder made of it.

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
        Seed of noise and temperature.
    keep_spikes : bool
        Whether the recording holds every spike.
    """
    gathered = Gathered(circuit, schedule, round(engine.step / engine.rate_dt))
    with isolated():
        runner = _Runner(engine, circuit, schedule, seed)
        for first, chunk in runner.chunks():
            runner.run(first, chunk, gathered)
    attributes = {
        "engine": "spiking",
        "seed": seed,
        "step_ms": engine.step,
        "dt_ms": engine.dt,
        "rate_dt_ms": engine.rate_dt,
        "brian2": brian2.__version__,
    }
    return gathered.through(recorder, attributes, keep_spikes)


class _Runner:
    def __init__(
        self, engine: SpikingEngine, circuit: Circuit, schedule: Schedule, seed: int
    ) -> None:
        self.circuit, self.schedule, self.seed, self.step = circuit, schedule, seed, engine.step
        self.size = _chunk_size(engine, circuit, schedule)
        spiking, rates = self._layouts()
        self.build: Build | None = None
        self.rates: RateUnits | None = None
        if spiking.units:
            timing = Timing(engine.step, engine.dt)
            self.plan = Plan(
                circuit, spiking, timing, is_hot(circuit, spiking), is_forced(schedule)
            )
            self.build = Build(self.plan)
        if rates.units:
            self.rates = RateUnits(circuit, rates, engine.rate_dt, engine.step)
        parts = [part.objects for part in (self.build, self.rates) if part is not None]
        self.network = brian2.Network(*parts)
        if self.size < schedule.count:
            self.network.store("attractors_start")

    def chunks(self) -> Iterator[tuple[int, Schedule]]:
        """Iterate over the number of the first trial and the schedule of each chunk."""
        trials, architecture = self.schedule.trials, self.circuit.architecture
        for first in range(0, len(trials), self.size):
            part = trials[first : first + self.size]
            yield first, Schedule(part, architecture, self.step, self.seed, first=first)

    def run(self, first: int, chunk: Schedule, gathered: Gathered) -> None:
        """Run one chunk from rest and gather what it did."""
        if first:
            self.network.restore("attractors_start")
        if self.build is not None:
            layout, forced = self.plan.layout, self.plan.forced
            given = inputs(self.circuit, layout, chunk, self.seed, first, forced)
            self.build.load(given, chunk)
        if self.rates is not None:
            self.rates.load(chunk)
        self.network.run(chunk.steps * self.step * ms, namespace={})
        if self.build is not None:
            gathered.add_spikes(self.plan.layout, first, *self.build.spikes(), self.build.ties())
        if self.rates is not None:
            gathered.add_rates(first, self.rates)

    def _layouts(self) -> tuple[Layout, Layout]:
        nodes = self.circuit.architecture.nodes
        graded = {n for n, net in nodes.items() if form_of(net.dynamics, net.units) is None}
        return (
            Layout({n: net.units for n, net in nodes.items() if n not in graded}, self.size),
            Layout({n: net.units for n, net in nodes.items() if n in graded}, self.size),
        )


def _chunk_size(engine: SpikingEngine, circuit: Circuit, schedule: Schedule) -> int:
    """Return how many trials run side by side: as many as memory is meant to take."""
    synapses = sum(link.synapses.count for link in circuit.links)
    cells = schedule.steps * sum(net.units for net in circuit.architecture.nodes.values())
    most = min(engine.synapses_at_once // max(synapses, 1), CELLS_AT_ONCE // cells)
    chunks = int(np.ceil(schedule.count / max(1, min(schedule.count, most))))
    # chunks of equal size: the last one costs as much as the others
    size: Any = np.ceil(schedule.count / chunks)
    return int(size)
