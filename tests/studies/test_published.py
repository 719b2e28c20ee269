"""Published loads come out through the public API: tolerance plus two standard errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
import pytest

import attractors as at
from attractors.engines.rate import update
from attractors.seeding import stream


def holds(value: float, error: float, published: float, tolerance: float) -> bool:
    return abs(value - published) <= tolerance + 2 * error


@pytest.mark.parametrize(
    ("units", "published"),
    [(500, 0.172), pytest.param(1000, 0.165, marks=pytest.mark.slow)],
)
def test_half_of_the_patterns_of_a_hopfield_network_survive(units: int, published: float) -> None:
    """Rows hop_a50_500 and hop_a50_1000: asynchronous, from the stored pattern, m > 0.9."""
    study = at.studies.capacity("hebbian", units, measure="overlap", trials=4, seed=11)
    low, high = study.interval
    error = (high - low) / 3.92
    assert holds(study.critical_load, error, published, 0.006), f"{study.critical_load} ± {error}"
    assert study.critical_load > study.theory, "no cliff at 0.138 in a finite network"


@pytest.mark.parametrize(
    ("units", "patterns", "published", "tolerance"),
    [
        (500, 50, 1.0, 0.03),
        (500, 69, 0.917, 0.032),
        (500, 80, 0.696, 0.052),
        (1000, 120, 1.0, 0.03),
        pytest.param(2000, 200, 1.0, 0.032, marks=pytest.mark.slow),
        pytest.param(2000, 276, 0.933, 0.057, marks=pytest.mark.slow),
        pytest.param(2000, 320, 0.375, 0.11, marks=pytest.mark.slow),
    ],
)
def test_share_of_patterns_that_survive(
    units: int, patterns: int, published: float, tolerance: float
) -> None:
    """Rows hopsim_*: fraction of patterns with final m > 0.9."""
    study = at.studies.capacity(
        "hebbian", units, measure="overlap", patterns=[patterns], trials=4, seed=5
    )
    share = study.table["recalled"] / study.table["cues"]
    error = float(share.std(ddof=1) / np.sqrt(len(share)))
    assert holds(share.mean(), error, published, tolerance), f"{share.mean()} ± {error}"


@dataclass(frozen=True)
class HighestThreshold(at.Dynamics):
    """At least k active units: the threshold is the highest that leaves so many."""

    k: int
    values: ClassVar[Literal["01"]] = "01"

    def activity(self, units: int) -> float:
        return self.k / units


@update.register
def _highest_threshold(
    dynamics: HighestThreshold, field: np.ndarray, state: np.ndarray, uniform: None
) -> tuple[np.ndarray, None]:
    cut = np.sort(field, axis=1)[:, -dynamics.k]
    # sums of the same ones in another order differ in their last digit
    return (field >= cut[:, None] - 1e-6).astype(field.dtype), None


@pytest.mark.parametrize(
    ("stored", "one_step", "iterated"), [(3465, 0.233, 0.9), (4852, 0.013, 0.393)]
)
def test_willshaw_recall_from_half_a_cue(stored: int, one_step: float, iterated: float) -> None:
    """Rows wauto_1000_*: n = 1000, k = 10, exact recall.

    That memory takes all units tied at the cut, and keeps the synapse of a unit onto itself, which
    our recurrences leave out: so dynamics and weights are its own. The known half stays on.
    """
    units, active, memories = 1000, 10, 6
    shares = np.empty((memories, 2))
    for seed in range(memories):
        generator = stream(seed, "wauto", stored)
        rows = at.patterns.random_sparse(stored, units, active, generator)
        on = at.Willshaw().learn(np.zeros((units, units), bool), rows, rows, (None, None))
        dynamics, weights = HighestThreshold(active), at.Fixed(on / active)
        network = at.AttractorNetwork("memory", units, dynamics, weights)
        circuit = at.Circuit(at.Architecture((network,)))
        trials = [
            at.Trial(300.0, [at.Cue("memory", cue, stop=10.0, mode="clamped"), held(cue)])
            for cue in at.patterns.erase(rows[:50], 0.5, generator)
        ]
        states = at.simulate(circuit, trials, record=("state",)).get("state", "memory").values
        shares[seed] = [(states[:, n] == rows[:50]).all(axis=1).mean() for n in (1, -1)]
    errors = shares.std(axis=0, ddof=1) / np.sqrt(memories)
    for share, error, published in zip(shares.mean(0), errors, (one_step, iterated), strict=True):
        assert holds(share, error, published, 0.09), f"{share} ± {error}, not {published}"


def held(cue: np.ndarray) -> at.Cue:
    return at.Cue("memory", cue, start=10.0)


def test_sparse_covariance_memory_comes_near_its_mean_field_load() -> None:
    """With k winners at a = 0.02 (as rows cov01_*, whose threshold is the best one)."""
    study = at.studies.capacity("covariance", 500, 0.02, trials=3, cues=30, seed=1)
    assert study.theory == pytest.approx(2.124, abs=0.001)
    # k = 10 makes the overlap granular: 0.9 of it is ten of ten
    assert 0.7 < study.critical_load / study.theory < 1.3
    plain = at.studies.capacity("hebbian", 500, trials=2, cues=20, seed=1)
    assert study.critical_load > 7 * plain.critical_load, "sparse codes hold many times more"
