"""Chunks of trials of units that run freely, on one build, in this process or another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brian2
import numpy as np
from numpy.typing import NDArray

from attractors.engines.spiking.free.build import Build
from attractors.engines.spiking.free.plan import Plan
from attractors.engines.spiking.job import Job
from attractors.engines.spiking.layout import Layout
from attractors.engines.spiking.state import isolated
from attractors.engines.spiking.targets.session import start
from attractors.schedule import Schedule
from attractors.seeding import stream


@dataclass(frozen=True)
class Outcome:
    """What a chunk did.

    Parameters
    ----------
    first : int
        Number of its first trial.
    fired : sequence of (Layout, (S,) int, (S,) float)
        Layout, units and times in ms of the spikes of each group.
    learned : mapping of str to (trials, post, pre) float32
        Weights of plastic edges.
    candidates : mapping of str to (n_pre,) int
        Synapses of plastic edges that leave each source unit.
    """

    first: int
    fired: Sequence[tuple[Layout, NDArray[np.int64], NDArray[np.float64]]]
    learned: dict[str, NDArray[Any]]
    candidates: Mapping[str, NDArray[np.int64]]


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
    engine, architecture = job.engine, job.circuit.architecture
    with isolated(job.target, directory):
        whole = Schedule(job.trials, architecture, engine.step, job.seed)
        build = Build(Plan(engine, job.circuit, whole, job.size, job.seed))
        network = brian2.Network(*build.objects, name="attractors_network")
        session = start(job.target, network, whole.steps * engine.step, len(chunks) == 1)
        outcomes = []
        for first in (chunk * job.size for chunk in chunks):
            part = job.trials[first : first + job.size]
            chunk = Schedule(part, architecture, engine.step, job.seed, first=first)
            noise = int(stream(job.seed, "brian2", first).integers(2**31))
            session.run(build.values(chunk, job.seed, first), seed=noise)
            fired = [(group.layout, *group.spikes()) for group in build.groups]
            outcomes.append(Outcome(first, fired, build.learned(), build.candidates()))
        return outcomes
