"""From trials to a recording, for units that run freely."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import brian2
import numpy as np
from numpy.typing import NDArray

from attractors.circuit import Circuit
from attractors.engines.spiking.events import Gathering, as_events, count_events
from attractors.engines.spiking.free.build import Build
from attractors.engines.spiking.free.learned import require_room, together, with_weights
from attractors.engines.spiking.free.plan import Plan, members
from attractors.engines.spiking.free.record import states
from attractors.engines.spiking.plasticity.edges import plastic
from attractors.engines.spiking.state import isolated
from attractors.engines.spiking.targets.session import start
from attractors.recorder import Counts, Recorder
from attractors.recording import Recording
from attractors.schedule import Schedule
from attractors.seeding import stream

if TYPE_CHECKING:
    from attractors.engines.spiking.engine import SpikingEngine

# steps x units of an input table: 256 MB
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
        Seed of noise, initial potentials and drawn parameters.
    keep_spikes : bool
        Whether the recording holds every spike.
    """
    gathering = Gathering(schedule.count)
    changing = plastic(engine, circuit)
    size = _chunk_size(engine, circuit, schedule, changing)
    require_room(changing, circuit.links, schedule.count, size)
    learned: list[dict[str, NDArray[Any]]] = []
    target = engine.target or "numpy"
    with isolated(target):
        build = Build(Plan(engine, circuit, schedule, size, seed))
        network = brian2.Network(*build.objects)
        session = start(target, network, schedule.steps * engine.step)
        for first in range(0, schedule.count, size):
            part = schedule.trials[first : first + size]
            chunk = Schedule(part, circuit.architecture, engine.step, seed, first=first)
            noise = int(stream(seed, "brian2", first).integers(2**31))
            session.run(build.values(chunk, seed, first), seed=noise)
            for group in build.groups:
                gathering.add(group.layout, first, *group.spikes())
            learned.append(build.learned())
    attributes = {
        "engine": "spiking",
        "seed": seed,
        "step_ms": engine.step,
        "dt_ms": engine.interval,
        "target": target,
        "brian2": brian2.__version__,
    }
    spikes, networks = gathering.spikes(), members(engine, circuit)
    for now, found in enumerate(
        states(spikes, networks, schedule.count, schedule.steps, engine.step, engine.window)
    ):
        recorder.take(now, found)
    counts = Counts.zero(schedule.count, _dense_events(circuit, engine, schedule))
    count_events(circuit, schedule, spikes, counts, engine.axon, build.candidates())
    recording = recorder.finish(
        schedule.steps, counts, attributes, as_events(spikes) if keep_spikes else None
    )
    return with_weights(recording, together(learned, schedule.count))


def _chunk_size(
    engine: SpikingEngine, circuit: Circuit, schedule: Schedule, changing: Mapping[str, int]
) -> int:
    """Return how many trials run side by side: as many as memory is meant to take."""
    counts = {link.name: link.synapses.count for link in circuit.links}
    synapses = sum((counts | dict(changing)).values())
    cells = schedule.steps * sum(net.units for net in circuit.architecture.nodes.values())
    most = min(engine.synapses_at_once // max(synapses, 1), CELLS_AT_ONCE // cells)
    chunks = int(np.ceil(schedule.count / max(1, min(schedule.count, most))))
    return int(np.ceil(schedule.count / chunks))


def _dense_events(circuit: Circuit, engine: SpikingEngine, schedule: Schedule) -> int:
    """Return the events if all synapses of all networks were there and read on every step."""
    synapses = sum(link.synapses.shape[0] * link.synapses.shape[1] for link in circuit.links)
    return synapses * schedule.steps
