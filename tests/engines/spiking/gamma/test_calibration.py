"""What a declared gain brings to the membrane of a target unit, measured in Brian2."""

from __future__ import annotations

import brian2
import numpy as np
import pytest

import attractors as at
from attractors.engines.spiking.gamma.build import Build, Plan
from attractors.engines.spiking.gamma.calibration import Timing
from attractors.engines.spiking.gamma.inputs import inputs
from attractors.engines.spiking.gamma.preset import PRESET
from attractors.engines.spiking.layout import Layout
from attractors.engines.spiking.state import isolated
from attractors.patterns import random_sparse
from attractors.schedule import Schedule

TIMING = Timing(10.0, 0.2)


def potentials(circuit, trial, variable="v", timing=TIMING):
    """Depolarisation in mV of all units at the start of each cycle, (steps, units)."""
    nodes = circuit.architecture.nodes
    schedule = Schedule([trial], circuit.architecture, timing.step, 0)
    layout = Layout({name: net.units for name, net in nodes.items()}, 1)
    with isolated():
        build = Build(Plan(circuit, layout, timing, hot=False, forced=False))
        monitor = brian2.StateMonitor(
            build.units,
            variable,
            record=True,
            dt=timing.step * brian2.ms,
            when="start",
            order=1 if variable == "v" else -1,
        )
        build.load(inputs(circuit, layout, schedule, 0, 0, False), schedule)
        network = brian2.Network(*build.objects, monitor)
        network.run(trial.duration * brian2.ms, namespace={})
        return np.array(getattr(monitor, variable) / brian2.mV).T


@pytest.mark.parametrize("gain", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("rule", [at.Willshaw(), at.Covariance()])
@pytest.mark.parametrize("dt", [0.1, 0.25])
def test_an_edge_separates_the_targets_pattern_by_its_gain(gain, rule, dt, rng):
    x, y = (random_sparse(4, n, k, rng) for n, k in ((150, 12), (120, 8)))
    circuit = at.Circuit(
        at.Architecture(
            [
                at.AttractorNetwork("a", 150, at.KWinners(12)),
                at.AttractorNetwork("b", 120, at.KWinners(8)),
            ],
            [at.Association("a", "b", rule=rule, gain=gain)],
        )
    )
    circuit.associate("a", "b", x[:1], y[:1])
    measured = potentials(circuit, at.Trial(30.0, [at.Cue("a", x[0])]), timing=Timing(10.0, dt))
    drive = measured[1, 150:] / PRESET["field"].value
    separation = drive[y[0] > 0].mean() - drive[y[0] == 0].mean()
    # thresholds of units differ by 1e-6 of the field
    assert separation == pytest.approx(gain, abs=2e-6), f"separated by {separation}"


@pytest.mark.parametrize("mode", ["subtractive", "veto", "divisive"])
def test_a_diversion_of_gain_g_brings_g_to_the_pattern_that_it_inhibits(mode, disjoint):
    circuit = at.Circuit(
        at.Architecture(
            [
                at.AttractorNetwork("a", 40, at.KWinners(4)),
                at.AttractorNetwork("b", 50, at.KWinners(5)),
            ],
            [at.Diversion("a", "b", gain=1.5, mode=mode)],
        )
    )
    x, y = disjoint(1, 40, 4), disjoint(1, 50, 5)
    circuit.divert("a", "b", x, y)
    measured = potentials(circuit, at.Trial(30.0, [at.Cue("a", x[0])]), mode)
    assert np.allclose(measured[1, 40:] / PRESET["field"].value, 1.5 * y[0], atol=1e-12)


def test_a_cue_of_strength_one_brings_the_same_as_an_edge_of_gain_one(disjoint):
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("a", 40, at.KWinners(4))]))
    x = disjoint(1, 40, 4)[0]
    measured = potentials(circuit, at.Trial(20.0, [at.Cue("a", x, strength=0.7)]))
    assert np.allclose(measured[0] / PRESET["field"].value, 0.7 * x, atol=2e-6)


@pytest.mark.parametrize("delay", [0.0, 10.0, 20.0, 50.0])
def test_an_edge_reads_its_source_the_declared_delay_ago_but_at_least_a_step(delay, disjoint):
    circuit = at.Circuit(
        at.Architecture(
            [
                at.AttractorNetwork("a", 40, at.KWinners(4)),
                at.AttractorNetwork("b", 50, at.KWinners(5)),
            ],
            [at.Association("a", "b", delay=delay)],
        )
    )
    x, y = disjoint(1, 40, 4), disjoint(1, 50, 5)
    circuit.associate("a", "b", x, y)
    cue = at.Cue("a", x[0], 10.0, 20.0)
    measured = potentials(circuit, at.Trial(100.0, [cue]))[:, 40:].max(axis=1)
    arrived = np.flatnonzero(measured > 1.0) * 10.0
    assert arrived.tolist() == [10.0 + max(delay, 10.0)]


def test_every_value_of_the_preset_has_a_unit_and_a_source():
    for name, value in PRESET.items():
        assert value.unit, name
        assert len(value.source) > 20, name
