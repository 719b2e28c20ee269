"""A memory small enough to run freely in a second or two, and a probe of what runs inside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import brian2
import numpy as np
import pytest

import attractors as at
from attractors.engines.spiking.free.build import Build
from attractors.engines.spiking.free.plan import Plan
from attractors.engines.spiking.state import isolated
from attractors.engines.spiking.targets.session import start
from attractors.patterns import random_sparse
from attractors.schedule import Schedule

UNITS, ACTIVE, PATTERNS = 150, 8, 12


@pytest.fixture
def patterns():
    return random_sparse(PATTERNS, UNITS, ACTIVE, np.random.default_rng(0))


@pytest.fixture
def memory(patterns):
    """A Willshaw memory of the patterns."""
    word = at.AttractorNetwork("word", UNITS, at.KWinners(ACTIVE), at.Willshaw())
    circuit = at.Circuit(at.Architecture([word]))
    circuit.store(word=patterns)
    return circuit


@pytest.fixture
def half_cues(patterns):
    """A trial for each of the first four patterns: half of its units driven for 100 ms."""
    trials = []
    for pattern in patterns[:4]:
        half = pattern.copy()
        half[np.flatnonzero(half)[::2]] = 0
        trials.append(at.Trial(300.0, [at.Cue("word", half, stop=100.0)]))
    return trials


@dataclass(frozen=True)
class Probed:
    """What a probe has read: values (samples, units) by network and variable, in SI units."""

    plan: Any
    traces: Mapping[tuple[str, str], Any]

    def mean(self, network, variable, per=1e-3):
        """Mean over time of each unit, (N,), in multiples of a unit such as 1e-3 for mV."""
        return self.traces[network, variable].mean(axis=0) / per


@pytest.fixture
def probe():
    """The function that runs a trial as the engine does and reads variables of its networks.

    It takes engine, circuit and trial, the variables by network (``"pool"`` for the pooled
    inhibition), and the time in ms from which they are read on every time step.
    """
    return _probed


def _probed(engine, circuit, trial, read, after):
    engine.compile(circuit)
    schedule = Schedule([trial], circuit.architecture, engine.step, 0)
    with isolated("numpy"):
        build = Build(Plan(engine, circuit, schedule, 1, 0))
        places = {name: _place(build, name) for name in read}
        monitors = _monitors(engine, read, places)
        network = brian2.Network(*build.objects, *monitors.values())
        start("numpy", network, trial.duration).run(build.values(schedule, 0, 0), seed=1)
        traces = {}
        for name, variables in read.items():
            group, own = places[name]
            monitor = monitors[group.name]
            late = np.asarray(monitor.t / brian2.ms) >= after - 1e-9
            for variable in variables:
                values = np.asarray(getattr(monitor, variable + "_"))
                traces[name, variable] = values[own][:, late].T
        return Probed(build.plan, traces)


def _monitors(engine, read, places):
    """Return one monitor a Brian2 group, of all variables that are read there."""
    wanted, groups = {}, {}
    for name, variables in read.items():
        group = places[name][0]
        groups[group.name] = group
        wanted.setdefault(group.name, set()).update(variables)
    found = {}
    for name, group in groups.items():
        found[name] = brian2.StateMonitor(group, sorted(wanted[name]), record=True)
        found[name].clock.dt = engine.interval * brian2.ms
    return found


def _place(build, name):
    """Return the Brian2 group of a network and the network's slice of it."""
    if name == "pool":
        return build.pools.pool, slice(None)
    group = next(group for group in build.groups if name in group.layout.units)
    begin = group.layout.start[name]
    return group.units, slice(begin, begin + group.layout.units[name])
