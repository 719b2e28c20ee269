from __future__ import annotations

from typing import Any

import numpy as np

import attractors as at
from attractors import catalog
from attractors.catalog.source import execute

MODEL = catalog.load("wang_2002")
DECISION: Any = execute(MODEL.path)


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
