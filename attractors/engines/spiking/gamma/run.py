"""From trials to a recording: chunks of trials side by side, all on one build."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import brian2
import numpy as np

from attractors.circuit import Circuit
from attractors.engines.spiking.gamma.chunks import Job, graded, run_chunks
from attractors.engines.spiking.gamma.record import Gathered
from attractors.engines.spiking.targets.choice import Work, choose
from attractors.engines.spiking.targets.parallel import share
from attractors.recorder import Recorder
from attractors.recording import Recording
from attractors.schedule import Schedule

if TYPE_CHECKING:
    from attractors.engines.spiking.engine import SpikingEngine

# steps × units of an input table: 256 MB
CELLS_AT_ONCE = 32_000_000
# pieces of code that run in every step, beside two for each kind of edge
OBJECTS = 10
# of networks whose activity nobody declares
HALF_ACTIVE = 0.5


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
    size = _chunk_size(engine, circuit, schedule)
    chunks = -(-schedule.count // size)
    work = _work(engine, circuit, schedule, size)
    target = choose(work, engine.target, _refused(circuit)).announce()
    job = Job(engine, circuit, tuple(schedule.trials), seed, size, target)
    gathered = Gathered(circuit, schedule, round(engine.step / engine.rate_dt))
    # standalone programs are kept by their text, which all processes may share
    for done in share(run_chunks, job, chunks, engine.workers, separate=target == "cython"):
        if done.fired is not None:
            fired = done.fired
            gathered.add_spikes(fired.layout, done.first, fired.units, fired.times, fired.ties)
        if done.graded is not None:
            gathered.add_rates(done.first, done.graded)
    attributes = {
        "engine": "spiking",
        "seed": seed,
        "step_ms": engine.step,
        "dt_ms": engine.interval,
        "rate_dt_ms": engine.rate_dt,
        "target": target,
        "brian2": brian2.__version__,
    }
    return gathered.through(recorder, attributes, keep_spikes)


def _refused(circuit: Circuit) -> dict[str, str]:
    """Return the targets on which the circuit cannot run, and why."""
    rates = graded(circuit)
    if not rates:
        return {}
    return {"cpp_standalone": f"{rates[0]!r} has Rate units, whose fields Python computes"}


def _work(engine: SpikingEngine, circuit: Circuit, schedule: Schedule, size: int) -> Work:
    """Return what is to be done, every network at its nominal activity in every cycle."""
    nodes = circuit.architecture.nodes
    units = sum(net.units for net in nodes.values())
    sent = sum(
        link.synapses.count * (nodes[link.source].activity or HALF_ACTIVE) for link in circuit.links
    )
    return Work(
        objects=OBJECTS + 2 * len({link.kind for link in circuit.links}),
        units=units * size,
        steps=round(schedule.steps * engine.step / engine.interval),
        events=sent * size * schedule.steps,
        runs=-(-schedule.count // size),
    )


def _chunk_size(engine: SpikingEngine, circuit: Circuit, schedule: Schedule) -> int:
    """Return how many trials run side by side: as many as memory is meant to take."""
    synapses = sum(link.synapses.count for link in circuit.links)
    cells = schedule.steps * sum(net.units for net in circuit.architecture.nodes.values())
    most = min(engine.synapses_at_once // max(synapses, 1), CELLS_AT_ONCE // cells)
    chunks = int(np.ceil(schedule.count / max(1, min(schedule.count, most))))
    chunks = max(chunks, min(engine.workers, schedule.count))
    # chunks of equal size: the last one costs as much as the others
    size: Any = np.ceil(schedule.count / chunks)
    return int(size)
