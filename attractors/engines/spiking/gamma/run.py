"""From trials to a recording: chunks of trials side by side, all on one build."""

from __future__ import annotations

import brian2

from attractors.circuit import Circuit
from attractors.engines.spiking.batch import Batch
from attractors.engines.spiking.gamma.chunks import graded, run_chunks
from attractors.engines.spiking.gamma.record import Gathered
from attractors.engines.spiking.job import Job
from attractors.engines.spiking.targets.choice import choose
from attractors.engines.spiking.targets.known import compiled, key, note
from attractors.recording import Recording

# pieces of code that run in every step, beside two for each kind of edge
OBJECTS = 10
# of networks whose activity nobody declares
HALF_ACTIVE = 0.5


def run(batch: Batch) -> Recording:
    """Run a batch of trials and return what its recorder made of it."""
    engine, circuit, schedule = batch.engine, batch.circuit, batch.schedule
    size = batch.trials_at_once(sum(link.synapses.count for link in circuit.links))
    work = batch.work(size, _sent(circuit) * schedule.steps, OBJECTS)
    like = key(engine, circuit, schedule.trials, size)
    target = choose(work, engine.target, _refused(circuit), compiled(like)).announce()
    job = Job.of(batch, size, target)
    gathered = Gathered(circuit, schedule, round(engine.step / engine.rate_dt))
    outcomes = job.shared_out(run_chunks)
    note(like, target)
    for done in outcomes:
        if done.fired is not None:
            fired = done.fired
            gathered.add_spikes(fired.layout, done.first, fired.units, fired.times, fired.ties)
        if done.graded is not None:
            gathered.add_rates(done.first, done.graded)
    more = {"rate_dt_ms": engine.rate_dt, "brian2": brian2.__version__}
    return gathered.through(batch.recorder, {**job.attributes, **more}, batch.keep_spikes)


def _refused(circuit: Circuit) -> dict[str, str]:
    """Return the targets on which the circuit cannot run, and why."""
    rates = graded(circuit)
    if not rates:
        return {}
    return {"cpp_standalone": f"{rates[0]!r} has Rate units, whose fields Python computes"}


def _sent(circuit: Circuit) -> float:
    """Return the synaptic events of a cycle, every network at its nominal activity."""
    nodes = circuit.architecture.nodes
    return sum(
        link.synapses.count * (nodes[link.source].activity or HALF_ACTIVE) for link in circuit.links
    )
