"""The hand-written Brian2 scripts as tests: at reduced size each runs and is the same network.

What the papers report is measured at full size by running the scripts themselves.
"""

import importlib
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("brian2", reason="the scripts are Brian2's side of the comparison")

SCRIPTS = Path(__file__).parent / "brian2_scripts"


@pytest.fixture
def script(monkeypatch):
    """A script by name, imported as if its folder were the working directory."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module


def test_no_script_imports_the_library():
    for path in SCRIPTS.glob("*.py"):
        assert "attractors" not in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize("nmda", ["events", "exact"])
def test_wang_a_strong_stimulus_wins(script, nmda):
    wang = script("wang_2002")
    # ten times the paper's rate decides at once
    wang.STIMULUS, wang.MEAN_STIMULUS = (0.05, 0.2), 400.0
    rows = wang.run(1, coherence=100.0, nmda=nmda, target="numpy", scale=0.1, duration=0.2)
    assert rows["correct"]
    assert rows["stimulus_winner"] > rows["stimulus_loser"]


def test_wang_weibull_recovers_what_made_the_choices(script, rng):
    wang = script("wang_2002")
    coherence = np.repeat([3.2, 6.4, 12.8, 25.6], 2000)
    correct = rng.random(8000) < 1 - 0.5 * np.exp(-((coherence / 9.2) ** 1.5))
    alpha, beta = wang.weibull(coherence, correct)
    # 8,000 choices: the standard error of alpha is about 0.2 and that of beta about 0.07
    assert abs(alpha - 9.2) < 0.8
    assert abs(beta - 1.5) < 0.3


def test_brunel_wang_the_cued_pool_fires_most(script):
    model = script("brunel_wang_2001")
    model.BIN, model.SETTLE, model.LAST = 0.05, 0.0, 0.05
    model.CUE, model.SECOND = (0.05, 0.15), (0.2, 0.25)
    rows = model.run(1, cue=400.0, target="numpy", scale=0.2, duration=0.3)
    assert rows["cue_rate"] > 2 * rows["persistent_others"]


def test_mongillo_the_cue_is_answered(script):
    model = script("mongillo_2008")
    model.CUE, model.READ, model.AFTER_CUE = (0.05, 0.15), (0.2, 0.25), 0.0
    rows = model.run(1, background=23.0, target="numpy", scale=0.05, duration=0.3)
    assert rows["cue_rate"] > 2 * rows["spontaneous_other"]


def test_litwin_kumar_draws_the_declared_share_of_synapses(script, rng):
    model = script("litwin_kumar_2012")
    for clustered in (True, False):
        drawn = model.connections(rng, 1000, 250, clustered)
        pre, post, _ = drawn["E"]
        among = post < 1000
        share = among.sum() / 1000**2
        # a million draws at p near 0.2: six standard errors are 0.0024; 0.001 is the diagonal
        assert abs(share - 0.2) < 0.0035
        inside = (pre // 20 == post // 20) & among
        ratio = inside.sum() / (1000 * 20) / (among & ~inside).sum() * (1000 * 980)
        assert ratio == pytest.approx(2.5 if clustered else 1.0, rel=0.15)


def test_litwin_kumar_runs(script):
    model = script("litwin_kumar_2012")
    model.SETTLED = 0.1
    rows = model.run(1, trials=2, target="numpy", scale=0.1, duration=0.3)
    assert 0.1 < rows["fano"] < 10
    assert 0 < rows["rate_e"] < 200


@pytest.mark.parametrize("synapses", ["pulse", "exponential"])
def test_brunel_fires_irregularly(script, synapses):
    model = script("brunel")
    rows = model.run(1, synapses, target="numpy", scale=0.2, duration=0.3)
    assert 1 < rows["rate_e"] < 200
    assert rows["cv"] > 0.3
