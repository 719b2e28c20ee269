"""Chunks of trials on one build, in this process or another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import brian2

from attractors.circuit import Circuit
from attractors.engines.spiking.forms import form_of
from attractors.engines.spiking.gamma.build import Build, Plan
from attractors.engines.spiking.gamma.calibration import Timing
from attractors.engines.spiking.gamma.inputs import inputs, is_forced, is_hot
from attractors.engines.spiking.gamma.outcome import Fired, Graded, Outcome
from attractors.engines.spiking.gamma.rates import RateUnits
from attractors.engines.spiking.job import Job
from attractors.engines.spiking.layout import Layout
from attractors.engines.spiking.state import isolated
from attractors.engines.spiking.targets.session import Session, start
from attractors.schedule import Schedule


def run_chunks(job: Job, chunks: Sequence[int], directory: Path | None = None) -> list[Outcome]:
    """Run chunks of a job on one build.

    Parameters
    ----------
    job : Job
        What is run.
    chunks : sequence of int
        Numbers of the chunks.
    directory : Path, optional
        Where compiled code is kept.
    """
    with isolated(job.target, directory):
        runner = _Runner(job, once=len(chunks) == 1)
        return [runner.run(chunk * job.size) for chunk in chunks]


def graded(circuit: Circuit) -> list[str]:
    """Return the names of the networks whose units run in continuous rates."""
    nodes = circuit.architecture.nodes
    return [name for name, net in nodes.items() if form_of(net.dynamics, net.units) is None]


class _Runner:
    def __init__(self, job: Job, once: bool) -> None:
        self.job, self.once = job, once
        engine, circuit, step = job.engine, job.circuit, job.engine.step
        spiking, rates = _layouts(circuit, job.size)
        self.build: Build | None = None
        self.rates: RateUnits | None = None
        self.session: Session | None = None
        if spiking.units:
            whole = Schedule(job.trials, circuit.architecture, step, job.seed)
            timing = Timing(step, engine.interval)
            cut = frozenset(name for trial in job.trials for name in trial.lesions)
            hot, forced = is_hot(circuit, spiking), is_forced(whole)
            self.plan = Plan(circuit, spiking, timing, hot, forced, cut)
            self.build = Build(self.plan)
        if rates.units:
            self.rates = RateUnits(circuit, rates, engine.rate_dt, step)

    def run(self, first: int) -> Outcome:
        """Run the chunk that begins with a trial, from rest."""
        job = self.job
        part = job.trials[first : first + job.size]
        architecture, step = job.circuit.architecture, job.engine.step
        chunk = Schedule(part, architecture, step, job.seed, first=first)
        values = {}
        if self.build is not None:
            layout, forced = self.plan.layout, self.plan.forced
            given = inputs(job.circuit, layout, chunk, job.seed, first, forced)
            values = self.build.values(given, chunk)
        if self.session is None:
            # not earlier: the first values bring the tables that the equations read
            parts = [part.objects for part in (self.build, self.rates) if part is not None]
            network = brian2.Network(*parts, name="attractors_network")
            self.session = start(job.target, network, chunk.steps * step, self.once)
        if self.rates is not None:
            self.rates.load(chunk)
        self.session.run(values)
        return Outcome(first, self._fired(), self._graded())

    def _fired(self) -> Fired | None:
        if self.build is None:
            return None
        return Fired(self.plan.layout, *self.build.spikes(), self.build.ties())

    def _graded(self) -> Graded | None:
        if self.rates is None:
            return None
        r = self.rates
        return Graded(r.layout, r.schedule, r.by_step, r.events, r.bytes)


def _layouts(circuit: Circuit, size: int) -> tuple[Layout, Layout]:
    """Return where the units of spiking and of graded networks lie."""
    nodes, rates = circuit.architecture.nodes, graded(circuit)
    return (
        Layout({n: net.units for n, net in nodes.items() if n not in rates}, size),
        Layout({n: net.units for n, net in nodes.items() if n in rates}, size),
    )
