"""From trials to a recording, for units that run freely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import brian2
import numpy as np

from attractors.circuit import Circuit
from attractors.engines.spiking.events import Gathering, Spikes, as_events, count_events
from attractors.engines.spiking.free.arrivals import Arrivals
from attractors.engines.spiking.free.chunks import Job, Outcome, run_chunks
from attractors.engines.spiking.free.learned import require_room, together, with_weights
from attractors.engines.spiking.free.plan import Plan
from attractors.engines.spiking.free.record import states
from attractors.engines.spiking.plasticity.edges import plastic
from attractors.engines.spiking.targets.choice import Work, choose
from attractors.engines.spiking.targets.parallel import share
from attractors.recorder import Counts, Recorder
from attractors.recording import Recording
from attractors.schedule import Schedule

if TYPE_CHECKING:
    from attractors.engines.spiking.engine import SpikingEngine

# steps x units of an input table: 256 MB
CELLS_AT_ONCE = 32_000_000
# pieces of code that run in every step, beside two for each kind of edge
OBJECTS = 6
# share of the units at the on-rate, of networks whose activity nobody declares
LIKELY_ACTIVE = 0.1


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
        Seed of noise, initial potentials and drawn parameters.
    keep_spikes : bool
        Whether the recording holds every spike.
    """
    changing = plastic(engine, circuit)
    size = _chunk_size(engine, circuit, schedule, changing)
    require_room(changing, circuit.links, schedule.count, size)
    target = choose(_work(engine, circuit, schedule, size), engine.target).announce()
    job = Job(engine, circuit, tuple(schedule.trials), seed, size, target)
    count = -(-schedule.count // size)
    # standalone programs are kept by their text, which all processes may share
    done = share(run_chunks, job, count, engine.workers, separate=target == "cython")
    spikes = _gathered(done, schedule.count)
    plan = Plan(engine, circuit, schedule, size, seed)
    for now, found in enumerate(
        states(spikes, plan.members, schedule.count, schedule.steps, engine.step, engine.window)
    ):
        recorder.take(now, found)
    counts = Counts.zero(schedule.count, _dense_events(circuit, schedule))
    arrivals, changed = Arrivals(plan, done[0].candidates), done[0].candidates
    count_events(circuit, schedule, spikes, counts, arrivals.reached, changed)
    kept = as_events(spikes) if keep_spikes else None
    recording = recorder.finish(
        schedule.steps, counts, _attributes(engine, seed, target, size), kept
    )
    return with_weights(recording, together([part.learned for part in done], schedule.count))


def _gathered(done: Sequence[Outcome], trials: int) -> dict[str, Spikes]:
    gathering = Gathering(trials)
    for part in done:
        for fired in part.fired:
            gathering.add(fired[0], part.first, *fired[1:])
    return gathering.spikes()


def _attributes(engine: SpikingEngine, seed: int, target: str, size: int) -> dict[str, Any]:
    return {
        "engine": "spiking",
        "seed": seed,
        "step_ms": engine.step,
        "dt_ms": engine.interval,
        "target": target,
        "trials_at_once": size,
        "brian2": brian2.__version__,
    }


def _work(engine: SpikingEngine, circuit: Circuit, schedule: Schedule, size: int) -> Work:
    """Return what is to be done, every network at the on-rate of its nominal activity."""
    nodes, seconds = circuit.architecture.nodes, schedule.steps * schedule.step / 1000.0
    sent = sum(
        link.synapses.count
        * (nodes[link.source].activity or LIKELY_ACTIVE)
        * engine.neurons_of(link.source).on_rate
        for link in circuit.links
    )
    return Work(
        objects=OBJECTS + 2 * len({link.kind for link in circuit.links}),
        units=sum(net.units for net in nodes.values()) * size,
        steps=round(schedule.steps * schedule.step / engine.interval),
        events=sent * seconds * size,
        runs=-(-schedule.count // size),
    )


def _chunk_size(
    engine: SpikingEngine, circuit: Circuit, schedule: Schedule, changing: Mapping[str, int]
) -> int:
    """Return how many trials run side by side: as many as memory is meant to take."""
    counts = {link.name: link.synapses.count for link in circuit.links}
    synapses = sum((counts | dict(changing)).values())
    cells = schedule.steps * sum(net.units for net in circuit.architecture.nodes.values())
    most = min(engine.synapses_at_once // max(synapses, 1), CELLS_AT_ONCE // cells)
    chunks = int(np.ceil(schedule.count / max(1, min(schedule.count, most))))
    chunks = max(chunks, min(engine.workers, schedule.count))
    return int(np.ceil(schedule.count / chunks))


def _dense_events(circuit: Circuit, schedule: Schedule) -> int:
    """Return the events if all synapses of all networks were there and read on every step."""
    synapses = sum(link.synapses.shape[0] * link.synapses.shape[1] for link in circuit.links)
    return synapses * schedule.steps
