from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import attractors as at
from attractors import catalog
from attractors.catalog.source import execute

MODEL = catalog.load("brunel_wang_2001")
MEMORY: Any = execute(MODEL.path)
# rates by our name and the script's
SAME = {
    "spontaneous": "spontaneous_selective",
    "interneurons": "spontaneous_inhibitory",
    "cued": "cue_rate",
    "persistent": "persistent",
    "others": "persistent_others",
}


def test_a_pool_is_active_if_it_fires_far_more_than_most() -> None:
    assert MEMORY.active(np.array([2.0, 2.0, 25.0, 2.0, 2.0])) == 2
    assert MEMORY.active(np.array([9.0, 2.0, 2.0, 2.0, 2.0])) == -1
    assert MEMORY.active(np.array([25.0, 20.0, 24.0, 22.0, 21.0])) == -1


def test_it_shows_a_cue_alone_and_before_a_weak_and_a_strong_stimulus() -> None:
    circuit = MODEL.build(0)
    shown = MODEL.trials(circuit, 0)
    assert [[cue.strength for cue in trial.cues] for trial in shown] == [
        [200.0],
        [200.0, 50.0],
        [200.0, 400.0],
    ]
    assert [node.units for node in circuit.architecture.nodes.values()] == [800, 200]


def test_a_cued_pool_fires_most_in_a_tenth_of_the_network() -> None:
    circuit = MEMORY.build(0, 0.1)
    cue = at.Cue("E", circuit.patterns("E")[2], 100.0, 300.0, strength=400.0)
    engine = MEMORY.engine(scale=0.1, target="numpy")
    recording = at.simulate(circuit, at.Trial(300.0, [cue]), engine, record="spikes")
    spikes = recording.spikes("E")
    late = spikes["unit"].values[spikes["time"].values >= 100.0]
    counts = np.bincount(late // 8, minlength=10)[:5]
    assert counts.argmax() == 2
    assert counts[2] > 2 * np.delete(counts, 2).max(), counts


def test_leaving_the_rise_out_opens_one_in_a_hundred_receptors_less() -> None:
    """Regular spikes at the persistent rate, exact equations at 0.01 ms."""
    dt, period = 0.01, 1000.0 / 28.0
    x = exact = events = 0.0
    totals = np.zeros(2)
    for step in range(round(20 * period / dt)):
        if step % round(period / dt) == 0:
            x += 1.0
            events += (1 - math.exp(-1.0)) * (1 - events)
        exact += dt * (0.5 * x * (1 - exact) - exact / 100.0)
        x -= dt * x / 2.0
        events -= dt * events / 100.0
        totals += exact, events
    assert totals[1] / totals[0] == pytest.approx(0.99, abs=0.005)


@pytest.mark.slow
def test_rates_are_those_of_the_script_once_what_differs_is_made_up_for(
    script_by_hand: Callable[[str], ModuleType],
) -> None:
    """The script's receptors open 1 to 2 % more at 0.1 ms, and its cells excite themselves.

    Where five rates agree, one lies beyond three standard errors (t, 18 df) in 4 % of runs.
    """
    circuit = MEMORY.build(0)
    first, second = circuit.architecture.networks
    networks = (replace(first, self_coupling=True), second)
    alike = at.Circuit(at.Architecture(networks, circuit.architecture.edges))
    alike.store(E=circuit.patterns("E"))
    engine = MEMORY.engine()
    cells = {name: replace(cell, opening=0.515) for name, cell in engine.neurons.items()}
    trials = [MEMORY.trial(alike, 0.0)] * 10
    recording = at.simulate(alike, trials, replace(engine, neurons=cells), record="spikes")
    ours = MEMORY.rates(recording, alike)
    script: Any = script_by_hand("brunel_wang_2001")
    theirs = [script.run(seed) for seed in range(10)]
    for name, theirs_name in SAME.items():
        one, other = ours[name].values, np.array([row[theirs_name] for row in theirs])
        error = math.sqrt((one.var(ddof=1) + other.var(ddof=1)) / 10)
        assert abs(one.mean() - other.mean()) < 3 * error, name


@pytest.mark.slow
def test_claims_hold_but_for_the_spontaneous_rates_that_are_quoted() -> None:
    """The docstring of the model says why these two do not."""
    judged = {claim.statement: claim.holds(claim.measure(0)) for claim in MODEL.claims}
    missed = [statement for statement, holds in judged.items() if not holds]
    assert missed == [
        "spontaneous rate of selective pyramidal cells (Hz)",
        "spontaneous rate of interneurons (Hz)",
    ]
