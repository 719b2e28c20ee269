"""How well a recurrent network of ±1 units keeps what it stored."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

import attractors as at
from attractors.patterns import random_signs
from attractors.seeding import stream

Overlaps = Callable[..., NDArray[np.float64]]
Ratio = Callable[[at.Rule], float]
HalfLoad = Callable[[at.Rule, int, NDArray[np.float64], int], float]


@pytest.fixture
def overlaps() -> Overlaps:
    """Return overlaps(rule, units, count, seed, newest): started in them, newest pattern first."""
    return _overlaps


def _overlaps(
    rule: at.Rule, units: int, count: int, seed: int = 0, newest: int = 200
) -> NDArray[np.float64]:
    patterns = random_signs(count, units, stream(seed, "patterns"))
    memory = at.Memory(units, at.Sign(), rule)
    memory.store(patterns)
    cues = patterns[::-1][:newest]
    return (memory.recall(cues) * cues.astype(float)).mean(axis=1)


@pytest.fixture
def half_load() -> HalfLoad:
    """Return half_load(rule, units, loads, seeds): where half the patterns keep m > 0.9."""

    def found(rule: at.Rule, units: int, loads: NDArray[np.float64], seeds: int) -> float:
        # odd numbers of patterns: their sums of ±1 are never zero, whatever the load
        counts = [int(load * units) // 2 * 2 + 1 for load in loads]
        kept = np.array(
            [
                np.mean(
                    [(_overlaps(rule, units, count, seed) > 0.9).mean() for seed in range(seeds)]
                )
                for count in counts
            ]
        )
        last = int(np.flatnonzero(kept >= 0.5)[-1])
        part = (kept[last] - 0.5) / (kept[last] - kept[last + 1])
        return float(counts[last] + part * (counts[last + 1] - counts[last])) / units

    return found


@pytest.fixture
def signal_to_noise() -> Ratio:
    """Return signal_to_noise(rule): of the fields of 101 patterns in 1,000 ±1 units."""

    def found(rule: at.Rule) -> float:
        patterns = random_signs(101, 1000, stream(0, "patterns"))
        held = rule.learn(
            rule.start((1000, 1000), "net", recurrent=True), patterns, patterns, (None, None)
        )
        weights = rule.matrix(held).astype(float)
        np.fill_diagonal(weights, 0.0)
        aligned = (patterns @ weights.T) * patterns
        return float(aligned.mean() / aligned.std())

    return found
