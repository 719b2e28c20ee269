"""Rules compared in a network of hypercolumns: how many patterns come back from damaged cues.

The published rows state the largest number of random patterns of which 90 % come back exactly
when blocks of the cue hold a wrong unit.
"""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors.seeding import stream

SEEDS, SETS = 5, 12
RULES = {
    "willshaw": at.Willshaw(),
    "covariance": at.Covariance(),
    "presynCov": at.PresynapticCovariance(),
    "correlation": at.Correlation(),
    "bcpnn": at.BCPNN(),
    "bcpnn_nobias": at.BCPNN(biased=False),
}
# rows mod_10_10_* and mod_16_16_* of published.csv: value and tolerance
SMALL = {
    "willshaw": (49, 7),
    "covariance": (36, 6),
    "presynCov": (45, 6),
    "correlation": (30, 5),
    "bcpnn": (68, 9),
    "bcpnn_nobias": (67, 9),
}
LARGE = {
    "willshaw": (177, 20),
    "covariance": (139, 16),
    "presynCov": (151, 17),
    "correlation": (118, 14),
    "bcpnn": (265, 28),
    "bcpnn_nobias": (265, 28),
}


@pytest.mark.parametrize(
    "rule", [r if r == "bcpnn" else pytest.param(r, marks=pytest.mark.slow) for r in SMALL]
)
def test_ten_columns_of_ten_units_with_one_wrong_hold_as_many_as_published(rule: str) -> None:
    check(rule, 10, 10, 1, *SMALL[rule])


@pytest.mark.slow
@pytest.mark.parametrize("rule", LARGE)
def test_sixteen_columns_of_sixteen_units_with_two_wrong_hold_as_many(rule: str) -> None:
    check(rule, 16, 16, 2, *LARGE[rule])


def check(rule: str, blocks: int, size: int, wrong: int, value: int, tolerance: int) -> None:
    loads = np.linspace(0.5 * value, 1.4 * value, 10).round().astype(int)
    rows = [
        [share(RULES[rule], blocks, size, wrong, load, seed) for load in loads]
        for seed in range(SEEDS)
    ]
    found = crossing(loads, np.mean(rows, axis=0))
    # jackknife: where the curve crosses without one of the seeds
    without = [crossing(loads, np.mean(np.delete(rows, s, axis=0), axis=0)) for s in range(SEEDS)]
    error = np.sqrt((SEEDS - 1) * np.var(without))
    assert abs(found - value) <= tolerance + 2 * error, (
        f"{rule}: 90 % exact up to {found:.1f} ± {error:.1f} patterns, published {value}"
    )


def share(rule: at.Rule, blocks: int, size: int, wrong: int, load: int, seed: int) -> float:
    """Return the share of cues that come back exactly, over several sets of patterns."""
    rng = stream(seed, "modular", int(load))
    exact = []
    for _ in range(SETS):
        winners = rng.integers(0, size, (load, blocks))
        damaged = winners.copy()
        where = np.argsort(rng.random((load, blocks)), axis=1)[:, :wrong]
        shift = rng.integers(1, size, (load, wrong))
        rows = np.arange(load)[:, None]
        damaged[rows, where] = (winners[rows, where] + shift) % size
        memory = at.Memory(blocks * size, at.Blocks(blocks, threshold=None), rule)
        memory.store(one_of_each(winners, size))
        recalled = memory.recall(one_of_each(damaged, size))
        exact.append((recalled == one_of_each(winners, size)).all(axis=1))
    return float(np.mean(exact))


def one_of_each(winners: np.ndarray, size: int) -> np.ndarray:
    """Return 0/1 patterns in which one unit of each block is active."""
    return (winners[:, :, None] == np.arange(size)).reshape(len(winners), -1).astype(np.int8)


def crossing(loads: np.ndarray, shares: np.ndarray) -> float:
    """Return where the share first falls below 0.9, interpolated."""
    below = next(i for i, value in enumerate(shares) if value < 0.9)
    part = (shares[below - 1] - 0.9) / (shares[below - 1] - shares[below])
    return float(loads[below - 1] + part * (loads[below] - loads[below - 1]))
