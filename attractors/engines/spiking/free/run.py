"""From trials to a recording, for units that run freely."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import brian2

from attractors.circuit import Circuit
from attractors.engines.spiking.batch import Batch
from attractors.engines.spiking.events import Gathering, Spikes, as_events, count_events
from attractors.engines.spiking.free.arrivals import Arrivals
from attractors.engines.spiking.free.chunks import Outcome, run_chunks
from attractors.engines.spiking.free.learned import require_room, together, with_weights
from attractors.engines.spiking.free.plan import Plan
from attractors.engines.spiking.free.record import states
from attractors.engines.spiking.job import Job
from attractors.engines.spiking.plasticity.edges import plastic
from attractors.engines.spiking.targets.choice import choose
from attractors.engines.spiking.targets.known import compiled, key, note
from attractors.recorder import Counts
from attractors.recording import Recording
from attractors.schedule import Schedule

# pieces of code that run in every step, beside two for each kind of edge
OBJECTS = 6
# share of the units at the on-rate, of networks whose activity nobody declares
LIKELY_ACTIVE = 0.1


def run(batch: Batch) -> Recording:
    """Run a batch of trials and return what its recorder made of it."""
    engine, circuit, schedule = batch.engine, batch.circuit, batch.schedule
    changing = plastic(engine, circuit)
    counts = {link.name: link.synapses.count for link in circuit.links}
    size = batch.trials_at_once(sum((counts | changing).values()))
    require_room(changing, circuit.links, schedule.count, size)
    work, like = (
        batch.work(size, _sent(batch), OBJECTS),
        key(engine, circuit, schedule.trials, size),
    )
    target = choose(work, engine.target, compiled=compiled(like)).announce()
    job = Job.of(batch, size, target)
    done = job.shared_out(run_chunks)
    note(like, target)
    spikes = _gathered(done, schedule.count)
    plan = Plan(engine, circuit, schedule, size, batch.seed)
    recording = _recorded(batch, plan, spikes, done[0], job.attributes)
    return with_weights(recording, together([part.learned for part in done], schedule.count))


def _gathered(done: Sequence[Outcome], trials: int) -> dict[str, Spikes]:
    gathering = Gathering(trials)
    for part in done:
        for fired in part.fired:
            gathering.add(fired[0], part.first, *fired[1:])
    return gathering.spikes()


def _recorded(
    batch: Batch, plan: Plan, spikes: dict[str, Spikes], first: Outcome, known: dict[str, Any]
) -> Recording:
    """Return the recording of states and counts, and of the spikes if they are kept."""
    engine, circuit, schedule = batch.engine, batch.circuit, batch.schedule
    for now, found in enumerate(
        states(spikes, plan.members, schedule.count, schedule.steps, engine.step, engine.window)
    ):
        batch.recorder.take(now, found)
    counts = Counts.zero(schedule.count, _dense_events(circuit, schedule))
    arrivals = Arrivals(plan, first.candidates)
    count_events(circuit, schedule, spikes, counts, arrivals.reached, first.candidates)
    attributes = {**known, "trials_at_once": plan.trials, "brian2": brian2.__version__}
    kept = as_events(spikes) if batch.keep_spikes else None
    return batch.recorder.finish(schedule.steps, counts, attributes, kept)


def _sent(batch: Batch) -> float:
    """Return the synaptic events of a trial, every network at its on-rate and nominal activity."""
    nodes, schedule = batch.circuit.architecture.nodes, batch.schedule
    a_second = sum(
        link.synapses.count
        * (nodes[link.source].activity or LIKELY_ACTIVE)
        * batch.engine.neurons_of(link.source).on_rate
        for link in batch.circuit.links
    )
    return a_second * schedule.steps * schedule.step / 1000.0


def _dense_events(circuit: Circuit, schedule: Schedule) -> int:
    """Return the events if all synapses of all networks were there and read on every step."""
    synapses = sum(link.synapses.shape[0] * link.synapses.shape[1] for link in circuit.links)
    return synapses * schedule.steps
