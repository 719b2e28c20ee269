"""The logistic fit finds the load of half recall, and its interval covers it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from attractors.studies.critical import critical_load, fit, shares

LOADS = np.array([0.10, 0.12, 0.14, 0.15, 0.16, 0.18, 0.20])


def table(
    generator: np.random.Generator, half: float = 0.15, slope: float = 12.0, spread: float = 0.0
) -> pd.DataFrame:
    """Trials whose critical load differs from memory to memory by ``spread`` in its logarithm."""
    rows = []
    for load in LOADS:
        for trial in range(8):
            own = half * np.exp(spread * generator.standard_normal())
            share = 1 / (1 + (load / own) ** slope)
            rows.append((load, int(load * 1000), trial, 50, generator.binomial(50, share)))
    return pd.DataFrame(rows, columns=["load", "patterns", "trial", "cues", "recalled"])


def test_fit_returns_the_parameters_of_exact_shares() -> None:
    expected = 1e6 / (1 + (LOADS / 0.153) ** 9.0)
    half, slope = fit(LOADS, expected[None], np.full((1, len(LOADS)), 1e6))
    assert half[0] == pytest.approx(0.153, rel=1e-6)
    assert slope[0] == pytest.approx(9.0, rel=1e-4)


def test_fit_of_a_perfect_step_lies_between_its_two_loads() -> None:
    recalled = np.where(LOADS < 0.155, 50.0, 0.0)
    half, slope = fit(LOADS, recalled[None], np.full((1, len(LOADS)), 50.0))
    assert 0.15 < half[0] < 0.16
    assert np.isfinite(slope[0])


@pytest.mark.parametrize("recalled", [50.0, 0.0])
def test_there_is_no_critical_load_without_a_transition(recalled: float) -> None:
    flat = pd.DataFrame({"load": LOADS, "cues": 50, "recalled": recalled})
    assert np.isnan(critical_load(flat, np.random.default_rng(0))).all()


@pytest.mark.parametrize("spread", [0.0, 0.05])
def test_interval_covers_the_truth_about_as_often_as_it_says(spread: float) -> None:
    repeats = 60
    covered = 0
    for seed in range(repeats):
        generator = np.random.default_rng(seed)
        found = critical_load(table(generator, spread=spread), generator)
        covered += found.low <= 0.15 <= found.high
    # 95 % of 60 with a binomial spread of 1.7, and percentile intervals of 8 trials are a bit
    # short: below 80 % would be an error
    assert covered >= 0.8 * repeats, f"{covered} of {repeats} intervals cover the truth"


def test_differences_between_memories_widen_the_interval() -> None:
    widths = []
    for spread in (0.0, 0.1):
        generator = np.random.default_rng(1)
        found = critical_load(table(generator, spread=spread), generator)
        widths.append(found.high - found.low)
    assert widths[1] > 1.3 * widths[0]


def test_shares_count_cues_and_widen_with_differences_between_trials() -> None:
    alike = pd.DataFrame({"load": 0.1, "patterns": 10, "cues": 50, "recalled": [25, 25, 25, 25]})
    apart = pd.DataFrame({"load": 0.1, "patterns": 10, "cues": 50, "recalled": [50, 0, 50, 0]})
    first, second = shares(alike).iloc[0], shares(apart).iloc[0]
    assert first["success"] == second["success"] == 0.5
    assert (first["trials"], first["cues"]) == (4, 200)
    assert second["high"] - second["low"] > 2 * (first["high"] - first["low"])
