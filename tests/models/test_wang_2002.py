from __future__ import annotations

import importlib
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import attractors as at
from attractors import catalog
from attractors.catalog.source import execute

MODEL = catalog.load("wang_2002")
DECISION: Any = execute(MODEL.path)


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch, checkout: Path) -> Any:
    """The same network by hand in plain Brian2."""
    pytest.importorskip("brian2")
    monkeypatch.syspath_prepend(str(checkout / "tests" / "benchmarks" / "brian2_scripts"))
    return importlib.import_module("wang_2002")


def test_cells_are_those_of_the_script_by_hand(script: Any) -> None:
    from brian2 import ms, nF, nS

    for name, cell in script.CELLS.items():
        ours = MODEL.engine("spiking").neurons_of(name)
        assert math.isclose(ours.capacitance, float(cell["C"] / nF) * 1000)
        assert math.isclose(ours.leak, float(cell["gL"] / nS))
        assert math.isclose(ours.refractory, float(cell["refractory"] / ms))
        assert math.isclose(ours.background.weight, float(cell["g_ext"] / nS))
        for receptor in ("ampa", "nmda", "gaba"):
            assert math.isclose(getattr(ours, receptor), float(cell[f"g_{receptor}"] / nS))
        for tau in ("tau_ampa", "tau_nmda", "tau_gaba"):
            assert math.isclose(getattr(ours, tau), float(script.SHARED[tau] / ms))


def test_strong_synapses_are_made_up_for_by_weak_ones() -> None:
    weights = DECISION.weights(DECISION.pools(1600))
    np.testing.assert_allclose(weights.mean(axis=1), 1.0)
    assert weights[0, 239] == weights[479, 240] == 1.7
    assert weights[0, 240] == weights[0, 1599] == pytest.approx(0.8765, abs=1e-4)
    assert (weights[480:] == 1.0).all()


def test_the_stimulus_has_the_rates_of_its_coherence(rng: np.random.Generator) -> None:
    circuit = MODEL.build(0)
    cue = DECISION.trial(circuit, 25.6, rng).cues[0]
    rates = np.asarray(cue.pattern)[:, [0, 240, 480]]
    assert rates.shape == (200, 3)
    assert (rates[:, 2] == 0).all()
    assert len(np.unique(rates[:, 0])) == 40
    # four standard errors of a mean over 40 bins are 4 · 4 / √40 = 2.5 Hz
    np.testing.assert_allclose(rates.mean(axis=0)[:2], [50.24, 29.76], atol=2.5)


def test_the_threshold_recovers_what_made_the_choices(rng: np.random.Generator) -> None:
    coherences = np.repeat(DECISION.COHERENCES, 2000)
    right = rng.random(8000) < 1 - 0.5 * np.exp(-((coherences / 9.2) ** 1.5))
    alpha, beta = DECISION.threshold(coherences, right)
    # 8,000 choices: the standard error of alpha is about 0.2 and that of beta about 0.07
    assert abs(alpha - 9.2) < 0.8
    assert abs(beta - 1.5) < 0.3


def test_the_pool_that_is_favoured_fires_more_in_a_tenth_of_the_network() -> None:
    circuit = DECISION.build(0, 0.1)
    cue = at.Cue("E", circuit.patterns("E")[0], 100.0, strength=400.0)
    engine = DECISION.engine(scale=0.1, target="numpy")
    recording = at.simulate(circuit, at.Trial(300.0, [cue]), engine, record="spikes")
    spikes = recording.spikes("E")
    late = spikes["unit"].values[spikes["time"].values >= 100.0]
    assert (late < 24).sum() > 2 * ((late >= 24) & (late < 48)).sum()
